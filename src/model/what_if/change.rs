//! Changes that can be tried on a spec, and how they are said.

use thiserror::Error;

use crate::model::ids::{GuardId, NodeId};
use crate::model::spec::{Edge, Leg, Spec};
use crate::model::vocabulary::Verb;

/// A declared edge by what makes it one: no two declared edges agree in all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeKey {
    /// The actor.
    pub from: NodeId,
    /// What it may do.
    pub verb: Verb,
    /// To whom.
    pub to: NodeId,
}

impl EdgeKey {
    /// The key of an edge.
    #[must_use]
    pub fn of(edge: &Edge) -> Self {
        Self { from: edge.from, verb: edge.verb, to: edge.to }
    }

    /// `ACTOR:VERB:TARGET`, as the command line takes it.
    #[must_use]
    pub fn words(self, spec: &Spec) -> String {
        format!("{}:{}:{}", spec.node_name(self.from), self.verb, spec.node_name(self.to))
    }
}

/// One change to try. None of them adds a flow, but [`WhatIf::Broker`] gives a verb in exchange for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum WhatIf {
    /// The edge is not declared.
    Without(EdgeKey),
    /// One more guard stands on a leg of the edge.
    WithGuard(EdgeKey, Leg, GuardId),
    /// The guard does not hold, wherever it stands.
    Fail(GuardId),
    /// The node has no edge: none of its own, none on it, no membership; as a credential it opens nothing, and none opens it.
    Isolate(NodeId),
    /// The node starts afresh for each caller.
    PerCall(NodeId),
    /// The credential opens nothing any more.
    Revoke(NodeId),
    /// Who reads the credential has it used by a broker instead: the edge is an `invoke` under the same guards.
    Broker {
        /// Who reads it.
        holder: NodeId,
        /// The credential.
        credential: NodeId,
    },
}

/// Why a word of the command line names no change.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct WhatIfError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl WhatIf {
    /// In words, names as they are: `without intake:write:memory`.
    #[must_use]
    pub fn words(self, spec: &Spec) -> String {
        let name = |id| spec.node_name(id);
        match self {
            Self::Without(edge) => format!("without {}", edge.words(spec)),
            Self::WithGuard(edge, Leg::Request, guard) => {
                format!("with {} on {}", spec.guard_name(guard), edge.words(spec))
            }
            Self::WithGuard(edge, Leg::Result, guard) => {
                format!("with {} on the result of {}", spec.guard_name(guard), edge.words(spec))
            }
            Self::Fail(guard) => format!("{} failing", spec.guard_name(guard)),
            Self::Isolate(node) => format!("{} isolated", name(node)),
            Self::PerCall(node) => format!("{} per-call", name(node)),
            Self::Revoke(node) => format!("{} revoked", name(node)),
            Self::Broker { holder, credential } => {
                format!("{} reading {} through a broker", name(holder), name(credential))
            }
        }
    }
}
