//! How many pairs are connected: by row, counted in blocks of columns. A few rows are asked one by one instead.
//!
//! Which columns each row reaches is found for a block of them at once: one bit a column, carried against the arrows through the
//! condensed graph, once for each number of guards.

use std::collections::VecDeque;

use rayon::prelude::*;

use super::ends::{WayEnd, direction, ends, start, whole};
use super::members::{Apart, Member, Pairs};
use crate::graph::{CapabilityGraph, Components, Cost, Direction, FlowNode, Search, Strength};
use crate::model::{NodeId, Way, Within};

/// How many columns a row reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCount {
    /// The row.
    pub row: NodeId,
    /// How many columns.
    pub count: usize,
}

impl Pairs<'_> {
    /// How many columns each row reaches, in node order.
    #[must_use]
    pub fn count(&self) -> Vec<RowCount> {
        let (exceptional, others) = self.by_exception();
        // A search looks at the graph about as often as a block of columns does.
        let blocks = self.columns.len().div_ceil(BLOCK);
        let one_by_one = others.len() <= blocks;
        let mut counts = self.searched(&exceptional);
        counts.extend(if one_by_one { self.searched(&others) } else { self.swept(&others) });
        counts.sort_unstable_by_key(|count| count.row);
        counts
    }

    /// How many pairs there are in all, connected or not.
    #[must_use]
    pub fn all(&self) -> usize {
        let (exceptional, others) = self.by_exception();
        let one_by_one = exceptional
            .iter()
            .map(|row| self.columns.iter().filter(|column| self.counts(*row, **column)).count());
        let together =
            others.iter().map(|row| self.columns.len() - self.blind(*row, 0, self.columns.len()).len());
        one_by_one.chain(together).sum()
    }

    /// The columns of some rows, a search each.
    fn searched(&self, rows: &[Member]) -> Vec<RowCount> {
        let search = || Search::new(self.graph.flows());
        let counted = rows.par_iter().map_init(search, |search, row| {
            let mut reached = vec![false; self.columns.len()];
            for ways in self.ways.chunk_by(|one, other| direction(*one) == direction(*other)) {
                self.reach(search, ways, *row, &mut reached);
            }
            RowCount { row: row.node, count: reached.iter().filter(|reached| **reached).count() }
        });
        counted.collect()
    }

    /// Marks what one row reaches in ways that go over the same arrows.
    fn reach(&self, search: &mut Search, ways: &[Way], row: Member, reached: &mut [bool]) {
        let Some(first) = ways.first() else { return };
        let starts = [(start(self.graph, *first, row.node), Cost::ZERO)];
        search.run(self.graph.flows(), first.plane(), direction(*first), starts);
        for (reached, column) in
            reached.iter_mut().zip(&self.columns).filter(|(_, column)| self.counts(row, **column))
        {
            let ends = ways.iter().flat_map(|way| ends(self.graph, *way, column.node));
            let mut costs = ends.filter_map(|end| Some(whole(search.cost(end.door)?, end)));
            *reached |= costs.any(|cost| cost.guards <= self.within.most());
        }
    }

    /// The columns of many rows, a block at a time.
    fn swept(&self, rows: &[Member]) -> Vec<RowCount> {
        let condensed: Vec<(Condensed, &[Way])> = self
            .ways
            .chunk_by(|one, other| direction(*one) == direction(*other))
            .map(|ways| (Condensed::of(self.graph, ways[0], self.within), ways))
            .collect();
        let blocks = self.columns.par_chunks(BLOCK).enumerate();
        let counts =
            blocks.map(|(number, block)| self.block(&condensed, rows, number * BLOCK, block)).reduce(
                || vec![0; rows.len()],
                |mut one, other| {
                    one.iter_mut().zip(other).for_each(|(count, more)| *count += more);
                    one
                },
            );
        rows.iter().zip(counts).map(|(row, count)| RowCount { row: row.node, count }).collect()
    }

    /// By row: how many columns of a block it reaches.
    fn block(
        &self,
        condensed: &[(Condensed, &[Way])],
        rows: &[Member],
        first: usize,
        block: &[Member],
    ) -> Vec<usize> {
        let mut found: Vec<Bits> = vec![[0; BLOCK / 64]; rows.len()];
        for (condensed, ways) in condensed {
            let all = block.iter().enumerate().flat_map(|(bit, column)| {
                let ends = ways.iter().flat_map(|way| ends(self.graph, *way, column.node));
                ends.map(move |end| (end, bit))
            });
            let carried = condensed.carry(&all.collect::<Vec<_>>());
            for (row, found) in rows.iter().zip(&mut found) {
                let bits = carried.at(start(self.graph, ways[0], row.node));
                found.iter_mut().zip(bits).for_each(|(word, more)| *word |= more);
            }
        }
        let counts = rows.iter().zip(&mut found).map(|(row, bits)| {
            // Columns are sorted by class, so that those that make no pair with a row lie side by side.
            for column in self.blind(*row, first, first + block.len()) {
                bits[(column - first) / 64] &= !(1 << ((column - first) % 64));
            }
            bits.iter().map(|word| word.count_ones() as usize).sum()
        });
        counts.collect()
    }

    /// The columns, by position between two of them, that make no pair with a row by their class.
    fn blind(&self, row: Member, from: usize, to: usize) -> std::ops::Range<usize> {
        let at = |smaller: &dyn Fn(&Member) -> bool| self.columns[from..to].partition_point(smaller) + from;
        match self.apart {
            Apart::Different => {
                at(&|column| column.class < row.class)..at(&|column| column.class <= row.class)
            }
            Apart::Below => from..at(&|column| column.class <= row.class),
        }
    }
}

/// Columns that are carried at once.
const BLOCK: usize = 512;

/// One bit a column of a block.
type Bits = [u64; BLOCK / 64];

const NONE: Bits = [0; BLOCK / 64];

/// The graph that ways of one direction go over, condensed.
struct Condensed {
    components: Components,
    /// By component, in the order in which bits are carried: where its arcs start in `arcs`. Length: components + 1.
    starts: Vec<u32>,
    /// To which component, past how many guards.
    arcs: Vec<(u32, u32)>,
    /// Components from those that nothing leads on from.
    order: Vec<u32>,
    /// The most guards on an arc.
    steepest: u32,
    within: Within,
}

impl Condensed {
    /// Condenses the plane that a way goes over. Without a limit on guards all arcs are alike.
    pub(super) fn of(graph: &CapabilityGraph, way: Way, within: Within) -> Self {
        let flows = graph.flows();
        let strength = if within == Within::Any { Strength::Any } else { Strength::Open };
        let components = Components::find(flows, way.plane(), strength);
        let count = u32::try_from(components.len()).unwrap_or(u32::MAX);
        // Components are numbered sinks first.
        let order: Vec<u32> = match direction(way) {
            Direction::Forward => (0..count).collect(),
            Direction::Reverse => (0..count).rev().collect(),
        };
        let (mut starts, mut arcs) = (vec![0], Vec::new());
        let mut of_one = Vec::new();
        for component in 0..count {
            for member in components.members(component as usize) {
                let found = flows.arcs_at(way.plane(), direction(way), *member);
                of_one.extend(found.map(|arc| {
                    let guards = if within == Within::Any { 0 } else { arc.cost().guards };
                    (u32::try_from(components.of(arc.other)).unwrap_or(u32::MAX), guards)
                }));
            }
            of_one.retain(|(other, _)| *other != component);
            of_one.sort_unstable();
            // Of several arcs to one component the least guarded counts.
            of_one.dedup_by_key(|(other, _)| *other);
            of_one.retain(|(_, guards)| *guards <= within.most());
            arcs.append(&mut of_one);
            starts.push(u32::try_from(arcs.len()).unwrap_or(u32::MAX));
        }
        let steepest = arcs.iter().map(|(_, guards)| *guards).max().unwrap_or(0);
        Self { components, starts, arcs, order, steepest, within }
    }

    fn arcs_of(&self, component: u32) -> &[(u32, u32)] {
        &self.arcs[self.starts[component as usize] as usize..self.starts[component as usize + 1] as usize]
    }

    /// By component: the columns of a block that are reached from it. `ends` are those of the block, each with its bit.
    fn carry(&self, ends: &[(WayEnd, usize)]) -> Carried<'_> {
        let guards = |end: &WayEnd| if self.within == Within::Any { 0 } else { end.guards };
        let steepest = ends.iter().map(|(end, _)| guards(end)).max().unwrap_or(0).max(self.steepest);
        // One for each number of guards, the newest at the end: as many as one step can look back over.
        let mut levels: VecDeque<Vec<Bits>> = VecDeque::new();
        let mut unchanged = 0;
        for level in 0..=self.within.most() {
            let mut bits = vec![NONE; self.components.len()];
            for (end, column) in ends.iter().filter(|(end, _)| guards(end) <= level) {
                bits[self.components.of(end.door)][column / 64] |= 1 << (column % 64);
            }
            for component in &self.order {
                let mut own = bits[*component as usize];
                for (other, guards) in self.arcs_of(*component) {
                    match guards {
                        0 => join(&mut own, &bits[*other as usize]),
                        some if *some <= level => {
                            let before = levels.len() - *some as usize;
                            join(&mut own, &levels[before][*other as usize]);
                        }
                        _ => {}
                    }
                }
                bits[*component as usize] = own;
            }
            unchanged = if levels.back() == Some(&bits) { unchanged + 1 } else { 0 };
            levels.push_back(bits);
            if levels.len() > steepest.max(1) as usize {
                levels.pop_front();
            }
            // Once nothing has come in for as many guards as one step can take, nothing more comes.
            if self.within == Within::Any || (level >= steepest && unchanged >= steepest) {
                break;
            }
        }
        Carried { graph: self, bits: levels.pop_back().unwrap_or_default() }
    }
}

fn join(one: &mut Bits, other: &Bits) {
    for (word, more) in one.iter_mut().zip(other) {
        *word |= more;
    }
}

/// What was carried to each component.
struct Carried<'c> {
    graph: &'c Condensed,
    bits: Vec<Bits>,
}

impl Carried<'_> {
    /// The columns that are reached from a flow node.
    fn at(&self, node: FlowNode) -> &Bits {
        &self.bits[self.graph.components.of(node)]
    }
}
