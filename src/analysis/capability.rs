//! What an attacker can have done: the verbs of everyone it steers.

use super::cost::CostRow;
use crate::graph::{CapabilityGraph, Cost, EdgeId};
use crate::spec::{NodeId, Verb};

/// By verb (W R I O): the least number of guards that have to fail; `None` where it cannot be had done at all.
pub(super) type Acts = [Option<u32>; 4];

/// Every edge as a capability: who can do what to whom, and how many guards stand on it.
///
/// All edges count, the derived ones and those of outsiders too. The guards are those on the edge that stop the plane of its
/// verb, and those that stood on the way its authority came.
#[derive(Debug, Clone)]
pub(super) struct Capabilities(Vec<Capability>);

#[derive(Debug, Clone, Copy)]
struct Capability {
    from: NodeId,
    to: NodeId,
    verb: Verb,
    guards: u32,
    actor_relays: bool,
}

/// The best way to have a verb done to a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Means {
    /// Guards to the actor, with sessions and hops to it; the guards on its edge are added.
    pub(super) cost: Cost,
    /// The actor's edge.
    pub(super) edge: EdgeId,
}

impl Capabilities {
    pub(super) fn new(graph: &CapabilityGraph) -> Self {
        let spec = graph.spec();
        let capability = |edge: &crate::graph::Edge| Capability {
            from: edge.from,
            to: edge.to,
            verb: edge.verb,
            guards: edge.request_guards(spec, edge.verb.plane()).saturating_add(edge.extra),
            actor_relays: spec.node(edge.from).relays,
        };
        Self(graph.edges().iter().map(capability).collect())
    }

    /// What holders of `starts` (sorted) can have done, by target: by themselves, or by anyone who relays and whom they
    /// influence. `influence` is the row of the starts.
    pub(super) fn acts(&self, starts: &[NodeId], influence: &CostRow) -> Vec<Acts> {
        let mut acts = vec![Acts::default(); influence.len()];
        for capability in &self.0 {
            let Some(steered) = steered(capability, starts, influence) else { continue };
            let guards = steered.guards.saturating_add(capability.guards);
            let slot = &mut acts[capability.to.index()][capability.verb as usize];
            *slot = Some(slot.map_or(guards, |least| least.min(guards)));
        }
        acts
    }

    /// As [`Self::acts`], with the means: of equally guarded ones the nearest, then the one whose edge comes first.
    pub(super) fn means(
        &self,
        graph: &CapabilityGraph,
        starts: &[NodeId],
        influence: &CostRow,
    ) -> Vec<[Option<Means>; 4]> {
        let mut means = vec![[None; 4]; influence.len()];
        for (capability, edge) in self.0.iter().zip(graph.edge_ids()) {
            let Some(steered) = steered(capability, starts, influence) else { continue };
            let on_edge = Cost { guards: capability.guards, ..Cost::ZERO };
            let found = Means { cost: steered + on_edge, edge };
            let slot: &mut Option<Means> = &mut means[capability.to.index()][capability.verb as usize];
            *slot = Some(slot.map_or(found, |best| best.min(found)));
        }
        means
    }
}

/// What it costs to make a capability's actor act: nothing if it is held, the way to it if it relays and is influenced.
fn steered(capability: &Capability, starts: &[NodeId], influence: &CostRow) -> Option<Cost> {
    if starts.binary_search(&capability.from).is_ok() {
        return Some(Cost::ZERO);
    }
    influence[capability.from.index()].filter(|_| capability.actor_relays)
}

/// The verbs with something in them, in order.
pub(super) fn present(acts: &Acts) -> impl Iterator<Item = (Verb, u32)> + '_ {
    Verb::ALL.iter().filter_map(|verb| acts[*verb as usize].map(|guards| (*verb, guards)))
}
