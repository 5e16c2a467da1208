//! What each single change does, recomputed for each: which pairs it closes, and what is left.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::candidates;
use super::chokes::Chokes;
use super::question::By;
use super::trial::{Measure, Trial};
use crate::analysis::Progress;
use crate::model::{EdgeKey, Leg, WhatIf};

/// What one change does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effect {
    /// The change.
    pub change: WhatIf,
    /// Pairs that it closes.
    pub closed: usize,
    /// Pairs that are left.
    pub left: usize,
    /// Capabilities that go with it, the one that it names not counted.
    pub lost: usize,
}

/// What single changes do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effects {
    /// Those that close something: the most pairs first, then the fewest capabilities lost, then in declared order. Where guards
    /// are asked for, without removals that close no more than a guard on the same edge.
    pub closing: Vec<Effect>,
    /// How many were tried; all others close nothing.
    pub tried: usize,
    /// How many can touch a path and were not tried, because the spec is large: those were tried that most ends hang on.
    pub untried: usize,
}

/// Changes times the size of the spec that are tried: all that there are in a spec of some two thousand nodes, and some ten seconds.
const WORK: usize = 25_000_000;

impl Effects {
    /// Tries every change that can touch a path; in a large spec those first that most ends hang on.
    pub(super) fn find(trial: &Trial<'_>, pairs: usize, chokes: &Chokes, progress: &dyn Progress) -> Self {
        let all = candidates::all(trial.graph, trial.question);
        let size = trial.graph.spec().nodes.len() + trial.graph.edges().len();
        let most = WORK / size.max(1);
        let tried = if all.len() <= most { all.clone() } else { foremost(trial, &all, chokes, most) };
        let done = AtomicUsize::new(0);
        let effect = |change: &WhatIf| {
            let Measure { left, lost } = trial.measure(*change);
            progress.advance(done.fetch_add(1, Ordering::Relaxed) + 1, tried.len());
            Effect { change: *change, closed: pairs.saturating_sub(left), left, lost }
        };
        let mut closing: Vec<Effect> =
            tried.par_iter().map(effect).filter(|effect| effect.closed > 0).collect();
        if trial.question.by == By::Guards {
            leave_out_removals(&mut closing);
        }
        // A stable sort: equals stay in declared order.
        closing.sort_by_key(|effect| (Reverse(effect.closed), effect.lost));
        Self { closing, tried: tried.len(), untried: all.len() - tried.len() }
    }
}

/// Leaves out what removes an edge and closes no more than a guard on it.
fn leave_out_removals(closing: &mut Vec<Effect>) {
    let mut by_guard: BTreeMap<EdgeKey, usize> = BTreeMap::new();
    for effect in closing.iter() {
        if let WhatIf::WithGuard(key, ..) = effect.change {
            let most = by_guard.entry(key).or_default();
            *most = effect.closed.max(*most);
        }
    }
    closing.retain(|effect| match effect.change {
        WhatIf::Without(key) => by_guard.get(&key).is_none_or(|closed| *closed < effect.closed),
        WhatIf::WithGuard(..)
        | WhatIf::Fail(_)
        | WhatIf::Isolate(_)
        | WhatIf::PerCall(_)
        | WhatIf::Revoke(_)
        | WhatIf::Broker { .. } => true,
    });
}

/// Of too many changes those of credentials, of which there are few, and of the edges on which most ends hang; in declared order.
fn foremost(trial: &Trial<'_>, all: &[WhatIf], chokes: &Chokes, most: usize) -> Vec<WhatIf> {
    let graph = trial.graph;
    let mut held: BTreeMap<(EdgeKey, Leg), usize> = BTreeMap::new();
    for ((edge, leg), ends) in &chokes.holding {
        if let Some(declared) = graph.declaration(graph.edge(*edge)) {
            held.insert((EdgeKey::of(declared), *leg), *ends);
        }
    }
    let of = |key: EdgeKey, leg| held.get(&(key, leg)).copied().unwrap_or(0);
    let ends = |change: &WhatIf| match *change {
        WhatIf::Revoke(_) => usize::MAX,
        WhatIf::Without(key) => of(key, Leg::Request).max(of(key, Leg::Result)),
        WhatIf::WithGuard(key, leg, _) => of(key, leg),
        WhatIf::Fail(_) | WhatIf::Isolate(_) | WhatIf::PerCall(_) | WhatIf::Broker { .. } => 0,
    };
    let mut ranked: Vec<(usize, &WhatIf)> = all.iter().enumerate().filter(|(_, one)| ends(one) > 0).collect();
    ranked.sort_by_key(|(_, change)| Reverse(ends(change)));
    ranked.truncate(most);
    ranked.sort_by_key(|(place, _)| *place);
    ranked.into_iter().map(|(_, change)| *change).collect()
}
