//! Documents for the terminal: painted, in aligned columns. Where no colour is wanted, the stream that it is written to takes it out.

use std::borrow::Cow;

use anstyle::Style;

use super::medium::{Medium, text};
use crate::model::{Level, Spec, Text, Tone};
use crate::report::columns::{width, wrap};
use crate::report::document::{Block, Document, Item, Row, Section, Shown, Small, Table};
use crate::report::name::visible;
use crate::report::style::{DIM, ESCALATION, GUARDED, STRONG, ZONE, paint};

/// Columns of running text.
const PROSE: usize = 100;

/// Text without colour: for terminals' columns, and for formats that only take words.
pub(in crate::report) struct Plain;

impl Medium for Plain {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        Cow::Borrowed(words)
    }

    fn name(&self, name: &str) -> String {
        visible(name)
    }

    fn label(&self, label: &str) -> String {
        visible(label)
    }

    fn path(&self, path: &str) -> String {
        visible(path)
    }

    fn id(&self, id: &str) -> String {
        visible(id)
    }

    fn code(&self, code: &str) -> String {
        format!("`{}`", visible(code))
    }

    fn quoted(&self, words: &str, _is_last: bool) -> String {
        visible(words)
    }

    fn toned(&self, _tone: Tone, written: String) -> String {
        written
    }
}

/// The same, painted.
pub(in crate::report) struct Terminal;

impl Medium for Terminal {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        Plain.words(words)
    }

    fn name(&self, name: &str) -> String {
        Plain.name(name)
    }

    fn label(&self, label: &str) -> String {
        Plain.label(label)
    }

    fn path(&self, path: &str) -> String {
        Plain.path(path)
    }

    fn id(&self, id: &str) -> String {
        Plain.id(id)
    }

    fn code(&self, code: &str) -> String {
        Plain.code(code)
    }

    fn quoted(&self, words: &str, is_last: bool) -> String {
        Plain.quoted(words, is_last)
    }

    fn toned(&self, tone: Tone, written: String) -> String {
        let style = match tone {
            Tone::Term => return written,
            Tone::Grave(level) => grave(level),
            Tone::Strong => STRONG,
            Tone::Dim => DIM,
            Tone::Guarded => GUARDED,
            Tone::Escalation => ESCALATION,
        };
        paint(style, &written)
    }
}

/// A document for the terminal.
pub(in crate::report) fn terminal(document: &Document<'_>) -> String {
    let mut page = Page { names: document.names, text: String::new() };
    let title = paint(STRONG, &page.shown(&document.title));
    page.text += &format!("{title}{}\n", page.shown(&document.beside));
    for block in &document.blocks {
        page.block(block);
    }
    page.text
}

/// How a level is painted.
pub(in crate::report) fn grave(level: Level) -> Style {
    match level {
        Level::Error => ESCALATION.bold(),
        Level::Warning => GUARDED.bold(),
        Level::Note | Level::Off => ZONE.bold(),
    }
}

/// A page that grows from top to bottom.
struct Page<'s> {
    names: &'s Spec,
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
                self.text += &wrap(Style::new(), &self.shown(words), PROSE);
            }
            Block::List(items) => self.list(items),
            Block::Table(table) => self.table(table, false),
            Block::Code { text, .. } => {
                self.gap();
                self.text.extend(text.lines().map(|line| format!("  {}\n", visible(line))));
            }
            Block::Section(section) => self.section(section),
            Block::Small(small) => self.small(small),
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
        let lines = small.lines.iter().filter(|line| line.shown != Shown::OnPage);
        let lines: Vec<String> = lines.map(|line| self.shown(&line.text)).collect();
        self.text += &format!("{}\n", paint(DIM, &lines.join("\n")));
    }
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
