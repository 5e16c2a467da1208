//! `graph -f json`: the topology without its closure.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::topology::{TopologyJson, open};
use crate::graph::CapabilityGraph;

/// A topology: nodes, declared edges and derived ones.
#[derive(Serialize, JsonSchema)]
pub(super) struct GraphJson<'a> {
    /// `crabwalk/graph/1`.
    schema: &'static str,
    #[serde(flatten)]
    topology: TopologyJson<'a>,
}

/// Writes the topology.
///
/// # Errors
/// If the writer fails.
pub fn graph_json(graph: &CapabilityGraph, out: &mut dyn Write) -> io::Result<()> {
    open(graph, "crabwalk/graph/1", out)?;
    out.write_all(b"\n}\n")
}
