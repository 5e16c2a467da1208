//! A node: what its attributes say, defaults filled in.

use super::attributes;
use super::declared::Declared;
use super::ids::{NodeId, ZoneId};
use super::source::Place;
use super::vocabulary::{Isolation, NodeKind, Sensitivity};

/// A node with its attributes, defaults filled in.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of its own in the spec language")]
pub struct Node {
    /// The section it stands in.
    pub kind: NodeKind,
    /// `kind`: one of [`NodeKind::declared_kinds`], with a store's default filled in.
    pub declared_kind: Option<&'static str>,
    /// `zone`; a node without one is unranked.
    pub zone: Option<ZoneId>,
    /// `critical`.
    pub critical: bool,
    /// `sensitivity`.
    pub sensitivity: Sensitivity,
    /// `isolation`; [`Isolation::Shared`] for kinds that have none.
    pub isolation: Isolation,
    /// Whether what comes in goes on into what it sends.
    pub relays: bool,
    /// Whether it keeps content after the session that wrote it (stores alone).
    pub persists: bool,
    /// Whether strangers control what it says.
    pub untrusted: bool,
    /// Whether it lets content out (tools alone).
    pub egress: bool,
    /// Whether it can be made to call anything (tools alone).
    pub general: bool,
    /// What a credential gives access to: tools and agents.
    pub opens: Vec<NodeId>,
    /// What was declared, attribute by attribute in the order of the text, for the output contract.
    pub declared: Declared,
    /// Where its name stands.
    pub place: Place,
}

impl Node {
    /// A node that declares this, with the default of whatever it does not; in no zone, and opening nothing.
    #[must_use]
    pub fn new(
        kind: NodeKind,
        declared_kind: Option<&'static str>,
        declared: Declared,
        place: Place,
    ) -> Self {
        let mut node = Self {
            kind,
            declared_kind: declared_kind.or(kind.default_declared_kind()),
            zone: None,
            critical: false,
            sensitivity: Sensitivity::Internal,
            isolation: Isolation::Shared,
            relays: false,
            persists: false,
            untrusted: false,
            egress: false,
            general: false,
            opens: Vec::new(),
            declared,
            place,
        };
        attributes::fill(&mut node);
        node
    }

    /// The node without what it says in words, its zone and what it opens: what the graph needs to know of it by itself.
    pub(crate) fn bare(&self) -> Self {
        let Self { kind, declared_kind, place, critical, sensitivity, isolation, .. } = *self;
        let Self { relays, persists, untrusted, egress, general, .. } = *self;
        Self {
            kind,
            declared_kind,
            zone: None,
            critical,
            sensitivity,
            isolation,
            relays,
            persists,
            untrusted,
            egress,
            general,
            opens: Vec::new(),
            declared: Declared::default(),
            place,
        }
    }

    /// `description`.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.declared.text("description")
    }

    /// `tags`.
    #[must_use]
    pub fn tags(&self) -> &[Box<str>] {
        self.declared.texts("tags")
    }

    /// Whether it has this tag.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags().iter().any(|one| **one == *tag)
    }

    /// Whether its content is private: confidential, secret, or a credential.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.kind == NodeKind::Credential
            || matches!(self.sensitivity, Sensitivity::Confidential | Sensitivity::Secret)
    }

    /// Whether others assume it: whoever invokes it has its edges.
    #[must_use]
    pub fn is_assumable(&self) -> bool {
        matches!(self.declared_kind, Some("iam-role" | "api-key"))
    }

    /// Whether invoking it moves no content but hands on authority: a credential, or what others assume.
    #[must_use]
    pub fn is_authority(&self) -> bool {
        self.kind == NodeKind::Credential || self.is_assumable()
    }
}
