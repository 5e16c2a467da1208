//! What an attacker can have done: the verbs of everyone it steers.

use crate::graph::Zeroed;
use crate::graph::{CapabilityGraph, Cost, EdgeId, Search};
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

/// Whom the holders of some nodes can have act, by a search from those nodes in the influence plane.
#[derive(Clone, Copy)]
pub(super) struct Steered<'a> {
    pub(super) graph: &'a CapabilityGraph,
    pub(super) search: &'a Search,
    /// The nodes that are held, in node order.
    pub(super) starts: &'a [NodeId],
}

impl Steered<'_> {
    /// What it costs to have a node act: nothing if it is held; else it has to relay and to be influenced.
    pub(super) fn cost(self, actor: NodeId) -> Option<Cost> {
        if self.starts.binary_search(&actor).is_ok() {
            return Some(Cost::ZERO);
        }
        let flows = self.graph.flows();
        self.search.cost(flows.call(actor)).filter(|_| flows.relays(actor))
    }
}

/// One edge as a capability.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capability {
    pub(super) to: NodeId,
    pub(super) verb: Verb,
    pub(super) guards: u32,
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
        let nobody = Capability { to: NodeId::new(0), verb: Verb::Write, guards: 0 };
        let mut by_actor = vec![nobody; graph.edges().len()];
        let mut next = starts.clone();
        for edge in graph.edges() {
            let slot = &mut next[edge.from.index()];
            by_actor[*slot as usize] =
                Capability { to: edge.to, verb: edge.verb, guards: edge.guards_to_act(graph.spec()) };
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
pub(super) struct Means {
    /// Guards to the actor, with sessions and hops to it; the guards on its edge are added.
    pub(super) cost: Cost,
    /// The actor's edge.
    pub(super) edge: EdgeId,
}

/// By target and verb: the best means. Of equally guarded ones the nearest, then the one whose edge comes first.
pub(super) struct BestMeans {
    /// A means as one number, guards, sessions, hops and edge of 32 bits each, turned round so that the best is the largest
    /// and nought is none. The four verbs of a target share a cache line.
    best: Zeroed<[u128; 4]>,
}

impl BestMeans {
    /// Looks at every edge once.
    pub(super) fn find(steered: Steered<'_>) -> Self {
        let graph = steered.graph;
        let mut best = Zeroed::new(graph.spec().nodes.len());
        let slots: &mut [[u128; 4]] = best.as_mut_slice();
        // Edges of an actor mostly come one after the other.
        let mut last: (Option<NodeId>, Option<Cost>) = (None, None);
        for (position, edge) in graph.edges().iter().enumerate() {
            if last.0 != Some(edge.from) {
                last = (Some(edge.from), steered.cost(edge.from));
            }
            let Some(cost) = last.1 else { continue };
            let on_edge = Cost { guards: edge.guards_to_act(graph.spec()), ..Cost::ZERO };
            let means = pack(Means { cost: cost + on_edge, edge: EdgeId::new(position) });
            let slot = &mut slots[edge.to.index()][edge.verb as usize];
            *slot = (*slot).max(means);
        }
        Self { best }
    }

    /// The best means for a verb on a node.
    pub(super) fn of(&self, verb: Verb, to: NodeId) -> Option<Means> {
        unpack(self.best.as_slice()[to.index()][verb as usize])
    }

    /// All of them, by target in node order, then by verb.
    pub(super) fn iter(&self) -> impl Iterator<Item = (NodeId, Verb, Means)> + '_ {
        self.best.as_slice().iter().enumerate().filter(|(_, verbs)| **verbs != [0; 4]).flat_map(
            |(position, verbs)| {
                let means = Verb::ALL.iter().map(|verb| (*verb, unpack(verbs[*verb as usize])));
                means.filter_map(move |(verb, means)| Some((NodeId::new(position), verb, means?)))
            },
        )
    }
}

fn pack(means: Means) -> u128 {
    let Cost { guards, sessions, hops } = means.cost;
    let edge = u32::try_from(means.edge.index()).unwrap_or(u32::MAX);
    !([guards, sessions, hops, edge].iter().fold(0, |number, part| number << 32 | u128::from(*part)))
}

fn unpack(packed: u128) -> Option<Means> {
    let part = |place: u32| u32::try_from(!packed >> (32 * place) & u128::from(u32::MAX)).unwrap_or(u32::MAX);
    let cost = Cost { guards: part(3), sessions: part(2), hops: part(1) };
    (packed != 0).then(|| Means { cost, edge: EdgeId::new(part(0) as usize) })
}
