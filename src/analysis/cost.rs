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

    /// What content of a node can come to in the influence plane: best path own(A) → call(B).
    pub fn influenced_by(&mut self, node: NodeId) -> CostRow {
        self.reached_from(Plane::Influence, node)
    }

    /// Whose content can come to a node in the exposure plane: best path own(B) → call(A).
    pub fn exposed_to(&mut self, node: NodeId) -> CostRow {
        self.reaching(Plane::Exposure, node)
    }

    /// Forwards from a node.
    pub fn reached_from(&mut self, plane: Plane, node: NodeId) -> CostRow {
        let flows = self.graph.flows();
        self.search.run(flows, plane, Direction::Forward, [(flows.own(node), Cost::ZERO)]);
        row(self.graph, &self.search, &[node], |other| flows.call(other))
    }

    /// Backwards from a node.
    pub fn reaching(&mut self, plane: Plane, node: NodeId) -> CostRow {
        let flows = self.graph.flows();
        self.search.run(flows, plane, Direction::Reverse, [(flows.call(node), Cost::ZERO)]);
        row(self.graph, &self.search, &[node], |other| flows.own(other))
    }
}

/// What a search found, by node: the cost of one door of each, and nothing for the nodes that the row is about.
pub(super) fn row(
    graph: &CapabilityGraph,
    search: &Search,
    about: &[NodeId],
    door: impl Fn(NodeId) -> FlowNode,
) -> CostRow {
    let mut row: CostRow = graph.spec().node_ids().map(|node| search.cost(door(node))).collect();
    for node in about {
        row[node.index()] = None;
    }
    row
}
