//! Boolean reach of all pairs: is there a path at all, is there an open one?
//!
//! Components in the order in which they were emitted, so that what a component reaches is known when it is asked for; one
//! bitset row a component over components, OR-ed together in column blocks that stay in cache, blocks in parallel. This is
//! the closure of Purdom ("A transitive closure algorithm", 1970) on bitsets. Exact, uncapped.

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::components::Components;
use crate::graph::{CapabilityGraph, Cost, Direction, FlowNode};
use crate::spec::{NodeId, Plane};

/// Which paths count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Paths on which no declared guard has to fail.
    Open,
    /// All paths.
    Any,
}

impl Strength {
    /// Whether a flow or path with this cost counts.
    #[must_use]
    pub fn counts(self, cost: Cost) -> bool {
        match self {
            Self::Open => cost.is_open(),
            Self::Any => true,
        }
    }
}

/// Columns in a block: 2,048 bits are four kilobytes for sixteen rows, so the rows of a whole fleet stay in cache.
const BLOCK: usize = 2048;

/// The closure of one plane.
#[derive(Debug, Clone)]
pub struct Reachability<'g> {
    graph: &'g CapabilityGraph,
    components: Components,
    /// By block of columns, then by component: which components of the block it reaches.
    blocks: Vec<Vec<FixedBitSet>>,
    /// By component: how many nodes are reached by reaching it, that is, have their call door in it.
    weights: Vec<usize>,
}

impl<'g> Reachability<'g> {
    /// Computes the closure over the flows that `strength` counts.
    #[must_use]
    pub fn close(graph: &'g CapabilityGraph, plane: Plane, strength: Strength) -> Self {
        let components = Components::find(graph.flows(), plane, strength);
        let successors = successors(graph, &components, plane, strength);
        let blocks = (0..components.len().div_ceil(BLOCK))
            .into_par_iter()
            .map(|block| close_block(&successors, block * BLOCK))
            .collect();
        let mut weights = vec![0; components.len()];
        for node in graph.spec().node_ids() {
            weights[components.of(graph.flows().call(node))] += 1;
        }
        Self { graph, components, blocks, weights }
    }

    /// Whether content of `from` can come to `to`: own(from) → call(to). A node does not reach itself.
    #[must_use]
    pub fn reaches(&self, from: NodeId, to: NodeId) -> bool {
        let flows = self.graph.flows();
        from != to && self.connects(flows.own(from), flows.call(to))
    }

    /// How many nodes a node reaches.
    #[must_use]
    pub fn reach_size(&self, from: NodeId) -> usize {
        // The free step takes every node to itself, which does not count.
        self.weight(self.components.of(self.graph.flows().own(from))) - 1
    }

    /// How many ordered pairs are connected.
    #[must_use]
    pub fn pairs(&self) -> usize {
        let flows = self.graph.flows();
        let is_own = |door: &&FlowNode| flows.own(flows.node(**door)) == **door;
        let pairs = |component: usize| {
            let sources = self.components.members(component).iter().filter(is_own).count();
            if sources == 0 { 0 } else { sources * (self.weight(component) - 1) }
        };
        (0..self.components.len()).into_par_iter().map(pairs).sum()
    }

    /// How many nodes can be reached from a component.
    fn weight(&self, component: usize) -> usize {
        let inside = |block: usize| self.blocks[block][component].ones().map(move |at| block * BLOCK + at);
        let reached = (0..self.blocks.len()).flat_map(inside).map(|other| self.weights[other]);
        self.weights[component] + reached.sum::<usize>()
    }

    fn connects(&self, from: FlowNode, to: FlowNode) -> bool {
        let (source, target) = (self.components.of(from), self.components.of(to));
        source == target || self.blocks[target / BLOCK][source].contains(target % BLOCK)
    }
}

/// The condensation: by component, the distinct smaller-numbered components that its arcs lead to.
fn successors(
    graph: &CapabilityGraph,
    components: &Components,
    plane: Plane,
    strength: Strength,
) -> Vec<Vec<u32>> {
    let flows = graph.flows();
    (0..components.len())
        .into_par_iter()
        .map(|component| {
            let members = components.members(component).iter();
            let arcs = members.flat_map(|node| flows.arcs_at(plane, Direction::Forward, *node));
            let counted = arcs.filter(|arc| strength.counts(arc.cost()));
            let others = counted.map(|arc| components.of(arc.other)).filter(|other| *other != component);
            let mut others: Vec<u32> = others.filter_map(|other| u32::try_from(other).ok()).collect();
            others.sort_unstable();
            others.dedup();
            others
        })
        .collect()
}

/// One block of columns for all components. Rows before the block cannot reach into it, and stay empty.
fn close_block(successors: &[Vec<u32>], first: usize) -> Vec<FixedBitSet> {
    let width = BLOCK.min(successors.len() - first);
    let mut rows: Vec<FixedBitSet> = Vec::with_capacity(successors.len());
    for (component, others) in successors.iter().enumerate() {
        let mut row = FixedBitSet::with_capacity(if component < first { 0 } else { width });
        for &other in others.iter().filter(|other| **other as usize >= first) {
            let other = other as usize;
            if other < first + width {
                row.insert(other - first);
            }
            row.union_with(&rows[other]);
        }
        rows.push(row);
    }
    rows
}
