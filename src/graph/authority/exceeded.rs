//! Why a closure of authority was given up → the mistake to report, with its place.

use crate::language::{Code, Diagnostic, Diagnostics, Label};
use crate::model::{NodeId, Spec, Verb, quoted};

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
