//! The lateral-movement matrix: for every ordered pair, what was declared, what can be steered, learned and had done.
//!
//! Rows are independent. They are computed in parallel and handed out in order, a chunk at a time, so that a writer of a
//! large matrix never holds more than a chunk.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::acts::Capabilities;
use super::cost::{CostRow, CostSearch};
use super::pairs::ends::{backwards, ends, start, whole};
use super::row::{Declared, MatrixRow, RowSearch};
use crate::graph::{CapabilityGraph, Cost, Search};
use crate::model::{NodeId, Way};

/// The matrix of a graph, restricted to some rows and columns.
#[derive(Debug)]
pub struct Matrix<'g> {
    graph: &'g CapabilityGraph,
    /// Rows to compute, in the order in which they are handed out.
    rows: Vec<NodeId>,
    /// By node: whether its column is wanted.
    columns: Vec<bool>,
    /// By node: what it declares, as (target, verb, guards), sorted.
    declared: Vec<Vec<(NodeId, Declared)>>,
    capabilities: Capabilities,
    /// Searches to use again: their buffers are as long as the graph, and a row may be short.
    spare: Mutex<Vec<RowSearch>>,
}

/// Rows computed at once. A chunk is large enough to keep the threads busy and small enough to fit any memory.
const CHUNK: usize = 256;
/// Cells in a chunk of full rows.
const CELLS: usize = 1 << 20;

impl<'g> Matrix<'g> {
    /// The whole matrix.
    #[must_use]
    pub fn new(graph: &'g CapabilityGraph) -> Self {
        let all: Vec<NodeId> = graph.spec().node_ids().collect();
        Self::restricted(graph, all.clone(), &all)
    }

    /// The rows of some nodes over the columns of others. What is reached is reached through the whole graph.
    #[must_use]
    pub fn restricted(graph: &'g CapabilityGraph, rows: Vec<NodeId>, columns: &[NodeId]) -> Self {
        let mut wanted = vec![false; graph.spec().nodes.len()];
        for column in columns {
            wanted[column.index()] = true;
        }
        Self {
            graph,
            rows,
            columns: wanted,
            declared: declared(graph),
            capabilities: Capabilities::new(graph),
            spare: Mutex::default(),
        }
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &'g CapabilityGraph {
        self.graph
    }

    /// The nodes whose rows are handed out, in order.
    #[must_use]
    pub fn row_nodes(&self) -> &[NodeId] {
        &self.rows
    }

    /// The nodes whose columns are kept, in node order.
    #[must_use]
    pub fn column_nodes(&self) -> Vec<NodeId> {
        self.graph.spec().node_ids().filter(|node| self.columns[node.index()]).collect()
    }

    /// How many columns are kept.
    #[must_use]
    pub fn column_count(&self) -> usize {
        self.columns.iter().filter(|wanted| **wanted).count()
    }

    /// The rows in order, computed a chunk at a time.
    pub fn rows(&self) -> impl Iterator<Item = MatrixRow> + '_ {
        let count = self.rows.len();
        let chunk = self.chunk();
        (0..count)
            .step_by(chunk)
            .flat_map(move |from| self.map_own_rows(from..count.min(from + chunk), take_out))
    }

    /// Something of each of some rows, by their position: in order, computed in parallel. Of the rows themselves no more is
    /// held than there are threads.
    pub fn map_rows<T: Send>(&self, rows: Range<usize>, of: impl Fn(&MatrixRow) -> T + Sync) -> Vec<T> {
        self.map_own_rows(rows, |row| of(row))
    }

    /// As [`Self::map_rows`], where the function may take the row's cells. What it leaves is memory for the next row.
    fn map_own_rows<T: Send>(&self, rows: Range<usize>, of: impl Fn(&mut MatrixRow) -> T + Sync) -> Vec<T> {
        let rows = self.rows[rows].par_iter();
        rows.map(|from| {
            let mut search = self.search();
            let mut row = self.row(&mut search, *from);
            let answer = of(&mut row);
            search.keep(row.cells);
            self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(search);
            answer
        })
        .collect()
    }

    fn search(&self) -> RowSearch {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| RowSearch::new(self.graph))
    }

    /// How many rows are computed at once: fewer where they may be long.
    fn chunk(&self) -> usize {
        (CELLS / self.columns.len().max(1)).clamp(rayon::current_num_threads().min(CHUNK), CHUNK)
    }

    /// The rows' influence alone, over all nodes, wanted columns or not.
    pub(super) fn influence(&self) -> impl Iterator<Item = (NodeId, CostRow)> + '_ {
        self.rows.chunks(self.chunk()).flat_map(move |chunk| {
            let rows = chunk.par_iter();
            rows.map_init(|| CostSearch::new(self.graph), |search, from| (*from, search.influenced_by(*from)))
                .collect::<Vec<_>>()
        })
    }

    fn row(&self, search: &mut RowSearch, from: NodeId) -> MatrixRow {
        search.run(self.graph, from, &self.capabilities, &self.declared[from.index()]);
        let wanted = |node: NodeId| node != from && self.columns[node.index()];
        MatrixRow { from, cells: search.cells(self.graph, &self.declared[from.index()], wanted) }
    }
}

/// A row out of the hands of its search.
fn take_out(row: &mut MatrixRow) -> MatrixRow {
    MatrixRow { from: row.from, cells: std::mem::take(&mut row.cells) }
}

/// By actor: its declared edges as (target, verb with guards), sorted by target, then verb.
fn declared(graph: &CapabilityGraph) -> Vec<Vec<(NodeId, Declared)>> {
    let spec = graph.spec();
    let mut declared = vec![Vec::new(); spec.nodes.len()];
    for edge in graph.edges().iter().filter(|edge| edge.is_declared()) {
        let guards = edge.request_guards(spec, edge.verb.plane());
        declared[edge.from.index()].push((edge.to, Declared { verb: edge.verb, guards }));
    }
    for row in &mut declared {
        row.sort_unstable_by_key(|(to, declared)| (*to, declared.verb));
    }
    declared
}

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
    /// Who reaches this node.
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

/// Who reaches a node in one way.
fn column(graph: &CapabilityGraph, way: Way, column: NodeId) -> Vec<(NodeId, u32)> {
    let flows = graph.flows();
    let mut search = Search::new(flows);
    let ends = ends(graph, way, column).into_iter().map(|end| (end.door, whole(Cost::ZERO, end)));
    search.run(flows, way.plane(), backwards(way), ends);
    let others = flows.nodes().filter(|node| *node != column);
    others.filter_map(|row| Some((row, search.cost(start(graph, way, row))?.guards))).collect()
}
