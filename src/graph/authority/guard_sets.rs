//! Sets of guards ↔ small numbers: equal sets are one number, and what is asked of them often is worked out once.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use indexmap::IndexSet;

use crate::graph::edge::count_stopping;
use crate::model::{GuardId, Plane, Spec};

/// A set of guards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SetId(u32);

/// How many unions are remembered.
const MOST_UNIONS: usize = 1 << 18;

/// All sets that were met, sorted inside.
#[derive(Debug)]
pub(super) struct GuardSets<'s> {
    spec: &'s Spec,
    sets: IndexSet<Box<[GuardId]>>,
    /// How many of each set stop exposure.
    hiding: Vec<u32>,
    /// A bit for each guard of a set, several guards to a bit: what has a bit that another lacks is no subset of it.
    marks: Vec<u64>,
    /// Some that were asked for.
    unions: HashMap<(SetId, SetId), SetId, RandomState>,
}

impl<'s> GuardSets<'s> {
    /// No guards at all.
    pub(super) const EMPTY: SetId = SetId(0);

    pub(super) fn new(spec: &'s Spec) -> Self {
        let mut sets = Self {
            spec,
            sets: IndexSet::new(),
            hiding: Vec::new(),
            marks: Vec::new(),
            unions: HashMap::default(),
        };
        sets.add(Box::default());
        sets
    }

    /// The number of a sorted set.
    pub(super) fn intern(&mut self, guards: &[GuardId]) -> SetId {
        if guards.is_empty() {
            return Self::EMPTY;
        }
        match self.sets.get_index_of(guards) {
            Some(at) => SetId(u32::try_from(at).unwrap_or(u32::MAX)),
            None => self.add(guards.into()),
        }
    }

    fn add(&mut self, guards: Box<[GuardId]>) -> SetId {
        let id = SetId(u32::try_from(self.sets.len()).unwrap_or(u32::MAX));
        self.hiding.push(count_stopping(self.spec, &guards, Plane::Exposure));
        self.marks.push(guards.iter().fold(0, |marks, guard| marks | 1 << (guard.index() % 64)));
        self.sets.insert(guards);
        id
    }

    /// Both sets as one.
    pub(super) fn union(&mut self, one: SetId, other: SetId) -> SetId {
        if one == other || other == Self::EMPTY {
            return one;
        }
        if one == Self::EMPTY {
            return other;
        }
        if let Some(id) = self.unions.get(&(one, other)) {
            return *id;
        }
        let mut all = [self.of(one), self.of(other)].concat();
        all.sort_unstable();
        all.dedup();
        let id = self.intern(&all);
        if self.unions.len() >= MOST_UNIONS {
            self.unions.clear();
        }
        self.unions.insert((one, other), id);
        id
    }

    /// The guards of a set.
    pub(super) fn of(&self, id: SetId) -> &[GuardId] {
        &self.sets[id.0 as usize]
    }

    /// Whether all guards of the one are among those of the other.
    pub(super) fn is_subset(&self, one: SetId, other: SetId) -> bool {
        if one == other || one == Self::EMPTY {
            return true;
        }
        let marks = |id: SetId| self.marks[id.0 as usize];
        if marks(one) & !marks(other) != 0 {
            return false;
        }
        let (one, other) = (self.of(one), self.of(other));
        one.len() <= other.len() && one.iter().all(|guard| other.binary_search(guard).is_ok())
    }

    /// How many guards of a set stop exposure.
    pub(super) fn hiding(&self, id: SetId) -> u32 {
        self.hiding[id.0 as usize]
    }
}
