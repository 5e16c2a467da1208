//! How few guards stand between some flow nodes and all others, with one leg left out where that is asked.
//!
//! As [`Search`](super::Search) finds them, but for sessions and hops: what only asks for guards has its answer in a fraction of the time.
//! Breadth first inside a level of equally many guards. Time O(flow nodes + arcs), apart from the list of levels.

use std::collections::BTreeMap;

use super::capability_graph::CapabilityGraph;
use super::edge::EdgeId;
use super::rows::{Direction, FlowNode, Step};
use crate::model::{Leg, NodeId, Plane, Verb};

/// What a search tries: flows that are left out, or have a guard fewer; nothing by default.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tried<'a> {
    /// The leg whose flows are left out.
    without: Option<(EdgeId, Leg)>,
    /// The leg whose flows have a guard fewer.
    eased: Option<(EdgeId, Leg)>,
    /// Calls to these tools carry nothing to them.
    requests: &'a [NodeId],
}

impl<'a> Tried<'a> {
    /// The flows of a leg are left out.
    pub(crate) fn without((edge, leg): (EdgeId, Leg)) -> Self {
        Self { without: Some((edge, leg)), ..Self::default() }
    }

    /// The flows of a leg have a guard fewer.
    pub(crate) fn eased(edge: EdgeId, leg: Leg) -> Self {
        Self { eased: Some((edge, leg)), ..Self::default() }
    }

    /// Calls to some tools carry nothing to them either.
    pub(crate) fn without_requests(self, requests: &'a [NodeId]) -> Self {
        Self { requests, ..self }
    }

    /// Whether any arc of a node may be another one.
    fn concerns(self, graph: &CapabilityGraph, node: NodeId) -> bool {
        let has_end = |(edge, _): (EdgeId, Leg)| [graph.edge(edge).from, graph.edge(edge).to].contains(&node);
        !self.requests.is_empty() || self.without.or(self.eased).is_some_and(has_end)
    }

    /// The guards of a flow of an edge that leaves a flow node; `None` where it is left out.
    fn guards(self, graph: &CapabilityGraph, id: EdgeId, tail: FlowNode, guards: u32) -> Option<u32> {
        let leg = graph.leg(id, graph.flows().node(tail));
        let edge = graph.edge(id);
        let is_request = edge.verb == Verb::Invoke && leg == Leg::Request;
        let is_left_out = self.without == Some((id, leg)) || is_request && self.requests.contains(&edge.to);
        let fewer = u32::from(self.eased == Some((id, leg)));
        (!is_left_out).then(|| guards.saturating_sub(fewer))
    }
}

/// Not reached.
const UNREACHED: u32 = u32::MAX;

/// A reusable search: buffers are cleaned by what was reached alone.
#[derive(Debug)]
pub(crate) struct FewestGuards<'g> {
    graph: &'g CapabilityGraph,
    /// By flow node.
    least: Vec<u32>,
    reached: Vec<FlowNode>,
    /// What waits for a level of guards.
    waiting: BTreeMap<u32, Vec<FlowNode>>,
    /// The one flow node that was searched from, if the search is good for asking again.
    from: Option<(Plane, Direction, FlowNode)>,
}

impl<'g> FewestGuards<'g> {
    pub(crate) fn new(graph: &'g CapabilityGraph) -> Self {
        let least = vec![UNREACHED; graph.flows().len()];
        Self { graph, least, reached: Vec::new(), waiting: BTreeMap::new(), from: None }
    }

    /// Searches from one flow node, unless it was just searched from.
    pub(crate) fn run_from(&mut self, plane: Plane, direction: Direction, door: FlowNode) {
        let asked = Some((plane, direction, door));
        if self.from != asked {
            self.run(plane, direction, [(door, 0)], Tried::default());
            self.from = asked;
        }
    }

    /// Searches from some flow nodes, each with the guards before it.
    pub(crate) fn run(
        &mut self,
        plane: Plane,
        direction: Direction,
        starts: impl IntoIterator<Item = (FlowNode, u32)>,
        tried: Tried<'_>,
    ) {
        self.from = None;
        self.reached.drain(..).for_each(|door| self.least[door.index()] = UNREACHED);
        for (door, guards) in starts {
            self.waiting.entry(guards).or_default().push(door);
        }
        while let Some((level, wave)) = self.waiting.pop_first() {
            let first = self.reached.len();
            wave.into_iter().for_each(|door| self.settle(door, level));
            let mut next = first;
            while let Some(door) = self.reached.get(next).copied() {
                next += 1;
                self.offer((plane, direction), door, level, tried);
            }
        }
    }

    /// The fewest guards on a way to a flow node.
    pub(crate) fn to(&self, door: FlowNode) -> Option<u32> {
        let least = self.least[door.index()];
        (least != UNREACHED).then_some(least)
    }

    /// Whether a flow node is past fewer guards here than in another search.
    pub(crate) fn is_nearer(&self, door: FlowNode, than: &Self) -> bool {
        self.least[door.index()] < than.least[door.index()]
    }

    fn settle(&mut self, door: FlowNode, level: u32) {
        let least = &mut self.least[door.index()];
        if *least == UNREACHED {
            *least = level;
            self.reached.push(door);
        }
    }

    fn offer(
        &mut self,
        (plane, direction): (Plane, Direction),
        door: FlowNode,
        level: u32,
        tried: Tried<'_>,
    ) {
        let graph = self.graph;
        let flows = graph.flows();
        if tried.concerns(graph, flows.node(door)) {
            for arc in flows.arcs_at(plane, direction, door) {
                let guards = match arc.step {
                    Step::Free => Some(0),
                    Step::Edge(id) if direction == Direction::Forward => {
                        tried.guards(graph, id, door, arc.guards)
                    }
                    Step::Edge(id) => tried.guards(graph, id, arc.other, arc.guards),
                };
                guards.into_iter().for_each(|guards| self.reach(arc.other, level, guards));
            }
            return;
        }
        let rows = flows.rows(plane, direction);
        rows.open_heads(door).iter().for_each(|head| self.settle(*head, level));
        rows.guarded(door).for_each(|(head, guards)| self.reach(head, level, guards));
    }

    fn reach(&mut self, door: FlowNode, level: u32, guards: u32) {
        if guards == 0 {
            self.settle(door, level);
        } else if self.least[door.index()] == UNREACHED {
            self.waiting.entry(level.saturating_add(guards)).or_default().push(door);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FewestGuards, Tried};
    use crate::graph::{CapabilityGraph, Cost, Direction, EdgeId, Search};
    use crate::model::{Leg, Plane, Spec};

    /// Guards in a ring with chords: all pairs are what the search with sessions and hops finds, whole and without a leg.
    #[test]
    fn guards_are_those_of_the_whole_search() {
        let mut text = String::from("version: 1\nagents:\n");
        for agent in 0..24 {
            let (next, far) = ((agent + 1) % 24, (agent * 7 + 3) % 24);
            let guards = ["[]", "[human-approval]", "[human-approval, typed-output]"][agent % 3];
            let far = if far == next || far == agent { String::new() } else { format!(", a{far}") };
            text += &format!("  a{agent}: {{write: [{{target: a{next}, guards: {guards}}}{far}]}}\n");
        }
        let graph = CapabilityGraph::build(Spec::from_text("ring.yaml", &text).expect("a valid spec"));
        let edge = EdgeId::new(5);
        let (mut fewest, mut whole) = (FewestGuards::new(&graph), Search::new(graph.flows()));
        for without in [None, Some((edge, Leg::Request))] {
            let other = without.map_or_else(|| graph.clone(), |(edge, leg)| graph.without_leg(edge, leg));
            for direction in [Direction::Forward, Direction::Reverse] {
                for door in graph.flows().flow_nodes() {
                    let tried = without.map_or_else(Tried::default, Tried::without);
                    fewest.run(Plane::Influence, direction, [(door, 0)], tried);
                    whole.run(other.flows(), Plane::Influence, direction, [(door, Cost::ZERO)]);
                    for to in graph.flows().flow_nodes() {
                        assert_eq!(fewest.to(to), whole.cost(to).map(|cost| cost.guards));
                    }
                }
            }
        }
    }
}
