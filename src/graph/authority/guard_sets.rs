//! Sets of guards ↔ small numbers: equal sets are one number, and what is asked of them often is worked out once.

use std::collections::HashMap;

use crate::graph::edge::count_stopping;
use crate::spec::{GuardId, Plane, Spec};

/// A set of guards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SetId(u32);

/// All sets that were met, sorted inside.
#[derive(Debug)]
pub(super) struct GuardSets<'s> {
    spec: &'s Spec,
    sets: Vec<Box<[GuardId]>>,
    /// How many of each set stop exposure.
    hiding: Vec<u32>,
    ids: HashMap<Box<[GuardId]>, SetId>,
    unions: HashMap<(SetId, SetId), SetId>,
}

impl<'s> GuardSets<'s> {
    /// No guards at all.
    pub(super) const EMPTY: SetId = SetId(0);

    pub(super) fn new(spec: &'s Spec) -> Self {
        let mut sets =
            Self { spec, sets: Vec::new(), hiding: Vec::new(), ids: HashMap::new(), unions: HashMap::new() };
        sets.add(Box::default());
        sets
    }

    /// The number of a sorted set.
    pub(super) fn intern(&mut self, guards: &[GuardId]) -> SetId {
        if guards.is_empty() {
            return Self::EMPTY;
        }
        match self.ids.get(guards) {
            Some(id) => *id,
            None => self.add(guards.into()),
        }
    }

    fn add(&mut self, guards: Box<[GuardId]>) -> SetId {
        let id = SetId(u32::try_from(self.sets.len()).unwrap_or(u32::MAX));
        self.hiding.push(count_stopping(self.spec, &guards, Plane::Exposure));
        self.sets.push(guards.clone());
        self.ids.insert(guards, id);
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
        self.unions.insert((one, other), id);
        id
    }

    /// The guards of a set.
    pub(super) fn of(&self, id: SetId) -> &[GuardId] {
        &self.sets[id.0 as usize]
    }

    /// How many guards of a set stop exposure.
    pub(super) fn hiding(&self, id: SetId) -> u32 {
        self.hiding[id.0 as usize]
    }
}
