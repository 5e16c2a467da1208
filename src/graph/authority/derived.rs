//! Grants and the secrets that came to them → derived edges, each once, in their order.

use std::collections::HashMap;

use rayon::prelude::*;

use super::grants::{Grant, Legs};
use super::guard_sets::GuardSets;
use super::key_set::KeySet;
use super::keys::Keys;
use super::premises::Premises;
use super::spread::Spread;
use crate::graph::edge::{Edge, Origin};
use crate::spec::{NodeId, Returns, Spec, Verb};

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
pub(super) fn append(edges: &mut Vec<Edge>, sources: &Sources<'_, '_>) {
    let ranks = Ranks::new(sources);
    let given = given(sources, &ranks);
    let mut granted: Vec<Vec<usize>> = vec![Vec::new(); sources.spec.nodes.len()];
    for (position, grant) in sources.grants.iter().enumerate() {
        granted[grant.actor.index()].push(position);
    }
    let of_actor = |(given, granted): (Vec<Entry>, &Vec<usize>)| entries(sources, &ranks, given, granted);
    let by_actor: Vec<Vec<Entry>> = if sources.grants.len() < PARALLEL {
        given.into_iter().zip(&granted).map(of_actor).collect()
    } else {
        given.into_par_iter().zip(&granted).map(of_actor).collect()
    };
    edges.reserve_exact(by_actor.iter().map(Vec::len).sum());
    for (from, entries) in sources.spec.node_ids().zip(&by_actor) {
        edges.extend(entries.iter().map(|entry| ranks.edge(sources.sets, from, entry)));
    }
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

/// The edges of one actor, in order.
fn entries(sources: &Sources<'_, '_>, ranks: &Ranks, given: Vec<Entry>, granted: &[usize]) -> Vec<Entry> {
    let mut entries = given;
    let grants = granted.iter().map(|position| &sources.grants[*position]);
    for grant in grants {
        open(sources, grant, ranks.of(grant.legs), &mut entries);
    }
    entries.sort_unstable();
    entries.dedup_by_key(|entry| entry.key());
    entries
}

/// What a grant opens. Arrivals come in the order of levels, and credentials of one in theirs: what opens a target first is kept.
fn open(sources: &Sources<'_, '_>, grant: &Grant, rank: u32, entries: &mut Vec<Entry>) {
    let mut opened = KeySet::default();
    for (arrival, keys) in sources.spread.history(grant.place).arrivals() {
        let (extra, since) = (arrival.level, arrival.time);
        for key in keys.flat_map(|chunk| chunk.iter()) {
            for target in &sources.keys.opens[key] {
                let to = sources.keys.targets[*target as usize];
                if opened.insert(*target as usize) && to != grant.actor {
                    let origin = grant.origin(sources.keys.credentials[key]);
                    entries.push(Entry { verb: Verb::Invoke, to, rank, extra, since, origin });
                }
            }
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
