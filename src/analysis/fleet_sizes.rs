//! How far every node of a fleet reaches, as figures: the sizes of all blast radii and of all exposures.

use std::cmp::Reverse;

use super::progress::Progress;
use super::sizes::ReachSizes;
use crate::graph::{CapabilityGraph, Direction, Strength};
use crate::model::{NodeId, Plane};

/// The sizes of every node's blast radius. Paths run through the whole graph.
#[derive(Debug, Clone)]
pub struct FleetSizes<'g> {
    graph: &'g CapabilityGraph,
    influences: ReachSizes,
    influences_any: ReachSizes,
    learns_from: ReachSizes,
    learns_from_any: ReachSizes,
}

/// The figures of one node: how many other nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NodeSizes {
    /// It influences, with no declared guard failing.
    pub influences: usize,
    /// It influences, whatever guards fail.
    pub influences_any: usize,
    /// Their content comes to it, with no declared guard failing.
    pub learns_from: usize,
    /// Their content comes to it, whatever guards fail.
    pub learns_from_any: usize,
}

/// The four countings, in the order in which they are done.
const COUNTINGS: usize = 4;

impl<'g> FleetSizes<'g> {
    /// Counts, telling how far it is.
    #[must_use]
    pub fn count(graph: &'g CapabilityGraph, progress: &dyn Progress) -> Self {
        let count = |step, plane, strength| {
            let direction = match plane {
                Plane::Influence => Direction::Forward,
                Plane::Exposure => Direction::Reverse,
            };
            ReachSizes::count_with(graph, plane, strength, direction, &Part { step, progress })
        };
        Self {
            graph,
            influences: count(0, Plane::Influence, Strength::Open),
            influences_any: count(1, Plane::Influence, Strength::Any),
            learns_from: count(2, Plane::Exposure, Strength::Open),
            learns_from_any: count(3, Plane::Exposure, Strength::Any),
        }
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &'g CapabilityGraph {
        self.graph
    }

    /// How many other nodes there are for each: what the figures are counts of.
    #[must_use]
    pub fn others(&self) -> usize {
        self.graph.spec().nodes.len().saturating_sub(1)
    }

    /// The figures of a node.
    #[must_use]
    pub fn of(&self, node: NodeId) -> NodeSizes {
        NodeSizes {
            influences: self.influences.of(node),
            influences_any: self.influences_any.of(node),
            learns_from: self.learns_from.of(node),
            learns_from_any: self.learns_from_any.of(node),
        }
    }

    /// Puts the widest first: those that influence most with no guard failing, then whatever guards fail.
    pub fn rank(&self, nodes: &mut [NodeId]) {
        nodes.sort_by_cached_key(|node| {
            (Reverse(self.influences.of(*node)), Reverse(self.influences_any.of(*node)), *node)
        });
    }
}

/// One of several countings that are shown as one.
struct Part<'p> {
    step: usize,
    progress: &'p dyn Progress,
}

impl Progress for Part<'_> {
    fn advance(&self, done: usize, of: usize) {
        self.progress.advance((self.step * of).saturating_add(done), of.saturating_mul(COUNTINGS));
    }
}
