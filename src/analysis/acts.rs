//! Means to have something done (`graph/acts.rs`) → what the holder of a node can have done, all of it or the best of it.

use super::witness::{Path, Witness};
use crate::graph::{CapabilityGraph, Cost, EdgeId, FlowNode, Zeroed};
use crate::model::{NodeId, Verb};

/// By verb (W R I O): the least number of guards that have to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Acts([u32; 4]);

/// It cannot be had done at all.
const NEVER: u32 = u32::MAX;

impl Acts {
    /// Nothing can be had done.
    pub(super) const NONE: Self = Self([NEVER; 4]);

    /// Takes a way to have a verb done into account.
    pub(super) fn lower(&mut self, verb: Verb, guards: u32) {
        let slot = &mut self.0[verb as usize];
        *slot = (*slot).min(guards.min(NEVER - 1));
    }

    /// The guards that have to fail for a verb.
    pub(super) fn guards_on(self, verb: Verb) -> Option<u32> {
        Some(self.0[verb as usize]).filter(|guards| *guards != NEVER)
    }

    /// The verbs that can be had done, in order.
    pub(super) fn present(self) -> impl Iterator<Item = (Verb, u32)> {
        Verb::ALL.iter().filter_map(move |verb| Some((*verb, self.guards_on(*verb)?)))
    }
}

/// An edge as its actor sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capability {
    pub(super) to: NodeId,
    pub(super) verb: Verb,
    pub(super) guards: u32,
    /// Whether it is for the holder of the actor alone: a tool reads a key that it keeps.
    pub(super) is_kept: bool,
}

/// Every edge as a capability, by its actor: who can do what to whom, and how many guards stand on it. All edges count, the
/// derived ones and those of outsiders too.
#[derive(Debug, Clone)]
pub(super) struct Capabilities {
    /// Where each node's capabilities start; length: nodes + 1.
    starts: Vec<u32>,
    by_actor: Vec<Capability>,
}

impl Capabilities {
    pub(super) fn new(graph: &CapabilityGraph) -> Self {
        let mut starts = vec![0_u32; graph.spec().nodes.len() + 1];
        for edge in graph.edges() {
            starts[edge.from.index() + 1] += 1;
        }
        for node in 1..starts.len() {
            starts[node] += starts[node - 1];
        }
        let nobody = Capability { to: NodeId::new(0), verb: Verb::Write, guards: 0, is_kept: false };
        let mut by_actor = vec![nobody; graph.edges().len()];
        let mut next = starts.clone();
        for id in (0..graph.edges().len()).map(EdgeId::new) {
            let means = graph.means(id);
            let slot = &mut next[means.actor.index()];
            let is_kept = means.door != graph.flows().acts_from(means.actor);
            by_actor[*slot as usize] =
                Capability { to: graph.edge(id).to, verb: means.verb, guards: means.guards, is_kept };
            *slot += 1;
        }
        Self { starts, by_actor }
    }

    /// What a node can do.
    pub(super) fn of(&self, actor: NodeId) -> &[Capability] {
        &self.by_actor[self.starts[actor.index()] as usize..self.starts[actor.index() + 1] as usize]
    }
}

/// The best way to have a verb done to a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Best {
    /// Guards to the actor, with sessions and hops to it; the guards on its edge are added.
    pub(super) cost: Cost,
    /// The actor's edge.
    pub(super) edge: EdgeId,
}

/// By target and verb: the best way. Of equally guarded ones the nearest, then the one whose edge comes first.
pub(super) struct BestMeans {
    /// A way as one number, guards, sessions, hops and edge of 32 bits each, turned round so that the best is the largest
    /// and zero is none. The four verbs of a target share a cache line.
    best: Zeroed<[u128; 4]>,
}

impl BestMeans {
    /// Looks at every edge once. `steered` has searched from the nodes that are held.
    pub(super) fn find(graph: &CapabilityGraph, steered: &Witness<'_>) -> Self {
        let mut best = Zeroed::new(graph.spec().nodes.len());
        let slots: &mut [[u128; 4]] = best.as_mut_slice();
        // Edges of an actor mostly come one after the other.
        let mut last: (Option<FlowNode>, Option<Cost>) = (None, None);
        for (position, edge) in graph.edges().iter().enumerate() {
            let means = graph.means(EdgeId::new(position));
            if last.0 != Some(means.door) {
                last = (Some(means.door), steered.cost_at(means.door));
            }
            let Some(door) = last.1 else { continue };
            let way = pack(Best { cost: means.used_at(door), edge: means.edge });
            let slot = &mut slots[edge.to.index()][edge.verb as usize];
            *slot = (*slot).max(way);
        }
        Self { best }
    }

    /// The best way to have a verb done to a node.
    pub(super) fn of(&self, verb: Verb, to: NodeId) -> Option<Best> {
        unpack(self.best.as_slice()[to.index()][verb as usize])
    }

    /// All of them, by target in node order, then by verb.
    pub(super) fn iter(&self) -> impl Iterator<Item = (NodeId, Verb, Best)> + '_ {
        self.best.as_slice().iter().enumerate().filter(|(_, verbs)| **verbs != [0; 4]).flat_map(
            |(position, verbs)| {
                let means = Verb::ALL.iter().map(|verb| (*verb, unpack(verbs[*verb as usize])));
                means.filter_map(move |(verb, means)| Some((NodeId::new(position), verb, means?)))
            },
        )
    }
}

fn pack(way: Best) -> u128 {
    let Cost { guards, sessions, hops } = way.cost;
    let edge = u32::try_from(way.edge.index()).unwrap_or(u32::MAX);
    !([guards, sessions, hops, edge].iter().fold(0, |number, part| number << 32 | u128::from(*part)))
}

fn unpack(packed: u128) -> Option<Best> {
    let part = |place: u32| u32::try_from(!packed >> (32 * place) & u128::from(u32::MAX)).unwrap_or(u32::MAX);
    let cost = Cost { guards: part(3), sessions: part(2), hops: part(1) };
    (packed != 0).then(|| Best { cost, edge: EdgeId::new(part(0) as usize) })
}

/// A way to have something done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Act {
    /// Who does it.
    pub actor: NodeId,
    /// How it is steered; `None` where the attacker does it itself.
    pub path: Option<Path>,
    /// Its edge.
    pub edge: EdgeId,
    /// The guards that have to fail, on the path and on the edge.
    pub guards: u32,
}

impl Witness<'_> {
    /// The best way for the holder of a start to have a verb done to a node. Of equally guarded ones the nearest, then the one
    /// whose edge comes first. The search must have started from this node alone, in the influence plane.
    #[must_use]
    pub fn best_act(&self, start: NodeId, verb: Verb, to: NodeId) -> Option<Act> {
        let all = self.graph().means_on(to).filter(|means| means.verb == verb);
        let ways = all.filter_map(|means| {
            let cost = means.used_at(self.cost_at(means.door)?);
            Some((cost, means.edge, means.actor))
        });
        let (cost, edge, actor) = ways.min()?;
        let path = if actor == start { None } else { self.path_to_act(actor) };
        Some(Act { actor, path, edge, guards: cost.guards })
    }
}
