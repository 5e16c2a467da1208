//! Costs packed into one number, and arithmetic on many of them at once.
//!
//! Guards, sessions and hops lie side by side in one number, the most important uppermost, so that the lexicographic order is
//! the order of numbers and a sum of costs is one addition. The number may be eight bits wide or a hundred and twenty-eight.
//!
//! A worked example (the test below). Where no cost has more than 2 guards, 1 session and 5 hops, the parts take 2, 2 and 3 bits,
//! seven together, and eight bits hold a cost:
//!
//! ```text
//!                         guards sessions hops    number
//! one guard, three hops       01       00  011        35
//! an arc from a store         00       01  001         9
//! their sum                   01       01  100        44    the sum of the numbers
//! five hops, a session        00       01  101        13    less than 35: guards count first
//! no path                                            255    stays 255, whatever is added
//! ```
//!
//! Each part has room for one more than the most that was expected: a part that turns out full may have run over into the next, and
//! then the table is made again with more bits (`cost_table.rs`).

use bytemuck::Pod;

use crate::graph::Cost;

/// How many costs are worked on together: a row is one or a few cache lines.
pub(super) const LANES: usize = 128;

/// A row of packed costs.
pub(super) type Row<T> = [T; LANES];

/// A number that packed costs fit in. Sums that are too large become [`Self::NONE`] or stay above it.
pub(super) trait Packed: Pod + Ord + Send + Sync {
    /// No path.
    const NONE: Self;

    /// From a number below [`Self::NONE`].
    fn pack(number: u128) -> Self;
    /// Back to a number.
    fn unpack(self) -> u128;
    /// The sum of two costs, one of which may be none.
    fn plus(self, other: Self) -> Self;
    /// The smaller of two.
    fn least(self, other: Self) -> Self;
    /// The bits that a mask selects.
    fn masked(self, mask: Self) -> Self;
    /// These bits, and those in which two others differ.
    fn or_change(self, before: Self, after: Self) -> Self;
}

/// Implements [`Packed`]: the signed ones have minimum and saturating sum as single instructions on every machine.
macro_rules! packed {
    ($type:ty, $none:expr, $plus:ident) => {
        impl Packed for $type {
            const NONE: Self = $none;

            fn pack(number: u128) -> Self {
                <$type>::try_from(number).unwrap_or(Self::NONE).min(Self::NONE)
            }

            fn unpack(self) -> u128 {
                u128::try_from(self).unwrap_or(0)
            }

            fn plus(self, other: Self) -> Self {
                self.$plus(other)
            }

            fn least(self, other: Self) -> Self {
                if other < self { other } else { self }
            }

            fn masked(self, mask: Self) -> Self {
                self & mask
            }

            fn or_change(self, before: Self, after: Self) -> Self {
                self | (before ^ after)
            }
        }
    };
}

packed!(u8, u8::MAX, saturating_add);
packed!(i16, i16::MAX, saturating_add);
// A sum of two of these stays below the largest number, so that the plain addition will do.
packed!(i32, 1 << 30, wrapping_add);
packed!(i64, 1 << 62, wrapping_add);
packed!(i128, 1 << 126, wrapping_add);

/// Offers a row what lies behind an arc: the costs of its head, each with the cost of the arc. Says whether anything fell.
pub(super) fn relax<T: Packed>(row: &mut Row<T>, head: &Row<T>, arc: T) -> bool {
    // Changes are collected as bits and looked at once, so that the loop has no branch and works on many lanes at a time.
    let mut change = T::zeroed();
    for lane in 0..LANES {
        let least = row[lane].least(head[lane].plus(arc));
        change = change.or_change(row[lane], least);
        row[lane] = least;
    }
    change != T::zeroed()
}

/// How many bits each part of a cost has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) sessions: u32,
    pub(super) hops: u32,
    /// Bits of all three parts.
    pub(super) all: u32,
}

impl Fields {
    /// Room for costs up to these parts, and one more of each: a part that is filled to the brim would be in doubt.
    pub(super) fn holding(most: [u64; 3]) -> Self {
        let bits = |most: u64| if most == 0 { 0 } else { u64::BITS - (most + 1).leading_zeros() };
        let [guards, sessions, hops] = most.map(bits);
        Self { sessions, hops, all: guards + sessions + hops }
    }

    pub(super) fn pack<T: Packed>(self, cost: Cost) -> T {
        let shifted = u128::from(cost.guards) << (self.sessions + self.hops);
        T::pack(shifted + (u128::from(cost.sessions) << self.hops) + u128::from(cost.hops))
    }

    pub(super) fn unpack<T: Packed>(self, packed: T) -> Cost {
        let number = packed.unpack();
        let part = |number: u128| u32::try_from(number).unwrap_or(u32::MAX);
        Cost {
            guards: part(number >> (self.sessions + self.hops)),
            sessions: part(number >> self.hops & ((1 << self.sessions) - 1)),
            hops: part(number & ((1 << self.hops) - 1)),
        }
    }

    pub(super) fn hops_mask<T: Packed>(self) -> T {
        T::pack((1 << self.hops) - 1)
    }

    pub(super) fn sessions_mask<T: Packed>(self) -> T {
        T::pack(((1 << self.sessions) - 1) << self.hops)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_compared_and_added_as_numbers() {
        let fields = Fields::holding([2, 1, 5]);
        assert_eq!((fields.sessions, fields.hops, fields.all), (2, 3, 7));
        let pack = |guards, sessions, hops| fields.pack::<u8>(Cost { guards, sessions, hops });
        let (way, arc) = (pack(1, 0, 3), pack(0, 1, 1));
        assert_eq!((way, arc, way.plus(arc)), (35, 9, 44));
        assert_eq!(fields.unpack(way.plus(arc)), Cost { guards: 1, sessions: 1, hops: 4 });
        assert_eq!((pack(0, 1, 5), pack(0, 1, 5).least(way)), (13, 13));
        assert_eq!(u8::NONE.plus(arc), u8::NONE);
        // A row whose head comes to one target at 35 and to no other, over the arc: only what is cheaper falls.
        let (mut row, mut head) = ([u8::NONE; LANES], [u8::NONE; LANES]);
        (head[0], row[1]) = (way, arc);
        assert!(relax(&mut row, &head, arc));
        assert_eq!((row[0], row[1], row[2]), (44, 9, u8::NONE));
        assert!(!relax(&mut row, &head, arc), "nothing falls twice");
    }
}
