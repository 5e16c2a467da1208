//! A slice of rows, so that several machines share one answer: the slices in order are the whole.

use std::ops::Range;

/// Slice `number` of `of`: neighbouring rows, as many as in every other slice or one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 0.
    index: usize,
    of: usize,
}

impl Shard {
    /// Everything in one.
    pub const WHOLE: Self = Self { index: 0, of: 1 };

    /// Slice `number` (from 1) of `of`; `None` where there is no such slice.
    #[must_use]
    pub fn new(number: usize, of: usize) -> Option<Self> {
        let index = number.checked_sub(1)?;
        (index < of).then_some(Self { index, of })
    }

    /// Which of the rows are in it. With fewer rows than slices some are empty.
    #[must_use]
    pub fn rows(self, count: usize) -> Range<usize> {
        self.start(self.index, count)..self.start(self.index + 1, count)
    }

    /// Whether what opens the answer is in it.
    #[must_use]
    pub fn is_first(self) -> bool {
        self.index == 0
    }

    /// Whether what closes the answer is in it.
    #[must_use]
    pub fn is_last(self) -> bool {
        self.index + 1 == self.of
    }

    /// Where a slice starts: the first `count % of` slices have one row more, so that no product can overflow.
    fn start(self, index: usize, count: usize) -> usize {
        index * (count / self.of) + index.min(count % self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn every_row_is_in_one_slice() {
        for count in [0, 1, 7, 8, 9, 100] {
            for of in 1..20 {
                let slices: Vec<_> = (1..=of).filter_map(|number| Shard::new(number, of)).collect();
                assert_eq!(slices.len(), of);
                let rows: Vec<usize> = slices.iter().flat_map(|slice| slice.rows(count)).collect();
                assert_eq!(rows, (0..count).collect::<Vec<_>>());
                let sizes = slices.iter().map(|slice| slice.rows(count).len());
                assert!(sizes.clone().max().unwrap_or(0) - sizes.min().unwrap_or(0) <= 1);
                assert_eq!(slices.iter().filter(|slice| slice.is_first()).count(), 1);
                assert!(slices[of - 1].is_last());
            }
        }
    }

    #[test]
    fn there_is_no_slice_nought() {
        assert_eq!(Shard::new(0, 4), None);
        assert_eq!(Shard::new(5, 4), None);
        assert_eq!(Shard::new(1, 0), None);
        assert_eq!(Shard::new(1, 1), Some(Shard::WHOLE));
        assert_eq!(Shard::new(usize::MAX, usize::MAX).map(|slice| slice.rows(3)), Some(3..3));
    }
}
