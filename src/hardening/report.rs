//! Everything that there is to say about a question, put together.

use super::chokes::Chokes;
use super::cut::CutAnswer;
use super::effects::Effects;
use super::pairs::connected;
use super::question::Question;
use super::trial::{Trial, best_path, changed};
use crate::analysis::{Path, Progress};
use crate::graph::{Between, CapabilityGraph, Strength};
use crate::model::WhatIf;

/// What keeps two groups of nodes apart.
#[derive(Debug)]
#[non_exhaustive]
pub struct Hardening<'g> {
    /// The graph.
    pub graph: &'g CapabilityGraph,
    /// What is asked.
    pub question: Question,
    /// Pairs that are connected, whatever guards stand between.
    pub connected: usize,
    /// Pairs that are open.
    pub open: usize,
    /// The best path that counts, of all pairs.
    pub best: Option<Path>,
    /// The smallest cut.
    pub cut: CutAnswer,
    /// What every path passes.
    pub chokes: Chokes,
    /// What single changes do.
    pub effects: Effects,
}

impl<'g> Hardening<'g> {
    /// Answers a question.
    #[must_use]
    pub fn compute(graph: &'g CapabilityGraph, question: Question, progress: &dyn Progress) -> Self {
        Self::answer(graph, question, &|trial, pairs, chokes| Effects::find(trial, pairs, chokes, progress))
    }

    /// Answers a question without trying single changes, which takes longest.
    #[must_use]
    pub fn cuts(graph: &'g CapabilityGraph, question: Question) -> Self {
        Self::answer(graph, question, &|_, _, _| Effects::default())
    }

    fn answer(
        graph: &'g CapabilityGraph,
        question: Question,
        effects: &dyn Fn(&Trial<'_>, usize, &Chokes) -> Effects,
    ) -> Self {
        let count = |strength| connected(graph, &Between { strength, ..question.between(graph.flows()) });
        let (connected, open) = (count(Strength::Any), count(Strength::Open));
        let trial = Trial::new(graph, &question);
        let pairs = if question.strength() == Strength::Any { connected } else { open };
        let best = best_path(graph, &question);
        let (cut, chokes, effects) = if pairs == 0 {
            (CutAnswer::Apart, Chokes::default(), Effects::default())
        } else {
            let chokes = Chokes::find(&trial);
            let effects = effects(&trial, pairs, &chokes);
            (CutAnswer::find(&trial), chokes, effects)
        };
        Self { graph, connected, open, best, cut, chokes, effects, question }
    }

    /// Pairs that count: connected ones, or open ones where guards are asked for.
    #[must_use]
    pub fn pairs(&self) -> usize {
        match self.question.strength() {
            Strength::Any => self.connected,
            Strength::Open => self.open,
        }
    }

    /// The best path that is left when changes are made, with the graph that it is a path of; `None` if none is.
    #[must_use]
    pub fn survivor(&self, changes: &[WhatIf]) -> Option<(CapabilityGraph, Path)> {
        let graph = changed(self.graph, changes);
        let path = best_path(&graph, &self.question)?;
        Some((graph, path))
    }
}
