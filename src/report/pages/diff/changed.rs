//! A comparison → how much of what changed, in figures and in words.

use std::collections::HashSet;

use crate::compare::{Comparison, Side, What};
use crate::model::text::{count, phrase};
use crate::model::{NodeId, Piece, Text, Verb};

/// How much changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::report) struct Changed {
    /// Nodes that are new, gone, and renamed.
    nodes: [usize; 3],
    /// Edges that are new, gone, and declared otherwise: all declared ones, also those that came or went with their nodes.
    edges: [usize; 3],
    /// Attributes of nodes with another value.
    attributes: usize,
    /// Guards that are defined otherwise.
    guards: usize,
    /// Zones that are new, gone, or trusted otherwise.
    zones: usize,
    /// Rules with another level.
    levels: usize,
}

impl Changed {
    pub(in crate::report) fn of(comparison: &Comparison) -> Self {
        let mut changed = Self::default();
        for change in comparison.changes() {
            match change.what {
                What::NodeAdded(_) => changed.nodes[0] += 1,
                What::NodeRemoved(_) => changed.nodes[1] += 1,
                What::NodeRenamed(_) => changed.nodes[2] += 1,
                What::Edge { base: Some(_), head: Some(_) } => changed.edges[2] += 1,
                What::NodeReplaced(_) | What::Edge { .. } => {}
                What::Attribute(..) => changed.attributes += 1,
                What::Guard(_) => changed.guards += 1,
                What::Zone { .. } => changed.zones += 1,
                What::Level { .. } => changed.levels += 1,
            }
        }
        let keys = |side| -> HashSet<(NodeId, Verb, NodeId)> {
            let edges = comparison.joint().spec(side).edges.iter();
            edges.map(|edge| (edge.from, edge.verb, edge.to)).collect()
        };
        let (base, head) = (keys(Side::Base), keys(Side::Head));
        changed.edges[0] = head.difference(&base).count();
        changed.edges[1] = base.difference(&head).count();
        changed
    }

    /// `+1 −1 edges, 2 attributes`.
    pub(in crate::report) fn words(&self) -> Text {
        let signed = |[new, gone, _]: [usize; 3], noun: &'static str| {
            let text = || phrase!["+", Piece::Number(new), " −", Piece::Number(gone), noun];
            (new + gone > 0).then(text)
        };
        let some = |many: usize, noun: &'static str, what: &'static str| {
            (many > 0).then(|| phrase![count(many, noun), what])
        };
        let parts = [
            signed(self.nodes, " nodes"),
            some(self.nodes[2], "node", " renamed"),
            signed(self.edges, " edges"),
            some(self.edges[2], "edge", " declared otherwise"),
            some(self.attributes, "attribute", ""),
            some(self.guards, "guard", " redefined"),
            some(self.zones, "zone", ""),
            some(self.levels, "review level", ""),
        ];
        let parts: Vec<Text> = parts.into_iter().flatten().collect();
        if parts.is_empty() { phrase!["nothing"] } else { Text::joined(parts, ", ") }
    }
}
