//! One cell → its marks. Every fact has a mark; colour only repeats it.

use anstyle::Style;

use super::grid::{Glance, Hold, VerbMark};
use crate::graph::Cost;
use crate::model::{Plane, Verb};
use crate::report::columns::{Glyphs, Painted};
use crate::report::style::{DECLARED_ESCALATION, DIM, ESCALATION, GUARDED, STRONG};

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// The verbs; where there is none, what else there is.
    Verbs,
    /// The hops of the best path in a plane.
    Hops(Plane, Size),
}

/// How much room a cell that shows hops has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// A digit, its mark and a blank.
    Three,
    /// A digit and its mark.
    Two,
    /// One character: a letter stands for a digit with its mark.
    One,
}

impl Face {
    /// The plane whose paths the page counts.
    pub(super) fn plane(self) -> Plane {
        match self {
            Self::Verbs => Plane::Influence,
            Self::Hops(plane, _) => plane,
        }
    }

    /// Blanks between columns.
    pub(super) fn gap(self) -> usize {
        usize::from(matches!(self, Self::Verbs | Self::Hops(_, Size::Three)))
    }

    /// A cell with nothing in it: blank among verbs; in a dense grid of hops a dot, which carries the eye along the row.
    pub(super) fn nothing(self, glyphs: &Glyphs) -> Painted {
        match self {
            Self::Verbs => Painted::default(),
            Self::Hops(..) => Painted::styled(DIM, glyphs.nothing),
        }
    }

    /// What a cell looks like.
    pub(super) fn draw(self, cell: &Glance, glyphs: &Glyphs) -> Painted {
        match self {
            Self::Verbs => draw_verbs(cell, glyphs),
            Self::Hops(plane, size) => match cell.reach(plane) {
                Some(reach) => {
                    Painted::styled(reach_style(cell, reach, cell.is_declared()), &hops(reach, size))
                }
                None => self.nothing(glyphs),
            },
        }
    }
}

/// What a cell of the verbs view says, without styles.
pub(super) fn verbs_text(cell: &Glance, glyphs: &Glyphs) -> String {
    tokens(cell, glyphs).into_iter().map(|(text, _)| text).collect()
}

fn draw_verbs(cell: &Glance, glyphs: &Glyphs) -> Painted {
    let mut piece = Painted::default();
    for (text, style) in tokens(cell, glyphs) {
        piece.push(&Painted::styled(style, &text));
    }
    piece
}

/// The verbs. If none of them is open: the hops of the influence. If there is neither: the sign that content comes back.
fn tokens(cell: &Glance, glyphs: &Glyphs) -> Vec<(String, Style)> {
    let marks = Verb::ALL.iter().zip(cell.verbs).filter_map(|(verb, mark)| Some((*verb, mark?)));
    let mut tokens: Vec<(String, Style)> =
        marks.map(|(verb, mark)| (verb_text(verb, mark), verb_style(mark, cell.escalation))).collect();
    if let Some(reach) = cell.shown_influence() {
        tokens.push((format!("{}{}", reach.hops, guard_mark(reach)), reach_style(cell, reach, false)));
    }
    if let Some(reach) = cell.exposure.filter(|_| tokens.is_empty()) {
        tokens.push((format!("{}{}", glyphs.learns, guard_mark(reach)), DIM));
    }
    tokens
}

fn verb_text(verb: Verb, mark: VerbMark) -> String {
    let letter = if mark.declared { verb.letter() } else { verb.letter().to_ascii_lowercase() };
    match mark.hold {
        Hold::Open => letter.to_string(),
        Hold::Guarded => format!("{letter}'"),
        Hold::Detour => format!("{letter}!"),
    }
}

fn verb_style(mark: VerbMark, escalation: bool) -> Style {
    match (mark.hold, escalation, mark.declared) {
        (Hold::Guarded, ..) => GUARDED,
        (Hold::Detour, false, _) => GUARDED.bold(),
        (_, true, true) => DECLARED_ESCALATION,
        (_, true, false) => ESCALATION,
        (_, false, true) => STRONG,
        (_, false, false) => Style::new(),
    }
}

fn reach_style(cell: &Glance, reach: Cost, strong: bool) -> Style {
    let hold = if reach.is_open() { Hold::Open } else { Hold::Guarded };
    verb_style(VerbMark { declared: strong, hold }, cell.escalation)
}

fn guard_mark(reach: Cost) -> &'static str {
    if reach.is_open() { "" } else { "'" }
}

/// `1` to `9`, `+` for more. Behind a guard: with a mark, or as `a` to `i` and `*` where one character has to do.
fn hops(reach: Cost, size: Size) -> String {
    let digit = u8::try_from(reach.hops).ok().filter(|hops| (1..=9).contains(hops));
    match (size, reach.is_open()) {
        (Size::One, false) => char::from(digit.map_or(b'*', |digit| b'a' + digit - 1)).to_string(),
        _ => format!("{}{}", char::from(digit.map_or(b'+', |digit| b'0' + digit)), guard_mark(reach)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hops_take_one_character_each() {
        let shown =
            |hops, guarded, size| super::hops(Cost { guards: u32::from(guarded), sessions: 0, hops }, size);
        assert_eq!(shown(1, false, Size::One), "1");
        assert_eq!(shown(9, true, Size::One), "i");
        assert_eq!(shown(10, true, Size::One), "*");
        assert_eq!(shown(300, false, Size::One), "+");
        assert_eq!(shown(3, true, Size::Two), "3'");
    }
}
