//! The closure of a condensation as bitset rows, in blocks of columns.
//!
//! A component reaches only components with smaller numbers, so a block of columns has rows from its own first column on: the
//! blocks together are a triangle, half of a square. Rows are OR-ed together in the order in which components were emitted:
//! Purdom, "A transitive closure algorithm" (1970). A row that would only repeat one of those that it is made of is that row:
//! far from a block, where everyone reaches the same, nothing is computed and nothing stored. The buffer of the result is the
//! working memory, and blocks are computed in parallel.

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
    blocks: Vec<Block>,
    /// Room for every row of every block; what is not used is never touched.
    words: Zeroed<u64>,
}

#[derive(Debug)]
struct Block {
    /// Where its rows start in `words`.
    start: usize,
    /// By component from the first column on: which row it has.
    places: Places,
}

/// By component, from the first column of a block on: the number of its row among the distinct ones, or [`NONE`].
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) of: Vec<u32>,
    /// How many distinct rows there are.
    pub(super) distinct: usize,
    /// The distinct rows that the one in work is made of.
    sources: Vec<u32>,
}

/// Nothing of the block is reached.
pub(super) const NONE: u32 = u32::MAX;

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
        let room = |block: usize| (components - block * width * WORD) * width;
        let mut words = Zeroed::new((0..count).map(room).sum());
        let mut parts = Vec::with_capacity(count);
        let mut rest = words.as_mut_slice();
        let mut start = 0;
        for block in 0..count {
            let (part, after) = rest.split_at_mut(room(block));
            parts.push((block * width * WORD, start, part));
            start += room(block);
            rest = after;
        }
        // The first blocks have the most rows: whoever is free takes the next one.
        let blocks = parts
            .into_par_iter()
            .with_max_len(1)
            .map(|(first, start, part)| {
                let mut places = Places::default();
                close_block(graph, first, width, part, &mut places);
                Block { start, places }
            })
            .collect();
        Self { width, blocks, words }
    }

    /// Whether a component reaches another.
    pub(super) fn contains(&self, component: usize, other: usize) -> bool {
        other <= component && {
            let block = other / (self.width * WORD);
            let column = other - block * self.width * WORD;
            self.row(block, component).is_some_and(|row| row[column / WORD] >> (column % WORD) & 1 == 1)
        }
    }

    /// The rows that a component has, each with the first column of its block.
    pub(super) fn rows_of(&self, component: usize) -> impl Iterator<Item = (usize, &[u64])> + '_ {
        let blocks = self.blocks.len().min(component / (self.width * WORD) + 1);
        (0..blocks).filter_map(move |block| Some((block * self.width * WORD, self.row(block, component)?)))
    }

    fn row(&self, block: usize, component: usize) -> Option<&[u64]> {
        let Block { start, places } = &self.blocks[block];
        let place = places.of[component - block * self.width * WORD];
        let from = start + place as usize * self.width;
        (place != NONE).then(|| &self.words.as_slice()[from..from + self.width])
    }

    /// Bytes that the rows take.
    pub(super) fn bytes(&self) -> usize {
        let of = |block: &Block| {
            block.places.distinct * self.width * size_of::<u64>() + size_of_val(&block.places.of[..])
        };
        self.blocks.iter().map(of).sum()
    }
}

/// Closes the columns from `first` on, over the rows from there on. Distinct rows are written into `rows` one after the other,
/// whatever stands there; `places` says who has which.
pub(super) fn close_block(
    graph: &Condensation,
    first: usize,
    width: usize,
    rows: &mut [u64],
    places: &mut Places,
) {
    match width {
        1 => close_rows::<1>(graph, first, rows, places),
        8 => close_rows::<8>(graph, first, rows, places),
        64 => close_rows::<64>(graph, first, rows, places),
        _ => close_rows::<32>(graph, first, rows, places),
    }
}

/// [`close_block`] for one width, so that the compiler knows how long a row is.
fn close_rows<const W: usize>(graph: &Condensation, first: usize, rows: &mut [u64], places: &mut Places) {
    let rows = rows.as_chunks_mut::<W>().0;
    places.of.clear();
    places.of.reserve_exact(graph.len() - first);
    places.distinct = 0;
    for at in 0..graph.len() - first {
        places.gather(graph, first, first + at);
        let place = match places.sources[..] {
            // Columns of the block itself: nobody before has this one.
            _ if at < W * WORD => {
                let row = places.next_row(rows);
                row[at / WORD] |= 1 << (at % WORD);
                places.keep()
            }
            [] => NONE,
            [only] => only,
            _ => {
                places.next_row(rows);
                places.repeated(rows).unwrap_or_else(|| places.keep())
            }
        };
        places.of.push(place);
    }
}

impl Places {
    /// Notes the distinct rows of a component's successors.
    fn gather(&mut self, graph: &Condensation, first: usize, component: usize) {
        self.sources.clear();
        let successors = graph.successors(component).iter().map(|other| *other as usize);
        for other in successors.take_while(|other| *other >= first) {
            let place = self.of[other - first];
            // Neighbours mostly have the same row; the few others are sorted out below.
            if place != NONE && self.sources.last() != Some(&place) {
                self.sources.push(place);
            }
        }
        if self.sources.len() > 1 {
            self.sources.sort_unstable();
            self.sources.dedup();
        }
    }

    /// Makes the next row out of the sources; it is not kept yet.
    fn next_row<'r, const W: usize>(&self, rows: &'r mut [[u64; W]]) -> &'r mut [u64; W] {
        let (done, rest) = rows.split_at_mut(self.distinct);
        let row = &mut rest[0];
        let source = |place: u32| &done[place as usize];
        match self.sources[..] {
            [] => *row = [0; W],
            [one] => *row = *source(one),
            [one, two] => or_into(row, source(one), source(two), source(two)),
            [one, two, three, ref others @ ..] => {
                or_into(row, source(one), source(two), source(three));
                or_rows(row, done, others.iter().map(|place| *place as usize));
            }
        }
        row
    }

    /// The first source that the next row only repeats. The first one, so that all who have the same come to have one row.
    fn repeated<const W: usize>(&self, rows: &[[u64; W]]) -> Option<u32> {
        let row = &rows[self.distinct];
        self.sources.iter().copied().find(|place| rows[*place as usize] == *row)
    }

    /// Keeps the next row.
    fn keep(&mut self) -> u32 {
        self.distinct += 1;
        u32::try_from(self.distinct - 1).unwrap_or(NONE)
    }
}

fn or_into<const W: usize>(row: &mut [u64; W], one: &[u64; W], two: &[u64; W], three: &[u64; W]) {
    for word in 0..W {
        row[word] = one[word] | two[word] | three[word];
    }
}

/// Adds what some earlier rows have to a row.
fn or_rows<const W: usize>(row: &mut [u64; W], done: &[[u64; W]], mut sources: impl Iterator<Item = usize>) {
    // Several at a time: the row itself is read and written less often.
    while let Some(first) = sources.next() {
        let second = sources.next().unwrap_or(first);
        let third = sources.next().unwrap_or(second);
        or_three(row, &done[first], &done[second], &done[third]);
    }
}

fn or_three<const W: usize>(row: &mut [u64; W], one: &[u64; W], two: &[u64; W], three: &[u64; W]) {
    for word in 0..W {
        row[word] |= one[word] | two[word] | three[word];
    }
}
