//! Findings that share an id, told apart by a count: formats give each a name of its own.

use std::collections::HashMap;

use super::Item;

/// How often each id was met.
#[derive(Debug, Default)]
pub(super) struct Repeats(HashMap<String, usize>);

impl Repeats {
    /// Which of those with its id a finding is, from 1.
    pub(super) fn count(&mut self, item: &Item<'_>) -> usize {
        let count = self.0.entry(item.id()).or_default();
        *count += 1;
        *count
    }
}
