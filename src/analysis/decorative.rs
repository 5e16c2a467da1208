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

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::graph::{
    CapabilityGraph, Direction, EdgeId, FewestGuards, FlowGraph, FlowNode, Step, Strength, Tried,
};
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
    WaysRound::new(graph).of(edge, leg, plane)
}

/// Searches for ways round, leg after leg: legs of one node beside each other share what is searched from there.
pub(crate) struct WaysRound<'g> {
    graph: &'g CapabilityGraph,
    /// From a tail as it is, from one place before it after the other, and from any of these with a guard fewer on the leg.
    on: FewestGuards<'g>,
    each: FewestGuards<'g>,
    eased: FewestGuards<'g>,
    /// Back from a tail, and on from a head.
    back: FewestGuards<'g>,
    behind: FewestGuards<'g>,
}

impl<'g> WaysRound<'g> {
    pub(crate) fn new(graph: &'g CapabilityGraph) -> Self {
        let search = || FewestGuards::new(graph);
        Self { graph, on: search(), each: search(), eased: search(), back: search(), behind: search() }
    }

    /// As [`way_round`].
    pub(crate) fn of(&mut self, edge: EdgeId, leg: Leg, plane: Plane) -> Option<WayRound> {
        let flows = flows_of(self.graph, edge, leg, plane);
        if flows.iter().any(|flow| flow.guards == 0) {
            return None;
        }
        let judged: Vec<Judged<'_>> =
            flows.into_iter().map(|flow| Judged::of(self.graph, plane, flow)).collect();
        let first = judged.first()?;
        if self.holds_back(plane, &judged, Tried::eased(edge, leg)) {
            return None;
        }
        self.back.run_from(plane, Direction::Reverse, first.flow.tail);
        self.behind.run_from(plane, Direction::Forward, first.flow.head);
        Some(first.shown(&self.back, &self.behind))
    }

    /// Whether anything that comes to a tail gets past fewer guards to anything behind the head with one fewer on the leg.
    ///
    /// Backwards from the tails, and no further than the guard matters: if what starts at a place gets to a node past fewer guards then, so
    /// does what starts anywhere on the way from there to the leg. So before a place that gains nothing, nothing does.
    fn holds_back(&mut self, plane: Plane, judged: &[Judged<'_>], eased: Tried<'_>) -> bool {
        let flows = self.graph.flows();
        let before = flows.adjacency(plane, Direction::Reverse, Strength::Any);
        let tails: HashSet<FlowNode> = judged.iter().map(|one| one.flow.tail).collect();
        let mut left: Vec<FlowNode> = judged.iter().map(|one| one.flow.tail).collect();
        let mut seen = tails.clone();
        while let Some(door) = left.pop() {
            let now = if tails.contains(&door) { &mut self.on } else { &mut self.each };
            now.run_from(plane, Direction::Forward, door);
            self.eased.run(plane, Direction::Forward, [(door, 0)], eased);
            let gained: Vec<NodeId> = flows
                .nodes()
                .filter(|node| self.eased.is_nearer(flows.reached(*node), now))
                .filter(|node| judged.iter().any(|one| one.counts_as_target(*node)))
                .collect();
            if gained.is_empty() {
                continue;
            }
            let gains = |one: &Judged<'_>| {
                one.starts_at(door) && gained.iter().any(|node| one.counts_as_target(*node))
            };
            if judged.iter().any(gains) {
                return true;
            }
            left.extend(before.heads(door).iter().filter(|next| seen.insert(**next)));
        }
        false
    }
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
    tail: NodeId,
    head: NodeId,
    /// By flow node: whether it comes to the tail without passing the head, and whether the head comes there without passing the tail:
    /// what comes from the other end, or only gets back there, is there already.
    before: OnceCell<Vec<bool>>,
    after: OnceCell<Vec<bool>>,
}

impl<'g> Judged<'g> {
    fn of(graph: &'g CapabilityGraph, plane: Plane, flow: Flow) -> Self {
        let (tail, head) = (graph.flows().node(flow.tail), graph.flows().node(flow.head));
        Self { graph, plane, flow, tail, head, before: OnceCell::new(), after: OnceCell::new() }
    }

    /// Whose content counts: what comes to the tail, or the tail itself where nothing else does. Of the tail what counts is what it
    /// hands over here.
    fn source(&self, node: NodeId) -> FlowNode {
        if node == self.tail { self.flow.tail } else { self.graph.flows().start(self.plane, node) }
    }

    fn target(&self, node: NodeId) -> FlowNode {
        self.graph.flows().reached(node)
    }

    fn comes_apart(&self, node: NodeId) -> bool {
        let without =
            || reached_without(self.graph.flows(), self.plane, Direction::Reverse, self.flow.tail, self.head);
        self.before.get_or_init(without)[self.source(node).index()]
    }

    fn goes_apart(&self, node: NodeId) -> bool {
        let without =
            || reached_without(self.graph.flows(), self.plane, Direction::Forward, self.flow.head, self.tail);
        self.after.get_or_init(without)[self.target(node).index()]
    }

    /// All nodes but the two ends.
    fn others(&self) -> impl Iterator<Item = NodeId> + use<'g> {
        let (tail, head) = (self.tail, self.head);
        self.graph.flows().nodes().filter(move |node| *node != tail && *node != head)
    }

    /// Whether content that counts starts at a flow node.
    fn starts_at(&self, door: FlowNode) -> bool {
        let node = self.graph.flows().node(door);
        node != self.head && door == self.source(node) && self.counts_as_source(node)
    }

    fn counts_as_source(&self, node: NodeId) -> bool {
        if node == self.tail {
            !self.others().any(|other| self.comes_apart(other))
        } else {
            self.comes_apart(node)
        }
    }

    /// Where the head itself is what has to be kept, it is not enough that all behind it is lost anyway.
    fn counts_as_target(&self, node: NodeId) -> bool {
        if node == self.tail {
            false
        } else if node == self.head {
            matters(self.graph.spec().node(node)) || !self.others().any(|other| self.goes_apart(other))
        } else {
            self.goes_apart(node)
        }
    }

    /// The nearest content with where it gets to.
    fn shown(&self, back: &FewestGuards<'_>, behind: &FewestGuards<'_>) -> WayRound {
        let sources = self.others().filter(|node| self.comes_apart(*node));
        let from = sources.filter_map(|node| Some((back.to(self.source(node))?, node))).min();
        let (_, from) = from.unwrap_or((0, self.tail));
        let targets = self.others().filter(|node| self.goes_apart(*node));
        let targets = targets.filter_map(|node| Some((behind.to(self.target(node))?, node)));
        let own = self.counts_as_target(self.head).then_some((0, self.head));
        // Where it gets to nobody but who had it, there is nothing to be shown.
        let to = targets.chain(own).filter(|(_, node)| *node != from).min();
        WayRound { from, to: to.map_or(from, |(_, node)| node) }
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
