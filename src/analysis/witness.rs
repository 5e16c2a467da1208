//! Best paths, on demand: the proof behind a cost. Of equal paths the one whose edges come first is taken.
//!
//! Paths are never enumerated. Forwards from some starts they form a tree: nodes are taken by their number of hops, and a
//! path's rank among those of equal length is that of its predecessor, then that of its last edge. Backwards into a target
//! each path is walked from its start: of all edges that lie on a best path the first one is taken.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::sync::atomic::{self, AtomicUsize};

use super::cost::{End, Found};
use crate::graph::{Arc, CapabilityGraph, Cost, Direction, EdgeId, FlowGraph, FlowNode, Search, Step};
use crate::model::{Leg, NodeId, Plane};

/// A path with what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Path {
    /// Which plane it runs in.
    pub plane: Plane,
    /// Where the content starts.
    pub from: NodeId,
    /// Where it arrives.
    pub to: NodeId,
    /// What the whole path costs.
    pub cost: Cost,
    /// The flows taken, at least one.
    pub hops: Vec<Hop>,
}

impl Path {
    /// The path along some arcs, each with its tail; `None` where none of them is a hop.
    pub(crate) fn along(graph: &CapabilityGraph, plane: Plane, arcs: &[(FlowNode, Arc)]) -> Option<Self> {
        let flows = graph.flows();
        let step = |(tail, arc): &(FlowNode, Arc)| {
            hop(graph, flows.node(*tail), arc.step, arc.cost(), flows.node(arc.other))
        };
        let hops: Vec<Hop> = arcs.iter().filter_map(step).collect();
        let (first, last) = (hops.first()?, hops.last()?);
        let cost = hops.iter().fold(Cost::ZERO, |cost, hop| cost + hop.cost);
        Some(Self { plane, from: first.from, to: last.to, cost, hops })
    }
}

/// One flow of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hop {
    /// The edge that makes the flow.
    pub edge: EdgeId,
    /// Which of the edge's flows it is.
    pub leg: Leg,
    /// Where the content comes from.
    pub from: NodeId,
    /// Where it goes.
    pub to: NodeId,
    /// What the hop costs.
    pub cost: Cost,
}

/// Best paths from some starts to every node.
#[derive(Debug)]
pub struct Witness<'g> {
    graph: &'g CapabilityGraph,
    plane: Plane,
    search: Search,
    /// By flow node, grown once paths are asked for again and again: how it is reached on its best path.
    before: OnceLock<Vec<Before>>,
    /// How many paths were asked for.
    asked: AtomicUsize,
}

/// So many paths are found one by one; then all of them together.
const SINGLE: usize = 8;

/// By flow node: place of its best path among those with as many hops.
type Ranks = Vec<u32>;

/// What orders best paths with as many hops: the rank of what comes before, then the last edge.
type Key = (u32, Option<EdgeId>);

/// The flow node before another on its best path, and what leads from there; `None` at a start.
type Before = Option<Link>;

impl<'g> Witness<'g> {
    /// Searches a plane from some starts, with all that they hold.
    #[must_use]
    pub fn from_starts(graph: &'g CapabilityGraph, plane: Plane, starts: &[NodeId]) -> Self {
        let doors = starts.iter().map(|node| (graph.flows().start(plane, *node), Cost::ZERO));
        Self::from_doors(graph, plane, doors)
    }

    /// As [`Self::from_starts`], from single flow nodes, each with what it costs to stand there.
    pub(super) fn from_doors(
        graph: &'g CapabilityGraph,
        plane: Plane,
        doors: impl IntoIterator<Item = (FlowNode, Cost)>,
    ) -> Self {
        let flows = graph.flows();
        let mut search = Search::new(flows);
        search.run(flows, plane, Direction::Forward, doors);
        Self { graph, plane, search, before: OnceLock::new(), asked: AtomicUsize::new(0) }
    }

    /// Searches a plane from inside a call of a node: what one caller has sent it.
    #[must_use]
    pub fn from_call(graph: &'g CapabilityGraph, plane: Plane, node: NodeId) -> Self {
        Self::from_doors(graph, plane, [(graph.flows().call(node), Cost::ZERO)])
    }

    /// What it costs to reach a node. Only a start costs nothing.
    #[must_use]
    pub fn cost_to(&self, node: NodeId) -> Option<Cost> {
        self.cost_at(self.graph.flows().reached(node))
    }

    /// What it costs to come to a flow node.
    #[must_use]
    pub fn cost_at(&self, door: FlowNode) -> Option<Cost> {
        self.search.cost(door)
    }

    /// What it costs to become part of what a node brings into every call.
    #[must_use]
    pub fn cost_to_own(&self, node: NodeId) -> Option<Cost> {
        self.search.cost(self.graph.flows().own(node))
    }

    /// What it costs to have a node act, by a search in the influence plane from those that are held: zero for these; any other has
    /// to be steered.
    #[must_use]
    pub fn cost_to_act(&self, actor: NodeId) -> Option<Cost> {
        self.search.cost(self.graph.flows().acts_from(actor))
    }

    pub(super) fn graph(&self) -> &'g CapabilityGraph {
        self.graph
    }

    /// The best path to a node; `None` if it is not reached, or is where the search started.
    #[must_use]
    pub fn path_to(&self, to: NodeId) -> Option<Path> {
        self.path_to_door(self.graph.flows().reached(to))
    }

    /// The best path to what a node brings into every call; `None` if it is not reached, or is where the search started.
    #[must_use]
    pub fn path_to_own(&self, to: NodeId) -> Option<Path> {
        self.path_to_door(self.graph.flows().own(to))
    }

    /// The best path to where a node acts from; `None` if it is not steered, or is where the search started.
    #[must_use]
    pub fn path_to_act(&self, actor: NodeId) -> Option<Path> {
        self.path_to_door(self.graph.flows().acts_from(actor))
    }

    /// The best path to a flow node; `None` if it is not reached, or is where the search started.
    pub(super) fn path_to_door(&self, door: FlowNode) -> Option<Path> {
        let flows = self.graph.flows();
        let mut at = door;
        let cost = self.search.cost(at)?;
        let mut hops = Vec::new();
        for (previous, step) in self.links(at) {
            hops.extend(self.hop(previous, step, at));
            at = previous;
        }
        hops.reverse();
        let (from, to) = (flows.node(at), flows.node(door));
        (!hops.is_empty()).then_some(Path { plane: self.plane, from, to, cost, hops })
    }

    /// The best path to a flow node, from its end to its start. Both ways to find it obey the same rule.
    fn links(&self, end: FlowNode) -> Vec<Link> {
        let searched = Searched { flows: self.graph.flows(), plane: self.plane, search: &self.search };
        if self.asked.fetch_add(1, atomic::Ordering::Relaxed) < SINGLE
            && let Some(links) = searched.path_to(end)
        {
            return links;
        }
        let before = self.before.get_or_init(|| self.grow());
        std::iter::successors(before[end.index()], |(previous, _)| before[previous.index()]).collect()
    }

    /// What was found for each node.
    pub(super) fn found(&self) -> Found<'_> {
        Found { graph: self.graph, search: &self.search, end: End::Reached }
    }

    /// One hop, which costs what the path behind it costs more than the path before it.
    fn hop(&self, from: FlowNode, step: Step, to: FlowNode) -> Option<Hop> {
        let flows = self.graph.flows();
        let (before, after) = (self.search.cost(from)?, self.search.cost(to)?);
        let cost = Cost {
            guards: after.guards - before.guards,
            sessions: after.sessions - before.sessions,
            hops: after.hops - before.hops,
        };
        hop(self.graph, flows.node(from), step, cost, flows.node(to))
    }

    /// By flow node: what comes before it on its best path. By rising number of hops, so that ranks are known when asked for.
    fn grow(&self) -> Vec<Before> {
        let hops = |node: &FlowNode| self.search.cost(*node).map_or(0, |cost| cost.hops);
        let mut order = self.search.reached().to_vec();
        order.sort_by_key(hops);
        let mut grown: Vec<Before> = vec![None; self.graph.flows().len()];
        let mut ranks: Ranks = vec![0; grown.len()];
        let mut keys: Vec<(Key, FlowNode)> = Vec::new();
        for level in order.chunk_by(|one, other| hops(one) == hops(other)) {
            keys.clear();
            for &node in level {
                let (key, before) = self.best_before(node, &ranks);
                grown[node.index()] = before;
                keys.push((key, node));
            }
            keys.sort_unstable();
            let mut rank = 0;
            for (position, (key, node)) in keys.iter().enumerate() {
                if position > 0 && keys[position - 1].0 != *key {
                    rank += 1;
                }
                ranks[node.index()] = rank;
            }
        }
        grown
    }

    /// How a flow node is best reached: the rank of what comes before it with the edge taken, and the arc itself.
    ///
    /// A free step is followed through to what comes before the own door: both doors have the same number of hops.
    fn best_before(&self, node: FlowNode, ranks: &Ranks) -> (Key, Before) {
        let flows = self.graph.flows();
        let Some(cost) = self.search.cost(node) else { return ((0, None), None) };
        let mut best = None;
        for arc in flows.arcs_at(self.plane, Direction::Reverse, node) {
            if self.search.cost(arc.other).map(|before| before + arc.cost()) != Some(cost) {
                continue;
            }
            let key = match arc.step {
                Step::Edge(edge) => (ranks[arc.other.index()], Some(edge)),
                Step::Free => self.best_before(arc.other, ranks).0,
            };
            if best.as_ref().is_none_or(|(least, _)| key < *least) {
                best = Some((key, (arc.other, arc.step)));
            }
        }
        match best {
            Some((key, before)) if cost.hops > 0 || before.1 == Step::Free => (key, Some(before)),
            _ => ((0, None), None),
        }
    }
}

/// Best paths from every node into some targets.
#[derive(Debug)]
pub struct WitnessInto<'g> {
    graph: &'g CapabilityGraph,
    plane: Plane,
    search: Search,
}

impl<'g> WitnessInto<'g> {
    /// Searches a plane backwards from where some targets are reached.
    #[must_use]
    pub fn into_targets(graph: &'g CapabilityGraph, plane: Plane, targets: &[NodeId]) -> Self {
        let flows = graph.flows();
        Self::into_doors(graph, plane, targets.iter().map(|node| flows.reached(*node)))
    }

    /// Searches a plane backwards from where a node acts: who steers it.
    #[must_use]
    pub fn into_act(graph: &'g CapabilityGraph, node: NodeId) -> Self {
        Self::into_doors(graph, Plane::Influence, [graph.flows().acts_from(node)])
    }

    /// Searches a plane backwards from some flow nodes.
    #[must_use]
    pub fn into_doors(
        graph: &'g CapabilityGraph,
        plane: Plane,
        doors: impl IntoIterator<Item = FlowNode>,
    ) -> Self {
        let flows = graph.flows();
        let mut search = Search::new(flows);
        search.run(flows, plane, Direction::Reverse, doors.into_iter().map(|door| (door, Cost::ZERO)));
        Self { graph, plane, search }
    }

    /// The best path from a node; `None` if it reaches no target, or is one.
    #[must_use]
    pub fn path_from(&self, from: NodeId) -> Option<Path> {
        self.path_from_door(self.graph.flows().start(self.plane, from))
    }

    /// The best path from a flow node; `None` if it reaches no target, or is one.
    pub(super) fn path_from_door(&self, door: FlowNode) -> Option<Path> {
        let flows = self.graph.flows();
        let from = flows.node(door);
        // Several doors of one node where an edge makes several flows: which of them is left next decides.
        let mut front = vec![door];
        let cost = self.search.cost(front[0])?;
        let mut hops: Vec<Hop> = Vec::with_capacity(cost.hops as usize);
        loop {
            let onwards = self.first_on_best(&mut front);
            let Some((tail, arc)) = onwards.first() else { break };
            hops.extend(hop(self.graph, flows.node(*tail), arc.step, arc.cost(), flows.node(arc.other)));
            front = onwards.iter().map(|(_, arc)| arc.other).collect();
        }
        let to = hops.last().map_or(from, |hop| hop.to);
        (!hops.is_empty()).then_some(Path { plane: self.plane, from, to, cost, hops })
    }

    /// What it costs to come from a flow node into a target.
    pub(super) fn cost_from_door(&self, door: FlowNode) -> Option<Cost> {
        self.search.cost(door)
    }

    /// What it costs to come from a node into a target; a target itself costs nothing.
    #[must_use]
    pub fn cost_from(&self, node: NodeId) -> Option<Cost> {
        self.search.cost(self.graph.flows().start(self.plane, node))
    }

    /// What was found for each node.
    pub(super) fn found(&self) -> Found<'_> {
        Found { graph: self.graph, search: &self.search, end: End::Start(self.plane) }
    }

    /// The flows with the first edge among those that go on along a best path, from some flow nodes and what they lead to freely;
    /// none at the target.
    fn first_on_best(&self, front: &mut Vec<FlowNode>) -> Vec<(FlowNode, Arc)> {
        let Some(remaining) = front.first().and_then(|at| self.search.cost(*at)).filter(|cost| cost.hops > 0)
        else {
            return Vec::new();
        };
        let mut first: Vec<(FlowNode, Arc)> = Vec::new();
        let mut at = 0;
        while let Some(&tail) = front.get(at) {
            at += 1;
            for arc in self.graph.flows().arcs_at(self.plane, Direction::Forward, tail) {
                if self.search.cost(arc.other).map(|rest| arc.cost() + rest) != Some(remaining) {
                    continue;
                }
                match first.first().map(|(_, least)| arc.step.cmp(&least.step)) {
                    _ if arc.step == Step::Free && !front.contains(&arc.other) => front.push(arc.other),
                    _ if arc.step == Step::Free => {}
                    Some(Ordering::Greater) => {}
                    Some(Ordering::Equal) => first.push((tail, arc)),
                    Some(Ordering::Less) | None => first = vec![(tail, arc)],
                }
            }
        }
        first
    }
}

/// A step as a hop; `None` for a free one.
fn hop(graph: &CapabilityGraph, from: NodeId, step: Step, cost: Cost, to: NodeId) -> Option<Hop> {
    let Step::Edge(id) = step else { return None };
    let leg = graph.leg(id, from);
    Some(Hop { edge: id, leg, from, to, cost })
}

/// A flow node of a path, and what leads on from it.
type Link = (FlowNode, Step);

/// Where a search was made.
struct Searched<'a> {
    pub(super) flows: &'a FlowGraph,
    pub(super) plane: Plane,
    pub(super) search: &'a Search,
}

/// Ways that are equally good may be many. Past so many flow nodes the tree of all paths is no dearer.
const MOST: usize = 4096;

impl Searched<'_> {
    /// The links of the best path to a flow node that was reached, from its end to its start; `None` where too many ways are
    /// equally good to look at them here.
    pub(super) fn path_to(&self, end: FlowNode) -> Option<Vec<Link>> {
        let on_best = self.on_best(end)?;
        let mut before: BTreeMap<FlowNode, Link> = BTreeMap::new();
        let mut front: Vec<FlowNode> = on_best.iter().copied().filter(|node| self.hops(*node) == 0).collect();
        self.step_freely(&mut front, &on_best, &mut before);
        while !front.contains(&end) {
            let ways =
                front.iter().flat_map(|tail| self.onwards(*tail, &on_best).map(move |arc| (*tail, arc)));
            let edges: Vec<(FlowNode, Arc)> = ways.filter(|(_, arc)| arc.step != Step::Free).collect();
            let first = edges.iter().map(|(_, arc)| arc.step).min()?;
            front.clear();
            for (tail, arc) in edges.into_iter().filter(|(_, arc)| arc.step == first) {
                if before.insert(arc.other, (tail, first)).is_none() {
                    front.push(arc.other);
                }
            }
            self.step_freely(&mut front, &on_best, &mut before);
        }
        let mut links = Vec::new();
        let mut at = end;
        while let Some(link) = before.get(&at) {
            links.push(*link);
            at = link.0;
        }
        Some(links)
    }

    /// All flow nodes on best paths to one.
    fn on_best(&self, end: FlowNode) -> Option<BTreeSet<FlowNode>> {
        let mut found = BTreeSet::from([end]);
        let mut left = vec![end];
        while let Some(node) = left.pop() {
            let cost = self.search.cost(node);
            for arc in self.flows.arcs_at(self.plane, Direction::Reverse, node) {
                let by_here = self.search.cost(arc.other).map(|before| before + arc.cost());
                if by_here == cost && found.insert(arc.other) {
                    left.push(arc.other);
                }
            }
            if found.len() > MOST {
                return None;
            }
        }
        Some(found)
    }

    /// Arcs from a flow node along best paths.
    fn onwards<'b>(
        &'b self,
        tail: FlowNode,
        on_best: &'b BTreeSet<FlowNode>,
    ) -> impl Iterator<Item = Arc> + 'b {
        let cost = self.search.cost(tail);
        let arcs = self.flows.arcs_at(self.plane, Direction::Forward, tail);
        arcs.filter(move |arc| {
            on_best.contains(&arc.other) && cost.map(|cost| cost + arc.cost()) == self.search.cost(arc.other)
        })
    }

    /// Adds what free steps lead to: it is as near as what they lead from.
    fn step_freely(
        &self,
        front: &mut Vec<FlowNode>,
        on_best: &BTreeSet<FlowNode>,
        before: &mut BTreeMap<FlowNode, Link>,
    ) {
        let mut at = 0;
        while let Some(&tail) = front.get(at) {
            at += 1;
            for arc in self.onwards(tail, on_best).filter(|arc| arc.step == Step::Free) {
                if !front.contains(&arc.other) {
                    before.insert(arc.other, (tail, Step::Free));
                    front.push(arc.other);
                }
            }
        }
    }

    fn hops(&self, node: FlowNode) -> u32 {
        self.search.cost(node).map_or(u32::MAX, |cost| cost.hops)
    }
}
