//! What an attacker can have done: the verbs of everyone it steers.

use crate::graph::{CapabilityGraph, Cost, Edge, EdgeId, Search};
use crate::spec::{NodeId, Verb};

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

/// Guards on an edge as a capability: those on its request that stop the plane of its verb, and those that stood on the way
/// its authority came.
fn guards_on(graph: &CapabilityGraph, edge: &Edge) -> u32 {
    edge.request_guards(graph.spec(), edge.verb.plane()).saturating_add(edge.extra)
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
                Capability { to: edge.to, verb: edge.verb, guards: guards_on(graph, edge) };
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
pub(super) struct BestMeans<'a> {
    steered: Steered<'a>,
    /// The edge alone: what it costs is found again when it is asked for, and a million targets stay small.
    best: Vec<[Option<EdgeId>; 4]>,
}

impl<'a> BestMeans<'a> {
    /// Looks at every edge once.
    pub(super) fn find(steered: Steered<'a>) -> Self {
        let mut found = Self { steered, best: vec![[None; 4]; steered.graph.spec().nodes.len()] };
        for (position, edge) in steered.graph.edges().iter().enumerate() {
            let id = EdgeId::new(position);
            let Some(means) = found.means(id) else { continue };
            let best = found.best[edge.to.index()][edge.verb as usize].and_then(|best| found.means(best));
            if best.is_none_or(|best| means < best) {
                found.best[edge.to.index()][edge.verb as usize] = Some(id);
            }
        }
        found
    }

    /// The best means for a verb on a node.
    pub(super) fn of(&self, verb: Verb, to: NodeId) -> Option<Means> {
        self.best[to.index()][verb as usize].and_then(|edge| self.means(edge))
    }

    /// Targets with anything, in node order.
    pub(super) fn targets(&self) -> impl Iterator<Item = NodeId> + '_ {
        let some = self.best.iter().enumerate().filter(|(_, verbs)| **verbs != [None; 4]);
        some.map(|(position, _)| NodeId::new(position))
    }

    fn means(&self, id: EdgeId) -> Option<Means> {
        let graph = self.steered.graph;
        let edge = graph.edge(id);
        let on_edge = Cost { guards: guards_on(graph, edge), ..Cost::ZERO };
        self.steered.cost(edge.from).map(|cost| Means { cost: cost + on_edge, edge: id })
    }
}
