//! The closure of a condensation as bitset rows, in blocks of columns.
//!
//! A component reaches only components with smaller numbers, so a block of columns has rows from its own first column on: the
//! blocks together are a triangle, half of a square. Rows are OR-ed together in the order in which components were emitted:
//! Purdom, "A transitive closure algorithm" (1970). The buffer of the result is the working memory, rows of a block lie one
//! after the other, and blocks are computed in parallel.

use rayon::prelude::*;

use super::condensation::Condensation;
use crate::graph::Zeroed;

/// Bits in a word.
pub(super) const WORD: usize = u64::BITS as usize;

/// By component: what it reaches, itself included.
#[derive(Debug)]
pub(super) struct Bits {
    /// Words in a row of a block.
    width: usize,
    components: usize,
    /// Where each block starts in `words`.
    blocks: Vec<usize>,
    words: Zeroed<u64>,
}

/// Bytes that the bitsets of this many components take, in blocks of `width` words.
pub(super) fn bytes(components: usize, width: usize) -> usize {
    let blocks = components.div_ceil(width * WORD);
    (0..blocks).map(|block| (components - block * width * WORD) * width * size_of::<u64>()).sum()
}

impl Bits {
    /// Closes a condensation, in blocks of `width` words (1, 8, 32 or 64).
    pub(super) fn close(graph: &Condensation, width: usize) -> Self {
        let components = graph.len();
        let count = components.div_ceil(width * WORD);
        let rows = |block: usize| components - block * width * WORD;
        let mut blocks = Vec::with_capacity(count);
        let mut total = 0;
        for block in 0..count {
            blocks.push(total);
            total += rows(block) * width;
        }
        let mut words = Zeroed::new(total);
        let mut parts = Vec::with_capacity(count);
        let mut rest = words.as_mut_slice();
        for block in 0..count {
            let (part, after) = rest.split_at_mut(rows(block) * width);
            parts.push((block * width * WORD, part));
            rest = after;
        }
        // The first blocks have the most rows: whoever is free takes the next one.
        parts.into_par_iter().with_max_len(1).for_each_init(Vec::new, |active, (first, part)| {
            close_block(graph, first, width, part, active);
        });
        Self { width, components, blocks, words }
    }

    /// Whether a component reaches another.
    pub(super) fn contains(&self, component: usize, other: usize) -> bool {
        other <= component && {
            let block = other / (self.width * WORD);
            let column = other - block * self.width * WORD;
            self.row(block, component)[column / WORD] >> (column % WORD) & 1 == 1
        }
    }

    /// The blocks that a component has a row in, each with its first column and the row.
    pub(super) fn rows_of(&self, component: usize) -> impl Iterator<Item = (usize, &[u64])> + '_ {
        let last = component / (self.width * WORD);
        (0..=last.min(self.blocks.len().saturating_sub(1)))
            .map(move |block| (block * self.width * WORD, self.row(block, component)))
    }

    fn row(&self, block: usize, component: usize) -> &[u64] {
        let from = self.blocks[block] + (component - block * self.width * WORD) * self.width;
        &self.words.as_slice()[from..from + self.width]
    }

    /// Bytes that the rows take.
    pub(super) fn bytes(&self) -> usize {
        bytes(self.components, self.width)
    }
}

/// Closes the columns from `first` on, over the rows from there on. `rows` is zeroed where `active` will not say so: on return
/// `active` says by row whether anything is in it.
pub(super) fn close_block(
    graph: &Condensation,
    first: usize,
    width: usize,
    rows: &mut [u64],
    active: &mut Vec<bool>,
) {
    match width {
        1 => close_rows::<1>(graph, first, rows, active),
        8 => close_rows::<8>(graph, first, rows, active),
        64 => close_rows::<64>(graph, first, rows, active),
        _ => close_rows::<32>(graph, first, rows, active),
    }
}

/// [`close_block`] for one width, so that the compiler knows how long a row is.
fn close_rows<const W: usize>(graph: &Condensation, first: usize, rows: &mut [u64], active: &mut Vec<bool>) {
    let rows = rows.as_chunks_mut::<W>().0;
    active.clear();
    active.reserve(rows.len());
    for at in 0..rows.len() {
        let (done, rest) = rows.split_at_mut(at);
        let Some(row) = rest.first_mut() else { break };
        let sources = graph
            .successors(first + at)
            .iter()
            .map(|other| *other as usize)
            .take_while(|other| *other >= first)
            .map(|other| other - first)
            .filter(|other| active[*other]);
        let mut any = or_rows(row, done, sources);
        if at < W * WORD {
            row[at / WORD] |= 1 << (at % WORD);
            any = true;
        }
        active.push(any);
    }
}

/// Adds what some earlier rows have to a row. Says whether there was any of them.
pub(super) fn or_rows<const W: usize>(
    row: &mut [u64; W],
    done: &[[u64; W]],
    mut sources: impl Iterator<Item = usize>,
) -> bool {
    let Some(first) = sources.next() else { return false };
    // Several at a time: the row itself is read and written less often.
    match (sources.next(), sources.next()) {
        (Some(second), Some(third)) => or_three(row, &done[first], &done[second], &done[third]),
        (Some(second), None) => or_three(row, &done[first], &done[second], &done[second]),
        _ => or_three(row, &done[first], &done[first], &done[first]),
    }
    while let Some(one) = sources.next() {
        let other = sources.next().unwrap_or(one);
        or_three(row, &done[one], &done[other], &done[other]);
    }
    true
}

fn or_three<const W: usize>(row: &mut [u64; W], one: &[u64; W], two: &[u64; W], three: &[u64; W]) {
    for word in 0..W {
        row[word] |= one[word] | two[word] | three[word];
    }
}
