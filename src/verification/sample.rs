//! Which rows are recomputed: all, or a sample that is the same for the same spec and seed.

use std::cmp::Reverse;

use crate::analysis::{ReachSizes, Strength};
use crate::graph::{CapabilityGraph, Direction};
use crate::model::{NodeId, Plane, Spec};

/// How many rows a sample has where nobody says.
pub const DEFAULT_ROWS: usize = 32;

/// Some rows, in node order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The nodes whose rows they are.
    pub rows: Vec<NodeId>,
    /// What the sample was drawn with; `None` where all rows were asked for.
    pub seed: Option<u64>,
    /// The node with the most others in its reach, which is always in; `None` where no node reaches any, or where all rows were
    /// asked for.
    pub widest: Option<NodeId>,
}

impl Sample {
    /// All rows.
    #[must_use]
    pub fn all(graph: &CapabilityGraph) -> Self {
        Self { rows: graph.spec().node_ids().collect(), seed: None, widest: None }
    }

    /// About `rows` rows: the widest, one of each sort of node (by kind, role or not, and what it does with callers and content),
    /// and others at random. What has to be in is in even where `rows` is smaller.
    #[must_use]
    pub fn draw(graph: &CapabilityGraph, rows: usize, seed: u64) -> Self {
        let spec = graph.spec();
        let mut shuffled: Vec<NodeId> = spec.node_ids().collect();
        shuffled.sort_by_cached_key(|node| (mix(seed, *node), *node));
        let widest = widest(graph);
        let mut sample: Vec<NodeId> = widest.into_iter().collect();
        let mut met = Vec::new();
        for &node in &shuffled {
            let sort = sort(spec, node);
            if !met.contains(&sort) {
                met.push(sort);
                sample.push(node);
            }
        }
        let others = shuffled.into_iter().filter(|node| !sample.contains(node));
        let others: Vec<NodeId> = others.take(rows.saturating_sub(sample.len())).collect();
        sample.extend(others);
        sample.sort_unstable();
        sample.dedup();
        Self { rows: sample, seed: Some(seed), widest }
    }
}

/// What a node's doors and authority depend on.
fn sort(spec: &Spec, id: NodeId) -> impl PartialEq + use<> {
    let node = spec.node(id);
    let doors = (node.isolation, node.relays, node.partitioned);
    (node.kind, node.is_assumable(), doors, node.persists, node.general)
}

/// The node with the most others in its reach; of several the first.
fn widest(graph: &CapabilityGraph) -> Option<NodeId> {
    let sizes = ReachSizes::count(graph, Plane::Influence, Strength::Any, Direction::Forward);
    let sizes = graph.spec().node_ids().map(|node| (sizes.of(node), Reverse(node)));
    sizes.max().filter(|(size, _)| *size > 0).map(|(_, Reverse(node))| node)
}

/// A number that looks random: the mixing function of SplitMix64 (Steele, Lea and Flood, 2014).
fn mix(seed: u64, node: NodeId) -> u64 {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut z = seed.wrapping_add(STEP.wrapping_mul(node.index() as u64 + 1));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = include_str!("../../tests/conformance/secrets.yaml");

    fn graph() -> CapabilityGraph {
        let mut text = SPEC.replacen("agents:\n", "agents:\n  hub: {write: [log], invoke: [bot]}\n", 1);
        for index in 0..200 {
            text = text.replacen("agents:\n", &format!("agents:\n  extra-{index}: {{}}\n"), 1);
        }
        CapabilityGraph::build(Spec::from_text("sample.yaml", &text).unwrap())
    }

    #[test]
    fn a_sample_has_one_of_each_sort_and_the_widest() {
        let graph = graph();
        let spec = graph.spec();
        for seed in 0..20 {
            let sample = Sample::draw(&graph, 1, seed);
            for node in spec.node_ids() {
                assert!(
                    sample.rows.iter().any(|row| sort(spec, *row) == sort(spec, node)),
                    "{seed}: {node:?}"
                );
            }
            let widest = sample.widest.unwrap();
            assert!(sample.rows.contains(&widest));
            let sizes = ReachSizes::count(&graph, Plane::Influence, Strength::Any, Direction::Forward);
            assert!(spec.node_ids().all(|node| sizes.of(node) <= sizes.of(widest)));
        }
    }

    #[test]
    fn a_sample_is_as_large_as_asked_and_the_same_for_the_same_seed() {
        let graph = graph();
        let sample = Sample::draw(&graph, 100, 4);
        assert_eq!(sample.rows.len(), 100);
        assert!(sample.rows.is_sorted() && sample.rows.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(sample, Sample::draw(&graph, 100, 4));
        assert_ne!(sample.rows, Sample::draw(&graph, 100, 5).rows);
        let nodes = graph.spec().nodes.len();
        assert_eq!(Sample::draw(&graph, nodes + 9, 4).rows, Sample::all(&graph).rows);
    }
}
