//! What roles have before anybody assumes another role for it: declared edges, and what their credentials open. Targets are sets, one
//! for all edges that agree in everything else, so that who assumes many roles with the same rights unites them word by word.

use std::collections::HashMap;

use super::guard_sets::SetId;
use super::key_set::KeySet;
use super::premise::{Class, Premise, assumes};
use crate::model::{NodeId, Spec};

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
    pub(super) fn declared<'p>(spec: &Spec, of_roles: impl Iterator<Item = &'p Premise>) -> Self {
        let mut bases = Self::default();
        for premise in of_roles {
            bases.add(premise.from, premise.class(), &KeySet::of([premise.to.index()]));
            if assumes(spec, premise) {
                bases.assumes.insert((premise.from, premise.to), premise.guards);
            }
        }
        bases
    }

    pub(super) fn add(&mut self, role: NodeId, class: Class, targets: &KeySet) {
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
