//! What stands around a matrix: its figures, how to read it, what its marks mean, and its loops.

use super::cells::{Face, Size};
use super::grid::{Glance, Grid, Hold};
use crate::analysis::loops;
use crate::model::text::{count, phrase};
use crate::model::{NodeId, Piece, Plane, Spec, Text, Verb};
use crate::report::columns::{Glyphs, Painted, width};
use crate::report::style::{DIM, STRONG, ZONE};
use crate::report::write::{self, Medium};

/// Loops that are named; the others are counted.
const LOOPS: usize = 3;
/// A mark and its meaning.
pub(super) struct Entry {
    pub(super) mark: &'static str,
    pub(super) meaning: &'static str,
}

impl Entry {
    /// As it stands in a line of text.
    pub(super) fn piece(&self) -> Painted {
        let mut piece = Painted::styled(STRONG, self.mark);
        piece.push(&Painted::styled(DIM, &format!(" {}", self.meaning)));
        piece
    }
}

/// The pairs in one line.
pub(super) fn figures(grid: &Grid<'_>, plane: Plane) -> Text {
    let counts = grid.counts(plane);
    let line = phrase![
        Piece::Number(counts.open),
        " of ",
        count(counts.pairs, "pair"),
        " open, ",
        Piece::Number(counts.guarded),
        " more behind a guard"
    ];
    if grid.spec().zones.is_empty() {
        return line;
    }
    let direction = match plane {
        Plane::Influence => " open into a more trusted zone",
        Plane::Exposure => " open from a more trusted zone",
    };
    line.and(phrase![", ", Piece::Number(counts.escalations), direction])
}

/// Which part of a spec is shown; nothing if all of it is.
pub(super) fn part(grid: &Grid<'_>) -> Option<Text> {
    let (rows, columns, all) = (grid.rows.len(), grid.columns.len(), grid.spec().nodes.len());
    (rows < all || columns < all).then(|| {
        phrase![
            Piece::Number(rows),
            " of ",
            Piece::Number(all),
            " rows, ",
            Piece::Number(columns),
            " of ",
            Piece::Number(all),
            " columns; paths run through all nodes"
        ]
    })
}

/// Rows and columns, in words.
pub(super) fn directions(face: Face) -> [(&'static str, &'static str); 2] {
    let column = match face {
        Face::Verbs => "node it can act on, steer or learn from",
        Face::Hops(Plane::Influence, _) => "node it can influence",
        Face::Hops(Plane::Exposure, _) => "node whose content can come to it",
    };
    [("row:", "compromised node"), ("column:", column)]
}

/// The marks that the grid has, with their meanings.
pub(super) fn entries(grid: &Grid<'_>, face: Face, glyphs: &Glyphs) -> Vec<Entry> {
    let used = Used::scan(grid, face);
    let mut entries = Vec::new();
    let mut add = |mark: &'static str, meaning: &'static str| entries.push(Entry { mark, meaning });
    match face {
        Face::Verbs => verb_entries(&used, glyphs, &mut add),
        Face::Hops(_, size) => hop_entries(&used, size, &mut add),
    }
    add(if face == Face::Verbs { "blank" } else { glyphs.nothing }, "nothing at all");
    if used.itself {
        add(glyphs.itself, "itself");
    }
    entries
}

fn verb_entries(used: &Used, glyphs: &Glyphs, add: &mut impl FnMut(&'static str, &'static str)) {
    for verb in Verb::ALL.iter().filter(|verb| used.verbs[**verb as usize]) {
        add(letter(*verb), verb.third_person());
    }
    for (is_used, mark, meaning) in [
        (used.declared, "UPPER", "declared"),
        (used.steered, "lower", "through others it steers, or by a key or role"),
        (used.guarded, "'", "a guard has to fail"),
        (used.detour, "!", "declared behind a guard, yet open another way"),
        (used.hops, "1 2 3", "no open verb, but its content gets there: hops"),
        (used.learns, glyphs.learns, "only learns from it"),
    ] {
        if is_used {
            add(mark, meaning);
        }
    }
}

/// The letter of a verb.
fn letter(verb: Verb) -> &'static str {
    match verb {
        Verb::Write => "W",
        Verb::Read => "R",
        Verb::Invoke => "I",
        Verb::Observe => "O",
    }
}

fn hop_entries(used: &Used, size: Size, add: &mut impl FnMut(&'static str, &'static str)) {
    let letters = size == Size::One && used.guarded;
    for (is_used, mark, meaning) in [
        (used.hops || (used.guarded && !letters), "1-9", "hops"),
        (used.far || (used.far_guarded && !letters), "+", "10 hops or more"),
        (letters, "a-i", "1-9 hops, a guard has to fail"),
        (letters && used.far_guarded, "*", "10 or more, a guard has to fail"),
        (used.guarded && !letters, "'", "a guard has to fail"),
    ] {
        if is_used {
            add(mark, meaning);
        }
    }
}

/// What position says about trust; nothing where there are no zones to tell apart.
pub(super) fn zone_note(grid: &Grid<'_>) -> Option<&'static str> {
    let blocks = grid.column_blocks();
    let ranked = blocks.iter().filter(|block| block.zone.is_some()).count();
    let unranked = blocks.len() > ranked;
    match (ranked > 1, unranked) {
        (false, _) => None,
        (true, false) => Some("zones run from least to most trusted: right of a row's own is more trusted"),
        (true, true) => {
            Some("zones run from least to most trusted: right of a row's own is more trusted; last: no zone")
        }
    }
}

/// The loops of a page.
pub(super) struct Loops {
    /// The members of the largest ones, a line each.
    pub(super) lines: Vec<Text>,
    /// How many others there are.
    pub(super) others: usize,
}

/// Loops that have a shown node in them, the largest first, their members as far as `room` columns of a medium hold them. Loops are
/// about influence: a page about exposure has none.
pub(super) fn loops_of(grid: &Grid<'_>, plane: Plane, room: usize, medium: &impl Medium) -> Loops {
    if plane == Plane::Exposure {
        return Loops { lines: Vec::new(), others: 0 };
    }
    let mut shown: Vec<Vec<NodeId>> = loops(grid.graph);
    shown.retain(|members| members.iter().any(|node| grid.number(*node) > 0));
    shown.sort_by_key(|members| std::cmp::Reverse(members.len()));
    let named = |members: &Vec<NodeId>| list(grid.spec(), members, room, medium);
    Loops { lines: shown.iter().take(LOOPS).map(named).collect(), others: shown.len().saturating_sub(LOOPS) }
}

/// As many names as there is room for, at least one, and the number of the others.
fn list(spec: &Spec, nodes: &[NodeId], room: usize, medium: &impl Medium) -> Text {
    const MORE: usize = ", and 99,999 more".len();
    let mut text = Text::default();
    let mut used = 0;
    for (place, node) in nodes.iter().enumerate() {
        let spare = if place + 1 == nodes.len() { 0 } else { MORE };
        let label = phrase![Piece::Label(spec.node_name(*node).to_owned())];
        let width = width(&write::text(medium, spec, &label));
        if place > 0 && used + 2 + width + spare > room {
            return text.and(phrase![", and ", Piece::Number(nodes.len() - place), " more"]);
        }
        if place > 0 {
            text.push(", ");
            used += 2;
        }
        text.push(label);
        used += width;
    }
    text
}

/// `7 github`: the columns that no row names.
pub(super) fn column_key(grid: &Grid<'_>, name: impl Fn(&Spec, NodeId) -> String) -> Vec<Painted> {
    let piece = |node: NodeId| {
        let mut piece = Painted::styled(DIM, &grid.number(node).to_string());
        piece.push(&Painted::plain(&format!(" {}", name(grid.spec(), node))));
        piece
    };
    let mut key: Vec<Painted> = grid.unnamed_columns().into_iter().map(piece).collect();
    if !key.is_empty() {
        key.insert(0, Painted::styled(ZONE, "columns:"));
    }
    key
}

/// Which marks occur.
#[derive(Debug, Default)]
struct Used {
    verbs: [bool; 4],
    declared: bool,
    steered: bool,
    guarded: bool,
    detour: bool,
    hops: bool,
    far: bool,
    far_guarded: bool,
    learns: bool,
    itself: bool,
}

impl Used {
    fn scan(grid: &Grid<'_>, face: Face) -> Self {
        let mut used = Self::default();
        for row in &grid.rows {
            used.itself |= grid.columns.contains(&row.node);
            for (_, cell) in &row.cells {
                match face {
                    Face::Verbs => used.see_verbs(cell),
                    Face::Hops(plane, _) => used.see_hops(cell, plane),
                }
            }
        }
        used
    }

    fn see_verbs(&mut self, cell: &Glance) {
        for (seen, mark) in self.verbs.iter_mut().zip(cell.verbs) {
            let Some(mark) = mark else { continue };
            *seen = true;
            self.declared |= mark.declared;
            self.steered |= !mark.declared;
            self.guarded |= mark.hold == Hold::Guarded;
            self.detour |= mark.hold == Hold::Detour;
        }
        self.hops |= cell.shown_influence().is_some();
        if cell.verbs == [None; 4] {
            self.learns |= cell.influence.is_none();
            self.guarded |= cell.influence.or(cell.exposure).is_some_and(|reach| !reach.is_open());
        }
    }

    fn see_hops(&mut self, cell: &Glance, plane: Plane) {
        let Some(reach) = cell.reach(plane) else { return };
        let (far, open) = (reach.hops > 9, reach.is_open());
        self.hops |= !far && open;
        self.far |= far && open;
        self.far_guarded |= far && !open;
        self.guarded |= !open;
    }
}
