//! Loops: who influences one another without any guard failing.

use crate::graph::{CapabilityGraph, Components, Strength};
use crate::model::{NodeId, Plane};

/// Loops: sets of nodes that influence one another without any guard failing. Taint one, taint all.
///
/// The strongly connected components of the doors of nodes over flows that no guard stands on, where they hold doors of two nodes or
/// more. Members in node order; loops by their first member. A node that starts afresh for each caller can belong to two loops, one
/// with what it brings along and one inside of its calls.
#[must_use]
pub fn loops(graph: &CapabilityGraph) -> Vec<Vec<NodeId>> {
    let flows = graph.flows();
    let components = Components::find(flows, Plane::Influence, Strength::Open);
    let mut loops: Vec<Vec<NodeId>> = (0..components.len())
        .filter(|component| components.members(*component).len() > 1)
        .map(|component| {
            let members = components.members(component).iter();
            let mut nodes: Vec<NodeId> = members.map(|door| flows.node(*door)).collect();
            nodes.sort_unstable();
            nodes.dedup();
            nodes
        })
        .filter(|nodes| nodes.len() > 1)
        .collect();
    loops.sort_unstable();
    loops
}
