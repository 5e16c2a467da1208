//! What an attacker can have done: the verbs of everyone it steers.

use super::cost::CostRow;
use crate::graph::{CapabilityGraph, Cost, Edge, EdgeId};
use crate::spec::{NodeId, Verb};

/// By verb (W R I O): the least number of guards that have to fail; `None` where it cannot be had done at all.
pub(super) type Acts = [Option<u32>; 4];

/// Every edge as a capability: who can do what to whom, and how many guards stand on it.
///
/// All edges count, the derived ones and those of outsiders too. The guards are those on the edge that stop the plane of its
/// verb, and those that stood on the way its authority came.
#[derive(Debug, Clone)]
pub(super) struct Capabilities<'g> {
    graph: &'g CapabilityGraph,
    /// By edge.
    guards: Vec<u32>,
}

/// The best way to have a verb done to a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Means {
    /// Guards to the actor, with sessions and hops to it; the guards on its edge are added.
    pub(super) cost: Cost,
    /// The actor's edge.
    pub(super) edge: EdgeId,
}

impl<'g> Capabilities<'g> {
    pub(super) fn new(graph: &'g CapabilityGraph) -> Self {
        let spec = graph.spec();
        let guards = |edge: &Edge| edge.request_guards(spec, edge.verb.plane()).saturating_add(edge.extra);
        Self { graph, guards: graph.edges().iter().map(guards).collect() }
    }

    /// What holders of `starts` (sorted) can have done, by target: by themselves, or by anyone who relays and whom they
    /// influence. `influence` is the row of the starts.
    pub(super) fn acts(&self, starts: &[NodeId], influence: &CostRow) -> Vec<Acts> {
        let mut acts = vec![Acts::default(); influence.len()];
        self.each(starts, influence, |edge, means| {
            let slot = &mut acts[edge.to.index()][edge.verb as usize];
            *slot = Some(slot.map_or(means.cost.guards, |least| least.min(means.cost.guards)));
        });
        acts
    }

    /// As [`Self::acts`], with the means: of equally guarded ones the nearest, then the one whose edge comes first.
    pub(super) fn means(&self, starts: &[NodeId], influence: &CostRow) -> Vec<[Option<Means>; 4]> {
        let mut best = vec![[None; 4]; influence.len()];
        self.each(starts, influence, |edge, means| {
            let slot: &mut Option<Means> = &mut best[edge.to.index()][edge.verb as usize];
            *slot = Some(slot.map_or(means, |least| least.min(means)));
        });
        best
    }

    /// Every edge of everyone who is held or steered.
    fn each(&self, starts: &[NodeId], influence: &CostRow, mut take: impl FnMut(&Edge, Means)) {
        let spec = self.graph.spec();
        for actor in spec.node_ids() {
            let steered = match influence[actor.index()] {
                _ if starts.binary_search(&actor).is_ok() => Cost::ZERO,
                Some(cost) if spec.node(actor).relays => cost,
                _ => continue,
            };
            for id in self.graph.edges_of(actor) {
                let on_edge = Cost { guards: self.guards[id.index()], ..Cost::ZERO };
                take(self.graph.edge(id), Means { cost: steered + on_edge, edge: id });
            }
        }
    }
}

/// The verbs with something in them, in order.
pub(super) fn present(acts: &Acts) -> impl Iterator<Item = (Verb, u32)> + '_ {
    Verb::ALL.iter().filter_map(|verb| acts[*verb as usize].map(|guards| (*verb, guards)))
}
