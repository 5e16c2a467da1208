//! The smallest cut of a question, and the changes of the spec that make it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::candidates::{guarded, premises, without};
use super::declared_paths::DeclaredPaths;
use super::question::{By, Question, stopping};
use super::trial::Trial;
use crate::analysis::Path;
use crate::graph::{Arc, CapabilityGraph, CutArc, Direction, EdgeId, FlowNode, Origin, Step, minimum_cuts};
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
            let by_guards = trial.question.by == By::Guards;
            let unit = |edge: EdgeId, tail: FlowNode| {
                (edge, by_guards && graph.leg(edge, graph.flows().node(tail)) == Leg::Result)
            };
            let cuts = minimum_cuts(graph.flows(), &between, &unit, &|edge| price(trial, edge, &fixed));
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

/// So many changes are tried for a derived edge, the most local ones, and to revoke the credentials that it stands on.
const TRIED: usize = 8;

/// Makes cuts.
struct Realizer<'t, 'g> {
    trial: &'t Trial<'g>,
    changes: Vec<WhatIf>,
}

impl<'t, 'g> Realizer<'t, 'g> {
    pub(super) fn new(trial: &'t Trial<'g>) -> Self {
        Self { trial, changes: Vec::new() }
    }

    /// Finds the changes that make a cut.
    ///
    /// # Errors
    /// A derived edge of the cut that no change may take away.
    fn realize(mut self, arcs: &[CutArc]) -> Result<Cut, EdgeId> {
        let mut edges: Vec<CutEdge> = arcs.iter().map(|arc| self.declared(arc)).collect();
        for (edge, arc) in edges.iter_mut().zip(arcs) {
            if !self.trial.graph.edge(edge.edge).is_declared() {
                self.derived(edge, arc)?;
            }
        }
        self.drop_needless(&mut edges);
        let graph = self.trial.changed(&self.changes);
        let lost = self.trial.lost(&graph, &self.changes);
        Ok(Cut { edges, changes: self.changes, lost })
    }

    /// An edge of the cut, with the change that takes it away if it is declared.
    fn declared(&mut self, arc: &CutArc) -> CutEdge {
        let (graph, question) = (self.trial.graph, self.trial.question);
        let leg = leg(graph, arc);
        let change = match (graph.edge(arc.edge).origin, question.by) {
            (Origin::Declared(position), By::Edges) => without(graph.spec(), position),
            (Origin::Declared(position), By::Guards) => guarded(graph.spec(), position, leg, question.plane),
            (
                Origin::Role(_)
                | Origin::Key
                | Origin::Holder(_)
                | Origin::Outsider(_)
                | Origin::Insider { .. },
                By::Edges | By::Guards,
            ) => None,
        };
        self.changes.extend(change);
        CutEdge { edge: arc.edge, leg, changes: change.into_iter().collect(), instead: Vec::new() }
    }

    /// Adds changes until a derived edge is gone.
    fn derived(&mut self, edge: &mut CutEdge, arc: &CutArc) -> Result<(), EdgeId> {
        loop {
            let graph = self.trial.changed(&self.changes);
            let Some(still) = self.still(&graph, arc) else { return Ok(()) };
            let untried = premises(&graph, still, self.trial.question.by, self.trial.question.plane);
            let untried: Vec<WhatIf> =
                untried.into_iter().filter(|change| !self.changes.contains(change)).collect();
            let tried = untried
                .iter()
                .copied()
                .enumerate()
                .filter(|(place, change)| *place < TRIED || matches!(change, WhatIf::Revoke(_)));
            let tried: Vec<WhatIf> = tried.map(|(_, change)| change).collect();
            let enough: Vec<WhatIf> =
                tried.par_iter().copied().filter(|change| self.is_enough(*change, arc)).collect();
            // Where the edge stands on several things, one after the other is taken away.
            let Some(change) = enough.first().or(untried.first()).copied() else { return Err(arc.edge) };
            edge.instead = enough.into_iter().skip(1).collect();
            edge.changes.push(change);
            self.changes.push(change);
        }
    }

    /// Whether one change more takes a derived edge away.
    fn is_enough(&self, change: WhatIf, arc: &CutArc) -> bool {
        let changes: Vec<WhatIf> = self.changes.iter().copied().chain([change]).collect();
        self.still(&self.trial.changed(&changes), arc).is_none()
    }

    /// The derived edge between the same doors that says the same of the same nodes and still counts, if there is one.
    fn still(&self, graph: &CapabilityGraph, arc: &CutArc) -> Option<EdgeId> {
        let wanted = self.trial.graph.edge(arc.edge).key();
        let question = self.trial.question;
        let same_door = |door: FlowNode| {
            let (node, side) = self.trial.graph.flows().side_of(door);
            graph.flows().side(node, side)
        };
        let (from, to) = (same_door(arc.from), same_door(arc.to));
        let arcs = graph.flows().arcs_at(question.plane, Direction::Forward, from);
        let counts = |found: &Arc| found.other == to && question.strength().counts(found.cost());
        arcs.filter(counts).find_map(|found| match found.step {
            Step::Edge(id) if !graph.edge(id).is_declared() && graph.edge(id).key() == wanted => Some(id),
            _ => None,
        })
    }

    /// Takes back what is not needed beside the rest: a change that takes derived edges away, in the cut or not,
    /// may make others needless.
    fn drop_needless(&mut self, edges: &mut [CutEdge]) {
        let trial = self.trial;
        if trial.graph.derived_count() == 0 {
            // A smallest cut needs each of its edges.
            return;
        }
        let mut declared = DeclaredPaths::without(trial, &self.changes);
        for change in self.changes.clone() {
            // Then it is needed, whatever is derived; nothing has to be derived anew to see it.
            if declared.come_back(change) {
                continue;
            }
            let others: Vec<WhatIf> = self.changes.iter().copied().filter(|other| *other != change).collect();
            if trial.left(&others) == 0 {
                declared = DeclaredPaths::without(trial, &others);
                self.changes = others;
                edges.iter_mut().for_each(|edge| edge.changes.retain(|made| *made != change));
            }
        }
    }
}
