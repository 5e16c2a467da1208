//! Matrix → grid: what the page shows of each cell, rows and columns in the caller's order, with their counts.
//!
//! Only what a cell shows is kept, and only of cells that are not blank: a grid is much smaller than the matrix.

use crate::analysis::{Cell, Declared, Matrix, MatrixRow};
use crate::graph::{CapabilityGraph, Cost};
use crate::model::{NodeId, Plane, Spec, Verb, ZoneId};

/// Whether a verb is in the attacker's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// No guard has to fail.
    Open,
    /// A guard has to fail.
    Guarded,
    /// Declared behind a guard, yet there is an open way around.
    Detour,
}

/// A verb in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VerbMark {
    /// The row's node declares it on the column's.
    pub(super) declared: bool,
    pub(super) hold: Hold,
}

/// What a page shows of a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glance {
    /// By verb, W R I O.
    pub(super) verbs: [Option<VerbMark>; 4],
    pub(super) influence: Option<Cost>,
    pub(super) exposure: Option<Cost>,
    /// The column's zone is more trusted than the row's.
    pub(super) escalation: bool,
}

impl Glance {
    pub(super) fn of(spec: &Spec, from: NodeId, cell: &Cell) -> Self {
        let verb = |verb: &Verb| verb_mark(cell, *verb);
        let mut verbs = [None; 4];
        for (slot, mark) in verbs.iter_mut().zip(Verb::ALL.iter().map(verb)) {
            *slot = mark;
        }
        Self {
            verbs,
            influence: cell.influence,
            exposure: cell.exposure,
            escalation: spec.is_escalation(from, cell.to),
        }
    }

    pub(super) fn reach(&self, plane: Plane) -> Option<Cost> {
        match plane {
            Plane::Influence => self.influence,
            Plane::Exposure => self.exposure,
        }
    }

    pub(super) fn is_open(&self, plane: Plane) -> bool {
        self.reach(plane).is_some_and(Cost::is_open)
    }

    /// The influence as far as the verbs do not tell of it: where there is none, and an open one where all are guarded.
    pub(super) fn shown_influence(&self) -> Option<Cost> {
        let mut verbs = self.verbs.iter().flatten().peekable();
        let none = verbs.peek().is_none();
        let guarded = verbs.all(|mark| mark.hold == Hold::Guarded);
        self.influence.filter(|reach| none || (guarded && reach.is_open()))
    }

    pub(super) fn is_declared(&self) -> bool {
        self.verbs.iter().flatten().any(|mark| mark.declared)
    }
}

fn verb_mark(cell: &Cell, verb: Verb) -> Option<VerbMark> {
    match cell.direct.iter().find(|declared| declared.verb == verb) {
        Some(declared) => Some(VerbMark { declared: true, hold: declared_hold(cell, *declared) }),
        None => cell.guards_on(verb).map(|guards| {
            let hold = if guards == 0 { Hold::Open } else { Hold::Guarded };
            VerbMark { declared: false, hold }
        }),
    }
}

fn declared_hold(cell: &Cell, declared: Declared) -> Hold {
    match declared.guards {
        0 => Hold::Open,
        _ if cell.has_open_detour(declared) => Hold::Detour,
        _ => Hold::Guarded,
    }
}

/// A row of the page: its node and the cells that are not blank, by column.
#[derive(Debug, Clone)]
pub(super) struct GridRow {
    pub(super) node: NodeId,
    pub(super) cells: Vec<(usize, Glance)>,
}

impl GridRow {
    pub(super) fn cell(&self, column: usize) -> Option<&Glance> {
        self.cells.binary_search_by_key(&column, |(at, _)| *at).ok().map(|at| &self.cells[at].1)
    }

    /// How many columns it has an open path to.
    pub(super) fn open(&self, plane: Plane) -> usize {
        self.cells.iter().filter(|(_, cell)| cell.is_open(plane)).count()
    }
}

/// Pairs of a page, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) pairs: usize,
    pub(super) open: usize,
    pub(super) guarded: usize,
    pub(super) escalations: usize,
}

/// A stretch of neighbours in one zone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) zone: Option<ZoneId>,
    pub(super) first: usize,
    pub(super) len: usize,
}

/// What a page shows.
#[derive(Debug, Clone)]
pub(super) struct Grid<'g> {
    pub(super) graph: &'g CapabilityGraph,
    pub(super) rows: Vec<GridRow>,
    pub(super) columns: Vec<NodeId>,
    /// By node: its number on the page, which is that of its column where it has one; 0 for a node that is not shown.
    numbers: Vec<usize>,
}

impl<'g> Grid<'g> {
    /// Reads a matrix once. Rows and columns that it does not hold are left out: there is nothing to say about them.
    pub(super) fn collect(matrix: &Matrix<'g>, rows: &[NodeId], columns: &[NodeId]) -> Self {
        let graph = matrix.graph();
        let count = graph.spec().nodes.len();
        let columns = kept(columns, &matrix.column_nodes(), count);
        let rows = kept(rows, matrix.row_nodes(), count);
        let (row_at, column_at) = (positions(&rows, count), positions(&columns, count));
        let mut grid_rows: Vec<GridRow> =
            rows.iter().map(|node| GridRow { node: *node, cells: Vec::new() }).collect();
        let glances = |row: &MatrixRow| (row.from, glances(graph.spec(), row, &column_at));
        for (from, cells) in matrix.map_rows(0..matrix.row_nodes().len(), glances) {
            if let Some(at) = row_at[from.index()] {
                grid_rows[at].cells = cells;
            }
        }
        let numbers = numbers(&rows, &columns, count);
        Self { graph, rows: grid_rows, columns, numbers }
    }

    pub(super) fn spec(&self) -> &'g Spec {
        self.graph.spec()
    }

    pub(super) fn number(&self, node: NodeId) -> usize {
        self.numbers[node.index()]
    }

    pub(super) fn largest_number(&self) -> usize {
        self.numbers.iter().copied().max().unwrap_or(0)
    }

    /// The columns whose nodes have no row that would say their names.
    pub(super) fn unnamed_columns(&self) -> Vec<NodeId> {
        let rows: Vec<NodeId> = self.rows.iter().map(|row| row.node).collect();
        let has_row = positions(&rows, self.numbers.len());
        self.columns.iter().copied().filter(|node| has_row[node.index()].is_none()).collect()
    }

    /// How many columns a row could reach: all but its own.
    pub(super) fn denominator(&self, row: &GridRow) -> usize {
        let own = (1..=self.columns.len()).contains(&self.number(row.node));
        self.columns.len() - usize::from(own)
    }

    pub(super) fn counts(&self, plane: Plane) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            counts.pairs += self.denominator(row);
            for (_, cell) in &row.cells {
                let open = cell.is_open(plane);
                counts.open += usize::from(open);
                counts.guarded += usize::from(!open && cell.reach(plane).is_some());
                counts.escalations += usize::from(open && cell.escalation);
            }
        }
        counts
    }

    /// By column: how many rows have an open path to it.
    pub(super) fn reached_by(&self, plane: Plane) -> Vec<usize> {
        let mut reached = vec![0; self.columns.len()];
        for (column, _) in self.rows.iter().flat_map(|row| &row.cells).filter(|(_, cell)| cell.is_open(plane))
        {
            reached[*column] += 1;
        }
        reached
    }

    pub(super) fn row_blocks(&self) -> Vec<Block> {
        blocks(self.spec(), self.rows.iter().map(|row| row.node))
    }

    pub(super) fn column_blocks(&self) -> Vec<Block> {
        blocks(self.spec(), self.columns.iter().copied())
    }
}

/// Some nodes without repetitions and without those that a matrix does not hold.
fn kept(nodes: &[NodeId], held: &[NodeId], count: usize) -> Vec<NodeId> {
    let mut wanted = vec![false; count];
    for node in held {
        wanted[node.index()] = true;
    }
    nodes.iter().copied().filter(|node| std::mem::take(&mut wanted[node.index()])).collect()
}

fn positions(nodes: &[NodeId], count: usize) -> Vec<Option<usize>> {
    let mut positions = vec![None; count];
    for (position, node) in nodes.iter().enumerate() {
        positions[node.index()] = Some(position);
    }
    positions
}

/// Columns are numbered from 1; rows that are no column go on from there, so that a number names one node.
fn numbers(rows: &[NodeId], columns: &[NodeId], count: usize) -> Vec<usize> {
    let mut numbers = vec![0; count];
    let mut next = 1;
    for node in columns.iter().chain(rows) {
        if numbers[node.index()] == 0 {
            numbers[node.index()] = next;
            next += 1;
        }
    }
    numbers
}

fn glances(spec: &Spec, row: &MatrixRow, column_at: &[Option<usize>]) -> Vec<(usize, Glance)> {
    let glance = |cell: &Cell| Some((column_at[cell.to.index()]?, Glance::of(spec, row.from, cell)));
    let mut cells: Vec<(usize, Glance)> = row.cells.iter().filter_map(glance).collect();
    cells.sort_unstable_by_key(|(column, _)| *column);
    cells
}

fn blocks(spec: &Spec, nodes: impl Iterator<Item = NodeId>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (position, node) in nodes.enumerate() {
        let zone = spec.node(node).zone;
        match blocks.last_mut() {
            Some(last) if last.zone == zone => last.len += 1,
            _ => blocks.push(Block { zone, first: position, len: 1 }),
        }
    }
    blocks
}
