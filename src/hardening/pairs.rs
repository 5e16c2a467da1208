//! How many pairs of two groups of nodes are connected: 64 sources at once, a bit each, in one sweep over the components.

use super::sweep::Sweep;
use crate::graph::{Between, CapabilityGraph, Components, Direction, FlowNode};

/// How many of the sources reach how many of the targets: connected pairs. Time O(flow nodes + arcs) for 64 sources, of those that they
/// reach.
pub(crate) fn connected(graph: &CapabilityGraph, between: &Between) -> usize {
    let flows = graph.flows();
    let components = Components::find(flows, between.plane, between.strength);
    let adjacency = flows.adjacency(between.plane, Direction::Forward, between.strength);
    let targets = targets(&components, between);
    let mut sweep = Sweep::new(components.len());
    let mut pairs = 0;
    for sources in side_by_side(&components, between).chunks(64) {
        for (lane, source) in sources.iter().enumerate() {
            sweep.add(components.of(*source), 1 << lane);
        }
        while let Some((component, lanes)) = sweep.next() {
            let heads = |node: &FlowNode| adjacency.heads(*node);
            for head in components.members(component).iter().flat_map(heads) {
                // What stays inside has been carried on with it.
                let other = components.of(*head);
                if other != component {
                    sweep.add(other, lanes);
                }
            }
        }
        let of = |(component, lanes): (usize, u64)| lanes.count_ones() as usize * targets[component];
        pairs += sweep.finish().map(of).sum::<usize>();
    }
    pairs
}

/// By component: how many targets are in it.
pub(super) fn targets(components: &Components, between: &Between) -> Vec<usize> {
    let mut targets = vec![0; components.len()];
    between.targets.iter().for_each(|target| targets[components.of(*target)] += 1);
    targets
}

/// The sources, those next to one another that are likely to reach the same.
pub(super) fn side_by_side(components: &Components, between: &Between) -> Vec<FlowNode> {
    let mut sources = between.sources.clone();
    sources.sort_by_key(|source| components.of(*source));
    sources
}
