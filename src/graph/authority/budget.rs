//! What authority may derive: counted while edges are made, so that neither time nor memory explodes before it is found; and what is
//! wrong with a spec that derives more.

use crate::language::{Code, Diagnostic, Diagnostics, Label};
use crate::model::{NodeId, Spec, Verb, quoted};

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

/// Why a closure was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exceeded {
    /// Whom the edge is for that was one too many.
    pub actor: NodeId,
    /// What is too much.
    pub figure: Figure,
}

/// What is too much, with the most that may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Figure {
    /// Edges.
    Edges(usize),
    /// Ways of an actor to a verb on this target.
    Ways(usize, Verb, NodeId),
    /// Steps to find them in.
    Steps(usize),
}

/// Why there is no graph of a spec.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TooMuchAuthority {
    /// What is too much.
    pub exceeded: Exceeded,
    /// The same as a mistake of the spec.
    pub diagnostics: Diagnostics,
}

impl std::fmt::Display for TooMuchAuthority {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.diagnostics.fmt(formatter)
    }
}

impl std::error::Error for TooMuchAuthority {}

impl Exceeded {
    /// With what is wrong with the spec that derives so much.
    pub(in crate::graph) fn of(self, spec: &Spec) -> TooMuchAuthority {
        TooMuchAuthority { exceeded: self, diagnostics: self.diagnostics(spec) }
    }

    fn diagnostics(self, spec: &Spec) -> Diagnostics {
        let name = |node: NodeId| quoted(spec.node_name(node));
        let actor = name(self.actor);
        let (message, help) = match self.figure {
            Figure::Edges(most) => (
                format!("authority derives more than {most} edges, counted up to those of `{actor}`"),
                "let fewer roles assume one another, or credentials open fewer targets; `crabwalk graph` draws what is derived of a part",
            ),
            Figure::Steps(most) => (
                format!("what authority derives for `{actor}` is not found in {most} steps"),
                "let fewer roles have the same rights: one role for what they share is enough",
            ),
            Figure::Ways(most, verb, to) => (
                format!(
                    "`{actor}` comes to {verb} `{}` in more than {most} ways that differ in guards",
                    name(to)
                ),
                "let fewer roles assume one another, or put the same guard on ways that are as good",
            ),
        };
        let place = spec.node(self.actor).place;
        let label = Label { place, text: "the limit is reached here".to_owned() };
        let item = Diagnostic {
            code: Code::TooMuchAuthority,
            message,
            labels: vec![label],
            help: Some(help.to_owned()),
        };
        Diagnostics { files: spec.files.clone(), items: vec![item] }
    }
}
