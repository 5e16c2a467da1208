//! A comparison → how much of what tally.

use std::collections::HashSet;

use super::change::What;
use super::comparison::Comparison;
use super::joint::Side;
use crate::model::{NodeId, Verb};

/// How much tally.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Nodes that are new, gone, and renamed.
    pub nodes: [usize; 3],
    /// Edges that are new, gone, and declared otherwise: all declared ones, also those that came or went with their nodes.
    pub edges: [usize; 3],
    /// Attributes of nodes with another value.
    pub attributes: usize,
    /// Guards that are defined otherwise.
    pub guards: usize,
    /// Zones that are new, gone, or trusted otherwise.
    pub zones: usize,
    /// Rules with another level.
    pub levels: usize,
}

impl Tally {
    /// Counts the changes of a comparison.
    #[must_use]
    pub fn of(comparison: &Comparison) -> Self {
        let mut tally = Self::default();
        for change in comparison.changes() {
            match change.what {
                What::NodeAdded(_) => tally.nodes[0] += 1,
                What::NodeRemoved(_) => tally.nodes[1] += 1,
                What::NodeRenamed(_) => tally.nodes[2] += 1,
                What::Edge { base: Some(_), head: Some(_) } => tally.edges[2] += 1,
                What::NodeReplaced(_) | What::Edge { .. } => {}
                What::Attribute(..) => tally.attributes += 1,
                What::Guard(_) => tally.guards += 1,
                What::Zone { .. } => tally.zones += 1,
                What::Level { .. } => tally.levels += 1,
            }
        }
        let keys = |side| -> HashSet<(NodeId, Verb, NodeId)> {
            let edges = comparison.joint().spec(side).edges.iter();
            edges.map(|edge| (edge.from, edge.verb, edge.to)).collect()
        };
        let (base, head) = (keys(Side::Base), keys(Side::Head));
        tally.edges[0] = head.difference(&base).count();
        tally.edges[1] = base.difference(&head).count();
        tally
    }
}
