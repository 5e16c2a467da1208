//! Loops: who influences one another without any guard failing.

use crate::graph::{CapabilityGraph, Components, Strength};
use crate::model::{NodeId, Plane};

/// Loops: sets of nodes that influence one another without any guard failing. Taint one, taint all.
///
/// Members in node order; loops by their first member. A node that starts afresh for each caller belongs to a loop only
/// with what it brings into every call.
#[must_use]
pub fn loops(graph: &CapabilityGraph) -> Vec<Vec<NodeId>> {
    let flows = graph.flows();
    let components = Components::find(flows, Plane::Influence, Strength::Open);
    let mut loops: Vec<Vec<NodeId>> = (0..components.len())
        .filter(|component| components.members(*component).len() > 1)
        .map(|component| {
            let members = components.members(component).iter();
            let own = members.filter(|door| flows.own(flows.node(**door)) == **door);
            let mut nodes: Vec<NodeId> = own.map(|door| flows.node(*door)).collect();
            nodes.sort_unstable();
            nodes
        })
        .filter(|nodes| nodes.len() > 1)
        .collect();
    loops.sort_unstable();
    loops
}
