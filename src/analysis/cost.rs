//! Full costs (guards, sessions, hops) of one node to and from all others, on demand.
//!
//! One search a row: forwards from own(A) for what A influences, backwards from call(A) for what is exposed to A. A row holds
//! what was reached and nothing else, so that a large fleet of small teams costs what its teams cost.

use crate::graph::{CapabilityGraph, Cost, Direction, FlowGraph, FlowNode, Search};
use crate::model::{NodeId, Plane};

/// Best costs of other nodes, in node order. Nodes without a path, and those that the row is about, are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CostRow {
    entries: Vec<(NodeId, Cost)>,
}

impl CostRow {
    /// The cost of a node.
    #[must_use]
    pub fn get(&self, node: NodeId) -> Option<Cost> {
        let found = self.entries.binary_search_by_key(&node, |(other, _)| *other);
        found.ok().map(|at| self.entries[at].1)
    }

    /// The nodes with their costs, in node order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (NodeId, Cost)> + '_ {
        self.entries.iter().copied()
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Which side of a node a row asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Where content arrives: rows that are searched forwards.
    Reached,
    /// Where an actor acts from: rows of who is steered.
    Act,
    /// Where it starts in a plane: rows that are searched backwards.
    Start(Plane),
}

impl End {
    pub(super) fn door(self, flows: &FlowGraph, node: NodeId) -> FlowNode {
        match self {
            Self::Reached => flows.reached(node),
            Self::Act => flows.acts_from(node),
            Self::Start(plane) => flows.start(plane, node),
        }
    }
}

/// A finished search as costs of nodes.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) graph: &'a CapabilityGraph,
    pub(super) search: &'a Search,
    pub(super) end: End,
}

impl Found<'_> {
    /// The best cost of a node.
    pub(super) fn cost(self, node: NodeId) -> Option<Cost> {
        self.search.cost(self.end.door(self.graph.flows(), node))
    }

    /// The nodes that were reached with their costs, but for some (in node order), in node order.
    pub(super) fn but<'b>(self, about: &'b [NodeId]) -> impl Iterator<Item = (NodeId, Cost)> + 'b
    where
        Self: 'b,
    {
        let mut left_out = about.iter().copied().peekable();
        self.graph.flows().nodes().filter_map(move |node| {
            while left_out.next_if(|other| *other < node).is_some() {}
            let cost = if left_out.peek() == Some(&node) { None } else { self.cost(node) };
            cost.map(|cost| (node, cost))
        })
    }
}

/// A search that a thread keeps for many rows.
#[derive(Debug)]
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

    /// Whom content of a node can steer: best path to where they act from, of those where it can come there at all.
    pub fn steered_by(&mut self, node: NodeId) -> CostRow {
        let flows = self.graph.flows();
        let start = flows.start(Plane::Influence, node);
        self.search.run(flows, Plane::Influence, Direction::Forward, [(start, Cost::ZERO)]);
        row(self.graph, &self.search, &[node], End::Act)
    }

    /// Forwards from a node.
    pub fn reached_from(&mut self, plane: Plane, node: NodeId) -> CostRow {
        let flows = self.graph.flows();
        self.search.run(flows, plane, Direction::Forward, [(flows.start(plane, node), Cost::ZERO)]);
        row(self.graph, &self.search, &[node], End::Reached)
    }

    /// Backwards from a node.
    pub fn reaching(&mut self, plane: Plane, node: NodeId) -> CostRow {
        let flows = self.graph.flows();
        self.search.run(flows, plane, Direction::Reverse, [(flows.reached(node), Cost::ZERO)]);
        row(self.graph, &self.search, &[node], End::Start(plane))
    }
}

/// What a search found, but for the nodes that the row is about.
pub(super) fn row(graph: &CapabilityGraph, search: &Search, about: &[NodeId], end: End) -> CostRow {
    let flows = graph.flows();
    let mut about = about.to_vec();
    about.sort_unstable();
    let others = reached(flows, search, end).into_iter().filter(|node| about.binary_search(node).is_err());
    let entries = others.filter_map(|node| Some((node, search.cost(end.door(flows, node))?)));
    CostRow { entries: entries.collect() }
}

/// The nodes that a search came to, in node order.
pub(super) fn reached(flows: &FlowGraph, search: &Search, end: End) -> Vec<NodeId> {
    // Sorting few nodes is quicker than looking at all, and looking at all is quicker than sorting most.
    const FEW: usize = 16;
    if search.reached().len() > flows.len() / FEW {
        let nodes = flows.nodes().filter(|node| search.has_reached(end.door(flows, *node)));
        return nodes.collect();
    }
    let doors = search.reached().iter().map(|door| (flows.node(*door), *door));
    let mut nodes: Vec<NodeId> =
        doors.filter(|(node, door)| end.door(flows, *node) == *door).map(|(node, _)| node).collect();
    nodes.sort_unstable();
    nodes
}
