//! Which pairs one topology connects and another does not, exactly, with neither closure kept.
//!
//! Only rows from which a changed arc can be come to, and only columns that lie behind one, can differ. Both graphs are
//! condensed; block by block of those columns both are swept, and the rows in question are compared.

use rayon::prelude::*;

use super::alignment::{Aligned, Alignment, Side};
use super::bits::{WORD, or_rows};
use super::condensation::Condensation;
use crate::graph::{CapabilityGraph, Strength};
use crate::model::{NodeId, Plane};

/// Words in a block of columns.
const WIDTH: usize = 32;

/// A row of bits, one a column of the block.
type Row = [u64; WIDTH];

/// The difference of two closures. Nodes are the same where their names are.
#[derive(Debug)]
pub struct ReachDiff {
    nodes: Vec<Aligned>,
    /// Places of the columns that can differ; blocks take them in this order.
    columns: Vec<usize>,
    /// By block: the rows that do differ.
    blocks: Vec<Vec<Change>>,
}

/// How a row differs in a block.
#[derive(Debug, Clone)]
struct Change {
    place: usize,
    opened: Row,
    closed: Row,
}

impl ReachDiff {
    /// Compares what content can come to over the flows that `strength` counts: own(from) → call(to).
    #[must_use]
    pub fn between(base: &CapabilityGraph, head: &CapabilityGraph, plane: Plane, strength: Strength) -> Self {
        let alignment = Alignment::of(base, head, plane, strength);
        let columns = alignment.columns.clone();
        if alignment.rows.is_empty() || columns.is_empty() {
            return Self { nodes: alignment.nodes, columns, blocks: Vec::new() };
        }
        let condense = |side: &Side<'_>| Condensation::of(side.forward);
        let (before, after) = rayon::join(|| condense(&alignment.base), || condense(&alignment.head));
        let blocks = columns
            .par_chunks(WIDTH * WORD)
            .map_init(
                || (Sweep::default(), Sweep::default()),
                |(base, head), columns| {
                    base.run(&before, &alignment.base, columns, |place| alignment.nodes[place].base);
                    head.run(&after, &alignment.head, columns, |place| alignment.nodes[place].head);
                    let row = |place: &usize| {
                        let node = alignment.nodes[*place];
                        let base = base.row(&before, &alignment.base, node.base);
                        let head = head.row(&after, &alignment.head, node.head);
                        compare(*place, base, head, columns)
                    };
                    alignment.rows.iter().filter_map(row).collect()
                },
            )
            .collect();
        Self { nodes: alignment.nodes, columns, blocks }
    }

    /// How many ordered pairs the head connects and the base does not.
    #[must_use]
    pub fn opened(&self) -> usize {
        self.changes().map(|change| ones(&change.opened)).sum()
    }

    /// How many ordered pairs the base connects and the head does not.
    #[must_use]
    pub fn closed(&self) -> usize {
        self.changes().map(|change| ones(&change.closed)).sum()
    }

    /// The pairs that the head alone connects, as nodes of the head, in their order.
    #[must_use]
    pub fn opened_pairs(&self) -> Vec<(NodeId, NodeId)> {
        self.pairs(|change| &change.opened, |node| node.head)
    }

    /// The pairs that the base alone connects, as nodes of the base, in their order.
    #[must_use]
    pub fn closed_pairs(&self) -> Vec<(NodeId, NodeId)> {
        self.pairs(|change| &change.closed, |node| node.base)
    }

    fn changes(&self) -> impl Iterator<Item = &Change> {
        self.blocks.iter().flatten()
    }

    fn pairs(
        &self,
        row: impl Fn(&Change) -> &Row,
        id: impl Fn(Aligned) -> Option<NodeId>,
    ) -> Vec<(NodeId, NodeId)> {
        let mut pairs = Vec::new();
        for (columns, block) in self.columns.chunks(WIDTH * WORD).zip(&self.blocks) {
            for change in block {
                for to in set(row(change)).map(|column| self.nodes[columns[column]]) {
                    pairs.extend(id(self.nodes[change.place]).zip(id(to)));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }
}

/// What differs between two rows; nothing where they are equal. A node does not reach itself.
fn compare(place: usize, base: Option<&Row>, head: Option<&Row>, columns: &[usize]) -> Option<Change> {
    const NOTHING: Row = [0; WIDTH];
    let (base, head) = (base.unwrap_or(&NOTHING), head.unwrap_or(&NOTHING));
    if base == head {
        return None;
    }
    let mut change = Change {
        place,
        opened: std::array::from_fn(|word| head[word] & !base[word]),
        closed: std::array::from_fn(|word| base[word] & !head[word]),
    };
    if let Ok(own) = columns.binary_search(&place) {
        change.opened[own / WORD] &= !(1 << (own % WORD));
        change.closed[own / WORD] &= !(1 << (own % WORD));
    }
    (change.opened != NOTHING || change.closed != NOTHING).then_some(change)
}

/// What the components of a graph reach of some columns.
#[derive(Default)]
struct Sweep {
    rows: Vec<Row>,
    /// By component: whether it reaches any.
    active: Vec<bool>,
}

impl Sweep {
    fn run(
        &mut self,
        graph: &Condensation,
        side: &Side<'_>,
        columns: &[usize],
        node: impl Fn(usize) -> Option<NodeId>,
    ) {
        self.rows.resize(graph.len(), [0; WIDTH]);
        for (row, active) in self.rows.iter_mut().zip(&mut self.active) {
            if std::mem::take(active) {
                *row = [0; WIDTH];
            }
        }
        self.active.resize(graph.len(), false);
        for (column, place) in columns.iter().enumerate() {
            let Some(node) = node(*place) else { continue };
            let component = graph.components.of(side.flows.call(node));
            self.rows[component][column / WORD] |= 1 << (column % WORD);
            self.active[component] = true;
        }
        for component in 0..graph.len() {
            let (done, rest) = self.rows.split_at_mut(component);
            let sources = graph.successors(component).iter().map(|other| *other as usize);
            let any = or_rows(&mut rest[0], done, sources.filter(|other| self.active[*other]));
            self.active[component] |= any;
        }
    }

    fn row(&self, graph: &Condensation, side: &Side<'_>, node: Option<NodeId>) -> Option<&Row> {
        node.map(|node| &self.rows[graph.components.of(side.flows.own(node))])
    }
}

fn ones(row: &Row) -> usize {
    row.iter().map(|word| word.count_ones() as usize).sum()
}

/// The columns that are set.
fn set(row: &Row) -> impl Iterator<Item = usize> + '_ {
    (0..WIDTH * WORD).filter(|column| row[column / WORD] >> (column % WORD) & 1 == 1)
}
