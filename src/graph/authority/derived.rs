//! Grants and the secrets that came to them → derived edges, each once, in their order.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::budget::{Budget, Exceeded, Figure, weight};
use super::grants::Grant;
use super::guard_sets::GuardSets;
use super::key_set::KeySet;
use super::keys::Keys;
use super::premise::Legs;
use super::premises::Premises;
use super::spread::Spread;
use crate::graph::edge::{Edge, Origin};
use crate::model::{NodeId, Returns, Spec, Verb};

/// A derived edge without its actor. The derived order is that of edges, then the least extra and the first reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    verb: Verb,
    to: NodeId,
    /// The rank of its legs.
    rank: u32,
    extra: u32,
    /// When its reason came up: 0 for what needs no secret to spread. What the reason stands on was there before, so that of
    /// several the first never leads back to the edge itself.
    since: u32,
    origin: Origin,
}

impl Entry {
    /// What makes two edges of an actor one.
    fn key(&self) -> (Verb, NodeId, u32) {
        (self.verb, self.to, self.rank)
    }
}

/// From how many grants on actors are worked on in parallel. Below, starting threads costs more than they save.
const PARALLEL: usize = 200;

/// How many entries of an actor may come again before they are put in order.
const MANY: usize = 1 << 12;

/// All that derived edges are made of.
pub(super) struct Sources<'a, 's> {
    pub(super) spec: &'a Spec,
    pub(super) keys: &'a Keys,
    pub(super) sets: &'a GuardSets<'s>,
    pub(super) premises: &'a Premises,
    pub(super) grants: &'a [Grant],
    pub(super) spread: &'a Spread<'a>,
}

/// Appends the derived edges: by actor, verb, target, guards, guards on the result, and an outsider's last.
pub(super) fn append(
    edges: &mut Vec<Edge>,
    sources: &Sources<'_, '_>,
    budget: &Budget,
) -> Result<(), Exceeded> {
    let ranks = Ranks::new(sources);
    let given = given(sources, &ranks);
    let mut granted: Vec<Vec<usize>> = vec![Vec::new(); sources.spec.nodes.len()];
    for (position, grant) in sources.grants.iter().enumerate() {
        granted[grant.actor.index()].push(position);
    }
    let count = AtomicUsize::new(0);
    let of_actor = |(given, granted): (Vec<Entry>, &Vec<usize>)| {
        // Once there are too many, no more are made.
        if count.load(Ordering::Relaxed) > budget.most() {
            return Vec::new();
        }
        let entries = entries(sources, &ranks, given, granted);
        count.fetch_add(ranks.weight(sources.sets, &entries), Ordering::Relaxed);
        entries
    };
    let by_actor: Vec<Vec<Entry>> = if sources.grants.len() < PARALLEL {
        given.into_iter().zip(&granted).map(of_actor).collect()
    } else {
        given.into_par_iter().zip(&granted).map(of_actor).collect()
    };
    if count.into_inner() > budget.most() {
        return Err(first_beyond(sources, &ranks, &granted, budget));
    }
    edges.reserve_exact(by_actor.iter().map(Vec::len).sum());
    for (from, entries) in sources.spec.node_ids().zip(by_actor) {
        edges.extend(entries.iter().map(|entry| ranks.edge(sources.sets, from, entry)));
    }
    Ok(())
}

/// Where too many are derived: the actor with which they are, in the order of the nodes.
fn first_beyond(
    sources: &Sources<'_, '_>,
    ranks: &Ranks,
    granted: &[Vec<usize>],
    budget: &Budget,
) -> Exceeded {
    let mut count = 0_usize;
    let actors = sources.spec.node_ids().zip(given(sources, ranks)).zip(granted);
    let beyond = actors.into_iter().find_map(|((actor, given), granted)| {
        let entries = entries(sources, ranks, given, granted);
        count = count.saturating_add(ranks.weight(sources.sets, &entries));
        (count > budget.most()).then_some(actor)
    });
    Exceeded { actor: beyond.unwrap_or(NodeId::new(0)), figure: Figure::Edges(budget.most()) }
}

/// By actor: what needs no secret to spread. Rule 2, a credential's own row, and what rules 1 and 3 made.
fn given(sources: &Sources<'_, '_>, ranks: &Ranks) -> Vec<Vec<Entry>> {
    let mut given: Vec<Vec<Entry>> = vec![Vec::new(); sources.spec.nodes.len()];
    let rank = ranks.of(Legs::open(true));
    for credential in &sources.keys.credentials {
        for &to in &sources.spec.node(*credential).opens {
            let entry = Entry { verb: Verb::Invoke, to, rank, extra: 0, since: 0, origin: Origin::Key };
            given[credential.index()].push(entry);
        }
    }
    for made in sources.premises.derived() {
        let rank = ranks.of(Legs { guards: made.guards, returns: made.returns, outsider: false });
        let (extra, origin) = (made.extra, made.origin);
        given[made.from.index()].push(Entry { verb: made.verb, to: made.to, rank, extra, since: 0, origin });
    }
    given
}

/// The edges of one actor, in order, without those that another makes superfluous.
fn entries(sources: &Sources<'_, '_>, ranks: &Ranks, given: Vec<Entry>, granted: &[usize]) -> Vec<Entry> {
    let mut entries = given;
    let mut room = entries.len() + MANY;
    for grant in granted.iter().map(|position| &sources.grants[*position]) {
        open(sources, grant, ranks.of(grant.legs), &mut entries);
        if entries.len() > room {
            once(&mut entries);
            room = 2 * entries.len() + MANY;
        }
    }
    once(&mut entries);
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for alike in entries.chunk_by(|one, other| (one.verb, one.to) == (other.verb, other.to)) {
        let is_superfluous =
            |entry: &&Entry| alike.iter().any(|other| ranks.cover(sources.sets, other, entry));
        kept.extend(alike.iter().filter(|entry| !is_superfluous(entry)));
    }
    kept
}

/// Each edge once, with its least extra and first reason.
fn once(entries: &mut Vec<Entry>) {
    entries.sort_unstable();
    entries.dedup_by_key(|entry| entry.key());
}

/// What a grant opens. Arrivals come in the order of levels, and credentials of one in theirs: what opens a target first is kept.
fn open(sources: &Sources<'_, '_>, grant: &Grant, rank: u32, entries: &mut Vec<Entry>) {
    let mut opened = KeySet::default();
    for (arrival, keys) in sources.spread.history(grant.place).arrivals() {
        let (extra, since) = (arrival.level, arrival.time);
        for key in keys.flat_map(|chunk| chunk.iter()) {
            let mut new = KeySet::default();
            new.add_unknown(sources.keys.opens[key].chunks(), &opened);
            opened.add(&new);
            let origin = grant.origin(sources.keys.credentials[key]);
            let targets = new.iter().map(|target| sources.keys.targets[target]);
            let others = targets.filter(|to| *to != grant.actor);
            entries.extend(others.map(|to| Entry { verb: Verb::Invoke, to, rank, extra, since, origin }));
        }
    }
}

/// Legs in the order of edges.
struct Ranks {
    list: Vec<Legs>,
    ranks: HashMap<Legs, u32>,
}

impl Ranks {
    fn new(sources: &Sources<'_, '_>) -> Self {
        let given = sources.premises.derived().iter();
        let given = given.map(|made| Legs { guards: made.guards, returns: made.returns, outsider: false });
        let granted = sources.grants.iter().map(|grant| grant.legs);
        let mut ranks: HashMap<Legs, u32> = HashMap::new();
        let mut list: Vec<Legs> = Vec::new();
        for legs in given.chain(granted).chain([Legs::open(true)]) {
            if ranks.insert(legs, 0).is_none() {
                list.push(legs);
            }
        }
        list.sort_by_cached_key(|legs| {
            let guards = sources.sets.of(legs.guards);
            (guards, legs.returns.map(|guards| sources.sets.of(guards)), legs.outsider)
        });
        for (rank, legs) in (0..).zip(&list) {
            ranks.insert(*legs, rank);
        }
        Self { list, ranks }
    }

    /// Whether an entry makes another one on the same target superfluous.
    fn cover(&self, sets: &GuardSets<'_>, one: &Entry, other: &Entry) -> bool {
        let [legs, others] = [one, other].map(|entry| self.list[entry.rank as usize]);
        legs != others
            && legs.outsider == others.outsider
            && legs.terms(one.extra).cover(others.terms(other.extra), sets)
    }

    /// What some entries count.
    fn weight(&self, sets: &GuardSets<'_>, entries: &[Entry]) -> usize {
        let guards = |entry: &Entry| {
            let Legs { guards, returns, .. } = self.list[entry.rank as usize];
            sets.of(guards).len() + returns.map_or(0, |returns| sets.of(returns).len())
        };
        entries.iter().map(|entry| weight(guards(entry))).sum()
    }

    fn of(&self, legs: Legs) -> u32 {
        self.ranks.get(&legs).copied().unwrap_or_default()
    }

    fn edge(&self, sets: &GuardSets<'_>, from: NodeId, entry: &Entry) -> Edge {
        let legs = self.list[entry.rank as usize];
        let returns = legs.returns.map(|guards| Returns::Content(sets.of(guards).to_vec()));
        Edge {
            from,
            verb: entry.verb,
            to: entry.to,
            guards: sets.of(legs.guards).to_vec(),
            returns: returns.unwrap_or(Returns::Nothing),
            extra: entry.extra,
            origin: entry.origin,
        }
    }
}
