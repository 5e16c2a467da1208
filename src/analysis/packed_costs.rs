//! Costs packed into one number, and arithmetic on many of them at once.
//!
//! Guards, sessions and hops lie side by side in one number, the most important uppermost, so that the lexicographic order is
//! the order of numbers and a sum of costs is one addition. The number may be eight bits wide or a hundred and twenty-eight.

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
