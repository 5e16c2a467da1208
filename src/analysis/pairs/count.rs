//! How many pairs are connected: by row, counted in blocks of columns. A few rows are asked one by one instead.

use rayon::prelude::*;

use super::ends::{direction, ends, start, whole};
use super::sweep::{BLOCK, Bits, Condensed};
use super::{Member, Pairs};
use crate::graph::{Cost, Search};
use crate::model::{NodeId, Way};

/// How many columns a row gets at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCount {
    /// The row.
    pub row: NodeId,
    /// How many columns.
    pub count: usize,
}

impl Pairs<'_> {
    /// How many columns each row gets at, in node order.
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

    /// Marks what one row gets at in ways that go over the same arrows.
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

    /// By row: how many columns of a block it gets at.
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
            super::Apart::Different => {
                at(&|column| column.class < row.class)..at(&|column| column.class <= row.class)
            }
            super::Apart::Below => from..at(&|column| column.class <= row.class),
        }
    }
}
