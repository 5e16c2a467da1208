//! A node: what its attributes say, defaults filled in; and what was declared, attribute by attribute in the order of the text, which the
//! output contract repeats.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::ids::{NodeId, ZoneId};
use super::source::Place;
use super::vocabulary::{Isolation, NodeKind, Sensitivity};

/// A node with its attributes, defaults filled in.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of its own in the spec language")]
#[non_exhaustive]
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
    /// Whether it keeps apart what each caller's calls wrote (stores alone).
    pub partitioned: bool,
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
    /// The node without what it says in words, its zone and what it opens: what the graph needs to know of it by itself.
    pub(crate) fn bare(&self) -> Self {
        let Self { kind, declared_kind, place, critical, sensitivity, isolation, .. } = *self;
        let Self { relays, persists, partitioned, untrusted, egress, general, .. } = *self;
        Self {
            kind,
            declared_kind,
            zone: None,
            critical,
            sensitivity,
            isolation,
            relays,
            persists,
            partitioned,
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

    /// Whether it answers with what it reads and sends on what it is given, but never the one as the other: a tool that does not relay.
    #[must_use]
    pub fn is_passive(&self) -> bool {
        self.kind == NodeKind::Tool && !self.relays
    }

    /// Whether it uses the credentials that it reads and tells nobody: a tool that cannot be made to do anything else.
    #[must_use]
    pub fn keeps_secrets(&self) -> bool {
        self.kind == NodeKind::Tool && !self.general
    }

    /// Whether each call of it has a context of its own: an agent that starts afresh for each caller.
    #[must_use]
    pub fn is_per_call_agent(&self) -> bool {
        self.kind == NodeKind::Agent && self.isolation == Isolation::PerCall
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

/// The attributes of a node as they were declared, defaults not among them. A list that was written as one word is a list
/// all the same. Verbs, `kind`, `members` and `opens` are left out: they have fields of their own.
///
/// A body has a handful of attributes, so that a short list is smaller and faster than any map.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Declared(Box<[(&'static str, DeclaredValue)]>);

/// What stands under an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum DeclaredValue {
    /// One text.
    Text(Box<str>),
    /// One word of a closed set.
    Word(&'static str),
    /// A list of texts.
    Texts(Box<[Box<str>]>),
    /// `true` or `false`.
    Boolean(bool),
    /// The checks on a source.
    Checks(Box<Map<String, Value>>),
}

/// Takes attributes in the order of the text, each once.
impl FromIterator<(&'static str, DeclaredValue)> for Declared {
    fn from_iter<I: IntoIterator<Item = (&'static str, DeclaredValue)>>(attributes: I) -> Self {
        Self(attributes.into_iter().collect())
    }
}

impl Declared {
    /// Whether nothing is declared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The attributes in the order of the text.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'static str, &DeclaredValue)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }

    /// What stands under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&DeclaredValue> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The text or word under a key.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            DeclaredValue::Text(text) => Some(text),
            DeclaredValue::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The texts under a key; none where it is not declared.
    #[must_use]
    pub fn texts(&self, key: &str) -> &[Box<str>] {
        match self.get(key) {
            Some(DeclaredValue::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// The boolean under a key.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            DeclaredValue::Boolean(flag) => Some(*flag),
            _ => None,
        }
    }
}

/// As a mapping.
impl Serialize for Declared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.iter() {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Serialize for DeclaredValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Word(word) => serializer.serialize_str(word),
            Self::Texts(texts) => serializer.collect_seq(texts.iter()),
            Self::Boolean(flag) => serializer.serialize_bool(*flag),
            Self::Checks(checks) => checks.serialize(serializer),
        }
    }
}
