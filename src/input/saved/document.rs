//! The part of a saved matrix that is read: what was declared.

use std::fmt;
use std::num::NonZeroUsize;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// A saved matrix without its cells.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) what_if: Vec<String>,
    pub(super) zones: Vec<Zone>,
    pub(super) guards: Vec<Guard>,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    #[serde(default)]
    pub(super) review: Vec<Setting>,
    #[serde(default)]
    pub(super) accept: Vec<Acceptance>,
    #[serde(default)]
    pub(super) rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Zone {
    pub(super) id: String,
    pub(super) trust: i64,
    pub(super) description: Option<String>,
    // Earlier outputs do not say where a zone stands.
    pub(super) file: Option<String>,
    pub(super) line: Option<NonZeroUsize>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Guard {
    pub(super) id: String,
    pub(super) stops: Vec<String>,
    #[serde(default = "enforced")]
    pub(super) enforced: bool,
    pub(super) by: Option<String>,
    pub(super) kept_in: Option<String>,
    pub(super) description: Option<String>,
    // A built-in one stands nowhere.
    pub(super) file: Option<String>,
    pub(super) line: Option<NonZeroUsize>,
}

/// A guard that does not say otherwise is enforced.
fn enforced() -> bool {
    true
}

#[derive(Debug, Deserialize)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) kind: String,
    #[serde(rename = "type")]
    pub(super) declared_kind: Option<String>,
    #[serde(default)]
    pub(super) opens: Vec<String>,
    pub(super) file: String,
    pub(super) line: NonZeroUsize,
    #[serde(flatten)]
    pub(super) attributes: Attributes,
}

#[derive(Debug, Deserialize)]
pub(super) struct Edge {
    pub(super) from: String,
    pub(super) verb: String,
    pub(super) to: String,
    pub(super) guards: Vec<String>,
    pub(super) returns: Returns,
    pub(super) origin: String,
    pub(super) via: Option<String>,
    #[serde(rename = "as")]
    pub(super) role: Option<String>,
    pub(super) logged: Option<bool>,
    #[serde(default)]
    pub(super) uncuttable: bool,
    pub(super) note: Option<String>,
    // A derived edge stands nowhere.
    pub(super) file: Option<String>,
    pub(super) line: Option<NonZeroUsize>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "`returns` is `false` or has `guards`")]
pub(super) enum Returns {
    Nothing(bool),
    Content { guards: Vec<String> },
}

#[derive(Debug, Deserialize)]
pub(super) struct Setting {
    pub(super) rule: String,
    pub(super) level: String,
    pub(super) file: String,
    pub(super) line: NonZeroUsize,
}

#[derive(Debug, Deserialize)]
pub(super) struct Acceptance {
    pub(super) from: Option<String>,
    pub(super) verb: Option<String>,
    pub(super) to: Option<String>,
    pub(super) rule: Option<String>,
    pub(super) hash: Option<String>,
    pub(super) spec: Option<String>,
    pub(super) reason: String,
    pub(super) owner: Option<String>,
    pub(super) ticket: Option<String>,
    pub(super) expires: Option<String>,
    pub(super) file: String,
    pub(super) line: NonZeroUsize,
}

#[derive(Debug, Deserialize)]
pub(super) struct Rule {
    pub(super) file: String,
    pub(super) line: NonZeroUsize,
    /// The entry as the language has it.
    #[serde(flatten)]
    pub(super) entry: serde_json::Map<String, serde_json::Value>,
}

impl Edge {
    /// Whether it stands in the spec; the others are derived from those that do.
    pub(super) fn is_declared(&self) -> bool {
        self.origin == "declared"
    }
}

/// The attributes of a node in their order, each as often as it stands there: a map would keep the last of two in silence.
#[derive(Debug, Default)]
pub(super) struct Attributes(pub(super) Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Attributes;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("attributes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Attributes, A::Error> {
        let mut found = Vec::with_capacity(map.size_hint().unwrap_or(0).min(64));
        while let Some(entry) = map.next_entry()? {
            found.push(entry);
        }
        Ok(Attributes(found))
    }
}
