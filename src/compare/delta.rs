//! Two closures → what of them differs, pair by pair and question by question.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::cause::CauseId;
use super::closure::{Closure, is_better};
use super::joint::{Joint, Side};
use crate::graph::Cost;
use crate::model::{NodeId, Way};

/// A pair with another answer to a question than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delta {
    /// What is compromised.
    pub from: NodeId,
    /// What it reaches.
    pub to: NodeId,
    /// What was asked.
    pub question: Way,
    /// The answer in the base: the least cost, `None` where there was no way.
    pub before: Option<Cost>,
    /// The answer in the head.
    pub after: Option<Cost>,
    /// Why, where it is new or nearer.
    pub cause: Option<CauseId>,
}

/// How an answer differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// There is a way where there was none.
    New,
    /// The way is better: fewer guards, then fewer sessions, then fewer hops.
    Nearer,
    /// The way is worse.
    Farther,
    /// There is no way any more.
    Closed,
}

impl Kind {
    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Nearer => "nearer",
            Self::Farther => "farther",
            Self::Closed => "closed",
        }
    }
}

impl Delta {
    /// How the answer differs.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (self.before, self.after) {
            (None, _) => Kind::New,
            (_, None) => Kind::Closed,
            (before, after) if is_better(after, before) => Kind::Nearer,
            _ => Kind::Farther,
        }
    }

    /// Whether an attacker gains.
    #[must_use]
    pub fn is_gain(&self) -> bool {
        is_better(self.after, self.before)
    }

    /// What an answer has to be better than so that the gain still holds: the cost before, up to the first part of it that fell.
    /// Where fewer guards have to fail, a way that is only shorter does not count as the gain. `None` where there was no way.
    pub(super) fn bar(&self) -> Option<Cost> {
        let (before, after) = (self.before?, self.after?);
        Some(if after.guards < before.guards {
            Cost { sessions: 0, hops: 0, ..before }
        } else if after.sessions < before.sessions {
            Cost { hops: 0, ..before }
        } else {
            before
        })
    }

    /// Whether the answer of a topology still is the gain.
    pub(super) fn is_held_by(&self, answer: Option<Cost>) -> bool {
        is_better(answer, self.bar())
    }

    /// Whether fewer guards have to fail than before, or there was no way before.
    #[must_use]
    pub fn passes_fewer_guards(&self) -> bool {
        let guards = |cost: Option<Cost>| cost.map_or(u32::MAX, |cost| cost.guards);
        self.is_gain() && guards(self.after) < guards(self.before)
    }
}

/// What one node reaches on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Reach {
    /// Nodes that it influences.
    pub influenced: usize,
    /// Those of them that stand in a more trusted zone.
    pub more_trusted: usize,
    /// Nodes whose content comes to it.
    pub exposed: usize,
}

/// Everything that differs between two closures.
#[derive(Debug, Clone, Default)]
pub(super) struct Deltas {
    /// By pair, then by question.
    pub(super) all: Vec<Delta>,
    /// By node: what it reaches in the base and in the head.
    pub(super) reach: Vec<[Reach; 2]>,
}

/// Compares all pairs. `None` if more answers differ than that.
pub(super) fn deltas(joint: &Joint, base: &Closure, head: &Closure, most: usize) -> Option<Deltas> {
    let count = AtomicUsize::new(0);
    let rows: Option<Vec<(Vec<Delta>, [Reach; 2])>> = joint
        .nodes()
        .collect::<Vec<_>>()
        .par_iter()
        .map(|from| {
            let row = row(joint, base, head, *from);
            let so_far = count.fetch_add(row.0.len(), Ordering::Relaxed) + row.0.len();
            (so_far <= most).then_some(row)
        })
        .collect();
    let rows = rows?;
    let mut deltas = Deltas::default();
    deltas.all.reserve_exact(rows.iter().map(|(deltas, _)| deltas.len()).sum());
    for (row, reach) in rows {
        deltas.all.extend(row);
        deltas.reach.push(reach);
    }
    Some(deltas)
}

fn row(joint: &Joint, base: &Closure, head: &Closure, from: NodeId) -> (Vec<Delta>, [Reach; 2]) {
    let mut deltas = Vec::new();
    let mut reach = [Reach::default(); 2];
    for to in joint.nodes().filter(|to| *to != from) {
        let (one, other) = (base.costs(from, to), head.costs(from, to));
        for (reach, (side, costs)) in reach.iter_mut().zip([(Side::Base, &one), (Side::Head, &other)]) {
            reach.exposed += usize::from(costs[1].is_some());
            if costs[0].is_some() {
                reach.influenced += 1;
                reach.more_trusted += usize::from(joint.spec(side).is_escalation(from, to));
            }
        }
        for (&question, (before, after)) in Way::ALL.iter().zip(one.into_iter().zip(other)) {
            if before != after {
                deltas.push(Delta { from, to, question, before, after, cause: None });
            }
        }
    }
    (deltas, reach)
}
