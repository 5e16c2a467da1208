//! One topology → everything that can be asked of a pair of its nodes, all pairs at once.

use crate::analysis::CostTable;
use crate::graph::{CapabilityGraph, Cost};
use crate::spec::{NodeId, Plane, Verb};

/// What is asked of an ordered pair: an attacker holds the first node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Can it steer or taint the second?
    Influence,
    /// Can content of the second come to it?
    Exposure,
    /// Can it have this done to the second, by itself or by anyone that it steers?
    Act(Verb),
}

impl Question {
    /// All questions, in the order of every output.
    pub const ALL: [Self; 6] = [
        Self::Influence,
        Self::Exposure,
        Self::Act(Verb::Write),
        Self::Act(Verb::Read),
        Self::Act(Verb::Invoke),
        Self::Act(Verb::Observe),
    ];

    /// The word in outputs: the plane, or the verb.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Influence => Plane::Influence.as_str(),
            Self::Exposure => Plane::Exposure.as_str(),
            Self::Act(verb) => verb.as_str(),
        }
    }
}

/// Best costs of all pairs in both planes, with the edges behind what can be had done.
pub(super) struct Closure {
    influence: CostTable,
    exposure: CostTable,
    /// By target: the edges on it.
    means: Vec<Vec<Means>>,
}

/// An edge as a means to have something done to its target.
#[derive(Debug, Clone, Copy)]
struct Means {
    by: NodeId,
    verb: Verb,
    /// Guards on it that stop the plane it acts in, and those on the way its authority came.
    guards: u32,
    /// Whether the actor can be had to use it by others.
    for_others: bool,
}

impl Closure {
    pub(super) fn of(graph: &CapabilityGraph) -> Self {
        let spec = graph.spec();
        let mut means = vec![Vec::new(); spec.nodes.len()];
        for edge in graph.edges() {
            let guards = edge.request_guards(spec, edge.verb.plane()).saturating_add(edge.extra);
            let for_others = graph.flows().relays(edge.from);
            means[edge.to.index()].push(Means { by: edge.from, verb: edge.verb, guards, for_others });
        }
        let table = |plane| CostTable::compute(graph, plane);
        let (influence, exposure) = (table(Plane::Influence), table(Plane::Exposure));
        Self { influence, exposure, means }
    }

    /// The answer to one question: the least cost, nothing where it is no. What can be had done costs guards alone.
    pub(super) fn cost(&self, question: Question, from: NodeId, to: NodeId) -> Option<Cost> {
        match question {
            Question::Influence => self.influence.cost(from, to),
            Question::Exposure => self.exposure.cost(to, from),
            Question::Act(verb) => self.acts(from, to)[verb as usize].map(guards),
        }
    }

    /// All answers, in the order of [`Question::ALL`].
    pub(super) fn costs(&self, from: NodeId, to: NodeId) -> [Option<Cost>; 6] {
        let acts = self.acts(from, to).map(|least| least.map(guards));
        let (influence, exposure) = (self.influence.cost(from, to), self.exposure.cost(to, from));
        [influence, exposure, acts[0], acts[1], acts[2], acts[3]]
    }

    /// By verb: the fewest guards that have to fail to have it done.
    fn acts(&self, from: NodeId, to: NodeId) -> [Option<u32>; 4] {
        let mut least: [Option<u32>; 4] = [None; 4];
        for means in &self.means[to.index()] {
            let to_actor = if means.by == from {
                Some(0)
            } else if means.for_others {
                self.influence.cost(from, means.by).map(|cost| cost.guards)
            } else {
                None
            };
            if let Some(guards) = to_actor {
                let guards = guards.saturating_add(means.guards);
                let slot = &mut least[means.verb as usize];
                *slot = Some(slot.map_or(guards, |least| least.min(guards)));
            }
        }
        least
    }
}

fn guards(guards: u32) -> Cost {
    Cost { guards, ..Cost::ZERO }
}

/// Whether a cost is better than another: nothing is the worst of all.
pub(super) fn is_better(cost: Option<Cost>, than: Option<Cost>) -> bool {
    match (cost, than) {
        (Some(cost), Some(than)) => cost < than,
        (Some(_), None) => true,
        (None, _) => false,
    }
}
