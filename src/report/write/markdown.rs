//! Documents as Markdown: for a comment, an issue or a file of a repository.

use std::borrow::Cow;

use super::markdown_escape;
use super::medium::{Medium, text};
use crate::model::{Spec, Text, Tone};
use crate::report::document::{
    Block, Document, Form, Head, Item, Row, Section, Shown, Small, SmallForm, Table,
};

/// Text in which nothing of somebody else's is markup.
pub(in crate::report) struct Markdown;

impl Medium for Markdown {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        markdown_escape::ours(words)
    }

    fn name(&self, name: &str) -> String {
        markdown_escape::name(name)
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

    fn code(&self, code: &str) -> String {
        markdown_escape::command(code)
    }

    fn quoted(&self, words: &str, is_last: bool) -> String {
        if is_last { markdown_escape::ended(words) } else { markdown_escape::prose(words) }
    }

    fn toned(&self, tone: Tone, written: String) -> String {
        match tone {
            Tone::Strong => format!("**{written}**"),
            Tone::Term => format!("*{written}*"),
            Tone::Dim | Tone::Guarded | Tone::Escalation | Tone::Grave(_) => written,
        }
    }
}

/// The same, in which names stand out as code.
pub(in crate::report) struct MarkdownCode;

impl Medium for MarkdownCode {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        Markdown.words(words)
    }

    fn name(&self, name: &str) -> String {
        markdown_escape::code(name)
    }

    fn label(&self, label: &str) -> String {
        Markdown.label(label)
    }

    fn path(&self, path: &str) -> String {
        Markdown.path(path)
    }

    fn id(&self, id: &str) -> String {
        Markdown.id(id)
    }

    fn code(&self, code: &str) -> String {
        Markdown.code(code)
    }

    fn quoted(&self, words: &str, is_last: bool) -> String {
        Markdown.quoted(words, is_last)
    }

    fn toned(&self, tone: Tone, written: String) -> String {
        Markdown.toned(tone, written)
    }
}

/// A document as Markdown.
pub(in crate::report) fn markdown(document: &Document<'_>) -> String {
    let mut page = Page { names: document.names, level: document.level, text: String::new() };
    page.heading(0, &document.title);
    for block in &document.blocks {
        page.block(block);
    }
    page.text
}

/// Blocks behind what is written already.
pub(in crate::report) fn markdown_behind(text: String, names: &Spec, blocks: &[Block]) -> String {
    let mut page = Page { names, level: 1, text };
    for block in blocks {
        page.block(block);
    }
    page.text
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
        if table.rows.is_empty() {
            return;
        }
        let heads = |heads: &[Head]| heads.iter().map(|head| head.0).collect::<Vec<_>>().join(" | ");
        self.text += &match table.form {
            Form::Unheaded => format!("| | {} |\n", heads(&table.heads[1..])),
            Form::Grid | Form::Tasks | Form::Items => format!("| {} |\n", heads(&table.heads)),
        };
        self.text += &format!("|{}\n", ":--|".repeat(table.heads.len()));
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
        let lines = small.lines.iter().filter(|line| line.shown != Shown::OnTerminal);
        let lines: Vec<String> = lines.map(|line| self.shown(&line.text)).collect();
        self.text += &match small.form {
            SmallForm::Small => format!("\n<sub>{}</sub>\n", lines.join("<br/>")),
            SmallForm::Slanted => format!("\n_{}_\n", lines.join("_<br/>\n_")),
        };
    }
}
