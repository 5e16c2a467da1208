//! Documents for the terminal: painted, in aligned columns. Where no colour is wanted, the stream that it is written to takes it out.

use anstyle::Style;

use super::medium::text;
use super::unmarked::Unmarked::{Plain, Terminal};
use super::unmarked::grave;
use super::wrap::{self, NARROWEST};
use crate::model::{Place, Spec, Text};
use crate::report::columns::{self, width};
use crate::report::document::{
    Block, Document, Found, Item, Line, Lines, Part, Proof, Row, Section, Shown, Small, Table,
};
use crate::report::excerpt::Excerpt;
use crate::report::name::visible;
use crate::report::style::{DIM, STRONG, paint};

/// Columns of running text.
const PROSE: usize = 100;
/// A label of a path that is wider pushes its own path to the right and no other's.
const LABEL: usize = 32;

/// A document for the terminal.
pub(in crate::report) fn terminal(document: &Document<'_>) -> String {
    terminal_within(document, None)
}

/// A document for a terminal of so many columns: what is wider is broken between words.
pub(in crate::report) fn terminal_within(document: &Document<'_>, columns: Option<usize>) -> String {
    let columns = columns.map(|columns| columns.max(NARROWEST));
    let mut page = Page { names: document.names, columns, text: String::new() };
    if !document.title.is_empty() {
        let title = paint(STRONG, &page.shown(&document.title));
        page.text += &format!("{title}{}\n", page.shown(&document.beside));
    }
    for block in &document.blocks {
        page.block(block);
    }
    match columns {
        Some(columns) => wrap::wrap(&page.text, columns),
        None => page.text,
    }
}

/// A page that grows from top to bottom.
struct Page<'s> {
    names: &'s Spec,
    /// Columns of the terminal, where they are known.
    columns: Option<usize>,
    text: String,
}

impl Page<'_> {
    fn shown(&self, words: &Text) -> String {
        text(&Terminal, self.names, words)
    }

    /// Columns that a text takes.
    fn width(&self, words: &Text) -> usize {
        width(&text(&Plain, self.names, words))
    }

    /// A blank line, unless there is one.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(_, title) => {
                self.gap();
                self.text += &format!("{}\n", paint(STRONG, &self.shown(title)));
            }
            Block::Paragraph(words) => {
                self.gap();
                self.text += &columns::wrap(Style::new(), &self.shown(words), PROSE);
            }
            Block::List(items) => self.list(items),
            Block::Table(table) => self.table(table, false),
            Block::Code { text, .. } => {
                self.gap();
                self.text.extend(text.lines().map(|line| format!("  {}\n", visible(line))));
            }
            Block::Section(section) => self.section(section),
            Block::Small(small) => self.small(small),
            Block::Found(found) => self.found(found),
            Block::Lines(lines) => self.lines(lines),
            Block::Part(part) => self.part(part),
        }
    }

    fn list(&mut self, items: &[Item]) {
        for item in items {
            self.text += &format!("  {}\n", self.shown(&item.text));
            for under in &item.under {
                self.text += &format!("    {}\n", self.shown(under));
            }
        }
    }

    /// What was found, where, by which paths, and the way out.
    fn found(&mut self, found: &Found) {
        self.gap();
        let head = format!("{}[{}]", found.level.as_str(), found.rule.id());
        let title = format!(": {}", self.shown(&found.title));
        self.text += &format!("{}{}\n", paint(grave(found.level), &head), paint(STRONG, &title));
        let gutter = found.place.and_then(|place| self.place(found, place)).unwrap_or(1);
        let mut rows = self.proofs(&found.proofs);
        rows.extend(found.details.iter().map(|detail| self.shown(detail)));
        if !found.fix.is_empty() {
            rows.push(format!("fix: {}", self.shown(&found.fix)));
        }
        rows.extend(on_terminal(&found.more).map(|line| paint(DIM, &self.shown(line))));
        for row in rows {
            self.text += &format!("{} {} {row}\n", " ".repeat(gutter), paint(DIM, "="));
        }
    }

    /// Where it stands, with the line itself; gives how wide the numbers of lines are.
    fn place(&mut self, found: &Found, place: Place) -> Option<usize> {
        let file = self.names.files.get(place.file as usize)?;
        let (line, column) = file.line_column(place.start as usize);
        let excerpt = Excerpt::of(file, place, self.columns, "");
        let gutter = excerpt.as_ref().map_or(1, Excerpt::gutter);
        let arrow = format!("{}{}", " ".repeat(gutter), paint(DIM, "-->"));
        self.text += &format!("{arrow} {}:{line}:{column}\n", visible(file.name()));
        if let Some(excerpt) = excerpt.filter(|_| found.has_excerpt) {
            self.text += &excerpt.draw(grave(found.level), "");
        }
        Some(gutter)
    }

    /// Paths below each other.
    fn proofs(&self, proofs: &[Proof]) -> Vec<String> {
        let widths = proofs.iter().map(|proof| self.width(&proof.label));
        let column = widths.filter(|width| *width <= LABEL).max().unwrap_or(0);
        let row = |proof: &Proof| {
            let gap = " ".repeat(column.saturating_sub(self.width(&proof.label)));
            format!("{}{gap}  {}", paint(DIM, &self.shown(&proof.label)), visible(&proof.path))
        };
        proofs.iter().map(row).collect()
    }

    fn lines(&mut self, lines: &Lines) {
        if !lines.is_close {
            self.gap();
        }
        for line in &lines.texts {
            self.text += &format!("{}\n", self.shown(line));
        }
    }

    fn part(&mut self, part: &Part) {
        self.gap();
        self.text += &format!("{}\n", paint(STRONG, &self.shown(&part.title)));
        for block in &part.blocks {
            self.block(block);
        }
    }

    fn section(&mut self, section: &Section) {
        self.gap();
        if !section.title.is_empty() {
            let count = section.count.map(|count| format!(" {}", paint(DIM, &format!("({count})"))));
            let title = paint(STRONG, &self.shown(&section.title));
            self.text += &format!("{title}{}\n", count.unwrap_or_default());
        }
        for note in &section.notes {
            self.text += &format!("  {}\n", paint(DIM, &self.shown(note)));
        }
        self.table(&section.table, true);
        for after in &section.after {
            self.text += &format!("  {}\n", self.shown(after));
        }
        if let Some(command) = &section.command {
            self.text += &format!("  try: {}\n", command.text());
        }
    }

    /// Columns are as wide as what is in them. Rows are written one by one: there may be very many.
    fn table(&mut self, table: &Table, is_in_section: bool) {
        if table.rows.is_empty() {
            return;
        }
        let columns = Columns::of(self, table);
        if table.is_headed {
            let heads = table.heads.iter().map(|head| head.0.to_lowercase());
            let line = columns.line(heads.map(|head| (width(&head), head)));
            // In a section the indent is that of the section, and not painted.
            let indent = if is_in_section { "  " } else { "" };
            let heads = line.strip_prefix(indent).unwrap_or(&line);
            self.text += &format!("{indent}{}\n", paint(DIM, heads));
        }
        for row in &table.rows {
            self.row(&columns, row);
        }
    }

    fn row(&mut self, columns: &Columns, row: &Row) {
        let cells = row.cells.iter().map(|cell| (self.width(cell), self.shown(cell)));
        self.text += &format!("{}\n", columns.line(cells));
        for under in &row.under {
            self.text += &format!("      {}\n", paint(DIM, &self.shown(under)));
        }
    }

    fn small(&mut self, small: &Small) {
        if !small.is_close {
            self.gap();
        }
        let lines: Vec<String> = on_terminal(&small.lines).map(|line| self.shown(line)).collect();
        self.text += &format!("{}\n", paint(DIM, &lines.join("\n")));
    }
}

/// What a terminal shows of some lines.
fn on_terminal(lines: &[Line]) -> impl Iterator<Item = &Text> {
    lines.iter().filter(|line| line.shown != Shown::OnPage).map(|line| &line.text)
}

/// How cells stand below each other.
struct Columns(Vec<Column>);

struct Column {
    width: usize,
    /// Whether it holds numbers, which end below each other.
    is_number: bool,
}

impl Columns {
    fn of(page: &Page<'_>, table: &Table) -> Self {
        let count = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let column = |at: usize| {
            let cells = || table.rows.iter().filter_map(|row| row.cells.get(at));
            let widest = cells().map(|cell| page.width(cell)).max().unwrap_or(0);
            let head = table.heads.get(at).filter(|_| table.is_headed).map_or(0, |head| width(head.0));
            Column {
                width: widest.min(table.widest.unwrap_or(usize::MAX)).max(head),
                is_number: cells().all(Text::is_number),
            }
        };
        let columns = (0..count).map(column);
        Self(columns.collect())
    }

    /// Cells with their widths as a line. Without heads, a column that holds nothing takes no room.
    fn line(&self, cells: impl Iterator<Item = (usize, String)>) -> String {
        let mut line = String::new();
        let mut cells = cells.zip(&self.0).peekable();
        while let Some(((width, shown), column)) = cells.next() {
            let blank = " ".repeat(column.width.saturating_sub(width));
            line += &match (cells.peek().is_some(), column.is_number) {
                (true, _) if column.width == 0 => String::new(),
                (true, true) => format!("  {blank}{shown}"),
                (true, false) => format!("  {shown}{blank}"),
                (false, _) => format!("  {shown}"),
            };
        }
        line.trim_end().to_owned()
    }
}
