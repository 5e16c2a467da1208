//! How many pairs of two groups of nodes are connected: 64 sources at once, a bit each, in one sweep over the components.

use crate::graph::{Between, CapabilityGraph, Components, Direction, FlowNode};

/// How many of the sources reach how many of the targets: connected pairs. Time O(flow nodes + arcs) for 64 sources.
pub(crate) fn connected(graph: &CapabilityGraph, between: &Between) -> usize {
    let flows = graph.flows();
    let components = Components::find(flows, between.plane, between.strength);
    let adjacency = flows.adjacency(between.plane, Direction::Forward, between.strength);
    let mut reached_by = vec![0_u64; components.len()];
    let mut pairs = 0;
    for sources in between.sources.chunks(64) {
        reached_by.fill(0);
        for (lane, source) in sources.iter().enumerate() {
            reached_by[components.of(*source)] |= 1 << lane;
        }
        // Components are numbered sinks first: whatever leads to one has a larger number.
        for component in (0..components.len()).rev() {
            let lanes = reached_by[component];
            if lanes != 0 {
                let heads = |node: &FlowNode| adjacency.heads(*node);
                for head in components.members(component).iter().flat_map(heads) {
                    reached_by[components.of(*head)] |= lanes;
                }
            }
        }
        let of = |target: &FlowNode| reached_by[components.of(*target)].count_ones() as usize;
        pairs += between.targets.iter().map(of).sum::<usize>();
    }
    pairs
}
