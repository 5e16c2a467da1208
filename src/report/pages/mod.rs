//! The pages of the commands: facts → a document, one file a command, named as the command. `write/` writes them.

pub(super) mod blast;
pub(super) mod check;
pub(super) mod diff;
pub(super) mod explain;
pub(super) mod features;
pub(super) mod finding;
pub(super) mod harden;
pub(super) mod memory;
pub(super) mod path;
pub(super) mod report;
pub(super) mod respond;
pub(super) mod self_check;

use crate::graph::CapabilityGraph;
use crate::model::text::{name, phrase};
use crate::model::{NodeId, Piece, Spec, Text, Tone};
use crate::report::document::Document;
use crate::report::write::{markdown, terminal};

/// For whom a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStyle {
    /// For the terminal.
    Text,
    /// For a comment or a document.
    Markdown,
}

impl PageStyle {
    fn write(self, document: &Document<'_>) -> String {
        match self {
            Self::Text => terminal(document),
            Self::Markdown => markdown(document),
        }
    }
}

/// Columns of a terminal that a cell of a headed table is given at most.
const WIDEST: usize = 60;

/// What a page is about, behind its title.
fn subject(spec: &Spec) -> Text {
    let subject = phrase!["(", name(spec.name.as_str()), ")"];
    phrase![" ", subject.toned(Tone::Dim)]
}

/// A node with its kind, its zone and whether it is critical.
fn about(graph: &CapabilityGraph, id: NodeId) -> Text {
    let node = graph.spec().node(id);
    let mut words = phrase![node.declared_kind.unwrap_or(node.kind.as_str())];
    if let Some(zone) = node.zone {
        words = words.and(", ").and(zone);
    }
    if node.critical { words.and(", critical") } else { words }
}

/// Some nodes by name; of many the first, and how many more.
fn group(nodes: &[NodeId]) -> Text {
    /// Names in a title.
    const NAMES: usize = 4;
    let names = |nodes: &[NodeId]| nodes.iter().map(|id| phrase![*id]).collect::<Vec<_>>();
    match nodes {
        [] => phrase!["nothing"],
        few if few.len() <= NAMES => Text::listed(names(few)),
        many => {
            let first = Text::joined(names(&many[..NAMES - 1]), ", ");
            phrase![first, " and ", Piece::Number(many.len() + 1 - NAMES), " more"]
        }
    }
}
