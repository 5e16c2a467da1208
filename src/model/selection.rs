//! What a user names on the command line → nodes: a name, or a selector for many.

use thiserror::Error;

use super::ids::NodeId;
use super::spec::Spec;
use super::vocabulary::NodeKind;

/// The word for all nodes that strangers control, where no node is called so.
pub(crate) const UNTRUSTED: &str = "untrusted";

/// Which nodes a word takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Selection {
    /// The node with this name.
    Name(String),
    /// `zone:NAME`: the nodes of a zone.
    Zone(String),
    /// `tag:NAME`: the nodes with a tag.
    Tag(String),
    /// `kind:NAME`: the nodes of a kind.
    Kind(String),
    /// `type:NAME`: the nodes with this declared kind.
    Type(String),
    /// `untrusted`: the nodes whose content strangers control.
    Untrusted,
}

/// Why a word takes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct SelectionError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Selection {
    /// Reads a word. A node that is called `untrusted` is meant before the selector of that name.
    #[must_use]
    pub fn parse(spec: &Spec, word: &str) -> Self {
        if spec.nodes.contains_key(word) {
            return Self::Name(word.to_owned());
        }
        match word.split_once(':') {
            Some(("zone", rest)) => Self::Zone(rest.to_owned()),
            Some(("tag", rest)) => Self::Tag(rest.to_owned()),
            Some(("kind", rest)) => Self::Kind(rest.to_owned()),
            Some(("type", rest)) => Self::Type(rest.to_owned()),
            _ if word == UNTRUSTED => Self::Untrusted,
            _ => Self::Name(word.to_owned()),
        }
    }

    /// The nodes that it takes, in node order.
    ///
    /// # Errors
    /// If it takes none: there is no such name, zone, tag or kind, or no node has it.
    pub fn nodes(&self, spec: &Spec) -> Result<Vec<NodeId>, SelectionError> {
        if let Self::Zone(zone) = self
            && !spec.zones.contains_key(zone)
        {
            let known = spec.zones.keys().map(String::as_str);
            return Err(unknown("zone", zone, known, "the spec declares no such zone"));
        }
        let taken: Vec<NodeId> = spec.node_ids().filter(|id| self.takes(spec, *id)).collect();
        if taken.is_empty() { Err(self.nothing(spec)) } else { Ok(taken) }
    }

    /// The nodes that some words take together, in node order: none where there are none.
    #[must_use]
    pub fn taken(spec: &Spec, words: &[String]) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = Vec::new();
        for word in words {
            match Self::parse(spec, word) {
                Self::Name(name) => nodes.extend(spec.node_id(&name)),
                selector => nodes.extend(spec.node_ids().filter(|id| selector.takes(spec, *id))),
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    fn takes(&self, spec: &Spec, id: NodeId) -> bool {
        let node = spec.node(id);
        match self {
            Self::Name(name) => spec.node_name(id) == name,
            Self::Zone(zone) => node.zone.is_some_and(|id| spec.zone_name(id) == zone),
            Self::Tag(tag) => node.has_tag(tag),
            Self::Kind(kind) => node.kind.as_str() == kind,
            Self::Type(kind) => node.declared_kind == Some(kind),
            Self::Untrusted => node.is_stranger(),
        }
    }

    /// Why it takes nothing.
    pub(crate) fn nothing(&self, spec: &Spec) -> SelectionError {
        let error = |message: String, help: &str| SelectionError { message, help: help.to_owned() };
        match self {
            Self::Name(name) => {
                let known = spec.nodes.keys().map(String::as_str);
                unknown("node", name, known, &some_names(spec))
            }
            Self::Zone(zone) => {
                error(format!("no node is in zone `{zone}`"), "give a node `zone:`, or name another zone")
            }
            Self::Tag(tag) => {
                let tags = spec.nodes.values().flat_map(|node| node.tags().iter().map(|tag| &**tag));
                unknown("tag", tag, tags, "no node has this tag")
            }
            Self::Kind(kind) if NodeKind::from_text(kind).is_some() => {
                error(format!("the spec declares no {kind}"), "name another kind, or leave it out")
            }
            Self::Kind(kind) => {
                let kinds = NodeKind::ALL.iter().map(|kind| kind.as_str());
                unknown(
                    "node of kind",
                    kind,
                    kinds,
                    "`kind:` takes agent, principal, tool, store, session, source, sink or credential; for a declared kind such as `memory` say `type:`",
                )
            }
            Self::Type(kind) => {
                let kinds = spec.nodes.values().filter_map(|node| node.declared_kind);
                unknown(
                    "node of declared kind",
                    kind,
                    kinds,
                    "`type:` takes what a node declares as its `kind:`",
                )
            }
            Self::Untrusted => error(
                "no node is untrusted".to_owned(),
                "sources are untrusted by default, and webhooks without a signature always; mark tools, agents or principals that strangers control with `untrusted: true`",
            ),
        }
    }
}

fn unknown<'s>(
    what: &str,
    word: &str,
    known: impl Iterator<Item = &'s str>,
    otherwise: &str,
) -> SelectionError {
    let message = format!("there is no {what} `{word}`");
    let close = known
        .map(|name| (strsim::damerau_levenshtein(name, word), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().max(word.chars().count()) / 4)
        .min();
    let help = match close {
        Some((distance, name)) if distance > 0 => format!("did you mean `{name}`?"),
        _ => otherwise.to_owned(),
    };
    SelectionError { message, help }
}

/// Names to choose from.
fn some_names(spec: &Spec) -> String {
    const SHOWN: usize = 8;
    let names: Vec<String> =
        spec.nodes.keys().take(SHOWN).map(|name| format!("`{}`", name.escape_debug())).collect();
    match spec.nodes.len() {
        0 => "the spec declares no node".to_owned(),
        count if count > SHOWN => {
            format!("the spec declares {} and {} more", names.join(", "), count - SHOWN)
        }
        _ => format!("the spec declares {}", names.join(", ")),
    }
}
