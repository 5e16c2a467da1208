//! A graph and a sample → the self-check: what was compared, and what differed.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::difference::Differences;
use super::reach::{Reach, compare_all};
use super::{Sample, compare, engine};
use crate::analysis::{Matrix, MatrixRow, Strength};
use crate::graph::CapabilityGraph;
use crate::model::{NodeId, Plane};
use crate::reference::{Reference, Row};

/// What was compared with the reference, and how it came out.
#[derive(Debug, Clone)]
pub struct SelfCheck<'g> {
    /// The engine's graph.
    pub graph: &'g CapabilityGraph,
    /// The rows that were recomputed.
    pub sample: Sample,
    /// Cells compared, each in all four questions, and in whether what is tainted is steered.
    pub cells: usize,
    /// Of these, with something in them.
    pub filled: usize,
    /// Derived edges compared.
    pub derived: usize,
    /// Pairs that the closures were asked for.
    pub pairs: usize,
    /// Sizes of reach compared: those of the closures, and those that are counted with nothing kept, forwards and backwards.
    pub sizes: usize,
    /// Closures that were too large to keep, and so not asked; the sizes of their reach were compared all the same.
    pub unkept: Vec<(Plane, Strength)>,
    /// The nodes whose rows have a difference in them.
    pub differing: BTreeSet<NodeId>,
    /// The differences.
    pub differences: Differences,
}

/// Rows compared at once: enough to keep the threads busy, and few enough to fit any memory.
const CHUNK: usize = 64;

impl<'g> SelfCheck<'g> {
    /// Recomputes the rows of a sample, all derived edges, and the reach of the sample's nodes in all four closures.
    #[must_use]
    pub fn run(graph: &'g CapabilityGraph, sample: Sample) -> Self {
        Self::against(graph, &Reference::new(graph.spec()), sample)
    }

    /// The same against a reference that is there already. It should be that of the graph's own spec.
    fn against(graph: &'g CapabilityGraph, reference: &Reference<'_>, sample: Sample) -> Self {
        let mut check = Self {
            graph,
            cells: 0,
            filled: 0,
            derived: reference.derived().len(),
            pairs: 0,
            sizes: 0,
            unkept: Vec::new(),
            differing: BTreeSet::new(),
            differences: compare::derived(&engine::derived(graph), reference.derived()),
            sample,
        };
        check.rows(reference);
        for plane in [Plane::Influence, Plane::Exposure] {
            check.reach(reference, plane);
        }
        check
    }

    /// Whether engine and reference agree in everything.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.differences.is_empty()
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

    /// The closures and sizes of a plane.
    fn reach(&mut self, reference: &Reference<'_>, plane: Plane) {
        let reach = [Strength::Open, Strength::Any].map(|strength| Reach::of(self.graph, plane, strength));
        let mut connected = [0, 0];
        let compared = compare_all(reference, &self.sample.rows, plane, &reach);
        for (at, both) in compared.into_iter().enumerate() {
            for (sum, (differences, size)) in connected.iter_mut().zip(both) {
                *sum += size;
                self.note(at, differences);
            }
        }
        for (reach, sum) in reach.iter().zip(connected) {
            self.sizes += reach.sizes() * self.sample.rows.len();
            match reach.closure {
                Some(_) => self.pairs += self.others() * self.sample.rows.len(),
                None => self.unkept.push((plane, reach.strength)),
            }
            if self.sample.rows.len() == self.graph.spec().nodes.len() {
                self.differences.append(reach.compare_pairs(sum));
            }
        }
    }

    fn note(&mut self, position: usize, found: Differences) {
        if !found.is_empty() {
            self.differing.insert(self.sample.rows[position]);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Spec;
    use crate::verification::Subject;

    const SPEC: &str = include_str!("../../tests/conformance/secrets.yaml");
    const TOOLS: &str = include_str!("../../tests/conformance/passive-tools.yaml");

    fn spec(text: &str) -> Spec {
        Spec::from_text("secrets.yaml", text).unwrap()
    }

    /// The engine reads one spec and the reference another in which a single word differs: as if the engine were wrong.
    fn against_another(text: &str, from: &str, to: &str) -> Vec<Subject> {
        let graph = CapabilityGraph::build(spec(text));
        let other = spec(&text.replacen(from, to, 1));
        let check = SelfCheck::against(&graph, &Reference::new(&other), Sample::all(&graph));
        assert!(!check.is_equal() && !check.differing.is_empty(), "{from} → {to}");
        assert_eq!(check.differences.first.len(), check.differences.count.min(Differences::KEPT));
        check.differences.first.into_iter().map(|difference| difference.subject).collect()
    }

    #[test]
    fn an_engine_that_misreads_a_word_is_found() {
        let words = [
            ("isolation: per-call, untrusted", "isolation: shared, untrusted"),
            ("guards: [quarantine]", "guards: [typed-output]"),
            ("returns: false", "returns: true"),
            ("kind: service, ", "kind: human, "),
            ("log: {kind: file}", "log: {kind: sandbox}"),
            ("isolation: shared}", "isolation: per-call}"),
            ("general: true", "general: false"),
            ("observe: [broker]", "read: [broker]"),
        ];
        for (from, to) in words {
            against_another(SPEC, from, to);
        }
        let words = [
            ("relays: true", "relays: false"),
            ("partitioned: true", "partitioned: false"),
            ("enforced: false", "enforced: true"),
            ("general: true", "general: false"),
            ("isolation: shared", "isolation: per-call"),
            ("helpdesk: {isolation: per-call", "helpdesk: {isolation: shared"),
            ("github: {egress: true", "github: {egress: false"),
            ("web: {untrusted: true", "web: {untrusted: false"),
        ];
        for (from, to) in words {
            against_another(TOOLS, from, to);
        }
    }

    #[test]
    fn an_engine_that_takes_the_tainted_for_the_steered_is_found() {
        let subjects = against_another(TOOLS, "push: {relays: true", "push: {relays: false");
        assert!(subjects.iter().any(|subject| matches!(subject, Subject::Steered { .. })), "{subjects:?}");
    }

    #[test]
    fn authority_that_is_not_closed_is_found() {
        let subjects = against_another(SPEC, "opens: [db]", "opens: [db, prod]");
        assert!(matches!(subjects[0], Subject::Derived(_)), "derived edges are compared first");
    }

    #[test]
    fn what_differs_everywhere_is_counted_and_not_kept() {
        let graph = CapabilityGraph::build(spec(SPEC));
        let nothing = spec("version: 1\nagents: {a: }\n");
        let other = Spec { nodes: graph.spec().nodes.clone(), ..nothing };
        let check = SelfCheck::against(&graph, &Reference::new(&other), Sample::all(&graph));
        assert_eq!(check.differences.first.len(), Differences::KEPT);
        assert!(check.differences.count > 500, "{}", check.differences.count);
        let silent = graph.spec().node_ids().filter(|node| !check.differing.contains(node)).count();
        assert!(silent < graph.spec().nodes.len() / 2);
    }
}
