//! The rows of all flow nodes over one block of targets, worked out in place.

use super::cost_flow::{Arcs, Flow};
use super::packed_costs::{Fields, LANES, Packed, Row, relax};
use crate::graph::FlowNode;

/// The largest cost of any row, the largest sessions and the largest hops, each still in its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<T> {
    pub(super) cost: T,
    sessions: T,
    hops: T,
}

impl<T: Packed> Seen<T> {
    pub(super) fn nothing() -> Self {
        Self { cost: T::zeroed(), sessions: T::zeroed(), hops: T::zeroed() }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            cost: self.cost.max(other.cost),
            sessions: self.sessions.max(other.sessions),
            hops: self.hops.max(other.hops),
        }
    }

    pub(super) fn parts(self, fields: Fields) -> [u64; 3] {
        let part = |packed: T| fields.unpack(packed);
        [part(self.cost).guards, part(self.sessions).sessions, part(self.hops).hops].map(u64::from)
    }
}

/// What the arcs cost, packed.
pub(super) struct Costs<T> {
    onwards: Vec<T>,
    inside: Vec<T>,
}

impl<T: Packed> Costs<T> {
    pub(super) fn pack(flow: &Flow, fields: Fields) -> Self {
        let pack = |arcs: &Arcs| arcs.costs.iter().map(|cost| fields.pack(*cost)).collect();
        Self { onwards: pack(&flow.onwards), inside: pack(&flow.inside) }
    }
}

/// The working memory of one thread.
pub(super) struct Block<T> {
    fields: Fields,
    rows: Vec<Row<T>>,
    /// By flow node: whether its row has any path. The others are not to be looked at.
    active: Vec<bool>,
    /// By flow node: whether its row fell and was not offered yet to those before it in its component.
    fell: Vec<bool>,
    pub(super) seen: Seen<T>,
}

impl<T: Packed> Block<T> {
    pub(super) fn new(flow: &Flow, fields: Fields) -> Self {
        let flow_nodes = flow.flow_nodes();
        Self {
            fields,
            rows: vec![[T::NONE; LANES]; flow_nodes],
            active: vec![false; flow_nodes],
            fell: vec![false; flow_nodes],
            seen: Seen::nothing(),
        }
    }

    /// Closes the rows over the targets from `first` on.
    pub(super) fn close(&mut self, flow: &Flow, costs: &Costs<T>, first: usize) {
        for (row, active) in self.rows.iter_mut().zip(&mut self.active) {
            if std::mem::take(active) {
                row.fill(T::NONE);
            }
        }
        for (lane, target) in flow.targets[first..].iter().take(LANES).enumerate() {
            self.rows[target.index()][lane] = T::zeroed();
            self.active[target.index()] = true;
        }
        for component in 0..flow.components.len() {
            let members = flow.components.members(component);
            for node in members {
                self.take_in(flow, costs, *node);
            }
            if members.len() > 1 {
                self.settle(flow, costs, members);
            }
        }
    }

    /// Takes in what lies behind the arcs to other components; that is final.
    fn take_in(&mut self, flow: &Flow, costs: &Costs<T>, node: FlowNode) {
        for arc in flow.onwards.of(node) {
            let head = flow.onwards.others[arc].index();
            if self.active[head] {
                self.offer(head, node.index(), costs.onwards[arc]);
            }
        }
    }

    /// Has the members of a component offer what they have to those before them, until nothing falls any more.
    fn settle(&mut self, flow: &Flow, costs: &Costs<T>, members: &[FlowNode]) {
        for node in members {
            self.fell[node.index()] = self.active[node.index()];
        }
        loop {
            let mut quiet = true;
            // The walk that found the component left its last members first: what they lead to is mostly done.
            for node in members.iter().rev() {
                if std::mem::take(&mut self.fell[node.index()]) {
                    quiet = false;
                    for arc in flow.inside.of(*node) {
                        let tail = flow.inside.others[arc].index();
                        self.fell[tail] |= self.offer(node.index(), tail, costs.inside[arc]);
                    }
                }
            }
            if quiet {
                return;
            }
        }
    }

    /// Offers the row of an arc's head to its tail. Says whether the tail's row fell.
    fn offer(&mut self, head: usize, tail: usize, cost: T) -> bool {
        let Ok([behind, row]) = self.rows.get_disjoint_mut([head, tail]) else { return false };
        let fell = relax(row, behind, cost);
        self.active[tail] |= fell;
        fell
    }

    /// Writes the rows of the sources, and notes how large the parts of any row are.
    pub(super) fn write(&mut self, flow: &Flow, first: usize, cells: &mut [T]) {
        for (source, cells) in flow.sources.iter().zip(cells.as_chunks_mut::<LANES>().0) {
            if self.active[source.index()] {
                for (cell, cost) in cells.iter_mut().zip(&self.rows[source.index()]) {
                    *cell = if *cost >= T::NONE { T::zeroed() } else { *cost };
                }
            }
        }
        // A node does not reach itself, though its doors may reach one another.
        for node in first..flow.targets.len().min(first + LANES) {
            cells[node * LANES + node - first] = T::zeroed();
        }
        let (sessions, hops) = (self.fields.sessions_mask::<T>(), self.fields.hops_mask::<T>());
        for (row, _) in self.rows.iter().zip(&self.active).filter(|(_, active)| **active) {
            for cost in row {
                let cost = if *cost >= T::NONE { T::zeroed() } else { *cost };
                let parts = Seen { cost, sessions: cost.masked(sessions), hops: cost.masked(hops) };
                self.seen = self.seen.and(parts);
            }
        }
    }
}
