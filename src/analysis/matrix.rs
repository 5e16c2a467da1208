//! The lateral-movement matrix: for every ordered pair, what was declared, what can be steered, learned and had done.
//!
//! Rows are independent. They are computed in parallel and handed out in order, a chunk at a time, so that a writer of a
//! large matrix never holds more than a chunk.

use std::ops::Range;

use rayon::prelude::*;

use super::capability::{Acts, Capabilities, present};
use super::cost::{CostRow, CostSearch};
use crate::graph::{CapabilityGraph, Cost};
use crate::spec::{NodeId, Plane, Verb};

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
    acts: Acts,
}

impl Cell {
    /// The verbs that the attacker can have done, in order, each with the least number of guards that have to fail.
    pub fn acts(&self) -> impl Iterator<Item = (Verb, u32)> + '_ {
        present(&self.acts)
    }

    /// The guards that have to fail for one verb, by the attacker itself or by anyone it steers.
    #[must_use]
    pub fn guards_on(&self, verb: Verb) -> Option<u32> {
        self.acts[verb as usize]
    }

    /// The best path of a plane.
    #[must_use]
    pub fn cost(&self, plane: Plane) -> Option<Cost> {
        match plane {
            Plane::Influence => self.influence,
            Plane::Exposure => self.exposure,
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
#[derive(Debug, Clone)]
pub struct Matrix<'g> {
    graph: &'g CapabilityGraph,
    /// Rows to compute, in the order in which they are handed out.
    rows: Vec<NodeId>,
    /// By node: whether its column is wanted.
    columns: Vec<bool>,
    /// By node: what it declares, as (target, verb, guards), sorted.
    declared: Vec<Vec<(NodeId, Declared)>>,
    capabilities: Capabilities<'g>,
}

/// Rows computed at once. A chunk is large enough to keep the threads busy and small enough to fit any memory.
const CHUNK: usize = 256;

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
        self.each_row(|search, from| self.row(search, from))
    }

    /// Something of each of some rows, by their position: in order, computed in parallel. Of the rows themselves no more is
    /// held than there are threads.
    pub fn map_rows<T: Send>(&self, rows: Range<usize>, of: impl Fn(&MatrixRow) -> T + Sync) -> Vec<T> {
        let rows = self.rows[rows].par_iter();
        rows.map_init(|| CostSearch::new(self.graph), |search, from| of(&self.row(search, *from))).collect()
    }

    /// The rows' influence alone, over all nodes, wanted columns or not.
    pub(super) fn influence(&self) -> impl Iterator<Item = (NodeId, CostRow)> + '_ {
        self.each_row(|search, from| (from, search.influenced_by(from)))
    }

    /// Something of each row in order: a chunk at a time, its rows in parallel.
    fn each_row<T: Send>(
        &self,
        of: impl Fn(&mut CostSearch<'_>, NodeId) -> T + Sync,
    ) -> impl Iterator<Item = T> {
        self.rows.chunks(CHUNK).flat_map(move |chunk| {
            let rows = chunk.par_iter();
            rows.map_init(|| CostSearch::new(self.graph), |search, from| of(search, *from))
                .collect::<Vec<T>>()
        })
    }

    fn row(&self, search: &mut CostSearch<'_>, from: NodeId) -> MatrixRow {
        let influence = search.influenced_by(from);
        let exposure = search.exposed_to(from);
        let acts = self.capabilities.acts(&[from], &influence);
        let columns = self.graph.spec().node_ids().filter(|to| *to != from && self.columns[to.index()]);
        let cells = columns.filter_map(|to| self.cell(from, to, &influence, &exposure, acts[to.index()]));
        MatrixRow { from, cells: cells.collect() }
    }

    fn cell(
        &self,
        from: NodeId,
        to: NodeId,
        influence: &CostRow,
        exposure: &CostRow,
        acts: Acts,
    ) -> Option<Cell> {
        let row = &self.declared[from.index()];
        let first = row.partition_point(|(target, _)| *target < to);
        let direct: Vec<Declared> =
            row[first..].iter().take_while(|(target, _)| *target == to).map(|(_, verb)| *verb).collect();
        let (influence, exposure) = (influence[to.index()], exposure[to.index()]);
        let blank = direct.is_empty() && influence.is_none() && exposure.is_none() && acts == Acts::default();
        (!blank).then_some(Cell { to, direct, influence, exposure, acts })
    }
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
