//! One side of a comparison: what is declared, what it is called, and why it is there or empty.

use crate::model::{Spec, printable};

/// One side of a comparison.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Topology {
    /// What is declared.
    pub spec: Spec,
    /// What messages call it: `main@4be10d2:crabwalk.yaml`, `crabwalk.yaml`, `-`.
    pub name: String,
    /// The short hash of the commit it was read from.
    pub commit: Option<String>,
    /// Why there is a topology at all, or none.
    pub presence: Presence,
    /// Of a head without nodes where the base has some: what the repository has besides.
    pub gone: Option<Gone>,
    /// Remarks for the user, a line each: what was new or moved, what a shallow clone lacks.
    pub notices: Vec<String>,
}

/// Whether a side was read, and why it is empty where it was not. A side that cannot be read is none of these but an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Presence {
    /// It was read.
    Found,
    /// The user said that it is empty.
    OnPurpose,
    /// git proves that it was not there before.
    New,
    /// git proves that it is not there any more, under no other name either.
    Gone,
}

/// A spec of the base that has no nodes in the head, and the other specs of the repository, in which that may be accepted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Gone {
    /// Its path from the root of the repository.
    pub path: String,
    /// The other specs in the base.
    pub before: Vec<Spec>,
    /// The other specs in the head.
    pub after: Vec<Spec>,
}

impl Topology {
    /// A topology that was read.
    pub(super) fn found(name: String, spec: Spec) -> Self {
        Self { spec, name, commit: None, presence: Presence::Found, gone: None, notices: Vec::new() }
    }

    /// The empty topology, with how that is known.
    fn empty(name: String, presence: Presence) -> Self {
        Self { presence, ..Self::found(name, Spec::default()) }
    }

    pub(super) fn on_purpose() -> Self {
        Self::empty("none".to_owned(), Presence::OnPurpose)
    }

    pub(super) fn new(name: String, why: String) -> Self {
        Self { notices: vec![why], ..Self::empty(name, Presence::New) }
    }

    pub(super) fn gone(name: String) -> Self {
        let why = format!("there is no `{}` any more, under no other name either", printable(&name));
        Self { notices: vec![why], ..Self::empty(name, Presence::Gone) }
    }
}
