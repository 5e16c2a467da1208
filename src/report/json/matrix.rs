//! `matrix -f json`: streamed row by row, one node, edge or cell a line.

use std::io::{self, Write};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{self, CostJson, EdgeJson, GuardJson, NodeJson, ZoneJson};
use crate::analysis::{Cell, Matrix, MatrixRow};
use crate::graph::CapabilityGraph;
use crate::spec::Spec;

/// The schema's name and version.
const SCHEMA: &str = "crabwalk/matrix/1";

/// The lateral-movement matrix of a topology.
#[derive(Serialize, JsonSchema)]
pub(super) struct MatrixJson<'a> {
    /// `crabwalk/matrix/1`.
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
    /// One for each ordered pair that has anything, in node order.
    cells: Vec<CellJson<'a>>,
}

/// What an attacker who holds `from` gets of `to`.
#[derive(Serialize, JsonSchema)]
struct CellJson<'a> {
    from: &'a str,
    to: &'a str,
    /// Declared verbs, in the order write, read, invoke, observe.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    direct: Vec<&'static str>,
    /// Verbs that can be had done, each with the guards that have to fail.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    acts: IndexMap<&'static str, u32>,
    /// Best path from `from` to `to` in the influence plane.
    #[serde(skip_serializing_if = "Option::is_none")]
    influence: Option<CostJson>,
    /// Best path from `to` to `from` in the exposure plane.
    #[serde(skip_serializing_if = "Option::is_none")]
    exposure: Option<CostJson>,
}

/// Writes the matrix; no more than a chunk of rows is held at a time.
///
/// # Errors
/// If the writer fails.
pub fn matrix_json(matrix: &Matrix<'_>, out: &mut dyn Write) -> io::Result<()> {
    let graph = matrix.graph();
    head(graph, SCHEMA, out)?;
    out.write_all(b",\n\"cells\": [")?;
    let cells = matrix.rows().flat_map(|row| lines(graph.spec(), &row));
    list(cells, out)?;
    out.write_all(b"\n}\n")
}

/// The opening of an output that carries the whole topology: everything but the closing brace.
pub(super) fn head(graph: &CapabilityGraph, schema: &str, out: &mut dyn Write) -> io::Result<()> {
    let spec = graph.spec();
    write!(out, "{{\n\"schema\": {},\n\"name\": {}", text(&schema), text(&spec.name))?;
    if let Some(description) = &spec.description {
        write!(out, ",\n\"description\": {}", text(description))?;
    }
    out.write_all(b",\n\"zones\": [")?;
    list(parts::zones(spec).iter().map(text), out)?;
    out.write_all(b",\n\"guards\": [")?;
    list(parts::guards(spec).iter().map(text), out)?;
    out.write_all(b",\n\"nodes\": [")?;
    list(spec.node_ids().map(|id| text(&parts::node(spec, id))), out)?;
    out.write_all(b",\n\"edges\": [")?;
    list(graph.edges().iter().map(|edge| text(&parts::edge(graph, edge))), out)
}

/// One item a line, and the closing bracket.
fn list(items: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    for (index, item) in items.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        out.write_all(item.as_bytes())?;
    }
    out.write_all(b"]")
}

fn lines(spec: &Spec, row: &MatrixRow) -> Vec<String> {
    row.cells.iter().map(|found| text(&cell(spec, row, found))).collect()
}

fn cell<'a>(spec: &'a Spec, row: &MatrixRow, cell: &Cell) -> CellJson<'a> {
    CellJson {
        from: spec.node_name(row.from),
        to: spec.node_name(cell.to),
        direct: cell.direct.iter().map(|declared| declared.verb.as_str()).collect(),
        acts: cell.acts().map(|(verb, guards)| (verb.as_str(), guards)).collect(),
        influence: cell.influence.map(parts::cost),
        exposure: cell.exposure.map(parts::cost),
    }
}

/// A value as JSON on one line.
fn text(value: &impl Serialize) -> String {
    // Strings, numbers, lists and maps with text keys: none of them can fail to serialize.
    serde_json::to_string(value).unwrap_or_default()
}
