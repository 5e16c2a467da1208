//! Which secrets come to which place, and how many guards have to fail: for all credentials at once, one bit each.
//!
//! Level by level: all that takes no guard, then all that takes one, and so on. What a rule makes of secrets never costs
//! less than they did, so a level that is done stays done, and every fact is found once, at its least. Inside a level, places
//! with large numbers go first: arcs without guards lead down, so that what comes to a place comes in one piece.
//!
//! Places are groups of doors and, with numbers behind those, whatever else collects secrets: grants and routes are places too.

use std::collections::{BTreeMap, BinaryHeap};

use super::exposure::{Arc, Exposure};
use super::key_set::KeySet;

#[derive(Debug, Clone, Default)]
struct Place {
    /// All that came here so far.
    known: KeySet,
    /// The same by level, rising.
    history: Vec<(u32, KeySet)>,
    /// What will come here, by level; that of the current level too.
    waiting: Vec<(u32, KeySet)>,
    /// Arcs that were added while secrets spread.
    added: Vec<Arc>,
}

/// The state of the closure.
#[derive(Debug)]
pub(super) struct Spread<'e> {
    exposure: &'e Exposure,
    places: Vec<Place>,
    /// By level: the places where something waits for it.
    levels: BTreeMap<u32, Vec<u32>>,
    now: u32,
    /// Places of the current level in this sweep, the largest number first.
    sweep: BinaryHeap<u32>,
    /// Places of the current level for the next sweep: arcs led up to them.
    later: Vec<u32>,
    /// The last place of this sweep.
    current: u32,
}

impl<'e> Spread<'e> {
    pub(super) fn new(exposure: &'e Exposure) -> Self {
        Self {
            exposure,
            places: vec![Place::default(); exposure.groups() as usize],
            levels: BTreeMap::new(),
            now: 0,
            sweep: BinaryHeap::new(),
            later: Vec::new(),
            current: u32::MAX,
        }
    }

    /// The guards that stand on what is found now.
    pub(super) fn now(&self) -> u32 {
        self.now
    }

    /// A new place.
    pub(super) fn add_place(&mut self) -> u32 {
        self.places.push(Place::default());
        u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
    }

    /// Lets whatever is at `tail` go on to `head`, what came there before included.
    pub(super) fn add_arc(&mut self, tail: u32, head: u32, guards: u32) {
        if tail == head {
            return;
        }
        self.places[tail as usize].added.push(Arc { head, guards });
        let history = std::mem::take(&mut self.places[tail as usize].history);
        for (level, keys) in &history {
            self.offer(head, level.saturating_add(guards), keys);
        }
        self.places[tail as usize].history = history;
    }

    /// Puts a secret at a place.
    pub(super) fn start(&mut self, place: u32, key: usize) {
        let mut keys = KeySet::default();
        keys.insert(key);
        self.offer(place, 0, &keys);
    }

    /// The next place with what is new there; nothing when all is known.
    pub(super) fn advance(&mut self) -> Option<(u32, KeySet)> {
        loop {
            while let Some(place) = self.sweep.pop() {
                self.current = place;
                if let Some(new) = self.settle(place) {
                    return Some((place, new));
                }
            }
            self.current = u32::MAX;
            self.sweep.extend(self.later.drain(..));
            if self.sweep.is_empty() {
                let (level, places) = self.levels.pop_first()?;
                self.now = level;
                self.sweep.extend(places);
            }
        }
    }

    /// What came to a place, by level.
    pub(super) fn history(&self, place: u32) -> &[(u32, KeySet)] {
        &self.places[place as usize].history
    }

    /// Makes what waits at a place for the current level known, and sends it on.
    fn settle(&mut self, place: u32) -> Option<KeySet> {
        let at = &mut self.places[place as usize];
        let waits = at.waiting.iter().position(|(level, _)| *level == self.now)?;
        let (_, waiting) = at.waiting.swap_remove(waits);
        let mut new = KeySet::default();
        if !new.add_unknown(&waiting, &at.known) {
            return None;
        }
        at.known.add_unknown(&new, &KeySet::default());
        match at.history.last_mut() {
            Some((level, keys)) if *level == self.now => {
                keys.add_unknown(&new, &KeySet::default());
            }
            _ => at.history.push((self.now, new.clone())),
        }
        let added = std::mem::take(&mut at.added);
        for arc in self.exposure.arcs_of(place).iter().chain(&added) {
            self.offer(arc.head, self.now.saturating_add(arc.guards), &new);
        }
        self.places[place as usize].added = added;
        Some(new)
    }

    /// Lets secrets wait at a place for a level, those that are not known there.
    fn offer(&mut self, place: u32, level: u32, keys: &KeySet) {
        let at = &mut self.places[place as usize];
        if let Some((_, waiting)) = at.waiting.iter_mut().find(|(waits, _)| *waits == level) {
            waiting.add_unknown(keys, &at.known);
            return;
        }
        let mut waiting = KeySet::default();
        if !waiting.add_unknown(keys, &at.known) {
            return;
        }
        at.waiting.push((level, waiting));
        if level > self.now || self.current == u32::MAX {
            self.levels.entry(level).or_default().push(place);
        } else if place < self.current {
            self.sweep.push(place);
        } else {
            self.later.push(place);
        }
    }
}
