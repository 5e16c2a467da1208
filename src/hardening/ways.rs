//! The flows that lie between the two groups of a question, and a shortest path through each.

use std::collections::VecDeque;

use indexmap::IndexMap;

use super::report::Hardening;
use crate::analysis::Leg;
use crate::graph::{Between, CapabilityGraph, Corridor, Direction, EdgeId, FlowNode, Step};
use crate::model::NodeId;

/// One flow of one edge.
pub(crate) type Flow = (EdgeId, Leg);

/// What lies between the two groups, and how one gets there.
pub(crate) struct Ways<'h> {
    graph: &'h CapabilityGraph,
    /// The flows, each with the flow nodes that it joins, in the order of their tails.
    flows: IndexMap<Flow, (FlowNode, FlowNode)>,
    /// By flow node: the flow node before it on a shortest way from a start, and by what flow.
    before: Vec<Option<Came>>,
    /// The one after it on a shortest way to an end.
    after: Vec<Option<Came>>,
}

/// A step to a flow node: by a flow of an edge, or for nothing.
type Came = (FlowNode, Option<Flow>);

impl<'h> Ways<'h> {
    fn of(hardening: &'h Hardening<'_>) -> Self {
        let (graph, flows) = (hardening.graph, hardening.graph.flows());
        let between = hardening.question.between(flows);
        let corridor = between.corridor(flows);
        let mut all = IndexMap::new();
        for (tail, arc) in corridor.arcs() {
            if let Step::Edge(edge) = arc.step {
                all.insert((edge, graph.leg(edge, flows.node(tail))), (tail, arc.other));
            }
        }
        let [before, after] = [Direction::Forward, Direction::Reverse]
            .map(|direction| steps(graph, &between, &corridor, direction));
        Self { graph, flows: all, before, after }
    }

    /// A shortest path through a flow.
    pub(crate) fn route(&self, flow: Flow) -> Vec<Flow> {
        let Some((tail, head)) = self.flows.get(&flow).copied() else { return Vec::new() };
        let walk = |from: FlowNode, steps: &[Option<Came>]| -> Vec<Flow> {
            let next = |step: &Came| steps[step.0.index()];
            std::iter::successors(steps[from.index()], next).filter_map(|(_, flow)| flow).collect()
        };
        let mut route = walk(tail, &self.before);
        route.reverse();
        route.push(flow);
        route.extend(walk(head, &self.after));
        route
    }

    /// From where to where the content of a flow goes.
    pub(crate) fn ends(&self, flow: Flow) -> Option<(NodeId, NodeId)> {
        let node = |at| self.graph.flows().node(at);
        self.flows.get(&flow).map(|(tail, head)| (node(*tail), node(*head)))
    }

    /// All flows, in the order of their tails.
    pub(crate) fn flows(&self) -> impl ExactSizeIterator<Item = Flow> {
        self.flows.keys().copied()
    }
}

impl Hardening<'_> {
    /// What lies between the two groups.
    pub(crate) fn ways(&self) -> Ways<'_> {
        Ways::of(self)
    }
}

/// By flow node: the step before it on a shortest way from where a walk begins, inside what lies between the groups.
fn steps(
    graph: &CapabilityGraph,
    between: &Between,
    corridor: &Corridor<'_>,
    direction: Direction,
) -> Vec<Option<Came>> {
    let (flows, starts) = (graph.flows(), between.starts(direction));
    let mut steps = vec![None; flows.len()];
    let mut seen = vec![false; flows.len()];
    starts.iter().for_each(|start| seen[start.index()] = true);
    let mut waiting: VecDeque<FlowNode> =
        starts.iter().copied().filter(|start| corridor.contains(*start)).collect();
    while let Some(node) = waiting.pop_front() {
        for arc in between.arcs_at(flows, direction, node) {
            if seen[arc.other.index()] || !corridor.contains(arc.other) {
                continue;
            }
            let tail = if direction == Direction::Forward { node } else { arc.other };
            let flow = match arc.step {
                Step::Free => None,
                Step::Edge(edge) => Some((edge, graph.leg(edge, flows.node(tail)))),
            };
            seen[arc.other.index()] = true;
            steps[arc.other.index()] = Some((node, flow));
            waiting.push_back(arc.other);
        }
    }
    steps
}
