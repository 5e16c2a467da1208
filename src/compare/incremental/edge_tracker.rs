//! Changes that are made and taken back, step by step → the switches of contested edges that turn with them.

use std::sync::Arc;

use super::authority::{Authority, Span, State, bit, turn};
use crate::compare::change::ChangeId;

/// The contested edges of a topology that changes are made in and taken back.
pub(crate) struct EdgeTracker<'a> {
    authority: &'a Authority<'a>,
    state: State,
    start: Option<Arc<Span>>,
    /// The spans that were entered since, each with how many steps there were before.
    entered: Vec<(usize, Arc<Span>)>,
    /// Whether spans are widened.
    pub(crate) widens: bool,
}

impl<'a> EdgeTracker<'a> {
    pub(crate) fn new(authority: &'a Authority<'a>) -> Self {
        Self { authority, state: State::new(), start: None, entered: Vec::new(), widens: false }
    }

    /// Begins with the base or the head; gives the switches that are not set as the changes are.
    pub(crate) fn start(&mut self, made: bool) -> Vec<ChangeId> {
        self.state = self.authority.end(made);
        self.entered.clear();
        self.start = self.authority.ends.as_ref().map(|ends| ends[usize::from(made)].clone());
        let Some(span) = &self.start else { return Vec::new() };
        let all = 0..self.authority.contested.len();
        let has =
            |number: usize| u32::try_from(number).is_ok_and(|number| span.has.binary_search(&number).is_ok());
        all.filter(|number| has(*number) != made).map(|number| self.authority.switch(number)).collect()
    }

    /// Notes that a change was made or taken back.
    pub(crate) fn turn(&mut self, change: ChangeId) {
        if self.start.is_some() && change.index() < self.authority.changes {
            turn(&mut self.state, change.index());
        }
    }

    /// The switches to turn after some changes, before which there were so many steps.
    pub(crate) fn follow(&mut self, steps: usize, changes: &[ChangeId]) -> Vec<ChangeId> {
        let current = self.entered.last().map(|(_, span)| span).or(self.start.as_ref());
        let Some(current) = current else { return Vec::new() };
        let is_inside = |change: &ChangeId| current.allows(change.index(), bit(&self.state, change.index()));
        if changes.iter().all(is_inside) {
            return Vec::new();
        }
        let next = self.authority.span(&self.state, self.widens);
        let in_one = |one: &Span, other: &Span| {
            let only = one.has.iter().filter(|number| other.has.binary_search(number).is_err());
            only.map(|number| self.authority.switch(*number as usize)).collect::<Vec<_>>()
        };
        let turned = [in_one(current, &next), in_one(&next, current)].concat();
        self.entered.push((steps, next));
        turned
    }

    /// Goes back to where there were so many steps, once the changes since are turned back.
    pub(crate) fn go_back(&mut self, steps: usize) {
        let stay = self.entered.partition_point(|(before, _)| *before < steps);
        self.entered.truncate(stay);
    }

    /// Whether a change is a switch.
    pub(crate) fn is_switch(&self, change: ChangeId) -> bool {
        change.index() >= self.authority.changes
    }

    /// Whether contested edges may depend on a change as it is now.
    pub(crate) fn may_need(&self, change: ChangeId) -> bool {
        let current = self.entered.last().map(|(_, span)| span).or(self.start.as_ref());
        current.is_some_and(|span| !span.allows(change.index(), !bit(&self.state, change.index())))
    }
}
