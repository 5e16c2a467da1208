//! Why something is gained: the changes that it comes from.

use std::collections::HashMap;

use super::change::ChangeId;
use crate::model::index_type;

index_type! {
    /// A cause, by its position among the causes.
    CauseId
}

/// Why something is gained.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Cause {
    /// The changes, in declared order; at least one.
    pub changes: Vec<ChangeId>,
    /// Whether each of them is necessary: without it the gain is lost. Otherwise they are one irreducible set of several.
    pub is_necessary: bool,
    /// Whether the changes of the cause, alone on the base, are enough.
    pub is_sufficient: bool,
}

/// ChangeSets of changes, each once.
#[derive(Debug, Default)]
pub(super) struct ChangeSets {
    pub(super) list: Vec<Vec<ChangeId>>,
    numbers: HashMap<Vec<ChangeId>, u32>,
}

impl ChangeSets {
    pub(super) fn number(&mut self, set: Vec<ChangeId>) -> u32 {
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
pub(super) struct Explained {
    /// The set, by its number.
    pub(super) set: u32,
    /// Whether each change of it is necessary.
    pub(super) is_necessary: bool,
    /// Whether they are enough.
    pub(super) is_sufficient: bool,
}

impl Explained {
    /// Not found yet.
    pub(super) const NONE: Self = Self { set: u32::MAX, is_necessary: false, is_sufficient: false };
}
