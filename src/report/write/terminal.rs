//! Documents for the terminal: painted, in aligned columns. Where no colour is wanted, the stream that it is written to takes it out.

mod found;

use anstyle::Style;

use super::medium::text;
use super::unmarked::Unmarked::{Plain, Terminal};
use super::wrap::{self, NARROWEST};
use crate::model::{Spec, Text};
use crate::report::columns::{self, width};
use crate::report::document::{
    Block, Document, Fact, Fold, Item, Line, Lines, Part, Row, Section, Shown, Small, Table,
};
use crate::report::name::visible;
use crate::report::style::{DIM, STRONG, paint};

/// Columns of running text.
const PROSE: usize = 100;
/// Columns of what a fact is about.
const FACT: usize = 10;

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
            Block::Paragraph(words) | Block::Prose(words) => {
                self.gap();
                self.text += &columns::wrap(Style::new(), &self.shown(words), PROSE);
            }
            Block::List(items) => self.list(items),
            Block::Table(table) => self.table(table, false),
            Block::Code { text, .. } => self.code(text),
            Block::Sample(text) => self.code(text),
            Block::Section(section) => self.section(section),
            Block::Small(small) => self.small(small),
            Block::Found(found) => self.found(found),
            Block::Lines(lines) => self.lines(lines),
            Block::Facts(facts) => self.facts(facts),
            Block::Alert(_, lines) => self.alert(lines),
            Block::Fold(fold) => self.fold(fold),
            Block::Part(part) => self.part(part),
        }
    }

    fn code(&mut self, text: &str) {
        self.gap();
        self.text.extend(text.lines().map(|line| format!("  {}\n", visible(line))));
    }

    fn list(&mut self, items: &[Item]) {
        for item in items {
            self.text += &format!("  {}\n", self.shown(&item.text));
            for under in &item.under {
                self.text += &format!("    {}\n", self.shown(under));
            }
        }
    }

    fn lines(&mut self, lines: &Lines) {
        if !lines.is_close {
            self.gap();
        }
        for line in &lines.texts {
            self.text += &format!("{}\n", self.shown(line));
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        self.gap();
        for fact in facts {
            let head = columns::pad(fact.head, FACT);
            self.text += &format!("{} {}\n", paint(STRONG, &head), self.shown(&fact.text));
        }
    }

    fn alert(&mut self, lines: &[Text]) {
        self.gap();
        for line in lines {
            self.text += &columns::wrap(STRONG, &self.shown(line), PROSE);
        }
    }

    /// A terminal folds nothing.
    fn fold(&mut self, fold: &Fold) {
        self.headed(&fold.summary, &fold.blocks);
    }

    fn part(&mut self, part: &Part) {
        self.headed(&part.title, &part.blocks);
    }

    fn headed(&mut self, title: &Text, blocks: &[Block]) {
        self.gap();
        self.text += &format!("{}\n", paint(STRONG, &self.shown(title)));
        for block in blocks {
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
