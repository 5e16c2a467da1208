//! What to change first → what is worth drawing of it: the flows between the two groups, those of the smallest cuts with paths through
//! them first.

use std::collections::{BTreeSet, VecDeque};

use indexmap::IndexMap;

use super::links::{Link, in_plane};
use crate::analysis::Leg;
use crate::graph::{Between, CapabilityGraph, Corridor, Direction, Edge, EdgeId, FlowNode, Step};
use crate::hardening::{ChokePoint, Cut, CutAnswer, Hardening};
use crate::model::NodeId;
use crate::report::counts::counted;

/// What becomes of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    Stays,
    /// The smallest cut that is shown first takes it away.
    Cut,
    /// The other one does.
    OtherCut,
}

/// A line of the picture: one flow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) edge: EdgeId,
    pub(super) leg: Leg,
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    pub(super) mark: Mark,
    /// Whether every path passes it.
    pub(super) is_choke: bool,
}

/// What is drawn.
pub(super) struct Focus<'h> {
    pub(super) hardening: &'h Hardening<'h>,
    pub(super) lines: Vec<Line>,
    /// Flows between the two groups that are not drawn.
    left_out: usize,
    /// The edges of the graph with the guards that count.
    edges: Vec<Edge>,
}

/// One flow of one edge.
type Flow = (EdgeId, Leg);

impl<'h> Focus<'h> {
    /// The flows between the two groups, so many of them at most.
    pub(super) fn of(hardening: &'h Hardening<'h>, most: usize) -> Self {
        let ways = Ways::of(hardening);
        let mut shown: Vec<Flow> = Vec::new();
        let mut seen: BTreeSet<Flow> = BTreeSet::new();
        let cuts = cuts(hardening).flat_map(|cut| &cut.edges).map(|edge| (edge.edge, edge.leg));
        for flow in cuts {
            let route = ways.route(flow);
            let new = route.iter().filter(|flow| !seen.contains(*flow)).count();
            if shown.len() + new <= most {
                shown.extend(route.into_iter().filter(|flow| seen.insert(*flow)));
            } else if shown.is_empty() {
                // Of a path that is too long by itself, what is around the cut.
                let at = route.iter().position(|one| *one == flow).unwrap_or_default();
                let around = route.into_iter().skip(at.saturating_sub(most / 2)).take(most);
                shown.extend(around.filter(|flow| seen.insert(*flow)));
            }
        }
        let rest = ways.flows.keys().copied().filter(|flow| !seen.contains(flow));
        let rest: Vec<Flow> = rest.take(most.saturating_sub(shown.len())).collect();
        shown.extend(rest);
        let left_out = ways.flows.len() - shown.len();
        let lines = shown.into_iter().map(|flow| ways.line(flow)).collect();
        Self { hardening, lines, left_out, edges: in_plane(hardening.graph, hardening.question.plane) }
    }

    pub(super) fn graph(&self) -> &'h CapabilityGraph {
        self.hardening.graph
    }

    /// The nodes that are drawn, in node order.
    pub(super) fn nodes(&self) -> Vec<NodeId> {
        let ends: BTreeSet<NodeId> = self.lines.iter().flat_map(|line| [line.from, line.to]).collect();
        ends.into_iter().collect()
    }

    /// A line as other pictures draw it.
    pub(super) fn link(&self, line: &Line) -> Link<'_> {
        let edge = &self.edges[line.edge.index()];
        Link { from: line.from, to: line.to, edges: vec![edge], back: None, leg: line.leg }
    }

    pub(super) fn has(&self, mark: Mark) -> bool {
        self.lines.iter().any(|line| line.mark == mark)
    }

    /// Whether an attacker holds a node.
    pub(super) fn is_held(&self, node: NodeId) -> bool {
        self.hardening.question.from.binary_search(&node).is_ok()
    }

    /// Whether a node is to be kept.
    pub(super) fn is_kept(&self, node: NodeId) -> bool {
        self.hardening.question.to.binary_search(&node).is_ok()
    }

    /// Whether every path passes a node.
    pub(super) fn is_choke(&self, node: NodeId) -> bool {
        self.hardening.chokes.common.contains(&ChokePoint::Node(node))
    }

    /// The small words under a name.
    pub(super) fn words(&self, node: NodeId) -> Vec<&'static str> {
        let words = [
            (self.is_held(node), "held"),
            (self.is_kept(node), "to be kept"),
            (self.is_choke(node), "every path passes"),
        ];
        words.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect()
    }

    /// Sentences about what is not drawn.
    pub(super) fn not_drawn(&self) -> Vec<String> {
        let hidden = self.graph().spec().nodes.len() - self.nodes().len();
        let flows = (self.left_out > 0)
            .then(|| format!("{} between them not drawn", counted(self.left_out, "more flow")));
        let nodes = (hidden > 0).then(|| format!("{} hidden", counted(hidden, "other node")));
        flows.into_iter().chain(nodes).collect()
    }
}

/// The smallest cuts, the one that is shown first.
fn cuts<'h>(hardening: &'h Hardening<'_>) -> impl Iterator<Item = &'h Cut> {
    let (first, other) = match &hardening.cut {
        CutAnswer::Cut { near_ends, near_starts } => (Some(near_ends), near_starts.as_ref()),
        _ => (None, None),
    };
    first.into_iter().chain(other)
}

/// What lies between the two groups, and how one gets there.
struct Ways<'h> {
    hardening: &'h Hardening<'h>,
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
    fn of(hardening: &'h Hardening<'h>) -> Self {
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
        Self { hardening, flows: all, before, after }
    }

    /// A shortest path through a flow.
    fn route(&self, flow: Flow) -> Vec<Flow> {
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

    fn line(&self, flow: Flow) -> Line {
        let (graph, chokes) = (self.hardening.graph, &self.hardening.chokes.common);
        let is_of = |cut: &Cut| cut.edges.iter().any(|edge| (edge.edge, edge.leg) == flow);
        let mark = match cuts(self.hardening).position(is_of) {
            Some(0) => Mark::Cut,
            Some(_) => Mark::OtherCut,
            None => Mark::Stays,
        };
        let (tail, head) = self.flows[&flow];
        let (from, to) = (graph.flows().node(tail), graph.flows().node(head));
        let is_choke = chokes.contains(&ChokePoint::Edge(flow.0, flow.1));
        Line { edge: flow.0, leg: flow.1, from, to, mark, is_choke }
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
