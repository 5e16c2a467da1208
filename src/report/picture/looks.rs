//! What things look like in every picture: colours by meaning and theme, shapes by kind, and how text breaks.
//!
//! The colours are hues of Okabe and Ito, darkened where they carry text, so that every text has a contrast of at least 4.5 and no
//! two meanings differ by hue alone.

use unicode_width::UnicodeWidthChar;

use crate::model::{NodeKind, Verb, is_hidden};

/// Light or dark paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on a dark page.
    Dark,
}

/// A colour by what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// The paper.
    Page,
    /// Names and headings.
    Text,
    /// Captions and legends.
    Soft,
    /// Borders of nodes, and flows that are there to complete the picture.
    Line,
    /// Derived edges, and what a blast radius does not reach.
    Faint,
    /// The box of a zone.
    Zone,
    /// Its border.
    ZoneBorder,
    /// Writes and reads.
    Content,
    /// Observations.
    Watch,
    /// What is tainted: borders and best paths.
    Taint,
    /// Text about what is tainted.
    TaintText,
    /// What a change or a cut takes away: lines.
    Closed,
    /// Text about what it takes away.
    ClosedText,
    /// The compromised start.
    Start,
    /// Text on it.
    StartText,
    /// What is tainted after so many hops, from 1; all that are farther than 4 look alike.
    Hop(usize),
}

impl Theme {
    pub(super) const fn colour(self, ink: Ink) -> &'static str {
        let (light, dark) = match ink {
            Ink::Page => ("#FFFFFF", "#0D1117"),
            Ink::Text => ("#1F2328", "#E6EDF3"),
            Ink::Soft => ("#6E7781", "#8B949E"),
            Ink::Line => ("#57606A", "#8B949E"),
            Ink::Faint => ("#8C959F", "#6E7681"),
            Ink::Zone => ("#F6F8FA", "#161B22"),
            Ink::ZoneBorder => ("#D0D7DE", "#30363D"),
            Ink::Content => ("#0072B2", "#56B4E9"),
            Ink::Watch => ("#A4477F", "#E3A3C6"),
            Ink::Taint => ("#D55E00", "#D55E00"),
            Ink::TaintText => ("#B84700", "#FF9A57"),
            Ink::Closed => ("#009E73", "#009E73"),
            Ink::ClosedText => ("#00785A", "#3FD3A6"),
            Ink::Start => ("#B84700", "#D55E00"),
            Ink::StartText => ("#FFFFFF", "#FFFFFF"),
            Ink::Hop(0 | 1) => ("#EC8A4A", "#B04E05"),
            Ink::Hop(2) => ("#F2A878", "#8A4110"),
            Ink::Hop(3) => ("#F6C3A1", "#66351A"),
            Ink::Hop(_) => ("#F9D8C2", "#482B1D"),
        };
        match self {
            Self::Light => light,
            Self::Dark => dark,
        }
    }
}

impl Ink {
    /// The colour of a verb. Line style, arrowhead and letter say the same without it.
    pub(super) const fn of(verb: Verb) -> Self {
        match verb {
            Verb::Write | Verb::Read => Self::Content,
            Verb::Invoke => Self::Text,
            Verb::Observe => Self::Watch,
        }
    }
}

/// The shape of a node, which says its kind, so that kinds differ without colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Its name in DOT.
    pub(super) dot: &'static str,
    pub(super) is_rounded: bool,
    /// Whether its border is dashed: it does not outlive a session.
    pub(super) is_dashed: bool,
    /// DOT's margin around the label, where the shape needs another one.
    pub(super) margin: Option<&'static str>,
    /// What is around the label in Mermaid.
    pub(super) brackets: [&'static str; 2],
}

impl Shape {
    /// The shape of a kind; a store may outlive its session or not.
    pub(super) const fn of(kind: NodeKind, persists: bool) -> Self {
        const ROUND: bool = true;
        const DASHED: bool = true;
        let (dot, is_rounded, is_dashed, margin, brackets) = match kind {
            NodeKind::Agent => ("box", ROUND, !DASHED, None, ["(", ")"]),
            NodeKind::Principal => ("ellipse", !ROUND, !DASHED, Some("0.04,0.03"), ["([", "])"]),
            NodeKind::Tool => ("component", !ROUND, !DASHED, None, ["[[", "]]"]),
            NodeKind::Store => ("cylinder", !ROUND, !persists, None, ["[(", ")]"]),
            NodeKind::Session => ("box", ROUND, DASHED, None, ["{{", "}}"]),
            NodeKind::Source => ("cds", !ROUND, !DASHED, Some("0.14,0.17"), [">", "]"]),
            NodeKind::Sink => ("invhouse", !ROUND, !DASHED, Some("0.02,0.0"), ["[\\", "/]"]),
            NodeKind::Credential => ("note", !ROUND, !DASHED, None, ["[/", "/]"]),
        };
        Self { dot, is_rounded, is_dashed, margin, brackets }
    }
}

/// Breaks text into lines of at most `width` columns, after a separator where there is one. Nothing is left out.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in text.split_inclusive([' ', '-', '_', '/', '.', ':', '@', ',']) {
        if columns(&line) + columns(piece.trim_end()) > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for character in piece.chars() {
            if columns(&line) + character.width().unwrap_or(0) > width && character != ' ' {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
    }
    lines.push(line);
    lines
}

/// How many columns text takes in a fixed-width font: near enough to compare lengths with.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// Adds a character as it is, or its code point where it could not be seen, would turn text around, or is not allowed in XML.
pub(super) fn push_visible(into: &mut String, character: char) {
    if is_hidden(character) {
        into.push_str(&format!("[U+{:04X}]", u32::from(character)));
    } else {
        into.push(character);
    }
}
