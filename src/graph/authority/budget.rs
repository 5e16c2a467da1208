//! What authority may derive: counted while edges are made, so that neither time nor memory explodes before it is found.

use super::exceeded::{Exceeded, Figure};
use crate::model::{NodeId, Spec, Verb};

/// How many edges any spec may derive, and how many more for each of its nodes. A large fleet may derive much; a small text that
/// stands for millions of edges is refused.
const MOST_DERIVED: usize = 160_000;
const MOST_A_NODE: usize = 16;

/// So many guards on an edge count as one more edge: a long list takes as much memory.
const GUARDS: usize = 16;

/// In how many ways that differ in guards an actor may come to one verb on one target. None of them is weaker than another, so each
/// new one is compared with all.
const MOST_WAYS: usize = 1_000;

/// How many steps an edge may take on average. Where many roles have the same rights, each role brings them all.
const STEPS: usize = 20;

/// Looks at other ways to the same target that count as a step.
const LOOKS: usize = 16;

/// How many edges a spec may derive.
#[must_use]
pub fn most_derived(spec: &Spec) -> usize {
    MOST_DERIVED + MOST_A_NODE * spec.nodes.len()
}

/// What is left.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    most: usize,
    made: usize,
    steps: usize,
}

impl Budget {
    pub(super) fn new(most: usize) -> Self {
        Self { most, made: 0, steps: 0 }
    }

    /// Counts an edge with so many guards on its request and on its result.
    pub(super) fn edge(&mut self, actor: NodeId, guards: usize) -> Result<(), Exceeded> {
        self.edges(actor, weight(guards))
    }

    /// Counts several.
    pub(super) fn edges(&mut self, actor: NodeId, count: usize) -> Result<(), Exceeded> {
        self.made = self.made.saturating_add(count);
        if self.made > self.most {
            return Err(Exceeded { actor, figure: Figure::Edges(self.most) });
        }
        Ok(())
    }

    /// Counts steps.
    pub(super) fn steps(&mut self, actor: NodeId, count: usize) -> Result<(), Exceeded> {
        self.steps = self.steps.saturating_add(count);
        let most = self.most.saturating_mul(STEPS);
        if self.steps > most {
            return Err(Exceeded { actor, figure: Figure::Steps(most) });
        }
        Ok(())
    }

    /// Whether there may be so many ways, all of which one is compared with.
    pub(super) fn ways(
        &mut self,
        actor: NodeId,
        (verb, to): (Verb, NodeId),
        count: usize,
    ) -> Result<(), Exceeded> {
        if count > MOST_WAYS && self.most < usize::MAX {
            return Err(Exceeded { actor, figure: Figure::Ways(MOST_WAYS, verb, to) });
        }
        self.steps(actor, count / LOOKS)
    }

    /// How many edges may be made.
    pub(super) fn most(&self) -> usize {
        self.most
    }
}

/// What an edge with so many guards counts.
pub(super) fn weight(guards: usize) -> usize {
    1 + guards / GUARDS
}
