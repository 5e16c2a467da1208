//! Lines of the matrix, question by question: who gets at whom, and behind how many guards. A row is a row of the matrix; a
//! column is found by a search backwards, whatever the number of rows.

use super::matrix::{Matrix, MatrixRow};
use super::pairs::ends::{backwards, ends, start, whole};
use crate::graph::{CapabilityGraph, Cost, Search};
use crate::model::{NodeId, Way};

/// What is in a line, by question: the nodes at its other end with the guards that have to fail, in node order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatrixLine {
    /// The node whose line it is.
    pub of: NodeId,
    /// For each question that was asked, in the order in which they were asked.
    pub cells: Vec<Vec<(NodeId, u32)>>,
}

/// Which lines are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinesOf {
    /// Every row.
    All,
    /// What the holder of this node gets.
    Row(NodeId),
    /// Who gets at this node.
    Column(NodeId),
}

/// Something of each of some lines, in node order, found in parallel.
pub fn lines<T: Send>(
    graph: &CapabilityGraph,
    of: LinesOf,
    ways: &[Way],
    each: impl Fn(&MatrixLine) -> T + Sync,
) -> Vec<T> {
    let row = |row: &MatrixRow| {
        let cells = ways.iter().map(|way| of_way(row, *way)).collect();
        each(&MatrixLine { of: row.from, cells })
    };
    let all = || graph.spec().node_ids().collect::<Vec<_>>();
    match of {
        LinesOf::All => {
            let matrix = Matrix::new(graph);
            matrix.map_rows(0..matrix.row_nodes().len(), row)
        }
        LinesOf::Row(node) => Matrix::restricted(graph, vec![node], &all()).map_rows(0..1, row),
        LinesOf::Column(node) => {
            let cells = ways.iter().map(|way| column(graph, *way, node)).collect();
            vec![each(&MatrixLine { of: node, cells })]
        }
    }
}

/// The answers to one question in a row.
fn of_way(row: &MatrixRow, way: Way) -> Vec<(NodeId, u32)> {
    row.cells.iter().filter_map(|cell| Some((cell.to, cell.guards_of(way)?))).collect()
}

/// Who gets at a node in one way.
fn column(graph: &CapabilityGraph, way: Way, column: NodeId) -> Vec<(NodeId, u32)> {
    let flows = graph.flows();
    let mut search = Search::new(flows);
    let ends = ends(graph, way, column).into_iter().map(|end| (end.door, whole(Cost::ZERO, end)));
    search.run(flows, way.plane(), backwards(way), ends);
    let others = flows.nodes().filter(|node| *node != column);
    others.filter_map(|row| Some((row, search.cost(start(graph, way, row))?.guards))).collect()
}
