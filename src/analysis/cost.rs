//! Full costs (guards, sessions, hops) of one node to and from all others, on demand.
//!
//! One search a row: forwards from own(A) for what A influences, backwards from call(A) for what is exposed to A. Everything
//! that needs many rows asks for them one by one with a search of its own thread, so that this is the one place to replace.

use crate::graph::{CapabilityGraph, Cost, Direction, Search};
use crate::spec::{NodeId, Plane};

/// Best costs by node: `None` where there is no path, and for the nodes the row is about.
pub type CostRow = Vec<Option<Cost>>;

/// A search that a thread keeps for many rows.
#[derive(Debug, Clone)]
pub struct CostSearch<'g> {
    graph: &'g CapabilityGraph,
    search: Search,
}

impl<'g> CostSearch<'g> {
    /// A search over this graph.
    #[must_use]
    pub fn new(graph: &'g CapabilityGraph) -> Self {
        Self { graph, search: Search::new(graph.flows()) }
    }

    /// What content of the starts can come to, each start at its own cost: best path own(start) → call(B).
    pub fn influenced_by(&mut self, starts: &[(NodeId, Cost)]) -> CostRow {
        let flows = self.graph.flows();
        let doors = starts.iter().map(|(node, cost)| (flows.own(*node), *cost));
        self.search.run(flows, Plane::Influence, Direction::Forward, doors);
        self.row(starts, |node| flows.call(node))
    }

    /// Whose content can come to the targets: best path own(B) → call(target) in the exposure plane.
    pub fn exposed_to(&mut self, targets: &[NodeId]) -> CostRow {
        let flows = self.graph.flows();
        let doors = targets.iter().map(|node| (flows.call(*node), Cost::ZERO));
        self.search.run(flows, Plane::Exposure, Direction::Reverse, doors);
        let starts: Vec<_> = targets.iter().map(|node| (*node, Cost::ZERO)).collect();
        self.row(&starts, |node| flows.own(node))
    }

    fn row(&self, starts: &[(NodeId, Cost)], door: impl Fn(NodeId) -> crate::graph::FlowNode) -> CostRow {
        let mut row: CostRow =
            self.graph.spec().node_ids().map(|node| self.search.cost(door(node))).collect();
        for (start, _) in starts {
            row[start.index()] = None;
        }
        row
    }
}
