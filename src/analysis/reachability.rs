//! Boolean reach of all pairs, kept: is there a path at all, is there an open one?
//!
//! The condensation's closure, as runs of component numbers while those are smaller than bitsets, as bitsets otherwise. Both
//! give the same answers; exact, uncapped.

use rayon::prelude::*;

use super::bits;
use super::bits::Bits;
use super::component_weights::Weights;
use super::condensation::Condensation;
use super::intervals::{Budget, Intervals};
use crate::graph::{CapabilityGraph, Components, Direction, Strength};
use crate::model::{NodeId, Plane};

/// How a closure is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// Runs where they are smaller than bitsets, bitsets otherwise.
    #[default]
    Smallest,
    /// Runs of component numbers, whatever they take.
    Runs,
    /// Bitsets in blocks of this many columns: 64, 512, 2,048 or 4,096; any other number is taken as 2,048.
    Bits(usize),
}

/// Words in a row of a block: 2,048 columns.
const WIDTH: usize = 32;

/// The closure of one plane.
#[derive(Debug)]
pub struct Reachability<'g> {
    graph: &'g CapabilityGraph,
    plane: Plane,
    components: Components,
    kept: Kept,
    /// By component: how many nodes are reached by reaching it.
    weights: Weights,
}

#[derive(Debug)]
enum Kept {
    Runs(Intervals),
    Bits(Bits),
}

impl Kept {
    /// Closes a condensation. Its components come back with the numbers by which what is kept knows them.
    fn close(graph: Condensation, layout: Layout) -> (Components, Self) {
        let width = match layout {
            Layout::Bits(columns) => columns / bits::WORD,
            _ => WIDTH,
        };
        let budget = match layout {
            Layout::Smallest => Budget::of_bitsets(graph.len(), bits::bytes(graph.len(), width)),
            Layout::Runs => Budget::NONE,
            Layout::Bits(_) => Budget { bytes: 0, runs_an_arc: 0 },
        };
        if let Some(runs) = Intervals::build(&graph, budget) {
            return (graph.components, Self::Runs(runs));
        }
        let graph = graph.by_level();
        let bits = Bits::close(&graph, if matches!(width, 1 | 8 | 64) { width } else { WIDTH });
        (graph.components, Self::Bits(bits))
    }
}

impl<'g> Reachability<'g> {
    /// Computes the closure over the flows that `strength` counts.
    #[must_use]
    pub fn close(graph: &'g CapabilityGraph, plane: Plane, strength: Strength) -> Self {
        Self::close_as(graph, plane, strength, Layout::Smallest)
    }

    /// As [`Self::close`], kept as `layout` says.
    #[must_use]
    pub fn close_as(graph: &'g CapabilityGraph, plane: Plane, strength: Strength, layout: Layout) -> Self {
        let flows = graph.flows();
        let condensation = Condensation::of(flows.adjacency(plane, Direction::Forward, strength));
        let (components, kept) = Kept::close(condensation, layout);
        let weights = Weights::of(&components, graph.spec().node_ids().map(|node| flows.reached(node)));
        Self { graph, plane, components, kept, weights }
    }

    /// Whether content of `from` can come to `to`: from where ways of the plane start to where `to` is reached. A node does not reach itself.
    #[must_use]
    pub fn reaches(&self, from: NodeId, to: NodeId) -> bool {
        let flows = self.graph.flows();
        let (source, target) = (self.source(from), self.components.of(flows.reached(to)));
        from != to
            && match &self.kept {
                Kept::Runs(runs) => runs.contains(source, target),
                Kept::Bits(bits) => bits.contains(source, target),
            }
    }

    /// How many nodes a node reaches.
    #[must_use]
    pub fn reach_size(&self, from: NodeId) -> usize {
        // Free steps take every node to itself, which does not count.
        count(self.weight(self.source(from)) - 1)
    }

    /// How many ordered pairs are connected.
    #[must_use]
    pub fn pairs(&self) -> usize {
        let mut sources = vec![0_usize; self.components.len()];
        self.graph.spec().node_ids().for_each(|node| sources[self.source(node)] += 1);
        let pairs = |component: usize| {
            let sources = sources[component];
            if sources == 0 { 0 } else { sources * (count(self.weight(component)) - 1) }
        };
        (0..self.components.len()).into_par_iter().map(pairs).sum()
    }

    /// Bytes that the closure takes, without the components.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match &self.kept {
            Kept::Runs(runs) => runs.bytes(),
            Kept::Bits(bits) => bits.bytes(),
        }
    }

    /// The component in which the ways of a node start.
    fn source(&self, node: NodeId) -> usize {
        self.components.of(self.graph.flows().start(self.plane, node))
    }

    /// How many nodes can be reached from a component.
    fn weight(&self, component: usize) -> u64 {
        match &self.kept {
            Kept::Runs(runs) => self.weights.of_runs(runs.of(component)),
            Kept::Bits(bits) => {
                bits.rows_of(component).map(|(first, row)| self.weights.of_row(first, row)).sum()
            }
        }
    }
}

fn count(weight: u64) -> usize {
    usize::try_from(weight).unwrap_or(usize::MAX)
}
