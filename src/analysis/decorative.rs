//! Whether a guard holds anything back that does not come another way (`docs/semantics.md`, section 6, decorative).
//!
//! A guard stands on a leg, where content goes from one node to another. It is decorative if without it nothing that comes to the first
//! gets past fewer guards to anything that the second passes content on to, nor to the second itself where it passes nothing on or is
//! what has to be kept: critical, general, a way out, or a store that persists. What only comes from the other end, or only gets back
//! there, does not count on either side. So a way round counts wherever it leaves and rejoins: a
//! worked example (the test below) where it rejoins one hop later. `desk` reads `mail`, hands it to `clerk` behind a guard, and `clerk`
//! writes `ledger`; but `desk` writes `ledger` too.
//!
//! ```text
//! mail → desk →(guard)→ clerk → ledger     1 guard
//! mail → desk → ledger                     none: what the guard holds back is there without it
//! ```

use crate::graph::{CapabilityGraph, Cost, Direction, EdgeId, FlowGraph, FlowNode, Search, Step, Strength};
use crate::model::{Leg, Node, NodeId, NodeKind, Plane};

/// Content that a guard does not hold back: it comes from one node to another past as few guards without the leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct WayRound {
    /// Where the content starts.
    pub from: NodeId,
    /// Where it gets to.
    pub to: NodeId,
}

/// A flow of a leg: where it leaves, where it arrives, and how many guards stand on it.
#[derive(Debug, Clone, Copy)]
struct Flow {
    tail: FlowNode,
    head: FlowNode,
    guards: u32,
}

/// How the content that one guard on a leg should hold back comes round it in a plane: what comes nearest to the leg, and where it gets
/// to; `None` where the guard holds something back, or the leg moves nothing there.
#[must_use]
pub fn way_round(graph: &CapabilityGraph, edge: EdgeId, leg: Leg, plane: Plane) -> Option<WayRound> {
    let flows = flows_of(graph, edge, leg, plane);
    let rounds: Option<Vec<WayRound>> =
        flows.iter().map(|flow| Judged::of(graph, plane, *flow).round()).collect();
    rounds?.first().copied()
}

/// The flows that a leg makes in a plane.
fn flows_of(graph: &CapabilityGraph, id: EdgeId, leg: Leg, plane: Plane) -> Vec<Flow> {
    let (flows, edge) = (graph.flows(), graph.edge(id));
    let doors = flows.doors(edge.from).chain(flows.doors(edge.to));
    let arcs = doors
        .flat_map(|tail| flows.arcs_at(plane, Direction::Forward, tail).map(move |arc| (tail, arc)))
        .filter(|(tail, arc)| arc.step == Step::Edge(id) && graph.leg(id, flows.node(*tail)) == leg);
    arcs.map(|(tail, arc)| Flow { tail, head: arc.other, guards: arc.cost().guards }).collect()
}

/// A flow with what comes to it and what it goes on to.
struct Judged<'g> {
    graph: &'g CapabilityGraph,
    plane: Plane,
    flow: Flow,
    /// What comes to the tail, by guards, then in node order: guards to there, and the node.
    sources: Vec<(u32, NodeId)>,
    /// What the head passes content on to, by guards, then in node order.
    targets: Vec<(u32, NodeId)>,
}

impl<'g> Judged<'g> {
    fn of(graph: &'g CapabilityGraph, plane: Plane, flow: Flow) -> Self {
        let flows = graph.flows();
        let (tail, head) = (flows.node(flow.tail), flows.node(flow.head));
        // What comes from the other end, or only gets back there, is there already.
        let found =
            |direction, (door, own): (FlowNode, NodeId), other: NodeId, end: &dyn Fn(NodeId) -> FlowNode| {
                let search = searched(graph, plane, direction, door);
                let apart = reached_without(flows, plane, direction, door, other);
                let nodes = flows.nodes().filter(|node| *node != own && *node != other);
                let mut found: Vec<(u32, NodeId)> = nodes
                    .filter(|node| apart[end(*node).index()])
                    .filter_map(|node| Some((search.cost(end(node))?.guards, node)))
                    .collect();
                // Where the end itself is what has to be kept, it is not enough that all behind it is lost anyway.
                let is_kept = direction == Direction::Forward && matters(graph.spec().node(own));
                if found.is_empty() || is_kept {
                    found.push((0, own));
                }
                found.sort_unstable();
                found
            };
        let start = |node| flows.start(plane, node);
        let sources = found(Direction::Reverse, (flow.tail, tail), head, &start);
        let targets = found(Direction::Forward, (flow.head, head), tail, &|node| flows.reached(node));
        Self { graph, plane, flow, sources, targets }
    }

    /// The nearest content with where it gets to, if no pair would get nearer with one guard less.
    fn round(&self) -> Option<WayRound> {
        // Of the end itself what counts is what it hands over here.
        let flows = self.graph.flows();
        let tail = flows.node(self.flow.tail);
        let from =
            |source: NodeId| if source == tail { self.flow.tail } else { flows.start(self.plane, source) };
        let with_less = self.flow.guards.checked_sub(1)?;
        // What the tail itself would not get to past fewer guards, nothing behind it does.
        let near = self.search(self.flow.tail);
        let targets: Vec<(u32, NodeId)> = self.improved(&near, with_less);
        if !targets.is_empty() {
            let into = searched(self.graph, self.plane, Direction::Reverse, self.flow.head);
            let is_held = |source: &&(u32, NodeId)| {
                into.cost(from(source.1)).is_none_or(|cost| cost.guards > source.0.saturating_add(with_less))
            };
            let is_useful = |source: &(u32, NodeId)| {
                let search = self.search(from(source.1));
                !self.improved(&search, source.0.saturating_add(with_less)).is_empty()
            };
            if self.sources.iter().filter(is_held).any(is_useful) {
                return None;
            }
        }
        let source = self.sources.first()?.1;
        // Where it gets to nobody but who had it, there is nothing to be shown.
        let to = self.targets.iter().map(|(_, node)| *node).find(|node| *node != source).unwrap_or(source);
        Some(WayRound { from: source, to })
    }

    fn search(&self, door: FlowNode) -> Search {
        searched(self.graph, self.plane, Direction::Forward, door)
    }

    /// The targets that come nearer than a search found them where so many guards stand before the head.
    fn improved(&self, search: &Search, before: u32) -> Vec<(u32, NodeId)> {
        let flows = self.graph.flows();
        let targets = self.targets.iter().copied();
        let improves = |(guards, node): &(u32, NodeId)| {
            let now = search.cost(flows.reached(*node));
            now.is_none_or(|cost| cost.guards > guards.saturating_add(before))
        };
        targets.filter(improves).collect()
    }
}

/// Whether it matters by itself that content comes to a node, whatever the node passes on: also where it stays there.
fn matters(node: &Node) -> bool {
    node.critical || node.general || node.egress || node.persists || node.kind == NodeKind::Sink
}

/// By flow node: whether there is a way that does not pass a node.
fn reached_without(
    flows: &FlowGraph,
    plane: Plane,
    direction: Direction,
    door: FlowNode,
    without: NodeId,
) -> Vec<bool> {
    let adjacency = flows.adjacency(plane, direction, Strength::Any);
    let mut reached = vec![false; flows.len()];
    let mut left = vec![door];
    reached[door.index()] = true;
    while let Some(node) = left.pop() {
        for head in adjacency.heads(node) {
            if !reached[head.index()] && flows.node(*head) != without {
                reached[head.index()] = true;
                left.push(*head);
            }
        }
    }
    reached
}

fn searched(graph: &CapabilityGraph, plane: Plane, direction: Direction, door: FlowNode) -> Search {
    let mut search = Search::new(graph.flows());
    search.run(graph.flows(), plane, direction, [(door, Cost::ZERO)]);
    search
}
