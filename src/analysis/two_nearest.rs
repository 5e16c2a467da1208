//! The two nearest of some goals from everywhere, backwards along the arrows: what is asked of every node but for one goal, the node's
//! own, is answered by the nearest one or, where that is the one left out, by the next.
//!
//! Dijkstra's algorithm with two labels a flow node, of different goals.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::graph::{Cost, Direction, FlowGraph, FlowNode};
use crate::model::{NodeId, Plane};

/// A goal: what it costs to get there, which one it is, and by way of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Near {
    pub(super) cost: Cost,
    pub(super) goal: NodeId,
    pub(super) via: NodeId,
}

/// By flow node: the nearest goal, and the nearest other one.
pub(super) struct TwoNearest(Vec<[Option<Near>; 2]>);

impl TwoNearest {
    /// Of some goals, each at some flow nodes and at what it costs to be there.
    pub(super) fn of(
        flows: &FlowGraph,
        plane: Plane,
        goals: impl IntoIterator<Item = (FlowNode, Near)>,
    ) -> Self {
        let mut nearest = Self(vec![[None; 2]; flows.len()]);
        let mut left: BinaryHeap<Reverse<(Near, FlowNode)>> =
            goals.into_iter().map(|(door, near)| Reverse((near, door))).collect();
        while let Some(Reverse((near, door))) = left.pop() {
            if !nearest.take(door, near) {
                continue;
            }
            for arc in flows.arcs_at(plane, Direction::Reverse, door) {
                left.push(Reverse((Near { cost: near.cost + arc.cost(), ..near }, arc.other)));
            }
        }
        nearest
    }

    /// Keeps a goal at a flow node, unless it is there already or two others are nearer.
    fn take(&mut self, door: FlowNode, near: Near) -> bool {
        let [first, second] = &mut self.0[door.index()];
        match (*first, *second) {
            (None, _) => *first = Some(near),
            (Some(known), None) if known.goal != near.goal => *second = Some(near),
            _ => return false,
        }
        true
    }

    /// The two at a flow node, the nearest first.
    pub(super) fn at(&self, door: FlowNode) -> impl Iterator<Item = Near> + use<> {
        self.0[door.index()].into_iter().flatten()
    }

    /// The nearest at a flow node but for one.
    pub(super) fn but(&self, door: FlowNode, goal: NodeId) -> Option<Near> {
        self.at(door).find(|near| near.goal != goal)
    }
}
