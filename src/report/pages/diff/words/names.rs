//! Names of a comparison in a sentence: of nodes, of zones, and of what nodes gain; and lists of them.

use std::collections::BTreeSet;

use crate::compare::{Comparison, Gained, Side};
use crate::findings::Review;
use crate::model::text::phrase;
use crate::model::{NodeId, Piece, Text};
use crate::report::write::{self, Plain};

/// How many names a sentence lists.
const NAMED: usize = 4;

/// Words for a change, in which names are those of its comparison.
#[derive(Clone, Copy)]
pub(in crate::report) struct Words<'c> {
    pub(in crate::report) comparison: &'c Comparison,
}

impl<'c> Words<'c> {
    /// The words for a review.
    pub(in crate::report) fn of(review: &'c Review) -> Self {
        Self { comparison: &review.comparison }
    }
}

impl Words<'_> {
    /// Names, each once, in node order: `a, b and 3 more`.
    pub(in crate::report) fn names(&self, nodes: impl Iterator<Item = NodeId>, last: &'static str) -> Text {
        let nodes: BTreeSet<NodeId> = nodes.collect();
        listed(nodes.into_iter().map(|node| phrase![node]), last)
    }

    /// The zone of a node by name: as the head has it, or the base where it is gone.
    pub(in crate::report) fn zone(&self, node: NodeId) -> Option<String> {
        let joint = self.comparison.joint();
        let side = if joint.has(Side::Head, node) { Side::Head } else { Side::Base };
        let spec = joint.spec(side);
        joint.node(side, node).zone.map(|zone| spec.zone_name(zone).to_owned())
    }

    /// `foothold memory; credentials key and token`.
    pub(in crate::report) fn gained(&self, gained: &Gained) -> Text {
        let lists = [
            ("foothold ", "footholds ", &gained.footholds),
            ("sink ", "sinks ", &gained.sinks),
            ("credential ", "credentials ", &gained.credentials),
        ];
        let some = lists.iter().filter(|(.., nodes)| !nodes.is_empty());
        let parts = some.map(|(one, many, nodes)| {
            let noun = if nodes.len() == 1 { *one } else { *many };
            phrase![noun, self.names(nodes.iter().copied(), " and ")]
        });
        Text::joined(parts, "; ")
    }
}

/// A text about a comparison without any markup, for formats that only take words.
pub(in crate::report) fn plain(comparison: &Comparison, text: &Text) -> String {
    write::text(&Plain, comparison.joint().spec(Side::Head), text)
}

/// Some texts as a list, with words before its last one; of many the last ones are counted.
pub(in crate::report) fn listed(all: impl IntoIterator<Item = Text>, last: &'static str) -> Text {
    let mut all: Vec<Text> = all.into_iter().collect();
    let end = if all.len() > NAMED {
        let left = all.len() + 1 - NAMED;
        all.truncate(NAMED - 1);
        phrase![Piece::Number(left), " more"]
    } else {
        all.pop().unwrap_or_default()
    };
    if all.is_empty() { end } else { phrase![Text::joined(all, ", "), last, end] }
}
