//! An edge as the rules look at it, with guards by number: what it is a premise of, and what makes another one superfluous.

use super::guard_sets::{GuardSets, SetId};
use crate::graph::edge::{Edge, Origin};
use crate::model::{NodeId, NodeKind, Returns, Spec, Verb};

/// An edge that a rule looks at or made, never an outsider's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Premise {
    pub(super) from: NodeId,
    pub(super) verb: Verb,
    pub(super) to: NodeId,
    pub(super) guards: SetId,
    /// Guards on the result, if there is one.
    pub(super) returns: Option<SetId>,
    pub(super) extra: u32,
    pub(super) origin: Origin,
}

impl Premise {
    pub(super) fn declared(edge: &Edge, sets: &mut GuardSets<'_>) -> Self {
        let returns = match &edge.returns {
            Returns::Nothing => None,
            Returns::Content(guards) => Some(sets.intern(guards)),
        };
        let guards = sets.intern(&edge.guards);
        Self { from: edge.from, verb: edge.verb, to: edge.to, guards, returns, extra: 0, origin: edge.origin }
    }

    /// As an edge of the graph.
    pub(super) fn edge(&self, sets: &GuardSets<'_>) -> Edge {
        Edge {
            from: self.from,
            verb: self.verb,
            to: self.to,
            guards: sets.of(self.guards).to_vec(),
            returns: self
                .returns
                .map_or(Returns::Nothing, |guards| Returns::Content(sets.of(guards).to_vec())),
            extra: self.extra,
            origin: self.origin,
        }
    }

    /// All but who has it and on what.
    pub(super) fn class(&self) -> Class {
        Class { verb: self.verb, guards: self.guards, returns: self.returns, extra: self.extra }
    }

    /// Rule 3: what who has this edge on a credential has on all that the credential opens, if anything.
    pub(super) fn holds(&self, spec: &Spec, sets: &GuardSets<'_>) -> Option<Class> {
        if spec.node(self.to).kind != NodeKind::Credential {
            return None;
        }
        let (guards, extra) = match self.verb {
            // The guards on the reading have to fail once, for the secret itself to come through.
            Verb::Read => (GuardSets::EMPTY, self.extra.saturating_add(sets.hiding(self.guards))),
            Verb::Invoke => (self.guards, self.extra),
            Verb::Write | Verb::Observe => return None,
        };
        Some(Class { verb: Verb::Invoke, guards, returns: Some(GuardSets::EMPTY), extra })
    }
}

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

/// Whether who has this edge has by it what its target has.
pub(super) fn assumes(spec: &Spec, premise: &Premise) -> bool {
    premise.verb == Verb::Invoke && spec.node(premise.to).is_assumable()
}

/// What two such edges may differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) guards: SetId,
    /// Guards on the result, if there is one.
    pub(super) returns: Option<SetId>,
    pub(super) extra: u32,
}

impl Terms {
    /// Whether an edge with these terms does all that one with the others does, and no guard holds it back that does not hold back the
    /// other. Fewer guards that are no subset do not make it so: what they are united with by roles may hold the others already.
    pub(super) fn cover(self, other: Self, sets: &GuardSets<'_>) -> bool {
        let returns = match (self.returns, other.returns) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(one), Some(other)) => sets.is_subset(one, other),
        };
        returns && self.extra <= other.extra && sets.is_subset(self.guards, other.guards)
    }
}

/// What edges of one grant have in common, beside their actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Legs {
    /// Guards on the request.
    pub(super) guards: SetId,
    /// Guards on the result, if there is one.
    pub(super) returns: Option<SetId>,
    pub(super) outsider: bool,
}

impl Legs {
    /// Unguarded, with a result.
    pub(super) fn open(outsider: bool) -> Self {
        Self { guards: GuardSets::EMPTY, returns: Some(GuardSets::EMPTY), outsider }
    }

    pub(super) fn terms(self, extra: u32) -> Terms {
        Terms { guards: self.guards, returns: self.returns, extra }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GuardId, Spec};

    #[test]
    fn a_subset_covers_and_fewer_guards_do_not() {
        let spec = Spec::from_text("test.yaml", "version: 1").expect("a spec");
        let mut sets = GuardSets::new(&spec);
        let mut set = |guards: &[usize]| {
            let guards: Vec<GuardId> = guards.iter().map(|guard| GuardId::new(*guard)).collect();
            sets.intern(&guards)
        };
        let (none, one, both, other) = (set(&[]), set(&[0]), set(&[0, 1]), set(&[2]));
        let terms = |guards, returns, extra| Terms { guards, returns, extra };
        let covers = |one: Terms, other: Terms| one.cover(other, &sets);
        assert!(covers(terms(one, Some(none), 0), terms(both, Some(none), 0)));
        assert!(covers(terms(one, Some(one), 0), terms(one, Some(both), 2)));
        assert!(covers(terms(one, Some(both), 0), terms(one, None, 0)));
        assert!(covers(terms(one, None, 1), terms(both, None, 1)));
        assert!(!covers(terms(other, Some(none), 0), terms(both, Some(none), 0)), "fewer, and no subset");
        assert!(!covers(terms(none, None, 0), terms(both, Some(both), 9)), "nothing comes back");
        assert!(!covers(terms(none, Some(one), 0), terms(none, Some(none), 0)), "a guard on the result");
        assert!(!covers(terms(none, Some(none), 1), terms(both, Some(none), 0)), "a larger extra");
    }
}
