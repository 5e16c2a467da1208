//! The lateral-movement matrix: for every ordered pair, what was declared, what can be steered, learned and had done.
//!
//! Rows are independent. They are computed in parallel and handed out in order, a chunk at a time, so that a writer of a
//! large matrix never holds more than a chunk.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::acts::{Acts, Capabilities};
use super::cost::{CostRow, CostSearch};
use super::row::RowSearch;
use crate::graph::{CapabilityGraph, Cost};
use crate::model::{NodeId, Plane, Verb, Way};

/// A verb that the row's node declares on the column's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// The verb.
    pub verb: Verb,
    /// How many guards on it stop the plane it acts in.
    pub guards: u32,
}

/// One cell: what an attacker who holds the row's node gets of the column's. Never blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The column.
    pub to: NodeId,
    /// What was declared, in the order W R I O.
    pub direct: Vec<Declared>,
    /// Best path own(from) → call(to) in the influence plane.
    pub influence: Option<Cost>,
    /// Best path own(to) → call(from) in the exposure plane.
    pub exposure: Option<Cost>,
    pub(super) acts: Acts,
}

impl Cell {
    /// The verbs that the attacker can have done, in order, each with the least number of guards that have to fail.
    pub fn acts(&self) -> impl Iterator<Item = (Verb, u32)> + '_ {
        self.acts.present()
    }

    /// The guards that have to fail for one verb, by the attacker itself or by anyone it steers.
    #[must_use]
    pub fn guards_on(&self, verb: Verb) -> Option<u32> {
        self.acts.guards_on(verb)
    }

    /// The best path of a plane.
    #[must_use]
    pub fn cost(&self, plane: Plane) -> Option<Cost> {
        match plane {
            Plane::Influence => self.influence,
            Plane::Exposure => self.exposure,
        }
    }

    /// How many guards have to fail for one of the ways that the cell answers.
    #[must_use]
    pub fn guards_of(&self, way: Way) -> Option<u32> {
        match way.verb() {
            Some(verb) => self.guards_on(verb),
            None => self.cost(way.plane()).map(|cost| cost.guards),
        }
    }

    /// Whether a declared guard on this verb can be walked around: the verb can be had done, or the content moved, with no
    /// guard failing.
    #[must_use]
    pub fn has_open_detour(&self, declared: Declared) -> bool {
        let by_others = self.guards_on(declared.verb) == Some(0);
        let by_flow = self.cost(declared.verb.plane()).is_some_and(Cost::is_open);
        declared.guards > 0 && (by_others || by_flow)
    }
}

/// One row: everything that an attacker who holds `from` gets, columns in node order, blank ones left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    /// The node that is compromised.
    pub from: NodeId,
    /// The cells that are not blank.
    pub cells: Vec<Cell>,
}

impl MatrixRow {
    /// The cell of a column; nothing where it is blank.
    #[must_use]
    pub fn cell(&self, to: NodeId) -> Option<&Cell> {
        self.cells.binary_search_by_key(&to, |cell| cell.to).ok().map(|at| &self.cells[at])
    }
}

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
