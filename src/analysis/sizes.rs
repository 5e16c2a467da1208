//! How many nodes each node reaches, or is reached by: the sizes of all blast radii, with nothing kept.
//!
//! Runs of component numbers give them by subtraction. Where runs would outgrow the bitsets, one block of columns after the
//! other is closed in a buffer of its thread, counted and forgotten.

use std::cmp::Reverse;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::bits;
use super::bits::{NONE, Places, WORD, close_block};
use super::component_weights::Weights;
use super::condensation::Condensation;
use super::intervals::{Budget, Intervals};
use super::progress::Progress;
use crate::graph::{CapabilityGraph, Components, Direction, FlowNode, Strength};
use crate::model::{NodeId, Plane};

/// The sizes, by node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachSizes {
    by_node: Vec<u32>,
}

/// Runs may take this many bytes at most; what needs more is counted in blocks of bitsets.
const MOST_RUNS: usize = 256 << 20;

/// The buffers of all threads together take no more than this many bytes, as long as a block has a word to its rows.
const MOST_BUFFERS: usize = 512 << 20;

impl ReachSizes {
    /// Counts, for each node, the others that its content can come to (forward) or whose content can come to it (reverse):
    /// between where ways of the plane start and where nodes are reached.
    #[must_use]
    pub fn count(graph: &CapabilityGraph, plane: Plane, strength: Strength, direction: Direction) -> Self {
        Self::count_with(graph, plane, strength, direction, &())
    }

    /// As [`Self::count`], telling how far it is, in blocks of columns.
    #[must_use]
    pub fn count_with(
        graph: &CapabilityGraph,
        plane: Plane,
        strength: Strength,
        direction: Direction,
        progress: &dyn Progress,
    ) -> Self {
        let flows = graph.flows();
        let nodes = || graph.spec().node_ids();
        let (starts, ends): (Vec<FlowNode>, Vec<FlowNode>) = match direction {
            Direction::Forward => nodes().map(|node| (flows.start(plane, node), flows.reached(node))).unzip(),
            Direction::Reverse => nodes().map(|node| (flows.reached(node), flows.start(plane, node))).unzip(),
        };
        let condensation = Condensation::of(flows.adjacency(plane, direction, strength));
        let (components, sums) = sums(condensation, &ends, progress);
        let size = |start: FlowNode| sums[components.of(start)] - 1;
        Self { by_node: starts.into_iter().map(size).collect() }
    }

    /// The size of one node: how many others, itself left out.
    #[must_use]
    pub fn of(&self, node: NodeId) -> usize {
        self.by_node[node.index()] as usize
    }

    /// All sizes together: how many ordered pairs are connected.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.by_node.iter().map(|size| u64::from(*size)).sum()
    }
}

/// By component: how many doors it reaches, those in itself included. The components come with the numbers that they have here.
fn sums(graph: Condensation, doors: &[FlowNode], progress: &dyn Progress) -> (Components, Vec<u32>) {
    let weigh = |graph: &Condensation| Weights::of(&graph.components, doors.iter().copied());
    let budget = Budget::of_bitsets(graph.len(), bits::bytes(graph.len(), 32).min(MOST_RUNS));
    if let Some(runs) = Intervals::build(&graph, budget) {
        let weights = weigh(&graph);
        let sums = (0..graph.len()).map(|component| narrow(weights.of_runs(runs.of(component)))).collect();
        return (graph.components, sums);
    }
    let graph = graph.by_level();
    let sums = sweep(&graph, &weigh(&graph), rayon::current_num_threads(), progress);
    (graph.components, sums)
}

/// The sums by blocks of columns; each thread takes the next block that is left.
fn sweep(graph: &Condensation, weights: &Weights, threads: usize, progress: &dyn Progress) -> Vec<u32> {
    let width = width(graph.len(), threads);
    let blocks = graph.len().div_ceil(width * WORD);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let worker = |_| {
        let mut sums = vec![0_u32; graph.len()];
        let mut rows = crate::graph::Zeroed::new(graph.len() * width);
        let mut places = Places::default();
        let mut sizes: Vec<u32> = Vec::new();
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            if block >= blocks {
                return sums;
            }
            let first = block * width * WORD;
            let rows = rows.as_mut_slice();
            close_block(graph, first, width, rows, &mut places);
            let distinct = rows.chunks_exact(width).take(places.distinct);
            sizes.clear();
            sizes.extend(distinct.map(|row| narrow(weights.of_row(first, row))));
            for (sum, place) in sums[first..].iter_mut().zip(&places.of).filter(|(_, place)| **place != NONE)
            {
                *sum += sizes[*place as usize];
            }
            progress.advance(done.fetch_add(1, Ordering::Relaxed) + 1, blocks);
        }
    };
    let parts: Vec<Vec<u32>> = (0..threads.min(blocks)).into_par_iter().with_max_len(1).map(worker).collect();
    let mut parts = parts.into_iter();
    let mut sums = parts.next().unwrap_or_default();
    for part in parts {
        sums.iter_mut().zip(part).for_each(|(sum, more)| *sum += more);
    }
    sums
}

/// Words in a row: wide rows look at every arc less often, but all threads' buffers together must stay bounded.
fn width(components: usize, threads: usize) -> usize {
    let fits = |width: &usize| components * threads * width * size_of::<u64>() <= MOST_BUFFERS;
    [32, 8].into_iter().find(fits).unwrap_or(1)
}

/// A number of nodes: there are fewer than 2³² of them.
fn narrow(weight: u64) -> u32 {
    u32::try_from(weight).unwrap_or(u32::MAX)
}

/// The sizes of every node's blast radius. Paths run through the whole graph.
#[derive(Debug, Clone)]
pub struct FleetSizes<'g> {
    graph: &'g CapabilityGraph,
    influences: ReachSizes,
    influences_any: ReachSizes,
    learns_from: ReachSizes,
    learns_from_any: ReachSizes,
}

/// The figures of one node: how many other nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NodeSizes {
    /// It influences, with no declared guard failing.
    pub influences: usize,
    /// It influences, whatever guards fail.
    pub influences_any: usize,
    /// Their content comes to it, with no declared guard failing.
    pub learns_from: usize,
    /// Their content comes to it, whatever guards fail.
    pub learns_from_any: usize,
}

/// The four countings, in the order in which they are done.
const COUNTINGS: usize = 4;

impl<'g> FleetSizes<'g> {
    /// Counts, telling how far it is.
    #[must_use]
    pub fn count(graph: &'g CapabilityGraph, progress: &dyn Progress) -> Self {
        let count = |step, plane, strength| {
            let direction = match plane {
                Plane::Influence => Direction::Forward,
                Plane::Exposure => Direction::Reverse,
            };
            ReachSizes::count_with(graph, plane, strength, direction, &Part { step, progress })
        };
        Self {
            graph,
            influences: count(0, Plane::Influence, Strength::Open),
            influences_any: count(1, Plane::Influence, Strength::Any),
            learns_from: count(2, Plane::Exposure, Strength::Open),
            learns_from_any: count(3, Plane::Exposure, Strength::Any),
        }
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &'g CapabilityGraph {
        self.graph
    }

    /// How many other nodes there are for each: what the figures are counts of.
    #[must_use]
    pub fn others(&self) -> usize {
        self.graph.spec().nodes.len().saturating_sub(1)
    }

    /// The figures of a node.
    #[must_use]
    pub fn of(&self, node: NodeId) -> NodeSizes {
        NodeSizes {
            influences: self.influences.of(node),
            influences_any: self.influences_any.of(node),
            learns_from: self.learns_from.of(node),
            learns_from_any: self.learns_from_any.of(node),
        }
    }

    /// Puts the widest first: those that influence most with no guard failing, then whatever guards fail.
    pub fn rank(&self, nodes: &mut [NodeId]) {
        nodes.sort_by_cached_key(|node| {
            (Reverse(self.influences.of(*node)), Reverse(self.influences_any.of(*node)), *node)
        });
    }
}

/// One of several countings that are shown as one.
struct Part<'p> {
    step: usize,
    progress: &'p dyn Progress,
}

impl Progress for Part<'_> {
    fn advance(&self, done: usize, of: usize) {
        self.progress.advance((self.step * of).saturating_add(done), of.saturating_mul(COUNTINGS));
    }
}
