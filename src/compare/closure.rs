//! One topology → everything that can be asked of a pair of its nodes, all pairs at once or those of some attackers.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::analysis::{CostRow, CostSearch, CostTable};
use crate::graph::{CapabilityGraph, Cost, EdgeId, Means};
use crate::model::{NodeId, Plane, Verb, Way};

/// Best costs in both planes, with the edges behind what can be had done.
pub(super) struct Closure {
    costs: Costs,
    /// By target: the means to have something done to it.
    means: Vec<Vec<KnownMeans>>,
}

/// Costs of all pairs, or of the rows of some attackers.
enum Costs {
    All {
        influence: CostTable,
        exposure: CostTable,
    },
    /// By attacker: whom it influences, whom it steers, and from whom it learns.
    Rows(HashMap<NodeId, [CostRow; 3]>),
}

/// A means to have something done to its target, with what a table of costs needs to know of its actor.
#[derive(Debug, Clone, Copy)]
struct KnownMeans {
    actor: NodeId,
    verb: Verb,
    guards: u32,
    /// Whether it is used where others can come to, and not by the holder of the actor alone.
    is_for_others: bool,
}

/// One row takes about as long as this many rows of a table of all.
const ROW_BY_ITSELF: usize = 10;

impl Closure {
    /// Of all pairs.
    pub(super) fn of(graph: &CapabilityGraph) -> Self {
        let table = |plane| CostTable::compute(graph, plane);
        let (influence, exposure) = (table(Plane::Influence), table(Plane::Exposure));
        Self { costs: Costs::All { influence, exposure }, means: means(graph) }
    }

    /// Of these attackers at least: what is asked of others may read as no.
    pub(super) fn of_attackers(graph: &CapabilityGraph, attackers: &[NodeId]) -> Self {
        if attackers.len() * ROW_BY_ITSELF > graph.spec().nodes.len() {
            return Self::of(graph);
        }
        let search = || CostSearch::new(graph);
        let row = |search: &mut CostSearch<'_>, from: &NodeId| {
            (*from, [search.influenced_by(*from), search.steered_by(*from), search.exposed_to(*from)])
        };
        let rows = attackers.par_iter().map_init(search, row).collect();
        Self { costs: Costs::Rows(rows), means: means(graph) }
    }

    /// The cost of steering a node.
    fn influence(&self, from: NodeId, to: NodeId) -> Option<Cost> {
        match &self.costs {
            Costs::All { influence, .. } => influence.cost(from, to),
            Costs::Rows(rows) => rows.get(&from)?[0].get(to),
        }
    }

    /// The cost of having a node act.
    fn steering(&self, from: NodeId, actor: NodeId) -> Option<Cost> {
        match &self.costs {
            Costs::All { influence, .. } => influence.cost_to_act(from, actor),
            Costs::Rows(rows) => rows.get(&from)?[1].get(actor),
        }
    }

    /// The cost of learning from a node.
    fn exposure(&self, from: NodeId, to: NodeId) -> Option<Cost> {
        match &self.costs {
            Costs::All { exposure, .. } => exposure.cost(to, from),
            Costs::Rows(rows) => rows.get(&from)?[2].get(to),
        }
    }

    /// The answer to one question: the least cost, `None` where it is no. What can be had done costs guards alone.
    pub(super) fn cost(&self, question: Way, from: NodeId, to: NodeId) -> Option<Cost> {
        match (question, question.verb()) {
            (_, Some(verb)) => self.acts(from, to)[verb as usize].map(guards),
            (Way::Exposure, None) => self.exposure(from, to),
            (_, None) => self.influence(from, to),
        }
    }

    /// All answers, in the order of [`Way::ALL`].
    pub(super) fn costs(&self, from: NodeId, to: NodeId) -> [Option<Cost>; 6] {
        let acts = self.acts(from, to).map(|least| least.map(guards));
        let (influence, exposure) = (self.influence(from, to), self.exposure(from, to));
        [influence, exposure, acts[0], acts[1], acts[2], acts[3]]
    }

    /// By verb: the fewest guards that have to fail to have it done.
    fn acts(&self, from: NodeId, to: NodeId) -> [Option<u32>; 4] {
        let mut least: [Option<u32>; 4] = [None; 4];
        for means in &self.means[to.index()] {
            let to_actor = if means.actor == from {
                Some(0)
            } else if means.is_for_others {
                self.steering(from, means.actor).map(|cost| cost.guards)
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

/// By target: the means to have something done to it, in the order of edges.
fn means(graph: &CapabilityGraph) -> Vec<Vec<KnownMeans>> {
    let flows = graph.flows();
    let mut all = vec![Vec::new(); graph.spec().nodes.len()];
    for (position, edge) in graph.edges().iter().enumerate() {
        let Means { actor, door, verb, guards, .. } = graph.means(EdgeId::new(position));
        let is_for_others = flows.can_be_steered(actor) && door == flows.acts_from(actor);
        all[edge.to.index()].push(KnownMeans { actor, verb, guards, is_for_others });
    }
    all
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
