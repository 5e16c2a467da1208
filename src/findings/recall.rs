//! One store → the three questions about it: what flows in, who can read it back, and what becomes of it.

use crate::analysis::{Path, Witness, WitnessInto};
use crate::graph::{CapabilityGraph, Cost};
use crate::model::{NodeId, Plane, Verb};

/// A node that content of or for the store passes, with the best way.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Passage {
    /// The node.
    pub node: NodeId,
    /// What the best way costs.
    pub cost: Cost,
    /// Whether it acts on the store itself: it has a verb on it, declared or derived.
    pub is_direct: bool,
    /// The best way.
    pub path: Path,
}

/// The answers for one store.
#[derive(Debug)]
#[non_exhaustive]
pub struct Recall<'g> {
    /// The graph.
    pub graph: &'g CapabilityGraph,
    /// The store.
    pub store: NodeId,
    /// Who can plant content in it, by guards, sessions, hops, then node order. Untrusted nodes first.
    pub planted: Vec<Passage>,
    /// Whom its content steers, in the same order.
    pub steers: Vec<Passage>,
    /// Who can learn what it holds, in the same order.
    pub learns: Vec<Passage>,
}

impl<'g> Recall<'g> {
    /// How many lines the answers for a node have, and how many hops all their paths: what they will take is known by it.
    #[must_use]
    pub fn size(graph: &'g CapabilityGraph, store: NodeId) -> (usize, usize) {
        let into = WitnessInto::into_targets(graph, Plane::Influence, &[store]);
        let [steered, told] =
            [Plane::Influence, Plane::Exposure].map(|plane| Witness::from_starts(graph, plane, &[store]));
        let others = graph.spec().node_ids().filter(|node| *node != store);
        let costs = others.flat_map(|node| [into.cost_from(node), steered.cost_to(node), told.cost_to(node)]);
        costs.flatten().fold((0, 0), |(lines, hops), cost| (lines + 1, hops + cost.hops as usize))
    }

    /// Answers for one node, which need not be a store.
    #[must_use]
    pub fn of(graph: &'g CapabilityGraph, store: NodeId) -> Self {
        let into = WitnessInto::into_targets(graph, Plane::Influence, &[store]);
        let steered = Witness::from_starts(graph, Plane::Influence, &[store]);
        let told = Witness::from_starts(graph, Plane::Exposure, &[store]);
        let writes = |node: NodeId| acts(graph, node, store, &[Verb::Write]);
        let reads = |node: NodeId| acts(graph, node, store, &[Verb::Read, Verb::Observe]);
        let mut planted =
            passages(graph, store, |node| into.cost_from(node), |node| into.path_from(node), writes);
        planted.sort_by_key(|one| (!graph.spec().node(one.node).is_stranger(), one.cost, one.node));
        Self {
            graph,
            store,
            planted,
            steers: passages(graph, store, |node| steered.cost_to(node), |node| steered.path_to(node), reads),
            learns: passages(graph, store, |node| told.cost_to(node), |node| told.path_to(node), reads),
        }
    }

    /// Whether anything untrusted can plant content in it with no guard failing.
    #[must_use]
    pub fn is_open_to_untrusted(&self) -> bool {
        let mut planted = self.planted.iter();
        planted.any(|one| one.cost.is_open() && self.graph.spec().node(one.node).is_stranger())
    }
}

fn acts(graph: &CapabilityGraph, node: NodeId, on: NodeId, verbs: &[Verb]) -> bool {
    graph.edges_of(node).any(|id| graph.edge(id).to == on && verbs.contains(&graph.edge(id).verb))
}

fn passages(
    graph: &CapabilityGraph,
    store: NodeId,
    cost: impl Fn(NodeId) -> Option<Cost>,
    path: impl Fn(NodeId) -> Option<Path>,
    is_direct: impl Fn(NodeId) -> bool,
) -> Vec<Passage> {
    let others = graph.spec().node_ids().filter(|node| *node != store);
    let mut found: Vec<Passage> = others
        .filter_map(|node| {
            let (cost, path) = (cost(node)?, path(node)?);
            Some(Passage { node, cost, is_direct: is_direct(node), path })
        })
        .collect();
    found.sort_by_key(|one| (one.cost, one.node));
    found
}
