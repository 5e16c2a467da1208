//! Edges → flows: what each verb moves, and what each flow costs. And the best cost of every spot from one of them: Dijkstra's
//! algorithm as it stands in the books.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::doors::{
    Spot, act, call, into, is_credential, is_partitioned, is_role, joins_doors, keep, keeps, learns, own,
    spots, steps_freely,
};
use super::edges::{Edge, stopping};
use crate::model::{GuardId, NodeId, Plane, Spec, Verb};

/// Flows of one plane, by the spot that they leave: where each goes and what it costs.
#[derive(Debug, Clone)]
pub(super) struct Flows {
    leaving: Vec<Vec<(Spot, Cost)>>,
}

impl Flows {
    /// All flows of some edges, with the free steps.
    pub(super) fn of<'e>(spec: &Spec, edges: impl IntoIterator<Item = &'e Edge>, plane: Plane) -> Self {
        let mut flows = Self { leaving: vec![Vec::new(); spots(spec)] };
        for node in spec.node_ids().filter(|node| steps_freely(spec, *node)) {
            flows.add(own(node), call(spec, node), Cost::default());
        }
        for edge in edges {
            flows.add_edge(spec, edge, plane);
        }
        flows
    }

    /// The same flows against their direction.
    pub(super) fn reversed(&self) -> Self {
        let mut reversed = Self { leaving: vec![Vec::new(); self.leaving.len()] };
        for (from, leaving) in self.leaving.iter().enumerate() {
            for &(to, cost) in leaving {
                reversed.add(to, from, cost);
            }
        }
        reversed
    }

    fn add(&mut self, from: Spot, to: Spot, cost: Cost) {
        self.leaving[from].push((to, cost));
    }

    /// The table of verbs. A acts, on B; g are the guards on the edge, r those on its return.
    fn add_edge(&mut self, spec: &Spec, edge: &Edge, plane: Plane) {
        let (a, b) = (edge.from, edge.to);
        let mut flow = |node: NodeId, from: Spot, to: Spot, guards: &[GuardId]| {
            let guards = stopping(spec, guards, plane).saturating_add(edge.extra);
            let sessions = u32::from(spec.nodes[node.index()].persists);
            self.add(from, to, Cost { guards, sessions, hops: 1 });
        };
        let g = &edge.guards;
        match edge.verb {
            Verb::Write if is_partitioned(spec, b) && joins_doors(spec, a) => {
                flow(a, own(a), own(b), g);
                flow(a, call(spec, a), call(spec, b), g);
            }
            Verb::Write => flow(a, act(spec, a), into(spec, b), g),
            Verb::Read if is_partitioned(spec, b) && joins_doors(spec, a) => {
                flow(b, own(b), own(a), g);
                flow(b, call(spec, b), call(spec, a), g);
            }
            Verb::Read if is_partitioned(spec, b) => flow(b, call(spec, b), into(spec, a), g),
            Verb::Read if ends_at_keep(spec, edge) => flow(b, own(b), keep(a), g),
            Verb::Read => flow(b, own(b), into(spec, a), g),
            Verb::Observe => {
                flow(b, act(spec, b), into(spec, a), g);
                flow(b, own(b), into(spec, a), g);
            }
            // To use a secret or to assume a role moves no content: it has derived edges instead.
            Verb::Invoke if is_credential(spec, b) || is_role(spec, b) => {}
            Verb::Invoke if edge.outsider => match (plane, &edge.returns) {
                (Plane::Influence, _) => flow(a, act(spec, a), call(spec, b), g),
                (Plane::Exposure, Some(r)) => flow(b, own(b), learns(spec, a), r),
                (Plane::Exposure, None) => {}
            },
            Verb::Invoke => {
                flow(a, act(spec, a), call(spec, b), g);
                if let Some(r) = &edge.returns {
                    flow(b, own(b), into(spec, a), r);
                }
            }
        }
    }
}

/// Whether it is a read whose reader uses what it reads and tells nobody.
pub(super) fn ends_at_keep(spec: &Spec, edge: &Edge) -> bool {
    edge.verb == Verb::Read && is_credential(spec, edge.to) && keeps(spec, edge.from)
}

/// What a path costs. The order of the fields is the order in which costs are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Guards that have to fail.
    pub guards: u32,
    /// Persistent stores that carry it on.
    pub sessions: u32,
    /// Flows.
    pub hops: u32,
}

impl Cost {
    /// One after the other; a part that is larger than 32 bits hold stays at the largest number.
    fn then(self, next: Self) -> Self {
        Self {
            guards: self.guards.saturating_add(next.guards),
            sessions: self.sessions.saturating_add(next.sessions),
            hops: self.hops.saturating_add(next.hops),
        }
    }
}

/// The best cost of each spot from the nearest of some; nothing where no flow leads.
pub(super) fn best(flows: &Flows, starts: &[Spot]) -> Vec<Option<Cost>> {
    let mut best: Vec<Option<Cost>> = vec![None; flows.leaving.len()];
    let mut waiting = BinaryHeap::new();
    for &start in starts {
        best[start] = Some(Cost::default());
        waiting.push(Reverse((Cost::default(), start)));
    }
    while let Some(Reverse((cost, spot))) = waiting.pop() {
        if best[spot].is_some_and(|known| known < cost) {
            continue;
        }
        for &(next, step) in &flows.leaving[spot] {
            let cost = cost.then(step);
            if best[next].is_none_or(|known| cost < known) {
                best[next] = Some(cost);
                waiting.push(Reverse((cost, next)));
            }
        }
    }
    best
}
