//! The smallest cut of a question, and the changes of the spec that make it.

use std::collections::BTreeSet;

use super::guards::stopping;
use super::question::{By, Question};
use super::realize::Realizer;
use super::trial::Trial;
use crate::analysis::Path;
use crate::graph::{CapabilityGraph, CutArc, EdgeId, minimum_cuts};
use crate::model::{Leg, WhatIf};

/// What cuts a question.
#[derive(Debug)]
pub enum CutAnswer {
    /// There is no path to cut.
    Apart,
    /// The smallest cut that lies nearest to where content should not arrive, and the one nearest to where it starts if that is
    /// another.
    Cut {
        /// The one nearest to the ends.
        near_ends: Cut,
        /// The one nearest to the starts.
        near_starts: Option<Cut>,
    },
    /// No cut: nothing on this path may be cut.
    Uncuttable(Path),
    /// Guards were asked for, and none of the spec's stops this plane.
    NoGuard,
}

/// A smallest cut. Its size is exact: no smaller set of edges (or of legs, by guards) parts the two groups as the derived edges
/// stand.
#[derive(Debug)]
#[non_exhaustive]
pub struct Cut {
    /// Its edges, declared ones first, in their order.
    pub edges: Vec<CutEdge>,
    /// The changes of the spec that make it: with all of them made and everything derived anew, no pair is left, and with any
    /// one of them left out, some pair is.
    pub changes: Vec<WhatIf>,
    /// Capabilities that go with the changes, those that they name not counted.
    pub lost: usize,
}

/// One edge of a cut.
#[derive(Debug)]
#[non_exhaustive]
pub struct CutEdge {
    /// The edge.
    pub edge: EdgeId,
    /// Which of its flows the cut crosses.
    pub leg: Leg,
    /// The changes that take it away: itself for a declared edge; for a derived one, of what it is derived from. Empty where it
    /// goes with the changes of others.
    pub changes: Vec<WhatIf>,
    /// For a derived edge, single changes that would do as well.
    pub instead: Vec<WhatIf>,
}

/// The smallest cut alone.
#[must_use]
pub fn smallest_cut(graph: &CapabilityGraph, question: &Question) -> CutAnswer {
    CutAnswer::find(&Trial::new(graph, question))
}

impl CutAnswer {
    /// Finds the smallest cuts and what makes them, each recomputed from the spec.
    pub(super) fn find(trial: &Trial<'_>) -> Self {
        if trial.question.by == By::Guards && stopping(trial.graph.spec(), trial.question.plane).is_empty() {
            return Self::NoGuard;
        }
        let graph = trial.graph;
        let between = trial.question.between(graph.flows());
        // Derived edges that no change may take away.
        let mut fixed: BTreeSet<EdgeId> = BTreeSet::new();
        loop {
            let cuts = minimum_cuts(graph.flows(), &between, &|edge| price(trial, edge, &fixed));
            let cuts = match cuts {
                Ok(cuts) => cuts,
                Err(arcs) => {
                    return Path::along(graph, trial.question.plane, &arcs)
                        .map_or(Self::Apart, Self::Uncuttable);
                }
            };
            if cuts.near_targets.is_empty() {
                return Self::Apart;
            }
            let near_ends = match Realizer::new(trial).realize(&cuts.near_targets) {
                Ok(cut) => cut,
                // It is in no later cut, so that this ends.
                Err(edge) => {
                    fixed.insert(edge);
                    continue;
                }
            };
            let other = (cuts.near_sources != cuts.near_targets).then(|| {
                // What cannot be taken away here is in the way of this cut alone.
                Realizer::new(trial).realize(&cuts.near_sources).ok()
            });
            return Self::Cut { near_ends, near_starts: other.flatten() };
        }
    }
}

/// What an edge costs: the fewest edges count first, then the fewest derived ones among them.
fn price(trial: &Trial<'_>, edge: EdgeId, fixed: &BTreeSet<EdgeId>) -> Option<u64> {
    let graph = trial.graph;
    let one = graph.edges().len() as u64 + 1;
    let may_go = !fixed.contains(&edge)
        && (trial.question.by == By::Guards
            || !graph.declaration(graph.edge(edge)).is_some_and(|declared| declared.uncuttable));
    may_go.then(|| one + u64::from(!graph.edge(edge).is_declared()))
}

/// Which leg of its edge an arc is.
pub(super) fn leg(graph: &CapabilityGraph, arc: &CutArc) -> Leg {
    graph.leg(arc.edge, graph.flows().node(arc.from))
}
