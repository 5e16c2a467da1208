//! `memory -f json`: what flows into a store, who can read it back, and what becomes of it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::parts;
use super::parts::{NodeJson, PathJson};
use crate::findings::{Passage, Recall};
use crate::graph::CapabilityGraph;

/// The answers for one store.
#[derive(Serialize, JsonSchema)]
pub(super) struct MemoryJson<'a> {
    /// `crabwalk/memory/1`.
    schema: &'static str,
    name: &'a str,
    /// Changes that were made to the spec for this answer, in words.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    what_if: &'a [String],
    store: NodeJson<'a>,
    /// Whether it outlives the session that wrote it.
    persists: bool,
    /// Who can plant content in it: untrusted nodes first, then by guards, sessions and hops.
    planted_by: Vec<PassageJson<'a>>,
    /// Whom its content steers, by guards, sessions and hops.
    steers: Vec<PassageJson<'a>>,
    /// Who can learn what it holds, by guards, sessions and hops.
    learned_by: Vec<PassageJson<'a>>,
}

/// A node with the best way between it and the store.
#[derive(Serialize, JsonSchema)]
struct PassageJson<'a> {
    node: &'a str,
    /// Whether strangers control what it says: a webhook without a signature too.
    untrusted: bool,
    critical: bool,
    /// Whether it acts on the store itself.
    direct: bool,
    path: PathJson<'a>,
}

/// The answers as JSON.
#[must_use]
pub fn memory_json(recall: &Recall<'_>) -> Value {
    let graph = recall.graph;
    let spec = graph.spec();
    let all = |passages: &'_ [Passage]| passages.iter().map(|one| passage(graph, one)).collect();
    let memory = MemoryJson {
        schema: "crabwalk/memory/1",
        name: &spec.name,
        what_if: parts::what_if(spec),
        store: parts::node(spec, recall.store),
        persists: graph.flows().is_persistent(recall.store),
        planted_by: all(&recall.planted),
        steers: all(&recall.steers),
        learned_by: all(&recall.learns),
    };
    serde_json::to_value(memory).unwrap_or_default()
}

fn passage<'a>(graph: &'a CapabilityGraph, one: &Passage) -> PassageJson<'a> {
    let node = graph.spec().node(one.node);
    PassageJson {
        node: graph.spec().node_name(one.node),
        untrusted: node.is_stranger(),
        critical: node.critical,
        direct: one.is_direct,
        path: parts::path(graph, &one.path),
    }
}
