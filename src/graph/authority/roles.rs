//! One actor → the edges that rules 1 and 3 make for it, each at its least.
//!
//! It has what every role has that it reaches, however many it assumes on the way, behind the guards of all of them. So from the roles
//! that it assumes on, each role that is reached brings what it has by itself (`bases.rs`), as sets of targets; among that are further
//! roles. What has few guards comes first: nothing has less than what it was made of, so that what is superfluous is known when its
//! turn comes, and leads no further.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::bases::Bases;
use super::budget::{Budget, Exceeded};
use super::guard_sets::{GuardSets, SetId};
use super::key_set::KeySet;
use super::premise::{Class, Premise, assumes};
use crate::graph::edge::Origin;
use crate::model::{NodeId, Spec, Verb};

/// Steps that a class counts that the actor has not had before.
const NEW_CLASS: usize = 16;

/// Targets of one class.
#[derive(Debug)]
struct Offers {
    class: Class,
    /// All that were looked at or wait.
    known: KeySet,
    /// Those that wait, with what brought them.
    waiting: Vec<(KeySet, Origin)>,
    /// Those that a credential of the actor opens, each with the first.
    held: Vec<(KeySet, Origin)>,
    all_held: KeySet,
}

impl Offers {
    fn new(class: Class) -> Self {
        let (waiting, held) = (Vec::new(), Vec::new());
        Self { class, known: KeySet::default(), waiting, held, all_held: KeySet::default() }
    }

    /// The credential by which a target is held.
    fn holder(&self, target: NodeId) -> Option<Origin> {
        let held = self.held.iter().find(|(targets, _)| targets.has(target.index()));
        held.map(|(_, origin)| *origin)
    }
}

/// When a class has its turn: by guards, then by those on the result, none at all last; then as they came.
type Turn = (u32, u32, usize);

/// An edge that was made, and the one before it of the same verb on the same target.
#[derive(Debug)]
struct Found {
    edge: Premise,
    before: Option<usize>,
    is_superfluous: bool,
}

/// The edges of one actor while they are looked for.
#[derive(Debug)]
pub(super) struct Roles<'a> {
    spec: &'a Spec,
    bases: &'a Bases,
    /// By credential: what it opens.
    opens: &'a HashMap<NodeId, KeySet>,
    actor: NodeId,
    /// The guards on each role that the actor assumes by declaration.
    declared: HashMap<NodeId, SetId, RandomState>,
    offers: Vec<Offers>,
    places: HashMap<Class, usize, RandomState>,
    turns: BTreeSet<Turn>,
    found: Vec<Found>,
    /// The last edge of a verb on a target, and how many there are.
    last: HashMap<(Verb, NodeId), (usize, usize), RandomState>,
}

impl<'a> Roles<'a> {
    pub(super) fn new(
        spec: &'a Spec,
        bases: &'a Bases,
        opens: &'a HashMap<NodeId, KeySet>,
        actor: NodeId,
    ) -> Self {
        Self {
            spec,
            bases,
            opens,
            actor,
            declared: HashMap::default(),
            offers: Vec::new(),
            places: HashMap::default(),
            turns: BTreeSet::new(),
            found: Vec::new(),
            last: HashMap::default(),
        }
    }

    /// Adds the edges that follow from the actor's own ones on roles and credentials.
    pub(super) fn close<'p>(
        mut self,
        own: impl Iterator<Item = &'p Premise> + Clone,
        sets: &mut GuardSets<'_>,
        budget: &mut Budget,
        derived: &mut Vec<Premise>,
    ) -> Result<(), Exceeded> {
        let assumed = own.clone().filter(|premise| assumes(self.spec, premise));
        self.declared = assumed.map(|premise| (premise.to, premise.guards)).collect();
        for premise in own {
            self.follow(premise, None, sets, budget)?;
        }
        while let Some((.., place)) = self.turns.pop_first() {
            self.take(place, sets, budget)?;
        }
        let kept = self.found.iter().filter(|found| !found.is_superfluous);
        derived.extend(kept.map(|found| self.explained(found.edge)));
        Ok(())
    }

    /// An edge with its reason. That a credential opens the target comes before all roles: two roles that assume each other would be
    /// the reason of each other.
    fn explained(&self, edge: Premise) -> Premise {
        let offers = self.places.get(&edge.class()).map(|place| &self.offers[*place]);
        let origin = offers.and_then(|offers| offers.holder(edge.to)).unwrap_or(edge.origin);
        Premise { origin, ..edge }
    }

    /// What follows from an edge of the actor: all that the role has, all that the credential opens. `by` is the role that brought the
    /// edge, if one did.
    fn follow(
        &mut self,
        edge: &Premise,
        by: Option<NodeId>,
        sets: &mut GuardSets<'_>,
        budget: &mut Budget,
    ) -> Result<(), Exceeded> {
        if assumes(self.spec, edge) {
            // What is declared to be no dearer has brought it all.
            let declared = by.and_then(|_| self.declared.get(&edge.to));
            if !declared.is_some_and(|guards| sets.is_subset(*guards, edge.guards)) {
                for (class, targets) in self.bases.of(edge.to) {
                    let guards = sets.union(edge.guards, class.guards);
                    self.offer(Class { guards, ..*class }, targets, Origin::Role(edge.to), sets, budget)?;
                }
            }
            self.back(edge, by, sets, budget)?;
        } else if let (Some(class), Some(opened)) = (edge.holds(self.spec, sets), self.opens.get(&edge.to)) {
            self.offer(class, opened, Origin::Holder(edge.to), sets, budget)?;
        }
        Ok(())
    }

    /// Where a role that the actor reaches assumes the actor: it has the actor's own rights too, and the actor has them by it once
    /// more, behind all guards on the way there and back. But no node has an edge to itself: the role brings none on itself. Then it
    /// is the role before it that does, if there is one.
    fn back(
        &mut self,
        edge: &Premise,
        by: Option<NodeId>,
        sets: &mut GuardSets<'_>,
        budget: &mut Budget,
    ) -> Result<(), Exceeded> {
        let Some(back) = self.bases.assumes(edge.to, self.actor) else { return Ok(()) };
        let way = sets.union(edge.guards, back);
        let role = KeySet::of([edge.to.index()]);
        for (class, targets) in self.bases.of(self.actor) {
            let class = Class { guards: sets.union(way, class.guards), ..*class };
            let mut others = targets.clone();
            others.remove(&role);
            self.offer(class, &others, Origin::Role(edge.to), sets, budget)?;
            if let Some(by) = by.filter(|_| targets.has(edge.to.index())) {
                self.offer(class, &role, Origin::Role(by), sets, budget)?;
            }
        }
        Ok(())
    }

    /// Lets what is new of some targets wait for the turn of their class.
    fn offer(
        &mut self,
        class: Class,
        targets: &KeySet,
        origin: Origin,
        sets: &GuardSets<'_>,
        budget: &mut Budget,
    ) -> Result<(), Exceeded> {
        let before = self.offers.len();
        let place = *self.places.entry(class).or_insert(before);
        if place == before {
            self.offers.push(Offers::new(class));
            budget.steps(self.actor, NEW_CLASS)?;
        }
        budget.steps(self.actor, 1)?;
        let offers = &mut self.offers[place];
        let mut new = KeySet::default();
        if matches!(origin, Origin::Holder(_)) && new.add_unknown(targets.chunks(), &offers.all_held) {
            offers.all_held.add(&new);
            offers.held.push((std::mem::take(&mut new), origin));
        }
        if new.add_unknown(targets.chunks(), &offers.known) {
            offers.known.add(&new);
            offers.waiting.push((new, origin));
            let size = |guards: SetId| u32::try_from(sets.of(guards).len()).unwrap_or(u32::MAX);
            let results = class.returns.map_or(u32::MAX, size);
            self.turns.insert((size(class.guards).saturating_add(class.extra), results, place));
        }
        Ok(())
    }

    /// Takes what waits of a class.
    fn take(&mut self, place: usize, sets: &mut GuardSets<'_>, budget: &mut Budget) -> Result<(), Exceeded> {
        let class = self.offers[place].class;
        for (targets, origin) in std::mem::take(&mut self.offers[place].waiting) {
            let actor = self.actor;
            for to in targets.iter().map(NodeId::new).filter(|to| *to != actor) {
                let Class { verb, guards, returns, extra } = class;
                let edge = Premise { from: actor, verb, to, guards, returns, extra, origin };
                if self.keep(edge, sets, budget)? {
                    let by = if let Origin::Role(role) = origin { Some(role) } else { None };
                    self.follow(&edge, by, sets, budget)?;
                }
            }
        }
        Ok(())
    }

    /// Keeps an edge unless another makes it superfluous.
    ///
    /// Most come after all that could. What a credential opens may come late: its guards are fewer than those on reading it.
    fn keep(&mut self, edge: Premise, sets: &GuardSets<'_>, budget: &mut Budget) -> Result<bool, Exceeded> {
        let key = (edge.verb, edge.to);
        let (last, count) = self.last.get(&key).map_or((None, 0), |(last, count)| (Some(*last), *count));
        budget.ways(self.actor, key, count)?;
        let terms = edge.class().terms();
        let mut at = last;
        while let Some(known) = at {
            if self.found[known].edge.class().terms().cover(terms, sets) {
                return Ok(false);
            }
            at = self.found[known].before;
        }
        let mut at = last;
        while let Some(known) = at {
            let found = &mut self.found[known];
            found.is_superfluous |= terms.cover(found.edge.class().terms(), sets);
            at = found.before;
        }
        budget.ways(self.actor, key, count + 1)?;
        let returned = edge.returns.map_or(0, |returns| sets.of(returns).len());
        budget.edge(self.actor, sets.of(edge.guards).len() + returned)?;
        self.last.insert(key, (self.found.len(), count + 1));
        self.found.push(Found { edge, before: last, is_superfluous: false });
        Ok(true)
    }
}
