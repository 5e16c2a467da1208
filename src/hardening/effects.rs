//! What each single change does, recomputed from the spec: which pairs it closes, and what is left.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::candidates;
use super::chokes::{ChokePoint, Chokes};
use super::question::By;
use super::trial::Trial;
use crate::analysis::Progress;
use crate::graph::Origin;
use crate::spec::{EdgeKey, WhatIf};

/// What one change does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
pub struct Effects {
    /// Those that close something: the most pairs first, then the fewest capabilities lost, then in declared order.
    pub closing: Vec<Effect>,
    /// How many were tried; all others close nothing.
    pub tried: usize,
    /// How many can touch a path and were not tried, because the spec is large: only those that every path to some end passes
    /// were.
    pub untried: usize,
}

/// Changes times the size of the spec that are tried one by one: about a minute.
const WORK: usize = 100_000_000;

impl Effects {
    /// Tries every change that can touch a path.
    pub(super) fn find(trial: &Trial<'_>, pairs: usize, chokes: &Chokes, progress: &dyn Progress) -> Self {
        let all = candidates::all(trial.graph, trial.question);
        let size = trial.graph.spec().nodes.len() + trial.graph.edges().len();
        let few = all.len().saturating_mul(size) <= WORK;
        let tried: Vec<WhatIf> = if few {
            all.clone()
        } else {
            all.iter().copied().filter(|change| is_choke(trial, chokes, *change)).collect()
        };
        let done = std::sync::atomic::AtomicUsize::new(0);
        let effect = |change: &WhatIf| {
            let measure = trial.measure(&[*change]);
            progress.advance(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, tried.len());
            Effect {
                change: *change,
                closed: pairs - measure.left.min(pairs),
                left: measure.left,
                lost: measure.lost,
            }
        };
        let mut closing: Vec<Effect> =
            tried.par_iter().map(effect).filter(|effect| effect.closed > 0).collect();
        // A stable sort: equals stay in declared order.
        closing.sort_by_key(|effect| (Reverse(effect.closed), effect.lost));
        Self { closing, tried: tried.len(), untried: all.len() - tried.len() }
    }
}

/// Whether a change is about something that every path to some end passes.
fn is_choke(trial: &Trial<'_>, chokes: &Chokes, change: WhatIf) -> bool {
    let graph = trial.graph;
    let of_ends = chokes.by_end.iter().flat_map(|end| &end.points);
    let mut points = chokes.common.iter().chain(of_ends);
    points.any(|point| match (point, change) {
        (ChokePoint::Edge(edge, leg), WhatIf::WithGuard(key, on, _)) => {
            *leg == on && is_declared_as(graph, *edge, key)
        }
        (ChokePoint::Edge(edge, _), WhatIf::Without(key)) => is_declared_as(graph, *edge, key),
        (ChokePoint::Node(node), WhatIf::PerCall(changed)) => *node == changed,
        // Of a credential there are few.
        (_, WhatIf::Revoke(_)) => true,
        _ => false,
    })
}

fn is_declared_as(graph: &crate::graph::CapabilityGraph, edge: crate::graph::EdgeId, key: EdgeKey) -> bool {
    match graph.edge(edge).origin {
        Origin::Declared(position) => EdgeKey::of(&graph.spec().edges[position]) == key,
        _ => false,
    }
}

impl By {
    /// What is closed, in words: pairs that are connected, or open.
    #[must_use]
    pub fn counted(self) -> &'static str {
        match self {
            Self::Edges => "connected",
            Self::Guards => "open",
        }
    }
}
