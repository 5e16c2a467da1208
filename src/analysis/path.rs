//! One pair: its best path or, where there is none, what comes nearest and why it stops there.

use std::collections::VecDeque;

use super::cost::{CostRow, CostSearch};
use super::witness::{Path, WitnessInto};
use crate::graph::{Arc, CapabilityGraph, Direction, FlowNode, Step};
use crate::model::{NodeId, Plane};

/// The answer for one pair, from and to as in a cell of the matrix: an attacker holds `from`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PathAnswer {
    /// Which content is followed.
    pub plane: Plane,
    /// What the attacker holds.
    pub from: NodeId,
    /// What it wants to steer, or to learn from.
    pub to: NodeId,
    /// The best path, in the direction in which content flows: from `from` for influence, to it for exposure.
    pub path: Option<Path>,
    /// What keeps them apart; there where there is no path.
    pub gap: Option<Gap>,
}

/// Why there is no path.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// Where content that comes nearest ends, if a node that does not hand it on is all that stands between.
    pub ends_at: Option<End>,
    /// Every node that the content which should arrive comes to, in node order.
    pub reached: Vec<NodeId>,
    /// Every node whose content comes to where it should arrive, in node order.
    pub reaching: Vec<NodeId>,
}

/// A node that takes content in and does not hand it on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct End {
    /// The node.
    pub node: NodeId,
    /// The best path up to it.
    pub path: Option<Path>,
}

impl PathAnswer {
    /// Finds the best path on which content of `from` steers `to` (influence), or content of `to` comes to `from` (exposure).
    #[must_use]
    pub fn find(graph: &CapabilityGraph, plane: Plane, from: NodeId, to: NodeId) -> Self {
        let (start, end) = match plane {
            Plane::Influence => (from, to),
            Plane::Exposure => (to, from),
        };
        let path = WitnessInto::into_targets(graph, plane, &[end]).path_from(start);
        let gap = path.is_none().then(|| Gap::find(graph, plane, start, end));
        Self { plane, from, to, path, gap }
    }
}

impl Gap {
    fn find(graph: &CapabilityGraph, plane: Plane, from: NodeId, to: NodeId) -> Self {
        let mut search = CostSearch::new(graph);
        let nodes = |row: CostRow| row.iter().map(|(node, _)| node).collect();
        let reached = nodes(search.reached_from(plane, from));
        let reaching = nodes(search.reaching(plane, to));
        let ends_at = first_end(graph, plane, from, to)
            .map(|node| End { node, path: WitnessInto::into_targets(graph, plane, &[node]).path_from(from) });
        Self { ends_at, reached, reaching }
    }
}

/// Follows the shortest way there would be if every node handed on all that it takes in, and gives the first node on it that
/// does not.
fn first_end(graph: &CapabilityGraph, plane: Plane, from: NodeId, to: NodeId) -> Option<NodeId> {
    let flows = graph.flows();
    let way = merged_way(graph, plane, from, to)?;
    let stops = |pair: &[(FlowNode, Arc)]| !flows.leads_freely(pair[0].1.other, pair[1].0);
    way.windows(2).find(|pair| stops(pair)).map(|pair| flows.node(pair[1].0))
}

/// Breadth first over nodes, all doors of each taken as one: the arcs of the way, each with its tail.
fn merged_way(
    graph: &CapabilityGraph,
    plane: Plane,
    from: NodeId,
    to: NodeId,
) -> Option<Vec<(FlowNode, Arc)>> {
    let flows = graph.flows();
    let mut before: Vec<Option<(FlowNode, Arc)>> = vec![None; graph.spec().nodes.len()];
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        for (tail, arc) in flows
            .doors(node)
            .flat_map(|door| flows.arcs_at(plane, Direction::Forward, door).map(move |arc| (door, arc)))
        {
            let head = flows.node(arc.other);
            if arc.step != Step::Free && head != from && before[head.index()].is_none() {
                before[head.index()] = Some((tail, arc));
                queue.push_back(head);
            }
        }
    }
    let mut way = Vec::new();
    let mut at = to;
    while let Some((tail, arc)) = before[at.index()] {
        way.push((tail, arc));
        at = flows.node(tail);
    }
    way.reverse();
    (!way.is_empty()).then_some(way)
}
