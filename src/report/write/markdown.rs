//! Documents as Markdown: for a comment, an issue or a file of a repository.

use std::borrow::Cow;

use anstyle::Style;

use super::markdown_escape;
use super::medium::{Medium, text};
use crate::model::{Level, Link, Spec, Text, Tone};
use crate::report::columns;
use crate::report::document::{
    Block, Document, Fact, Fold, Form, Found, Head, Item, Line, Part, Row, Section, Shown, Small, SmallForm,
    Table,
};

/// Columns of text in a file that people read as it is.
const PROSE: usize = 110;

/// Text in which nothing of somebody else's is markup.
pub(in crate::report) struct Markdown;

impl Medium for Markdown {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        markdown_escape::ours(words)
    }

    fn marked(&self, words: &'static str) -> Cow<'static, str> {
        Cow::Borrowed(words)
    }

    fn name(&self, name: &str) -> String {
        markdown_escape::name(name)
    }

    fn standing_out(&self, name: &str) -> String {
        markdown_escape::code(name)
    }

    fn label(&self, label: &str) -> String {
        markdown_escape::whole(label)
    }

    fn path(&self, path: &str) -> String {
        markdown_escape::route(path)
    }

    fn id(&self, id: &str) -> String {
        markdown_escape::id(id)
    }

    fn link(&self, link: &Link) -> String {
        let site = markdown_escape::address(link.site.trim_end_matches('/'));
        let path = markdown_escape::path(&link.path);
        format!("[{}]({site}/{path}#L{})", self.code(&link.text), link.line)
    }

    fn code(&self, code: &str) -> String {
        markdown_escape::command(code)
    }

    fn quoted(&self, words: &str, is_last: bool) -> String {
        if is_last { markdown_escape::ended(words) } else { markdown_escape::prose(words) }
    }

    fn line_break(&self) -> &'static str {
        "<br>"
    }

    fn toned(&self, tone: Tone, written: String) -> String {
        match tone {
            Tone::Strong => format!("**{written}**"),
            Tone::Term => format!("*{written}*"),
            Tone::Struck => format!("~~{written}~~"),
            Tone::Names | Tone::Dim | Tone::Guarded | Tone::Escalation | Tone::Grave(_) => written,
        }
    }
}

/// A document as Markdown.
pub(in crate::report) fn markdown(document: &Document<'_>) -> String {
    marker(document) + &page(document).text
}

/// How many bytes a document takes as Markdown with what sets it off from blocks behind it.
pub(super) fn length(document: &Document<'_>) -> usize {
    let mut page = page(document);
    page.gap();
    marker(document).len() + page.text.len()
}

fn marker(document: &Document<'_>) -> String {
    let marker = document.marker.as_deref().map(markdown_escape::path);
    marker.map(|marker| format!("<!-- crabwalk:{marker} -->\n")).unwrap_or_default()
}

fn page<'s>(document: &Document<'s>) -> Page<'s> {
    let mut page = Page { names: document.names, level: document.level, text: String::new() };
    if !document.title.is_empty() {
        page.heading(0, &document.title);
    }
    for block in &document.blocks {
        page.block(block);
    }
    page
}

/// A page that grows from top to bottom.
struct Page<'s> {
    names: &'s Spec,
    /// How far below the title of a whole document this page's title stands.
    level: usize,
    text: String,
}

impl Page<'_> {
    fn shown(&self, words: &Text) -> String {
        text(&Markdown, self.names, words)
    }

    /// A blank line, unless there is one.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn heading(&mut self, below: usize, title: &Text) {
        self.text += &format!("{} {}\n\n", "#".repeat(self.level + below), self.shown(title));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, title) => {
                self.gap();
                self.heading(level - 1, title);
            }
            Block::Paragraph(words) => {
                self.gap();
                self.text += &format!("{}\n", self.shown(words));
            }
            Block::Prose(words) => {
                self.gap();
                self.text += &columns::wrap(Style::new(), &self.shown(words), PROSE);
            }
            Block::Sample(text) => {
                self.gap();
                self.text.extend(text.lines().map(|line| format!("    {line}\n")));
            }
            Block::List(items) => self.list(items),
            Block::Table(table) => {
                self.gap();
                self.rows(table);
            }
            Block::Code { language, text } => {
                self.gap();
                self.text += &markdown_escape::fenced(language, text);
            }
            Block::Section(section) => self.section(section),
            Block::Small(small) => self.small(small),
            Block::Found(found) => self.found(found),
            Block::Lines(lines) => self.lines(&lines.texts),
            Block::Facts(facts) => self.facts(facts),
            Block::Alert(level, lines) => self.alert(*level, lines),
            Block::Fold(fold) => self.fold(fold),
            Block::Part(part) => self.part(part),
        }
    }

    fn list(&mut self, items: &[Item]) {
        self.gap();
        for item in items {
            self.item("-", &self.shown(&item.text), &item.under);
        }
    }

    fn item(&mut self, mark: &str, line: &str, under: &[Text]) {
        self.text += &format!("{mark} {line}\n");
        for under in under {
            self.text += &format!("  - {}\n", self.shown(under));
        }
    }

    /// What was found, under a heading of its own.
    fn found(&mut self, found: &Found) {
        self.gap();
        let head = format!("{} {}: {}", found.level.as_str(), found.rule.id(), self.shown(&found.title));
        self.text += &format!("{} {head}\n\n", "#".repeat(self.level + 2));
        let mut lines: Vec<String> = Vec::new();
        lines.extend(found.spot.iter().map(|spot| {
            let place = Markdown.code(&self.names.location(spot.place));
            format!("at {place}{}", self.shown(&spot.beside))
        }));
        lines.extend(found.causes.iter().map(|cause| self.shown(cause)));
        lines.extend(found.proofs.iter().map(|proof| {
            let path = Markdown.code(&proof.path);
            format!("{}: {path}", self.shown(&proof.label))
        }));
        lines.extend(found.routes.iter().map(|route| {
            let [path, cost, answers] =
                [&route.path, &route.cost, &route.answers].map(|text| self.shown(text));
            format!("{}: {path} ({cost}; {answers})", route.kind)
        }));
        lines.extend(found.details.iter().map(|detail| self.shown(detail)));
        if !found.fix.is_empty() {
            lines.push(format!("**fix**: {}", self.shown(&found.fix)));
        }
        lines.extend(on_page(&found.more).map(|line| self.shown(line)));
        self.text.extend(lines.iter().map(|line| format!("- {line}\n")));
    }

    fn lines(&mut self, lines: &[Text]) {
        self.gap();
        let lines: Vec<String> = lines.iter().map(|line| self.shown(line)).collect();
        self.text += &format!("{}\n", lines.join("<br/>\n"));
    }

    fn facts(&mut self, facts: &[Fact]) {
        self.gap();
        for fact in facts {
            let head = if fact.head.is_empty() { String::new() } else { format!("**{}**: ", fact.head) };
            self.text += &format!("- {head}{}\n", self.shown(&fact.text));
        }
    }

    fn alert(&mut self, level: Level, lines: &[Text]) {
        self.gap();
        let kind = match level {
            Level::Error => "CAUTION",
            Level::Warning => "WARNING",
            Level::Note | Level::Off => "NOTE",
        };
        self.text += &format!("> [!{kind}]\n");
        for line in lines {
            self.text += &format!("> {}\n", self.shown(line));
        }
    }

    fn fold(&mut self, fold: &Fold) {
        self.gap();
        self.text += &format!("<details>\n<summary>{}</summary>\n\n", self.shown(&fold.summary));
        for block in &fold.blocks {
            self.block(block);
        }
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text += "\n\n</details>\n";
    }

    fn part(&mut self, part: &Part) {
        self.gap();
        let level = std::mem::replace(&mut self.level, part.level);
        self.heading(0, &part.title);
        for block in &part.blocks {
            self.block(block);
        }
        self.level = level;
    }

    fn section(&mut self, section: &Section) {
        self.text.push('\n');
        let count = section.count.map(|count| format!(" ({count})")).unwrap_or_default();
        self.text += &format!("{} {}{count}\n\n", "#".repeat(self.level + 1), self.shown(&section.title));
        for note in &section.notes {
            self.text += &format!("{}\n\n", self.shown(note));
        }
        self.rows(&section.table);
        for after in &section.after {
            self.text += &format!("\n{}\n", self.shown(after));
        }
        if let Some(command) = &section.command {
            self.text += &format!("\n{}", markdown_escape::fenced("sh", &command.text()));
        }
    }

    fn rows(&mut self, table: &Table) {
        match table.form {
            Form::Grid | Form::Unheaded => self.grid(table),
            Form::Tasks => self.items("- [ ]", &table.rows),
            Form::Items => self.items("-", &table.rows),
        }
    }

    fn grid(&mut self, table: &Table) {
        if table.rows.is_empty() && !table.keeps_heads {
            return;
        }
        let heads = |heads: &[Head]| heads.iter().map(|head| head.0).collect::<Vec<_>>().join(" | ");
        self.text += &match table.form {
            Form::Unheaded => format!("| | {} |\n", heads(&table.heads[1..])),
            Form::Grid | Form::Tasks | Form::Items => format!("| {} |\n", heads(&table.heads)),
        };
        let is_centered = |column: &usize| table.centered.contains(column);
        let lines = (0..table.heads.len()).map(|column| if is_centered(&column) { ":-:|" } else { ":--|" });
        self.text += &format!("|{}\n", lines.collect::<String>());
        for row in &table.rows {
            let last = row.cells.len().saturating_sub(2);
            let cells = row.cells.iter().enumerate().map(|(column, cell)| {
                // What belongs to the row stands under what it is about.
                let under = row.under.iter().filter(|_| column == last);
                let lines = std::iter::once(cell).chain(under);
                lines.map(|line| self.shown(line)).collect::<Vec<_>>().join("<br/>")
            });
            let cells = cells.collect::<Vec<_>>().join(" | ");
            self.text += &format!("| {cells} |\n");
        }
    }

    /// Rows as items: what is in their cells, and what belongs to them below.
    fn items(&mut self, mark: &str, rows: &[Row]) {
        for row in rows {
            let cells = row.cells.iter().map(|cell| self.shown(cell)).filter(|cell| !cell.is_empty());
            let line = cells.collect::<Vec<_>>().join(" · ");
            self.item(mark, &line, &row.under);
        }
    }

    fn small(&mut self, small: &Small) {
        let lines: Vec<String> = on_page(&small.lines).map(|line| self.shown(line)).collect();
        if small.form == SmallForm::Caption {
            self.gap();
        }
        self.text += &match small.form {
            SmallForm::Caption => format!("<sub>{}</sub>\n", lines.join("<br/>")),
            SmallForm::Small => format!("\n<sub>{}</sub>\n", lines.join("<br/>")),
            SmallForm::Slanted => format!("\n_{}_\n", lines.join("_<br/>\n_")),
        };
    }
}

/// What a page shows of some lines.
fn on_page(lines: &[Line]) -> impl Iterator<Item = &Text> {
    lines.iter().filter(|line| line.shown != Shown::OnTerminal).map(|line| &line.text)
}
