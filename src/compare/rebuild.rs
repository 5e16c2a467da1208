//! Gains → which changes each comes from, by building the topologies between base and head one by one.
//!
//! It asks whole graphs and so knows nothing of how they come about: for what no row can answer.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::cause::{ChangeSets, Explained};
use super::change::{Change, ChangeId};
use super::closure::Closure;
use super::delta::Delta;
use super::effect::Effect;
use super::partial::{Made, Partials};
use crate::analysis::loops;
use crate::graph::{CapabilityGraph, most_derived};
use crate::model::NodeId;

/// What is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gain<'a> {
    /// A pair with a better answer.
    Pair(&'a Delta),
    /// Nodes that can all steer each other.
    Loop(&'a [NodeId]),
}

impl Gain<'_> {
    /// Who gains, where it is one node.
    fn attacker(&self) -> Option<NodeId> {
        match self {
            Self::Pair(delta) => Some(delta.from),
            Self::Loop(_) => None,
        }
    }
}

/// A topology between base and head, as far as gains ask.
struct Rebuilt {
    closure: Closure,
    loops: Vec<Vec<NodeId>>,
}

impl Rebuilt {
    fn holds(&self, gain: &Gain<'_>) -> bool {
        match gain {
            Gain::Pair(delta) => delta.is_held_by(self.closure.cost(delta.question, delta.from, delta.to)),
            Gain::Loop(nodes) => self.loops.iter().any(|all| contains(all, nodes)),
        }
    }
}

/// Whether a sorted list holds all of another.
pub(super) fn contains(all: &[NodeId], some: &[NodeId]) -> bool {
    some.iter().all(|node| all.binary_search(node).is_ok())
}

/// Some gains, and the topologies that have to be tried for them.
pub(super) struct Rebuilds<'a> {
    partials: &'a Partials<'a>,
    changes: &'a [Change],
    gains: &'a [Gain<'a>],
    /// How many topologies were given up.
    refused: AtomicUsize,
}

impl<'a> Rebuilds<'a> {
    pub(super) fn new(partials: &'a Partials<'a>, changes: &'a [Change], gains: &'a [Gain<'a>]) -> Self {
        Self { partials, changes, gains, refused: AtomicUsize::new(0) }
    }

    /// Explains each gain.
    pub(super) fn explain(&self, sets: &mut ChangeSets) -> Vec<Explained> {
        let mut explained = vec![Explained::NONE; self.gains.len()];
        if self.gains.is_empty() {
            return explained;
        }
        let necessary = self.necessary();
        let unexplained: Vec<usize> =
            (0..self.gains.len()).filter(|gain| necessary[*gain].is_empty()).collect();
        for (gain, mut set) in self.irreducible(unexplained) {
            set.sort_unstable();
            explained[gain] = Explained { set: sets.number(set), is_necessary: false, is_sufficient: true };
        }
        let mut needed = Vec::new();
        for (gain, set) in necessary.into_iter().enumerate().filter(|(_, set)| !set.is_empty()) {
            let set = sets.number(set);
            explained[gain] = Explained { set, is_necessary: true, is_sufficient: false };
            needed.push((set, gain));
        }
        needed.sort_unstable();
        for needed in needed.chunk_by(|one, other| one.0 == other.0) {
            let gains: Vec<usize> = needed.iter().map(|(_, gain)| *gain).collect();
            let made = self.made(sets.list[needed[0].0 as usize].iter().copied());
            for gain in self.split(&made, &gains).0 {
                explained[gain].is_sufficient = true;
            }
        }
        explained
    }

    fn ids(&self) -> impl Iterator<Item = ChangeId> + use<> {
        (0..self.changes.len()).map(ChangeId::new)
    }

    fn effect(&self, change: ChangeId) -> Effect {
        self.changes[change.index()].effect
    }

    /// The graph with these changes made; `None` where authority derives too much in between, though it does on neither side. What
    /// is not known holds nothing: then causes are larger than they could be. After a few of them no more are tried.
    fn graph(&self, made: &Made) -> Option<CapabilityGraph> {
        const TRIED: usize = 4;
        if self.refused.load(Ordering::Relaxed) >= TRIED {
            return None;
        }
        let spec = self.partials.spec(made);
        let most = most_derived(&spec);
        let graph = CapabilityGraph::within(spec, most).ok();
        self.refused.fetch_add(usize::from(graph.is_none()), Ordering::Relaxed);
        graph
    }

    /// Of some gains, those that hold with these changes made, and those that do not.
    fn split(&self, made: &Made, gains: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let Some(graph) = self.graph(made) else { return (Vec::new(), gains.to_vec()) };
        let asks_for_loops = gains.iter().any(|gain| matches!(self.gains[*gain], Gain::Loop(_)));
        let found = if asks_for_loops { loops(&graph) } else { Vec::new() };
        let mut attackers: Vec<NodeId> =
            gains.iter().filter_map(|gain| self.gains[*gain].attacker()).collect();
        attackers.dedup();
        let rebuilt = Rebuilt { closure: Closure::of_attackers(&graph, &attackers), loops: found };
        let holds: Vec<bool> = gains.par_iter().map(|gain| rebuilt.holds(&self.gains[*gain])).collect();
        let of = |which: bool| {
            gains.iter().zip(&holds).filter(|(_, holds)| **holds == which).map(|(gain, _)| *gain).collect()
        };
        (of(true), of(false))
    }

    /// By gain: the changes without which it is lost.
    fn necessary(&self) -> Vec<Vec<ChangeId>> {
        let all: Vec<usize> = (0..self.gains.len()).collect();
        let mut sets = vec![Vec::new(); all.len()];
        for change in self.ids().filter(|id| self.effect(*id).opens()) {
            let mut made = vec![true; self.changes.len()];
            made[change.index()] = false;
            for lost in self.split(&made, &all).1 {
                sets[lost].push(change);
            }
        }
        sets
    }

    /// One irreducible set for each of some gains.
    fn irreducible(&self, gains: Vec<usize>) -> Vec<(usize, Vec<ChangeId>)> {
        let (mut opening, mut mixed) = (Vec::new(), false);
        for id in self.ids() {
            match self.effect(id) {
                Effect::Opens => opening.push(id),
                Effect::Both => {
                    opening.push(id);
                    mixed = true;
                }
                Effect::Closes | Effect::None => {}
            }
        }
        let mut found = Vec::new();
        if gains.is_empty() {
            return found;
        }
        if mixed {
            self.take_back(opening, gains, &mut found);
        } else {
            self.bisect(&[], &opening, gains, &mut found);
        }
        found
    }

    fn made(&self, some: impl IntoIterator<Item = ChangeId>) -> Made {
        let mut made = vec![false; self.changes.len()];
        some.into_iter().for_each(|change| made[change.index()] = true);
        made
    }

    /// Where every change only opens: of `left`, which is taken back from its start, finds the first change that has to be kept.
    /// All gains hold with `kept` and all of `left` made.
    fn bisect(
        &self,
        kept: &[ChangeId],
        left: &[ChangeId],
        gains: Vec<usize>,
        found: &mut Vec<(usize, Vec<ChangeId>)>,
    ) {
        let enough =
            if kept.is_empty() { Vec::new() } else { self.split(&self.made(kept.iter().copied()), &gains).0 };
        found.extend(enough.iter().map(|gain| (*gain, kept.to_vec())));
        let mut open: Vec<usize> =
            gains.into_iter().filter(|gain| enough.binary_search(gain).is_err()).collect();
        open.sort_unstable();
        // Held by kept and left[low..]; lost by kept and left[high..].
        let mut ranges = vec![(0, left.len(), open)];
        while let Some((low, high, gains)) = ranges.pop() {
            if gains.is_empty() || low == high {
                continue;
            }
            if high - low == 1 {
                let mut kept = kept.to_vec();
                kept.push(left[low]);
                self.bisect(&kept, &left[high..], gains, found);
                continue;
            }
            let middle = usize::midpoint(low, high);
            let made = self.made(kept.iter().chain(&left[middle..]).copied());
            let (held, lost) = self.split(&made, &gains);
            ranges.push((low, middle, lost));
            ranges.push((middle, high, held));
        }
    }

    /// Where a change may open and close: takes back one after the other, again and again until none can be taken back.
    fn take_back(&self, all: Vec<ChangeId>, gains: Vec<usize>, found: &mut Vec<(usize, Vec<ChangeId>)>) {
        // Without those that only close a gain may be lost to one that does both: then they stay.
        let (held, lost) = self.split(&self.made(all.iter().copied()), &gains);
        let everything: Vec<ChangeId> = self.ids().filter(|id| self.effect(*id) != Effect::None).collect();
        let mut groups = vec![(all, 0, false, held), (everything, 0, false, lost)];
        while let Some((set, at, has_fallen, gains)) = groups.pop() {
            if gains.is_empty() {
                continue;
            }
            if at == set.len() {
                if has_fallen {
                    groups.push((set, 0, false, gains));
                } else {
                    found.extend(gains.into_iter().map(|gain| (gain, set.clone())));
                }
                continue;
            }
            let mut without = set.clone();
            without.remove(at);
            let (held, lost) = self.split(&self.made(without.iter().copied()), &gains);
            groups.push((without, at, true, held));
            groups.push((set, at + 1, has_fallen, lost));
        }
    }
}
