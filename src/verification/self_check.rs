//! A graph and a sample → the self-check: what was compared, and what differed.

use rayon::prelude::*;

use super::compare::{self, Reach};
use super::difference::{Answer, Differences, Subject};
use super::{Sample, engine};
use crate::analysis::{Matrix, MatrixRow, Reachability, Strength};
use crate::graph::CapabilityGraph;
use crate::reference::{Reference, Row};
use crate::spec::{NodeId, Plane};

/// What was compared with the reference, and how it came out.
#[derive(Debug, Clone)]
pub struct SelfCheck<'g> {
    /// The engine's graph.
    pub graph: &'g CapabilityGraph,
    /// The rows that were recomputed.
    pub sample: Sample,
    /// Cells compared, each in all four questions.
    pub cells: usize,
    /// Of these, with something in them.
    pub filled: usize,
    /// Derived edges compared.
    pub derived: usize,
    /// Pairs that the closures were asked for.
    pub pairs: usize,
    /// Sizes of reach that the closures were asked for.
    pub sizes: usize,
    /// Rows of which the engine and the reference say different things, by position in the sample.
    differing: Vec<bool>,
    /// The differences.
    pub differences: Differences,
}

/// Rows compared at once: enough to keep the threads busy, and few enough to fit any memory.
const CHUNK: usize = 64;

impl<'g> SelfCheck<'g> {
    /// Recomputes the rows of a sample, all derived edges, and the reach of the sample's nodes in all four closures.
    #[must_use]
    pub fn run(graph: &'g CapabilityGraph, sample: Sample) -> Self {
        let reference = Reference::new(graph.spec());
        let mut check = Self {
            graph,
            cells: 0,
            filled: 0,
            derived: reference.derived().len(),
            pairs: 0,
            sizes: 0,
            differing: vec![false; sample.rows.len()],
            differences: compare::derived(&engine::derived(graph), reference.derived()),
            sample,
        };
        check.rows(&reference);
        for plane in [Plane::Influence, Plane::Exposure] {
            check.closures(&reference, plane);
        }
        check
    }

    /// Whether engine and reference agree in everything.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.differences.is_empty()
    }

    /// How many rows have a difference in them.
    #[must_use]
    pub fn differing_rows(&self) -> usize {
        self.differing.iter().filter(|differs| **differs).count()
    }

    /// Nodes beside the row's own.
    fn others(&self) -> usize {
        self.graph.spec().nodes.len().saturating_sub(1)
    }

    /// The cells of all rows.
    fn rows(&mut self, reference: &Reference<'_>) {
        let all: Vec<NodeId> = self.graph.spec().node_ids().collect();
        let matrix = Matrix::restricted(self.graph, self.sample.rows.clone(), &all);
        let mut engine = matrix.rows();
        for first in (0..self.sample.rows.len()).step_by(CHUNK) {
            let nodes = self.sample.rows[first..].chunks(CHUNK).next().unwrap_or_default();
            let rows: Vec<MatrixRow> = engine.by_ref().take(nodes.len()).collect();
            for (at, (filled, differences)) in compare_rows(reference, nodes, &rows).into_iter().enumerate() {
                self.cells += self.others();
                self.filled += filled;
                self.note(first + at, differences);
            }
        }
    }

    /// The two closures of a plane.
    fn closures(&mut self, reference: &Reference<'_>, plane: Plane) {
        let close = |strength| Reachability::close(self.graph, plane, strength);
        let closures = [Strength::Open, Strength::Any].map(|strength| (strength, close(strength)));
        let mut connected = [0, 0];
        for (at, both) in
            compare_reach(reference, &self.sample.rows, plane, &closures).into_iter().enumerate()
        {
            for (sum, (size, differences)) in connected.iter_mut().zip(both) {
                *sum += size;
                self.pairs += self.others();
                self.sizes += 1;
                self.note(at, differences);
            }
        }
        if self.sample.rows.len() == self.graph.spec().nodes.len() {
            for ((strength, closure), sum) in closures.iter().zip(connected) {
                let (engine, reference) = (Answer::Count(closure.pairs()), Answer::Count(sum));
                let subject = || Subject::Pairs { plane, strength: *strength };
                self.differences.ask(engine, reference, subject);
            }
        }
    }

    fn note(&mut self, position: usize, found: Differences) {
        self.differing[position] |= !found.is_empty();
        self.differences.append(found);
    }
}

/// For each row, how many cells of the reference hold something, and what differs.
fn compare_rows(
    reference: &Reference<'_>,
    nodes: &[NodeId],
    engine: &[MatrixRow],
) -> Vec<(usize, Differences)> {
    let compared = nodes.par_iter().enumerate().map(|(at, &from)| {
        let wanted = reference.row(from);
        // A row that did not come, or came out of turn, is a row without cells.
        let found = engine.get(at).filter(|row| row.from == from);
        let found = found.map_or(Row { from, cells: Vec::new() }, engine::row);
        (wanted.cells.len(), compare::rows(&found, &wanted))
    });
    compared.collect()
}

/// For each node and closure, how many others the reference finds in reach, and what differs.
fn compare_reach(
    reference: &Reference<'_>,
    nodes: &[NodeId],
    plane: Plane,
    closures: &[(Strength, Reachability<'_>); 2],
) -> Vec<[(usize, Differences); 2]> {
    let compared = nodes.par_iter().map(|&from| {
        let wanted = reference.reached(plane, from);
        closures.each_ref().map(|(strength, closure)| {
            let connects = |to| closure.reaches(from, to);
            let size = closure.reach_size(from);
            compare::reach(&Reach { plane, strength: *strength, from, connects, size }, &wanted)
        })
    });
    compared.collect()
}
