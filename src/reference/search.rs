//! Flows → the best cost of every spot from one of them: Dijkstra's algorithm as it stands in the books.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::doors::Spot;
use super::flows::Flows;

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
    pub(super) fn then(self, next: Self) -> Self {
        Self {
            guards: self.guards.saturating_add(next.guards),
            sessions: self.sessions.saturating_add(next.sessions),
            hops: self.hops.saturating_add(next.hops),
        }
    }
}

/// The best cost of each spot from `start`; nothing where no flow leads.
pub(super) fn best(flows: &Flows, start: Spot) -> Vec<Option<Cost>> {
    let mut best: Vec<Option<Cost>> = vec![None; flows.leaving.len()];
    let mut waiting = BinaryHeap::from([Reverse((Cost::default(), start))]);
    best[start] = Some(Cost::default());
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
