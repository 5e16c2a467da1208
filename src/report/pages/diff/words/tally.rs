//! How much of what changed, in a line.

use crate::compare::Tally;
use crate::model::text::{count, phrase};
use crate::model::{Piece, Text};

/// How much changed: `+1 −1 edges, 2 attributes`.
pub(in crate::report) fn changed(tally: &Tally) -> Text {
    let signed = |[new, gone, _]: [usize; 3], noun: &'static str| {
        let text = || phrase!["+", Piece::Number(new), " −", Piece::Number(gone), noun];
        (new + gone > 0).then(text)
    };
    let some = |many: usize, noun: &'static str, what: &'static str| {
        (many > 0).then(|| phrase![count(many, noun), what])
    };
    let parts = [
        signed(tally.nodes, " nodes"),
        some(tally.nodes[2], "node", " renamed"),
        signed(tally.edges, " edges"),
        some(tally.edges[2], "edge", " declared otherwise"),
        some(tally.attributes, "attribute", ""),
        some(tally.guards, "guard", " redefined"),
        some(tally.zones, "zone", ""),
        some(tally.levels, "review level", ""),
    ];
    let parts: Vec<Text> = parts.into_iter().flatten().collect();
    if parts.is_empty() { phrase!["nothing"] } else { Text::joined(parts, ", ") }
}
