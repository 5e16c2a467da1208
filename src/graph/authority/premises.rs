//! Declared edges → what rules 1 to 3 make of them before any secret spreads, to their own fixpoint.
//!
//! What is opened is a tool or an agent, so edges that assume a role or hold a credential come of declared ones alone, by rule 1: none
//! is added when secrets spread. So each actor can be asked by itself which roles it reaches and what they have (`roles.rs`).

use std::collections::{BTreeMap, HashMap};

use super::bases::Bases;
use super::budget::{Budget, Exceeded};
use super::guard_sets::GuardSets;
use super::key_set::KeySet;
use super::premise::{Premise, assumes};
use super::roles::Roles;
use crate::graph::edge::Edge;
use crate::model::{NodeId, NodeKind, Spec};

/// The declared edges that some rule looks at, and those that rules 1 and 3 make.
#[derive(Debug)]
pub(super) struct Premises {
    declared: Vec<Premise>,
    derived: Vec<Premise>,
    /// By role: the declared edges that assume it.
    assumptions: HashMap<NodeId, Vec<usize>>,
}

impl Premises {
    /// Rules 1 and 3 to their fixpoint. Rule 2 has no premise, and its edges are none.
    pub(super) fn close(
        spec: &Spec,
        declared: &[Edge],
        sets: &mut GuardSets<'_>,
        budget: &mut Budget,
    ) -> Result<Self, Exceeded> {
        let looked_at = declared.iter().filter(|edge| {
            let target = spec.node(edge.to);
            target.is_authority() || target.general || spec.node(edge.from).is_assumable()
        });
        let declared: Vec<Premise> = looked_at.map(|edge| Premise::declared(edge, sets)).collect();
        let mut assumptions: HashMap<NodeId, Vec<usize>> = HashMap::new();
        let mut by_actor: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
        for (position, premise) in declared.iter().enumerate() {
            let assumes = assumes(spec, premise);
            if assumes {
                assumptions.entry(premise.to).or_default().push(position);
            }
            if assumes || premise.holds(spec, sets).is_some() {
                by_actor.entry(premise.from).or_default().push(position);
            }
        }
        let opens = opens(spec);
        let bases = bases(spec, &declared, &opens, sets, budget)?;
        let mut derived = Vec::new();
        for (actor, positions) in &by_actor {
            let own = positions.iter().map(|position| &declared[*position]);
            Roles::new(spec, &bases, &opens, *actor).close(own, sets, budget, &mut derived)?;
        }
        Ok(Self { declared, derived, assumptions })
    }

    /// All of them, with what was declared first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Premise> + '_ {
        self.declared.iter().chain(&self.derived)
    }

    /// Those that a rule made.
    pub(super) fn derived(&self) -> &[Premise] {
        &self.derived
    }

    /// The declared edges that assume a node. What follows from derived ones follows step by step from these.
    pub(super) fn assumptions_of(&self, role: NodeId) -> impl Iterator<Item = &Premise> + '_ {
        self.assumptions.get(&role).into_iter().flatten().map(|position| &self.declared[*position])
    }
}

/// What is declared, and what each role has by rule 3: the credentials that it reaches by other roles too.
fn bases(
    spec: &Spec,
    declared: &[Premise],
    opens: &HashMap<NodeId, KeySet>,
    sets: &mut GuardSets<'_>,
    budget: &Budget,
) -> Result<Bases, Exceeded> {
    let of_roles = || declared.iter().filter(|premise| spec.node(premise.from).is_assumable());
    let mut bases = Bases::declared(spec, of_roles());
    if !of_roles().any(|premise| premise.holds(spec, sets).is_some()) {
        return Ok(bases);
    }
    let mut by_role: BTreeMap<NodeId, Vec<&Premise>> = BTreeMap::new();
    for premise in of_roles().filter(|premise| spec.node(premise.to).is_authority()) {
        by_role.entry(premise.from).or_default().push(premise);
    }
    let authority = Bases::declared(spec, by_role.values().flatten().copied());
    // What is found here is found again for good.
    let (mut budget, nothing) = (budget.clone(), HashMap::new());
    for (role, own) in &by_role {
        let mut found = Vec::new();
        let roles = Roles::new(spec, &authority, &nothing, *role);
        roles.close(own.iter().copied(), sets, &mut budget, &mut found)?;
        for held in own.iter().copied().chain(&found) {
            if let Some(class) = held.holds(spec, sets) {
                bases.add(*role, class, &opens[&held.to]);
            }
        }
    }
    Ok(bases)
}

/// By credential: what it opens.
fn opens(spec: &Spec) -> HashMap<NodeId, KeySet> {
    let credentials = spec.node_ids().filter(|node| spec.node(*node).kind == NodeKind::Credential);
    let opened = |credential: NodeId| KeySet::of(spec.node(credential).opens.iter().map(|to| to.index()));
    credentials.map(|credential| (credential, opened(credential))).collect()
}
