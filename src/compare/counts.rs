//! How many answers to each question differ, and how many pairs each plane connects.

use super::comparison::Comparison;
use super::delta::Kind;
use crate::model::Way;

/// A question in figures, over all ordered pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// The question.
    pub question: Way,
    /// Pairs with a way in the base and in the head; known for planes.
    pub connected: Option<[usize; 2]>,
    /// By kind: answers that differ so.
    kinds: [usize; 4],
}

impl Count {
    /// How many answers differ in one way.
    #[must_use]
    pub fn of(&self, kind: Kind) -> usize {
        self.kinds[kind as usize]
    }
}

impl Comparison {
    /// The counts of all questions, in their order.
    #[must_use]
    pub fn counts(&self) -> [Count; 6] {
        let none = |at: usize| Count { question: Way::ALL[at], connected: None, kinds: [0; 4] };
        let mut counts = std::array::from_fn(none);
        for (count, connected) in counts.iter_mut().zip(self.connected()) {
            count.connected = Some(connected);
        }
        for delta in self.deltas() {
            let count = counts.iter_mut().find(|count| count.question == delta.question);
            if let Some(count) = count {
                count.kinds[delta.kind() as usize] += 1;
            }
        }
        counts
    }
}
