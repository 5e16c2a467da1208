//! `matrix -f json`: streamed row by row, one node, edge or cell a line.

use std::io::{self, Write};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::parts::CostJson;
use super::topology::{TopologyJson, open, text};
use crate::analysis::{Cell, Matrix, MatrixRow, Progress, Shard};
use crate::graph::Cost;
use crate::model::Spec;
use crate::report::name::average_length;
use crate::report::row_writer::{Texts, push_number, write_rows};

/// The schema's name and version.
const SCHEMA: &str = "crabwalk/matrix/2";

/// Bytes of a cell apart from names, where every number is short.
const LINE: usize = 192;

/// The lateral-movement matrix of a topology.
#[derive(Serialize, JsonSchema)]
pub(super) struct MatrixJson<'a> {
    /// `crabwalk/matrix/2`.
    schema: &'static str,
    #[serde(flatten)]
    topology: TopologyJson<'a>,
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
    /// Best path from `from` to where `to` acts from, in the influence plane, or `false` where there is none: it is tainted, not
    /// steered. There where it is not the same as `influence`.
    #[serde(skip_serializing_if = "Option::is_none")]
    steered: Option<SteeredJson>,
    /// Best path from `to` to `from` in the exposure plane.
    #[serde(skip_serializing_if = "Option::is_none")]
    exposure: Option<CostJson>,
}

/// What it costs to have a node act.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "cells are written byte by byte; the schema is made of this")
)]
enum SteeredJson {
    At(CostJson),
    Not(bool),
}

/// Writes the matrix; no more than a part of it is held at a time.
///
/// # Errors
/// If the writer fails.
pub fn matrix_json(matrix: &Matrix<'_>, out: &mut dyn Write) -> io::Result<()> {
    matrix_json_shard(matrix, Shard::WHOLE, out, &())
}

/// One slice of what [`matrix_json`] writes: all slices in order are the same bytes. The first one has the topology.
///
/// # Errors
/// If the writer fails.
pub fn matrix_json_shard(
    matrix: &Matrix<'_>,
    shard: Shard,
    out: &mut dyn Write,
    progress: &dyn Progress,
) -> io::Result<()> {
    if shard.is_first() {
        open(matrix.graph(), SCHEMA, out)?;
        out.write_all(b",\n\"cells\": [")?;
    }
    let lines = Lines::new(matrix.graph().spec());
    let format = |row: &MatrixRow, bytes: &mut Vec<u8>| lines.row(row, bytes);
    // Every line begins with the comma behind the one before it; of the very first it is left out.
    let mut first = None;
    let mut write = |bytes: &[u8]| match bytes {
        [] => Ok(()),
        _ if *first.get_or_insert_with(|| !has_cells_before(matrix, shard)) => {
            first = Some(false);
            out.write_all(&bytes[1..])
        }
        _ => out.write_all(bytes),
    };
    write_rows(matrix, shard, matrix_row_bytes(matrix), format, &mut write, progress)?;
    if shard.is_last() { out.write_all(b"]\n}\n") } else { Ok(()) }
}

/// Whether an earlier slice has a cell. Nearly always its first row says so.
fn has_cells_before(matrix: &Matrix<'_>, shard: Shard) -> bool {
    let end = shard.rows(matrix.row_nodes().len()).start;
    let step = rayon::current_num_threads();
    let mut starts = (0..end).step_by(step);
    starts.any(|start| {
        let rows = start..end.min(start + step);
        matrix.map_rows(rows, |row| !row.cells.is_empty()).contains(&true)
    })
}

/// About how many bytes a row comes to if none of its cells is blank.
pub(in crate::report) fn matrix_row_bytes(matrix: &Matrix<'_>) -> usize {
    matrix.column_count().saturating_mul(2 * average_length(matrix.graph().spec()) + LINE)
}

/// What lines are made of: names as JSON, prepared once.
struct Lines {
    names: Texts,
}

impl Lines {
    fn new(spec: &Spec) -> Self {
        let name =
            |node, bytes: &mut Vec<u8>| bytes.extend_from_slice(text(&spec.node_name(node)).as_bytes());
        Self { names: Texts::of(spec.node_ids(), name) }
    }

    /// The cells as [`CellJson`] would be, each behind a comma and a line break.
    fn row(&self, row: &MatrixRow, bytes: &mut Vec<u8>) {
        let start = [b",\n{\"from\":", self.names.node(row.from), b",\"to\":"].concat();
        for cell in &row.cells {
            bytes.extend_from_slice(&start);
            bytes.extend_from_slice(self.names.node(cell.to));
            push_verbs(cell, bytes);
            push_cost(b",\"influence\":{\"guards\":", cell.influence, bytes);
            if cell.is_steered_apart() {
                match cell.steered {
                    Some(_) => push_cost(b",\"steered\":{\"guards\":", cell.steered, bytes),
                    None => bytes.extend_from_slice(b",\"steered\":false"),
                }
            }
            push_cost(b",\"exposure\":{\"guards\":", cell.exposure, bytes);
            bytes.push(b'}');
        }
    }
}

/// Declared verbs, and those that can be had done.
fn push_verbs(cell: &Cell, bytes: &mut Vec<u8>) {
    for (place, declared) in cell.direct.iter().enumerate() {
        bytes.extend_from_slice(if place == 0 { b",\"direct\":[\"" } else { b"\",\"" });
        bytes.extend_from_slice(declared.verb.as_str().as_bytes());
    }
    if !cell.direct.is_empty() {
        bytes.extend_from_slice(b"\"]");
    }
    let mut none = true;
    for (verb, guards) in cell.acts() {
        bytes.extend_from_slice(if none { b",\"acts\":{\"" } else { b",\"" });
        bytes.extend_from_slice(verb.as_str().as_bytes());
        bytes.extend_from_slice(b"\":");
        push_number(bytes, guards);
        none = false;
    }
    if !none {
        bytes.push(b'}');
    }
}

/// The cost of a best path; nothing where there is none.
fn push_cost(head: &[u8], cost: Option<Cost>, bytes: &mut Vec<u8>) {
    let Some(cost) = cost else { return };
    bytes.extend_from_slice(head);
    push_number(bytes, cost.guards);
    bytes.extend_from_slice(b",\"sessions\":");
    push_number(bytes, cost.sessions);
    bytes.extend_from_slice(b",\"hops\":");
    push_number(bytes, cost.hops);
    bytes.push(b'}');
}

#[cfg(test)]
mod tests {
    use super::super::parts;
    use super::*;
    use crate::graph::CapabilityGraph;

    /// A cell as serde writes it.
    fn cell<'a>(spec: &'a Spec, row: &MatrixRow, cell: &Cell) -> CellJson<'a> {
        CellJson {
            from: spec.node_name(row.from),
            to: spec.node_name(cell.to),
            direct: cell.direct.iter().map(|declared| declared.verb.as_str()).collect(),
            acts: cell.acts().map(|(verb, guards)| (verb.as_str(), guards)).collect(),
            influence: cell.influence.map(parts::cost),
            steered: cell.is_steered_apart().then(|| {
                cell.steered.map_or(SteeredJson::Not(false), |cost| SteeredJson::At(parts::cost(cost)))
            }),
            exposure: cell.exposure.map(parts::cost),
        }
    }

    #[test]
    fn cells_are_written_as_their_type_says() {
        let texts = [
            include_str!("../../../specs/support-desk.yaml"),
            include_str!("../../../tests/conformance/secrets.yaml"),
            "version: 1\nagents:\n  \"quote \\\" \\\\ \\u00e9\": {write: [b], read: [b], observe: [b]}\n  b: {}\n",
        ];
        let mut seen = 0;
        for spec in texts {
            let graph = CapabilityGraph::build(Spec::from_text("spec.yaml", spec).expect("a valid spec"));
            let lines = Lines::new(graph.spec());
            for row in Matrix::new(&graph).rows() {
                let mut bytes = Vec::new();
                lines.row(&row, &mut bytes);
                let cells = row.cells.iter().map(|found| text(&cell(graph.spec(), &row, found)));
                let wanted: String = cells.map(|cell| format!(",\n{cell}")).collect();
                assert_eq!(String::from_utf8(bytes).expect("JSON is text"), wanted);
                seen += row.cells.len();
            }
        }
        assert!(seen > 300, "{seen} cells");
    }
}
