//! The topology as it opens the outputs that carry it, streamed one item a line.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::parts;
use super::parts::{EdgeJson, GuardJson, NodeJson, ZoneJson};
use super::review;
use super::review::{AcceptanceJson, RuleJson, SettingJson};
use crate::graph::CapabilityGraph;

/// What was declared, and the edges that authority derives.
#[derive(Serialize, JsonSchema)]
pub(super) struct TopologyJson<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    /// The changes that were made to try them, in words; left out for the spec as it stands.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'a [String],
    /// From least to most trusted.
    zones: Vec<ZoneJson<'a>>,
    guards: Vec<GuardJson<'a>>,
    /// In the order of the spec.
    nodes: Vec<NodeJson<'a>>,
    /// Declared edges in the order of the spec, then derived ones.
    edges: Vec<EdgeJson<'a>>,
    /// The rules of a review that the spec gives another level; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    review: Vec<SettingJson<'a>>,
    /// What the spec accepts, in its order; left out where there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    accept: Vec<AcceptanceJson<'a>>,
    /// What must hold, in the order of the spec; left out where there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<RuleJson<'a>>,
}

/// Writes the opening of an output: its schema and the topology, without the closing brace.
pub(super) fn open(graph: &CapabilityGraph, schema: &str, out: &mut dyn Write) -> io::Result<()> {
    let spec = graph.spec();
    write!(out, "{{\n\"schema\": {},\n\"name\": {}", text(&schema), text(&spec.name))?;
    if let Some(description) = &spec.description {
        write!(out, ",\n\"description\": {}", text(description))?;
    }
    let changes = parts::what_if(spec);
    if !changes.is_empty() {
        write!(out, ",\n\"what_if\": {}", text(&changes))?;
    }
    list("zones", parts::zones(spec).iter().map(text), out)?;
    list("guards", parts::guards(spec).iter().map(text), out)?;
    list("nodes", spec.node_ids().map(|id| text(&parts::node(spec, id))), out)?;
    list("edges", graph.edges().iter().map(|edge| text(&parts::edge(graph, edge))), out)?;
    if !spec.review.levels.is_empty() {
        list("review", review::settings(spec).map(|setting| text(&setting)), out)?;
    }
    if !spec.accept.is_empty() {
        list("accept", review::acceptances(spec).map(|acceptance| text(&acceptance)), out)?;
    }
    if !spec.rules.is_empty() {
        list("rules", review::rules(spec).map(|rule| text(&rule)), out)?;
    }
    Ok(())
}

/// Writes a list, one item a line.
pub(super) fn list(key: &str, items: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, ",\n\"{key}\": [")?;
    for (index, item) in items.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        out.write_all(item.as_bytes())?;
    }
    out.write_all(b"]")
}

/// A value as JSON on one line.
pub(super) fn text(value: &impl Serialize) -> String {
    // Strings, numbers, lists and maps with text keys: none of them can fail to serialize.
    serde_json::to_string(value).unwrap_or_default()
}
