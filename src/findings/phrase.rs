//! A sentence with the names in it told apart from its words, so that each format writes them in its own way.

use crate::model::{GuardId, NodeId, ZoneId};

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Our own words.
    Text(String),
    /// The name of a node.
    Node(NodeId),
    /// The names of some nodes, joined by commas and `and`.
    Nodes(Vec<NodeId>),
    /// The name of a guard.
    Guard(GuardId),
    /// The name of a zone.
    Zone(ZoneId),
    /// Words that the spec's author wrote.
    Quoted(String),
    /// Something to write into a spec or a shell.
    Code(String),
}

/// A sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase(Vec<Piece>);

impl Phrase {
    /// Its parts.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence with a part more.
    #[must_use]
    pub(super) fn and(mut self, piece: impl Into<Piece>) -> Self {
        self.0.push(piece.into());
        self
    }

    /// The sentence with another behind it.
    #[must_use]
    pub(super) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl FromIterator<Piece> for Phrase {
    fn from_iter<I: IntoIterator<Item = Piece>>(pieces: I) -> Self {
        Self(pieces.into_iter().collect())
    }
}

impl From<&str> for Piece {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<String> for Piece {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl From<NodeId> for Piece {
    fn from(node: NodeId) -> Self {
        Self::Node(node)
    }
}

impl From<&[NodeId]> for Piece {
    fn from(nodes: &[NodeId]) -> Self {
        match nodes {
            [one] => Self::Node(*one),
            some => Self::Nodes(some.to_vec()),
        }
    }
}

impl From<&Vec<NodeId>> for Piece {
    fn from(nodes: &Vec<NodeId>) -> Self {
        Self::from(nodes.as_slice())
    }
}

impl From<GuardId> for Piece {
    fn from(guard: GuardId) -> Self {
        Self::Guard(guard)
    }
}

impl From<ZoneId> for Piece {
    fn from(zone: ZoneId) -> Self {
        Self::Zone(zone)
    }
}

/// A sentence of words and names: `phrase!["untrusted ", node, " steers ", other]`.
macro_rules! phrase {
    ($($piece:expr),* $(,)?) => {
        [$($crate::findings::phrase::Piece::from($piece)),*].into_iter().collect::<$crate::findings::phrase::Phrase>()
    };
}
pub(super) use phrase;

/// `1 node`, `3 nodes`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
