//! Declared edges → what rules 1 to 3 make of them before any secret spreads, to their own fixpoint.
//!
//! What is opened is a tool or an agent, so edges that assume a role or hold a credential come of declared ones alone, by rule 1: none
//! is added when secrets spread. So each actor can be asked by itself which roles it comes to and what they have (`roles.rs`).

use std::collections::{BTreeMap, HashMap};

use super::bases::{Bases, Class};
use super::budget::Budget;
use super::exceeded::Exceeded;
use super::guard_sets::{GuardSets, SetId};
use super::key_set::KeySet;
use super::roles::Roles;
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
    fn declared(edge: &Edge, sets: &mut GuardSets<'_>) -> Self {
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
        let bases = Bases::close(spec, &declared, &opens, sets, budget)?;
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

/// Whether who has this edge has by it what its target has.
pub(super) fn assumes(spec: &Spec, premise: &Premise) -> bool {
    premise.verb == Verb::Invoke && spec.node(premise.to).is_assumable()
}

/// By credential: what it opens.
fn opens(spec: &Spec) -> HashMap<NodeId, KeySet> {
    let credentials = spec.node_ids().filter(|node| spec.node(*node).kind == NodeKind::Credential);
    let opened = |credential: NodeId| KeySet::of(spec.node(credential).opens.iter().map(|to| to.index()));
    credentials.map(|credential| (credential, opened(credential))).collect()
}
