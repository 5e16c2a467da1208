//! What an arc depends on: changes that have to be made, and changes that must not be.

use std::collections::HashMap;

use crate::compare::change::ChangeId;

/// A change that has to be made, or must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Literal {
    pub(super) change: ChangeId,
    pub(super) made: bool,
}

impl Literal {
    pub(super) fn made(change: ChangeId) -> Self {
        Self { change, made: true }
    }

    pub(super) fn not(self) -> Self {
        Self { made: !self.made, ..self }
    }
}

/// A condition, by its number.
pub(super) type ConditionId = u32;

/// What holds always.
pub(super) const ALWAYS: ConditionId = 0;

/// All conditions that arcs have, each once: all of its literals have to hold.
#[derive(Debug)]
pub(super) struct Conditions {
    list: Vec<Vec<Literal>>,
    numbers: HashMap<Vec<Literal>, ConditionId>,
    /// By change: the conditions that name it, each with whether the change has to be made.
    by_change: Vec<Vec<(ConditionId, bool)>>,
}

impl Conditions {
    /// None but the one that always holds.
    pub(super) fn new(changes: usize) -> Self {
        let numbers = HashMap::from([(Vec::new(), ALWAYS)]);
        Self { list: vec![Vec::new()], numbers, by_change: vec![Vec::new(); changes] }
    }

    /// The number of a condition; `None` where it contradicts itself.
    pub(super) fn number(&mut self, mut literals: Vec<Literal>) -> Option<ConditionId> {
        if literals.is_empty() {
            return Some(ALWAYS);
        }
        literals.sort_unstable();
        literals.dedup();
        if literals.windows(2).any(|two| two[0].change == two[1].change) {
            return None;
        }
        if let Some(number) = self.numbers.get(&literals) {
            return Some(*number);
        }
        let number = ConditionId::try_from(self.list.len()).unwrap_or(ConditionId::MAX);
        for literal in &literals {
            self.by_change[literal.change.index()].push((number, literal.made));
        }
        self.list.push(literals.clone());
        self.numbers.insert(literals, number);
        Some(number)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn literals(&self, condition: ConditionId) -> &[Literal] {
        &self.list[condition as usize]
    }

    fn of_change(&self, change: ChangeId) -> &[(ConditionId, bool)] {
        &self.by_change[change.index()]
    }
}

/// A topology between base and head: which changes are made, and which conditions hold by that.
#[derive(Debug)]
pub(super) struct Assignment<'c> {
    conditions: &'c Conditions,
    made: Vec<bool>,
    /// By condition: how many of its literals do not hold.
    missing: Vec<u32>,
}

impl<'c> Assignment<'c> {
    /// The base, or the head.
    pub(super) fn new(conditions: &'c Conditions, changes: usize, made: bool) -> Self {
        let mut assignment = Self { conditions, made: vec![made; changes], missing: Vec::new() };
        assignment.set_all(made);
        assignment
    }

    /// Makes all changes or none.
    pub(super) fn set_all(&mut self, made: bool) {
        self.made.fill(made);
        let missing = |literals: &Vec<Literal>| {
            u32::try_from(literals.iter().filter(|literal| literal.made != made).count()).unwrap_or(u32::MAX)
        };
        self.missing.clear();
        self.missing.extend(self.conditions.list.iter().map(missing));
    }

    /// Whether a change is made.
    pub(super) fn is_made(&self, change: ChangeId) -> bool {
        self.made[change.index()]
    }

    /// Whether a condition holds.
    pub(super) fn holds(&self, condition: ConditionId) -> bool {
        self.missing[condition as usize] == 0
    }

    /// Makes a change that is not made, or takes it back; notes the conditions that hold no longer, and those that hold now.
    pub(super) fn flip(&mut self, change: ChangeId, mut note: impl FnMut(ConditionId, bool)) {
        let made = &mut self.made[change.index()];
        *made = !*made;
        for (condition, wants_made) in self.conditions.of_change(change) {
            let missing = &mut self.missing[*condition as usize];
            if wants_made == made {
                *missing -= 1;
                if *missing == 0 {
                    note(*condition, true);
                }
            } else {
                *missing += 1;
                if *missing == 1 {
                    note(*condition, false);
                }
            }
        }
    }
}
