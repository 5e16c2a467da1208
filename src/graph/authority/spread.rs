//! Which secrets come to which place, and how many guards have to fail: for all credentials at once, one bit each.
//!
//! Level by level: all that takes no guard, then all that takes one, and so on. What a rule makes of secrets never costs
//! less than they did, so a level that is done stays done, and every fact is found once, at its least. Inside a level, places
//! with large numbers go first: arcs without guards lead down, so that what comes to a place comes in one piece.
//!
//! Places are groups of doors and, with numbers behind those, whatever else collects secrets: grants and routes are places too.

use std::collections::{BTreeMap, BinaryHeap};

use super::exposure::{Arc, Exposure};
use super::key_set::{Arrival, Chunk, History, KeySet};

#[derive(Debug, Clone, Default)]
struct Place {
    /// All that came here so far.
    known: KeySet,
    /// The same by arrival.
    history: History,
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
    /// How often something came to a place so far.
    arrivals: u32,
    /// Places of the current level in this sweep, the largest number first.
    sweep: BinaryHeap<u32>,
    /// Places of the current level for the next sweep: arcs led up to them.
    later: Vec<u32>,
    /// The last place of this sweep.
    current: u32,
    /// Empty sets whose memory is used again.
    spare: Vec<KeySet>,
}

impl<'e> Spread<'e> {
    pub(super) fn new(exposure: &'e Exposure) -> Self {
        Self {
            exposure,
            places: vec![Place::default(); exposure.groups() as usize],
            levels: BTreeMap::new(),
            now: 0,
            arrivals: 0,
            sweep: BinaryHeap::new(),
            later: Vec::new(),
            current: u32::MAX,
            spare: Vec::new(),
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

    /// Lets none of some secrets come to a place to which nothing came so far.
    pub(super) fn keep_out(&mut self, place: u32, keys: KeySet) {
        // What is known there never comes again, and what never came is in no history.
        self.places[place as usize].known.add(&keys);
    }

    /// Lets whatever is at `tail` go on to `head`, what came there before included.
    pub(super) fn add_arc(&mut self, tail: u32, head: u32, guards: u32) {
        if tail == head {
            return;
        }
        self.places[tail as usize].added.push(Arc { head, guards });
        let history = std::mem::take(&mut self.places[tail as usize].history);
        for (arrival, keys) in history.arrivals() {
            self.offer(head, arrival.level.saturating_add(guards), keys);
        }
        self.places[tail as usize].history = history;
    }

    /// Puts a secret at a place.
    pub(super) fn start(&mut self, place: u32, key: usize) {
        let mut keys = KeySet::default();
        keys.insert(key);
        self.offer(place, 0, keys.chunks());
    }

    /// The next place that is no group of doors where something came, with what is new there; `None` when all is known.
    pub(super) fn advance(&mut self) -> Option<(u32, KeySet)> {
        loop {
            while let Some(place) = self.sweep.pop() {
                self.current = place;
                let Some(new) = self.settle(place) else { continue };
                if place >= self.exposure.groups() {
                    return Some((place, new));
                }
                self.reuse(new);
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

    /// Takes back a set that is no longer needed.
    pub(super) fn reuse(&mut self, mut keys: KeySet) {
        keys.clear();
        self.spare.push(keys);
    }

    /// What came to a place.
    pub(super) fn history(&self, place: u32) -> &History {
        &self.places[place as usize].history
    }

    /// Makes what waits at a place for the current level known, and sends it on.
    fn settle(&mut self, place: u32) -> Option<KeySet> {
        let at = &mut self.places[place as usize];
        let waits = at.waiting.iter().position(|(level, _)| *level == self.now)?;
        let (_, mut new) = at.waiting.swap_remove(waits);
        new.remove(&at.known);
        if new.is_empty() {
            self.spare.push(new);
            return None;
        }
        at.known.add(&new);
        self.arrivals = self.arrivals.saturating_add(1);
        // What came first to a group of doors nobody asks.
        let time = if place < self.exposure.groups() { 0 } else { self.arrivals };
        at.history.add(Arrival { level: self.now, time }, &new);
        let added = std::mem::take(&mut at.added);
        for arc in self.exposure.arcs_of(place).iter().chain(&added) {
            self.offer(arc.head, self.now.saturating_add(arc.guards), new.chunks());
        }
        self.places[place as usize].added = added;
        Some(new)
    }

    /// Lets secrets wait at a place for a level, those that are not known there.
    fn offer(&mut self, place: u32, level: u32, keys: impl Iterator<Item = Chunk>) {
        let at = &mut self.places[place as usize];
        if let Some((_, waiting)) = at.waiting.iter_mut().find(|(waits, _)| *waits == level) {
            waiting.add_unknown(keys, &at.known);
            return;
        }
        let mut waiting = self.spare.pop().unwrap_or_default();
        if !waiting.add_unknown(keys, &at.known) {
            self.spare.push(waiting);
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
