//! What was found out about gains: for each the set of changes that it comes from.

use std::collections::HashMap;

use super::change::ChangeId;

/// Sets of changes, each once.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    pub(crate) list: Vec<Vec<ChangeId>>,
    numbers: HashMap<Vec<ChangeId>, u32>,
}

impl Sets {
    pub(crate) fn number(&mut self, set: Vec<ChangeId>) -> u32 {
        if let Some(number) = self.numbers.get(&set) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(set.clone());
        self.numbers.insert(set, number);
        number
    }
}

/// Which set of changes a gain comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    /// The set, by its number.
    pub(crate) set: u32,
    /// Whether each change of it is necessary.
    pub(crate) is_necessary: bool,
    /// Whether they are enough.
    pub(crate) is_sufficient: bool,
}

impl Verdict {
    /// Not found yet.
    pub(crate) const NONE: Self = Self { set: u32::MAX, is_necessary: false, is_sufficient: false };
}
