//! What roles have before anybody assumes another role for it: declared edges, and what their credentials open. Targets are sets, one
//! for all edges that agree in everything else, so that who assumes many roles with the same rights unites them word by word.

use std::collections::{BTreeMap, HashMap};

use super::budget::Budget;
use super::dominance::Terms;
use super::exceeded::Exceeded;
use super::guard_sets::{GuardSets, SetId};
use super::key_set::KeySet;
use super::premises::{Premise, assumes};
use super::roles::Roles;
use crate::model::{NodeId, Spec, Verb};

/// All that edges of one actor may differ in but their targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Class {
    pub(super) verb: Verb,
    pub(super) guards: SetId,
    /// Guards on the result, if there is one.
    pub(super) returns: Option<SetId>,
    pub(super) extra: u32,
}

impl Class {
    pub(super) fn terms(self) -> Terms {
        Terms { guards: self.guards, returns: self.returns, extra: self.extra }
    }
}

/// The rights of a role by class, in the order in which they were met.
type Rights = Vec<(Class, KeySet)>;

/// The rights of all roles.
#[derive(Debug, Clone, Default)]
pub(super) struct Bases {
    rights: HashMap<NodeId, Rights>,
    /// Where in them each class stands.
    places: HashMap<(NodeId, Class), usize>,
    /// The guards on assuming the one role as the other.
    assumes: HashMap<(NodeId, NodeId), SetId>,
}

impl Bases {
    /// What is declared, and what each role has by rule 3: the credentials that it comes to by other roles too.
    pub(super) fn close(
        spec: &Spec,
        declared: &[Premise],
        opens: &HashMap<NodeId, KeySet>,
        sets: &mut GuardSets<'_>,
        budget: &Budget,
    ) -> Result<Self, Exceeded> {
        let of_roles = || declared.iter().filter(|premise| spec.node(premise.from).is_assumable());
        let mut bases = Self::declared(spec, of_roles());
        if !of_roles().any(|premise| premise.holds(spec, sets).is_some()) {
            return Ok(bases);
        }
        let mut by_role: BTreeMap<NodeId, Vec<&Premise>> = BTreeMap::new();
        for premise in of_roles().filter(|premise| spec.node(premise.to).is_authority()) {
            by_role.entry(premise.from).or_default().push(premise);
        }
        let authority = Self::declared(spec, by_role.values().flatten().copied());
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

    fn declared<'p>(spec: &Spec, of_roles: impl Iterator<Item = &'p Premise>) -> Self {
        let mut bases = Self::default();
        for premise in of_roles {
            bases.add(premise.from, premise.class(), &KeySet::of([premise.to.index()]));
            if assumes(spec, premise) {
                bases.assumes.insert((premise.from, premise.to), premise.guards);
            }
        }
        bases
    }

    fn add(&mut self, role: NodeId, class: Class, targets: &KeySet) {
        let rights = self.rights.entry(role).or_default();
        let place = *self.places.entry((role, class)).or_insert_with(|| {
            rights.push((class, KeySet::default()));
            rights.len() - 1
        });
        rights[place].1.add(targets);
    }

    /// What a role has by itself.
    pub(super) fn of(&self, role: NodeId) -> &[(Class, KeySet)] {
        self.rights.get(&role).map_or(&[], Vec::as_slice)
    }

    /// The guards on assuming the one role as the other, where that is declared.
    pub(super) fn assumes(&self, role: NodeId, other: NodeId) -> Option<SetId> {
        self.assumes.get(&(role, other)).copied()
    }
}
