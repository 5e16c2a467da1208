//! An edge as the rules look at it, with guards by number.

use super::dominance::Terms;
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
