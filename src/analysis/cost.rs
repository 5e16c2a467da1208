//! Full costs (guards, sessions, hops) of one node to and from all others, on demand.
//!
//! One search a row: forwards from own(A) for what A influences, backwards from call(A) for what is exposed to A. Everything
//! that needs many rows asks for them one by one with a search of its own thread, so that this is the one place to replace.

use crate::graph::{CapabilityGraph, Cost, Direction, FlowNode, Search};
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

    /// What content of the starts can come to in the influence plane: best path own(start) → call(B).
    pub fn influenced_by(&mut self, starts: &[(NodeId, Cost)]) -> CostRow {
        self.reached_from(Plane::Influence, starts)
    }

    /// Whose content can come to the targets in the exposure plane: best path own(B) → call(target).
    pub fn exposed_to(&mut self, targets: &[NodeId]) -> CostRow {
        self.reaching(Plane::Exposure, targets)
    }

    /// Forwards from the starts, each at its own cost.
    pub fn reached_from(&mut self, plane: Plane, starts: &[(NodeId, Cost)]) -> CostRow {
        let flows = self.graph.flows();
        let doors = starts.iter().map(|(node, cost)| (flows.own(*node), *cost));
        self.search.run(flows, plane, Direction::Forward, doors);
        self.row(starts.iter().map(|(node, _)| *node), |node| flows.call(node))
    }

    /// Backwards from the targets.
    pub fn reaching(&mut self, plane: Plane, targets: &[NodeId]) -> CostRow {
        let flows = self.graph.flows();
        let doors = targets.iter().map(|node| (flows.call(*node), Cost::ZERO));
        self.search.run(flows, plane, Direction::Reverse, doors);
        self.row(targets.iter().copied(), |node| flows.own(node))
    }

    fn row(&self, without: impl Iterator<Item = NodeId>, door: impl Fn(NodeId) -> FlowNode) -> CostRow {
        let costs = self.graph.spec().node_ids().map(|node| self.search.cost(door(node)));
        let mut row: CostRow = costs.collect();
        for node in without {
            row[node.index()] = None;
        }
        row
    }
}
