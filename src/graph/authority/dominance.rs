//! Two edges that agree in actor, verb, target and outsider-or-not → whether the one makes the other superfluous.

use super::guard_sets::{GuardSets, SetId};

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
