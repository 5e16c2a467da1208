//! `matrix -f json`: streamed row by row, one node, edge or cell a line.

use std::io::{self, Write};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{self, CostJson};
use super::topology::{TopologyJson, list, open, text};
use crate::analysis::{Cell, Matrix, MatrixRow};
use crate::spec::Spec;

/// The schema's name and version.
const SCHEMA: &str = "crabwalk/matrix/1";

/// The lateral-movement matrix of a topology.
#[derive(Serialize, JsonSchema)]
pub(super) struct MatrixJson<'a> {
    /// `crabwalk/matrix/1`.
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
    open(graph, SCHEMA, out)?;
    list("cells", matrix.rows().flat_map(|row| lines(graph.spec(), &row)), out)?;
    out.write_all(b"\n}\n")
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
