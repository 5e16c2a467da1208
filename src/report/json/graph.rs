//! `graph -f json`: the topology without its closure.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::matrix::head;
use super::parts::{EdgeJson, GuardJson, NodeJson, ZoneJson};
use crate::graph::CapabilityGraph;

/// A topology: nodes, declared edges and derived ones.
#[derive(Serialize, JsonSchema)]
pub(super) struct GraphJson<'a> {
    /// `crabwalk/graph/1`.
    schema: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    /// From least to most trusted.
    zones: Vec<ZoneJson<'a>>,
    guards: Vec<GuardJson<'a>>,
    /// In the order of the spec.
    nodes: Vec<NodeJson<'a>>,
    /// Declared edges in the order of the spec, then derived ones.
    edges: Vec<EdgeJson<'a>>,
}

/// Writes the topology.
///
/// # Errors
/// If the writer fails.
pub fn graph_json(graph: &CapabilityGraph, out: &mut dyn Write) -> io::Result<()> {
    head(graph, "crabwalk/graph/1", out)?;
    out.write_all(b"\n}\n")
}
