//! The flow graph as peers take it: numbers of flow nodes, and arcs between them, none of them twice.

use crabwalk::graph::{CapabilityGraph, Cost, Direction, Strength};
use crabwalk::model::Plane;

/// One plane of a flow graph.
#[derive(Debug, Clone)]
pub(crate) struct Flat {
    /// How many flow nodes there are.
    pub(crate) len: usize,
    /// By node: where what it brings along starts from.
    pub(crate) own: Vec<u32>,
    /// By flow node: whether to come here is to reach its node.
    pub(crate) is_call: Vec<bool>,
    /// (tail, head), sorted.
    pub(crate) arcs: Vec<(u32, u32)>,
}

impl Flat {
    pub(crate) fn of(graph: &CapabilityGraph, plane: Plane) -> Self {
        let flows = graph.flows();
        let adjacency = flows.adjacency(plane, Direction::Forward, Strength::Any);
        let mut arcs = Vec::with_capacity(adjacency.arc_count());
        for tail in flows.flow_nodes() {
            arcs.extend(
                adjacency.heads(tail).iter().map(|head| (number(tail.index()), number(head.index()))),
            );
        }
        arcs.sort_unstable();
        arcs.dedup();
        let mut is_call = vec![false; flows.len()];
        for node in flows.nodes() {
            is_call[flows.call(node).index()] = true;
        }
        let own = flows.nodes().map(|node| number(flows.own(node).index())).collect();
        Self { len: flows.len(), own, is_call, arcs }
    }
}

/// All arcs of a plane with what they cost.
pub(crate) fn priced(graph: &CapabilityGraph, plane: Plane) -> Vec<(u32, u32, Cost)> {
    let flows = graph.flows();
    let arcs = flows.flow_nodes().flat_map(|tail| {
        let arcs = flows.arcs_at(plane, Direction::Forward, tail);
        arcs.map(move |arc| (number(tail.index()), number(arc.other.index()), arc.cost()))
    });
    arcs.collect()
}

pub(crate) fn number(index: usize) -> u32 {
    u32::try_from(index).expect("flow nodes are numbered in 32 bits")
}
