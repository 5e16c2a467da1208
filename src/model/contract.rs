//! What must hold of a topology, as its spec says it: the entries of `rules`. Nodes are kept as they are written, so that a
//! contract can be asked of another version of the topology too.

use super::rule::Rule;
use super::source::Place;
use super::vocabulary::{NodeKind, Plane, Way};

/// An entry of `rules`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contract {
    /// What it is called.
    pub name: Option<String>,
    /// Why it must hold. Never empty.
    pub why: String,
    /// What must hold.
    pub term: Term,
    /// Where the entry stands.
    pub place: Place,
}

impl Contract {
    /// Whether it says that paths pass this guard.
    #[must_use]
    pub fn names_guard(&self, guard: &str) -> bool {
        matches!(&self.term, Term::OnlyThrough(only) if only.guards.iter().any(|name| name == guard))
    }
}

/// Names and selectors, as they are written. Never empty.
pub type Words = Vec<String>;

/// What must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Term {
    /// No node of one group gets at a node of another.
    Deny(Deny),
    /// Every path passes certain nodes or guards.
    OnlyThrough(OnlyThrough),
    /// Groups get at nothing of each other.
    Independent(Independent),
    /// Content goes up or down alone.
    Layers(Layers),
    /// The matrix, a row or a column of it is exactly this.
    Expect(Expect),
    /// A node gets at so many others and no more.
    Limit(Limit),
}

/// Which ways count, by the guards that have to fail on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Those on which at most so many have to fail.
    Guards(u32),
    /// All of them.
    Any,
}

impl Within {
    /// The most guards that may have to fail.
    #[must_use]
    pub fn most(self) -> u32 {
        match self {
            Self::Guards(guards) => guards,
            Self::Any => u32::MAX,
        }
    }
}

/// `deny`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deny {
    /// Who is compromised.
    pub from: Words,
    /// What it must not get at.
    pub to: Words,
    /// In which ways.
    pub by: Vec<Way>,
    /// Behind how many guards.
    pub within: Within,
}

/// `only-through`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OnlyThrough {
    /// Who is compromised.
    pub from: Words,
    /// What it gets at.
    pub to: Words,
    /// Nodes that a path may pass; empty where there are guards.
    pub through: Vec<String>,
    /// Guards that a path may pass; empty where there are nodes.
    pub guards: Vec<String>,
    /// Which ways pass them.
    pub by: Vec<Way>,
    /// Which of those ways count.
    pub within: Within,
}

/// `independent`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Independent {
    /// The groups, two or more. No node is in two of them.
    pub groups: Vec<Words>,
    /// In which ways they get at nothing of each other.
    pub by: Vec<Way>,
    /// Behind how many guards.
    pub within: Within,
}

/// `layers`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layers {
    /// The layers from the lowest; empty for the zones from the least trusted. No node is in two of them.
    pub order: Vec<Words>,
    /// Where content may go.
    pub flow: Flow,
    /// What of content counts.
    pub plane: Plane,
    /// Behind how many guards.
    pub within: Within,
}

/// A direction between layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// From lower layers to higher ones.
    Up,
    /// From higher layers to lower ones.
    Down,
}

/// `limit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limit {
    /// The nodes, each of which is limited by itself.
    pub of: Words,
    /// How far it may get.
    pub to: Most,
    /// The kind of the nodes that count; all of them where it is not said.
    pub kind: Option<NodeKind>,
    /// In which ways.
    pub by: Vec<Way>,
    /// Behind how many guards.
    pub within: Within,
}

/// How many nodes may be got at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Most {
    /// So many.
    Nodes(u64),
    /// So many of a hundred of those that count, the node itself left out.
    Percent(u8),
}

impl Most {
    /// How many of some nodes that is.
    #[must_use]
    pub fn of(self, all: usize) -> usize {
        match self {
            Self::Nodes(most) => usize::try_from(most).unwrap_or(usize::MAX),
            Self::Percent(percent) => all * usize::from(percent) / 100,
        }
    }
}

/// `expect`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// Which part of the matrix it speaks of.
    pub part: Part,
    /// What it expects, by question; questions that are not there are not asked.
    pub cells: Vec<Expected>,
}

/// A part of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// What the holder of this node gets.
    Row(String),
    /// Who gets at this node.
    Column(String),
}

/// What is expected in answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The question.
    pub way: Way,
    /// The lines: one for a row or a column, of a whole matrix one for each row that has anything.
    pub lines: Vec<Line>,
}

/// A row or a column of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The node whose line it is.
    pub of: String,
    /// What is in it: nothing but this.
    pub entries: Vec<Entry>,
}

/// Cells of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// A name or a selector. A selector takes what is neither named beside it nor taken before it.
    pub word: String,
    /// How many guards have to fail.
    pub guards: u32,
}

impl Term {
    /// The key in the spec.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Deny(_) => "deny",
            Self::OnlyThrough(_) => "only-through",
            Self::Independent(_) => "independent",
            Self::Layers(_) => "layers",
            Self::Expect(_) => "expect",
            Self::Limit(_) => "limit",
        }
    }

    /// The rule that finds it broken.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::Deny(_) => Rule::DenyBroken,
            Self::OnlyThrough(_) => Rule::OnlyThroughBroken,
            Self::Independent(_) => Rule::IndependentBroken,
            Self::Layers(_) => Rule::LayersBroken,
            Self::Expect(_) => Rule::ExpectBroken,
            Self::Limit(_) => Rule::LimitBroken,
        }
    }
}
