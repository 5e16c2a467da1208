//! A page as a sequence of typed blocks, of which each writer makes what its medium has: a title, lists, sections, tables, code, small
//! print. Nothing in it is markup, escaped, painted or broken into lines.
//!
//! A command's page (`pages/`) gives a document; `write/` writes it. What the media have in common is here once, and what is shown in
//! one of them alone says so.

use super::command_line::CommandLine;
use crate::model::{Level, Place, Rule, Spec, Text};

/// A page.
#[derive(Debug)]
pub(super) struct Document<'s> {
    /// The topology whose names its texts hold by number.
    pub(super) names: &'s Spec,
    /// How far below the title of a whole document its title stands: 1 is a page of its own.
    pub(super) level: usize,
    /// Nothing where its blocks say what it is about.
    pub(super) title: Text,
    /// What stands right behind the title on a terminal, where no page around it says more.
    pub(super) beside: Text,
    /// What programs know a comment by; nobody sees it.
    pub(super) marker: Option<String>,
    pub(super) blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Debug)]
pub(super) enum Block {
    /// A heading of its own: 2 stands below the title.
    Heading(usize, Text),
    Paragraph(Text),
    /// A paragraph of a page that is read as a file, too: in lines that end between words.
    Prose(Text),
    List(Vec<Item>),
    Table(Table),
    /// Source text, or a drawing of characters: somebody else's words may be in it, and no markup.
    Code {
        language: &'static str,
        text: String,
    },
    /// An example of ours, set off by blanks.
    Sample(&'static str),
    /// A headed part that holds together, closely set on a terminal.
    Section(Section),
    /// Small print: what marks mean, what was computed how, and what is not looked at.
    Small(Small),
    /// What was found: on a terminal in the shape of a compiler's message, on a page under a heading.
    Found(Found),
    /// Lines by themselves.
    Lines(Lines),
    /// Lines, each with what it is about.
    Facts(Vec<Fact>),
    /// What everybody has to read, as grave as a finding of this level.
    Alert(Level, Vec<Text>),
    /// A part that is folded until somebody wants to know.
    Fold(Fold),
    /// A page inside of this one.
    Part(Part),
}

/// An item of a list.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) text: Text,
    /// Items below it.
    pub(super) under: Vec<Text>,
}

/// A headed part of a page: what to know first, rows, and what comes of them.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) title: Text,
    /// How many rows there are, where the heading says that.
    pub(super) count: Option<usize>,
    /// What to know before reading the rows.
    pub(super) notes: Vec<Text>,
    pub(super) table: Table,
    /// What comes of it.
    pub(super) after: Vec<Text>,
    /// A command to try.
    pub(super) command: Option<CommandLine>,
}

/// Rows of cells.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) heads: Vec<Head>,
    pub(super) rows: Vec<Row>,
    /// Whether a terminal shows the heads. Where it does not, columns that hold nothing are left out there.
    pub(super) is_headed: bool,
    /// Columns of a terminal beyond which a cell pushes those behind it to the right.
    pub(super) widest: Option<usize>,
    /// Columns that a page sets in the middle.
    pub(super) centered: &'static [usize],
    /// Whether a page shows the heads of no rows.
    pub(super) keeps_heads: bool,
    /// What a page makes of the rows.
    pub(super) form: Form,
}

/// The head of a column; our own words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head(pub(super) &'static str);

/// What a page makes of rows. On a terminal they are columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Form {
    /// A table.
    #[default]
    Grid,
    /// A table whose first column needs no head.
    Unheaded,
    /// A list of things to be done, with boxes.
    Tasks,
    /// A list to be read.
    Items,
}

/// One row, and lines that belong to it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) cells: Vec<Text>,
    pub(super) under: Vec<Text>,
}

/// A finding: what, where, what proves it, and the way out.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) level: Level,
    pub(super) rule: Rule,
    pub(super) title: Text,
    pub(super) spot: Option<Spot>,
    /// What it comes from.
    pub(super) causes: Vec<Text>,
    pub(super) proofs: Vec<Proof>,
    /// What a change made of paths.
    pub(super) routes: Vec<Route>,
    pub(super) details: Vec<Text>,
    /// The smallest fix; nothing where there is none.
    pub(super) fix: Text,
    /// How to learn more of it, and what it is known by.
    pub(super) more: Vec<Line>,
}

/// Where something stands, and what a terminal shows there.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) place: Place,
    /// Whether its column is told: a file of which only the numbers of its lines are known has none.
    pub(super) has_column: bool,
    /// What is said behind the place.
    pub(super) beside: Text,
    /// Whether a terminal shows the line itself: once is enough.
    pub(super) has_excerpt: bool,
    /// What the mark under the line says. Without the line it stands beside the place, unless the title says it.
    pub(super) label: Text,
}

/// A path that a change opened, closed, or made cheaper or dearer.
#[derive(Debug)]
pub(super) struct Route {
    /// What became of it, in a word.
    pub(super) kind: &'static str,
    pub(super) path: Text,
    pub(super) cost: Text,
    /// What can be done by it.
    pub(super) answers: Text,
}

/// A path that proves a finding.
#[derive(Debug)]
pub(super) struct Proof {
    /// What it shows.
    pub(super) label: Text,
    /// The path on one line.
    pub(super) path: String,
}

/// Lines by themselves.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) texts: Vec<Text>,
    /// Whether they follow on a terminal without a blank line.
    pub(super) is_close: bool,
}

/// A line, and what it is about.
#[derive(Debug)]
pub(super) struct Fact {
    /// A word of our own; nothing where the line goes on with what the one before is about.
    pub(super) head: &'static str,
    pub(super) text: Text,
}

/// A part that a page folds.
#[derive(Debug)]
pub(super) struct Fold {
    /// What is in it.
    pub(super) summary: Text,
    pub(super) blocks: Vec<Block>,
}

/// A page inside of another one, about the same topology.
#[derive(Debug)]
pub(super) struct Part {
    /// As that of a document.
    pub(super) level: usize,
    pub(super) title: Text,
    pub(super) blocks: Vec<Block>,
}

/// Small print.
#[derive(Debug, Default)]
pub(super) struct Small {
    pub(super) lines: Vec<Line>,
    /// Whether it follows on a terminal without a blank line.
    pub(super) is_close: bool,
    pub(super) form: SmallForm,
}

/// How a page sets small print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum SmallForm {
    #[default]
    Small,
    Slanted,
    /// Below a picture, and at the foot of a comment.
    Caption,
}

/// A line of small print.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: Text,
    pub(super) shown: Shown,
}

/// Where something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Everywhere,
    OnTerminal,
    OnPage,
}

impl<'s> Document<'s> {
    /// A page with its title and nothing else.
    pub(super) fn new(names: &'s Spec, level: usize, title: Text) -> Self {
        Self { names, level, title, beside: Text::default(), marker: None, blocks: Vec::new() }
    }
}

impl Item {
    /// An item with nothing below it.
    pub(super) fn of(text: Text) -> Self {
        Self { text, under: Vec::new() }
    }
}

impl Row {
    /// A row with nothing below it.
    pub(super) fn of(cells: impl IntoIterator<Item = Text>) -> Self {
        Self { cells: cells.into_iter().collect(), under: Vec::new() }
    }
}

impl Table {
    /// Heads and rows.
    pub(super) fn new<const N: usize>(heads: [&'static str; N], rows: Vec<Row>) -> Self {
        Self { heads: heads.map(Head).to_vec(), rows, ..Self::default() }
    }

    /// With its heads on a terminal too, and columns that are at most so wide there.
    pub(super) fn headed(self, widest: usize) -> Self {
        Self { is_headed: true, widest: Some(widest), ..self }
    }
}

impl Small {
    /// A line below a picture, or at the foot of a comment.
    pub(super) fn caption(line: Text) -> Self {
        Self { form: SmallForm::Caption, ..Self::of([line]) }
    }

    /// Lines that are shown everywhere.
    pub(super) fn of(lines: impl IntoIterator<Item = Text>) -> Self {
        Self {
            lines: lines.into_iter().map(|text| Line::shown(Shown::Everywhere, text)).collect(),
            ..Self::default()
        }
    }
}

impl Line {
    pub(super) fn shown(shown: Shown, text: Text) -> Self {
        Self { text, shown }
    }
}

impl Block {
    /// A list of items with nothing below them.
    pub(super) fn list(items: impl IntoIterator<Item = Text>) -> Self {
        Self::List(items.into_iter().map(Item::of).collect())
    }
}
