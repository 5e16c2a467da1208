//! Declared edges → what rules 1 to 3 make of them before any secret spreads, to their own fixpoint.
//!
//! Semi-naive: an edge is a premise when it is new or got cheaper, and meets only those it can meet. What opens opens tools and
//! agents alone, so edges that assume a role or hold a credential all stand here: none is added when secrets spread.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::guard_sets::{GuardSets, SetId};
use crate::graph::edge::{Edge, Origin};
use crate::spec::{NodeId, NodeKind, Returns, Spec, Verb};

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
}

/// What makes two derived edges one.
type Key = (NodeId, Verb, NodeId, SetId, Option<SetId>);

/// The declared edges that some rule looks at, then those that rules 1 and 3 made.
#[derive(Debug)]
pub(super) struct Premises {
    list: Vec<Premise>,
    declared: usize,
    /// Position of each derived edge.
    positions: HashMap<Key, usize>,
    /// By role: the edges it has.
    rights: HashMap<NodeId, Vec<usize>>,
    /// By role: the edges that assume it.
    assumptions: HashMap<NodeId, Vec<usize>>,
    waiting: Vec<usize>,
}

impl Premises {
    /// Rules 1 and 3 to their fixpoint. Rule 2 has no premise, and its edges are none.
    pub(super) fn close(spec: &Spec, declared: &[Edge], sets: &mut GuardSets<'_>) -> Self {
        let looked_at = declared.iter().filter(|edge| {
            let target = spec.node(edge.to);
            target.is_authority() || target.general || spec.node(edge.from).is_assumable()
        });
        let list: Vec<Premise> = looked_at.map(|edge| Premise::declared(edge, sets)).collect();
        let mut premises = Self {
            declared: list.len(),
            waiting: (0..list.len()).collect(),
            list,
            positions: HashMap::new(),
            rights: HashMap::new(),
            assumptions: HashMap::new(),
        };
        for position in 0..premises.declared {
            premises.index(spec, position);
        }
        while let Some(position) = premises.waiting.pop() {
            let premise = premises.list[position];
            premises.roles(spec, sets, premise);
            premises.holders(spec, sets, premise);
        }
        premises
    }

    /// All of them, with what was declared first.
    pub(super) fn all(&self) -> &[Premise] {
        &self.list
    }

    /// Those that a rule made.
    pub(super) fn derived(&self) -> &[Premise] {
        &self.list[self.declared..]
    }

    /// The edges that assume a node.
    pub(super) fn assumptions_of(&self, role: NodeId) -> impl Iterator<Item = &Premise> + '_ {
        self.assumptions.get(&role).into_iter().flatten().map(|position| &self.list[*position])
    }

    /// Makes an edge known to those that come after it.
    fn index(&mut self, spec: &Spec, position: usize) {
        let Premise { from, verb, to, .. } = self.list[position];
        if verb == Verb::Invoke && spec.node(to).is_assumable() {
            self.assumptions.entry(to).or_default().push(position);
        }
        if spec.node(from).is_assumable() {
            self.rights.entry(from).or_default().push(position);
        }
    }

    /// Rule 1: who assumes a role has the role's edges, behind the guards of both.
    fn roles(&mut self, spec: &Spec, sets: &mut GuardSets<'_>, premise: Premise) {
        let of = |edges: &HashMap<NodeId, Vec<usize>>, node| edges.get(&node).cloned().unwrap_or_default();
        let assumes = premise.verb == Verb::Invoke && spec.node(premise.to).is_assumable();
        if assumes {
            for right in of(&self.rights, premise.to) {
                let right = self.list[right];
                self.add(spec, through_role(sets, premise, right));
            }
        }
        for assumption in of(&self.assumptions, premise.from) {
            let assumption = self.list[assumption];
            self.add(spec, through_role(sets, assumption, premise));
        }
    }

    /// Rule 3: who reads a credential, or may use it, has what it opens.
    fn holders(&mut self, spec: &Spec, sets: &mut GuardSets<'_>, held: Premise) {
        let credential = spec.node(held.to);
        if credential.kind != NodeKind::Credential {
            return;
        }
        let (guards, extra) = match held.verb {
            // The guards on the reading have to fail once, for the secret itself to come through.
            Verb::Read => (GuardSets::EMPTY, held.extra.saturating_add(sets.hiding(held.guards))),
            Verb::Invoke => (held.guards, held.extra),
            Verb::Write | Verb::Observe => return,
        };
        let origin = Origin::Holder(held.to);
        let returns = Some(GuardSets::EMPTY);
        for &to in &credential.opens {
            self.add(
                spec,
                Premise { from: held.from, verb: Verb::Invoke, to, guards, returns, extra, origin },
            );
        }
    }

    /// Adds an edge unless it leads from a node to itself; of those that agree, the least extra stays, and the reason that came
    /// first with it: one that comes later may stand on this edge itself.
    fn add(&mut self, spec: &Spec, edge: Premise) {
        if edge.from == edge.to {
            return;
        }
        match self.positions.entry((edge.from, edge.verb, edge.to, edge.guards, edge.returns)) {
            Entry::Vacant(slot) => {
                let position = self.list.len();
                slot.insert(position);
                self.list.push(edge);
                self.waiting.push(position);
                self.index(spec, position);
            }
            Entry::Occupied(slot) => {
                let known = &mut self.list[*slot.get()];
                if edge.extra < known.extra {
                    (known.extra, known.origin) = (edge.extra, edge.origin);
                    self.waiting.push(*slot.get());
                }
            }
        }
    }
}

/// What rule 1 makes of an edge that assumes a role and one that the role has.
fn through_role(sets: &mut GuardSets<'_>, assumed: Premise, right: Premise) -> Premise {
    Premise {
        from: assumed.from,
        guards: sets.union(assumed.guards, right.guards),
        extra: assumed.extra.saturating_add(right.extra),
        origin: Origin::Role(assumed.to),
        ..right
    }
}
