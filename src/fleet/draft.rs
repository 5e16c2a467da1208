//! A fleet while it is being made: nodes and edges small enough for millions of them.

use std::fmt;

use crate::model::{NodeKind, Verb};

/// The guards of a made-up fleet: the built-in ones in their order, then one of its own.
pub(super) const GUARDS: [&str; 5] =
    ["human-approval", "quarantine", "typed-output", "redaction", "allow-list"];

/// Trust zones, from least to most trusted.
pub(super) const ZONES: [&str; 3] = ["edge", "core", "vault"];

/// A name, which is only put together where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// The only one of its kind.
    Only(&'static str),
    /// One of many: `agent17`.
    Numbered(&'static str, u32),
    /// The only one of its kind in a team: `team3-lead`.
    OfTeam(u32, &'static str),
    /// One of many in a team: `team3-worker5`.
    InTeam(u32, &'static str, u32),
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only(what) => formatter.write_str(what),
            Self::Numbered(what, number) => write!(formatter, "{what}{number}"),
            Self::OfTeam(team, what) => write!(formatter, "team{team}-{what}"),
            Self::InTeam(team, what, number) => write!(formatter, "team{team}-{what}{number}"),
        }
    }
}

/// A node. What is `None` or false is not declared and has its default.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) name: Name,
    pub(super) kind: NodeKind,
    pub(super) declared_kind: Option<&'static str>,
    /// Position in [`ZONES`].
    pub(super) zone: Option<u8>,
    pub(super) per_call: bool,
    /// Declared as not persistent.
    pub(super) forgets: bool,
    pub(super) general: bool,
    pub(super) opens: Vec<u32>,
}

impl Node {
    pub(super) fn new(kind: NodeKind, name: Name) -> Self {
        Self {
            name,
            kind,
            declared_kind: None,
            zone: None,
            per_call: false,
            forgets: false,
            general: false,
            opens: Vec::new(),
        }
    }

    /// Whether something comes back when it is invoked. Principals of a fleet are roles, and roles do not answer.
    pub(super) fn answers(&self) -> bool {
        matches!(self.kind, NodeKind::Agent | NodeKind::Tool)
    }
}

/// A set of [`GUARDS`], a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct GuardSet(pub(super) u8);

impl GuardSet {
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The positions of its members, in order.
    pub(super) fn members(self) -> impl Iterator<Item = usize> {
        (0..GUARDS.len()).filter(move |guard| self.0 >> guard & 1 == 1)
    }
}

/// An edge. The derived order is that of a spec: by actor, verb, target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) from: u32,
    pub(super) verb: Verb,
    pub(super) to: u32,
    pub(super) guards: GuardSet,
    /// The guards on the result where one comes back; nothing where none does.
    pub(super) returns: Option<GuardSet>,
}

impl Edge {
    /// An edge from which nothing comes back.
    pub(super) fn new(from: u32, verb: Verb, to: u32) -> Self {
        Self { from, verb, to, guards: GuardSet::default(), returns: None }
    }

    /// An invoke with an answer.
    pub(super) fn asks(from: u32, to: u32) -> Self {
        Self { returns: Some(GuardSet::default()), ..Self::new(from, Verb::Invoke, to) }
    }
}

/// Nodes by their number, and the edges between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

impl Draft {
    /// Adds a node and gives its number.
    pub(super) fn add(&mut self, node: Node) -> u32 {
        let number = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(node);
        number
    }

    /// How many nodes there are.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }
}
