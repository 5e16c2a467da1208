//! Some flow nodes and some others → the part of a plane that lies on paths from the first to the second.

use std::collections::VecDeque;

use super::edge::EdgeId;
use super::flow_graph::FlowGraph;
use super::rows::{Arc, Direction, FlowNode, Step, Strength};
use crate::model::Plane;

/// The paths of one plane from some flow nodes to others, over the arcs of one strength.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// The plane.
    pub plane: Plane,
    /// Which arcs count.
    pub strength: Strength,
    /// Where paths start.
    pub sources: Vec<FlowNode>,
    /// Where they end.
    pub targets: Vec<FlowNode>,
}

/// The flow nodes that lie on paths, and the arcs between them.
#[derive(Debug)]
pub struct Corridor<'g> {
    flows: &'g FlowGraph,
    plane: Plane,
    strength: Strength,
    /// By flow node.
    is_inside: Vec<bool>,
}

impl Between {
    /// What lies on the paths. Time and memory are linear in the flow graph.
    #[must_use]
    pub fn corridor<'g>(&self, flows: &'g FlowGraph) -> Corridor<'g> {
        let from = self.reached(flows, Direction::Forward, &self.sources, |_| true);
        let to = self.reached(flows, Direction::Reverse, &self.targets, |_| true);
        let is_inside = from.iter().zip(to).map(|(from, to)| *from && to).collect();
        Corridor { flows, plane: self.plane, strength: self.strength, is_inside }
    }

    /// Whether there is a path on which every flow node is one that `passes`.
    #[must_use]
    pub fn is_connected(&self, flows: &FlowGraph, passes: impl Fn(FlowNode) -> bool) -> bool {
        let reached = self.reached(flows, Direction::Forward, &self.sources, passes);
        self.targets.iter().any(|target| reached[target.index()])
    }

    /// Whether there is a path over arcs that `counts`, each with its tail; free ones always do.
    #[must_use]
    pub fn is_connected_over(&self, flows: &FlowGraph, counts: impl Fn(FlowNode, EdgeId) -> bool) -> bool {
        let reached = self.reached_over(flows, Direction::Forward, counts);
        self.targets.iter().any(|target| reached[target.index()])
    }

    /// By flow node: whether it is reached from the sources or, in reverse, reaches a target over arcs that `counts`, each with its
    /// tail; free ones always do.
    #[must_use]
    pub fn reached_over(
        &self,
        flows: &FlowGraph,
        direction: Direction,
        counts: impl Fn(FlowNode, EdgeId) -> bool,
    ) -> Vec<bool> {
        let mut reached = vec![false; flows.len()];
        let mut left = self.starts(direction).to_vec();
        left.iter().for_each(|start| reached[start.index()] = true);
        while let Some(node) = left.pop() {
            for arc in self.arcs_at(flows, direction, node) {
                let tail = if direction == Direction::Forward { node } else { arc.other };
                let passes = match arc.step {
                    Step::Free => true,
                    Step::Edge(edge) => counts(tail, edge),
                };
                if passes && !reached[arc.other.index()] {
                    reached[arc.other.index()] = true;
                    left.push(arc.other);
                }
            }
        }
        reached
    }

    /// Where a walk begins: at the sources or, in reverse, at the targets.
    #[must_use]
    pub fn starts(&self, direction: Direction) -> &[FlowNode] {
        match direction {
            Direction::Forward => &self.sources,
            Direction::Reverse => &self.targets,
        }
    }

    /// The arcs at a flow node that count.
    pub fn arcs_at<'f>(
        &self,
        flows: &'f FlowGraph,
        direction: Direction,
        node: FlowNode,
    ) -> impl Iterator<Item = Arc> + use<'f> {
        let strength = self.strength;
        flows.arcs_at(self.plane, direction, node).filter(move |arc| strength.counts(arc.cost()))
    }

    /// By flow node: whether it is reached from some starts.
    fn reached(
        &self,
        flows: &FlowGraph,
        direction: Direction,
        starts: &[FlowNode],
        passes: impl Fn(FlowNode) -> bool,
    ) -> Vec<bool> {
        let adjacency = flows.adjacency(self.plane, direction, self.strength);
        let mut reached = vec![false; flows.len()];
        let mut left: Vec<FlowNode> = Vec::new();
        let mut take = |node: FlowNode, left: &mut Vec<FlowNode>| {
            if !reached[node.index()] && passes(node) {
                reached[node.index()] = true;
                left.push(node);
            }
        };
        starts.iter().for_each(|start| take(*start, &mut left));
        while let Some(node) = left.pop() {
            adjacency.heads(node).iter().for_each(|head| take(*head, &mut left));
        }
        reached
    }
}

impl<'g> Corridor<'g> {
    /// Whether a flow node lies on a path.
    #[must_use]
    pub fn contains(&self, node: FlowNode) -> bool {
        self.is_inside[node.index()]
    }

    /// The flow nodes on paths, in their order.
    pub fn nodes(&self) -> impl Iterator<Item = FlowNode> + '_ {
        self.flows.flow_nodes().filter(|node| self.contains(*node))
    }

    /// The arcs on paths, each with its tail: by tail, open ones first, a free one before all.
    pub fn arcs(&self) -> impl Iterator<Item = (FlowNode, Arc)> + use<'_, 'g> {
        self.nodes().flat_map(|tail| self.arcs_of(tail).map(move |arc| (tail, arc)))
    }

    /// The arcs on paths from one flow node.
    pub fn arcs_of(&self, tail: FlowNode) -> impl Iterator<Item = Arc> + use<'_, 'g> {
        let arcs = self.flows.arcs_at(self.plane, Direction::Forward, tail);
        let counts = move |arc: &Arc| self.strength.counts(arc.cost());
        arcs.filter(move |arc| self.contains(tail) && self.contains(arc.other) && counts(arc))
    }
}

/// The edges of a shortest way from some flow nodes to others past no guard, without some edges; `None` where there is none.
pub(crate) fn open_way(
    flows: &FlowGraph,
    plane: Plane,
    starts: &[FlowNode],
    ends: &[FlowNode],
    without: &[EdgeId],
) -> Option<Vec<EdgeId>> {
    let mut before: Vec<Option<(FlowNode, Step)>> = vec![None; flows.len()];
    let mut queue: VecDeque<FlowNode> = starts.iter().copied().collect();
    while let Some(node) = queue.pop_front() {
        if ends.contains(&node) {
            let back = std::iter::successors(before[node.index()], |(tail, _)| before[tail.index()]);
            let edges = back.filter_map(|(_, step)| match step {
                Step::Edge(edge) => Some(edge),
                Step::Free => None,
            });
            return Some(edges.collect());
        }
        for arc in flows.arcs_at(plane, Direction::Forward, node).take_while(|arc| arc.cost().is_open()) {
            let is_taken = matches!(arc.step, Step::Edge(edge) if without.contains(&edge));
            if !is_taken && before[arc.other.index()].is_none() && !starts.contains(&arc.other) {
                before[arc.other.index()] = Some((node, arc.step));
                queue.push_back(arc.other);
            }
        }
    }
    None
}
