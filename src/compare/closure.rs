//! One topology → everything that can be asked of a pair of its nodes, all pairs at once or those of some attackers.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::analysis::{CostRow, CostSearch, CostTable};
use crate::graph::{CapabilityGraph, Cost};
use crate::model::{NodeId, Plane, Verb, Way};

/// Best costs in both planes, with the edges behind what can be had done.
pub(crate) struct Closure {
    costs: Costs,
    /// By target: the edges on it.
    means: Vec<Vec<Means>>,
}

/// Costs of all pairs, or of the rows of some attackers.
enum Costs {
    All { influence: CostTable, exposure: CostTable },
    Rows(HashMap<NodeId, [CostRow; 2]>),
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

/// One row takes about as long as this many rows of a table of all.
const ROW_BY_ITSELF: usize = 10;

impl Closure {
    /// Of all pairs.
    pub(crate) fn of(graph: &CapabilityGraph) -> Self {
        let table = |plane| CostTable::compute(graph, plane);
        let (influence, exposure) = (table(Plane::Influence), table(Plane::Exposure));
        Self { costs: Costs::All { influence, exposure }, means: means(graph) }
    }

    /// Of these attackers at least: what is asked of others may read as no.
    pub(crate) fn of_attackers(graph: &CapabilityGraph, attackers: &[NodeId]) -> Self {
        if attackers.len() * ROW_BY_ITSELF > graph.spec().nodes.len() {
            return Self::of(graph);
        }
        let search = || CostSearch::new(graph);
        let row = |search: &mut CostSearch<'_>, from: &NodeId| {
            (*from, [search.influenced_by(*from), search.exposed_to(*from)])
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

    /// The cost of learning from a node.
    fn exposure(&self, from: NodeId, to: NodeId) -> Option<Cost> {
        match &self.costs {
            Costs::All { exposure, .. } => exposure.cost(to, from),
            Costs::Rows(rows) => rows.get(&from)?[1].get(to),
        }
    }

    /// The answer to one question: the least cost, nothing where it is no. What can be had done costs guards alone.
    pub(crate) fn cost(&self, question: Way, from: NodeId, to: NodeId) -> Option<Cost> {
        match (question, question.verb()) {
            (_, Some(verb)) => self.acts(from, to)[verb as usize].map(guards),
            (Way::Exposure, None) => self.exposure(from, to),
            (_, None) => self.influence(from, to),
        }
    }

    /// All answers, in the order of [`Way::ALL`].
    pub(crate) fn costs(&self, from: NodeId, to: NodeId) -> [Option<Cost>; 6] {
        let acts = self.acts(from, to).map(|least| least.map(guards));
        let (influence, exposure) = (self.influence(from, to), self.exposure(from, to));
        [influence, exposure, acts[0], acts[1], acts[2], acts[3]]
    }

    /// By verb: the fewest guards that have to fail to have it done.
    fn acts(&self, from: NodeId, to: NodeId) -> [Option<u32>; 4] {
        let mut least: [Option<u32>; 4] = [None; 4];
        for means in &self.means[to.index()] {
            let to_actor = if means.by == from {
                Some(0)
            } else if means.for_others {
                self.influence(from, means.by).map(|cost| cost.guards)
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

/// By target: the edges on it.
fn means(graph: &CapabilityGraph) -> Vec<Vec<Means>> {
    let spec = graph.spec();
    let mut means = vec![Vec::new(); spec.nodes.len()];
    for edge in graph.edges() {
        let guards = edge.guards_to_act(spec);
        let for_others = graph.flows().relays(edge.from);
        means[edge.to.index()].push(Means { by: edge.from, verb: edge.verb, guards, for_others });
    }
    means
}

fn guards(guards: u32) -> Cost {
    Cost { guards, ..Cost::ZERO }
}

/// Whether a cost is better than another: nothing is the worst of all.
pub(crate) fn is_better(cost: Option<Cost>, than: Option<Cost>) -> bool {
    match (cost, than) {
        (Some(cost), Some(than)) => cost < than,
        (Some(_), None) => true,
        (None, _) => false,
    }
}
