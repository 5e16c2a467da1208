//! The cost of a path: guards, then sessions, then hops, compared in that order.

use std::ops::Add;

/// What a path costs an attacker. The derived order is the lexicographic one, so that `min` is "best".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cost {
    /// Guards that have to fail. 0 reads *open*.
    pub guards: u32,
    /// Persistent stores that carry the payload into a later session. 0 reads *within the session*.
    pub sessions: u32,
    /// Flows taken.
    pub hops: u32,
}

impl Cost {
    /// The cost of standing still.
    pub const ZERO: Self = Self { guards: 0, sessions: 0, hops: 0 };

    /// Whether no declared guard has to fail.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.guards == 0
    }
}

impl Add for Cost {
    type Output = Self;

    /// Sums part by part; a sum past 32 bits stays at the largest number instead of wrapping round.
    fn add(self, other: Self) -> Self {
        Self {
            guards: self.guards.saturating_add(other.guards),
            sessions: self.sessions.saturating_add(other.sessions),
            hops: self.hops.saturating_add(other.hops),
        }
    }
}
