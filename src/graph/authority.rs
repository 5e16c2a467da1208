//! Declared edges → all edges: roles, credentials and whoever learns them, closed to the least fixpoint of the five rules.
//!
//! Who learns a secret depends on the flows, and the flows depend on who can use it; so rules and flows are closed together:
//! rules 1 to 3, which need no flows, to their own fixpoint first, then flows, then all rules, until nothing gets cheaper.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rayon::prelude::*;

use super::Search;
use super::edge::{Edge, Origin, count_stopping};
use super::flow_graph::{Direction, FlowGraph};
use crate::spec::{GuardId, Node, NodeId, NodeKind, Plane, Returns, Spec, Verb};

/// What makes two derived edges one. The derived order numbers derived edges: by actor, verb and target first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    from: NodeId,
    verb: Verb,
    to: NodeId,
    guards: Vec<GuardId>,
    returns: Returns,
    outsider: bool,
}

/// Derived edges with what is least among those that agree: the extra, then the reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Derived(BTreeMap<Key, (u32, Origin)>);

impl Derived {
    /// Adds an edge unless it leads from a node to itself or there is one that agrees with it and costs no more.
    fn add(&mut self, key: Key, extra: u32, origin: Origin) {
        if key.from == key.to {
            return;
        }
        match self.0.entry(key) {
            Entry::Vacant(slot) => {
                slot.insert((extra, origin));
            }
            Entry::Occupied(mut slot) => {
                let least = (*slot.get()).min((extra, origin));
                slot.insert(least);
            }
        }
    }

    /// An unguarded way in for an outsider, with what comes back.
    fn add_outsider(&mut self, from: NodeId, to: NodeId, extra: u32, origin: Origin) {
        let returns = Returns::Content(Vec::new());
        let key = Key { from, verb: Verb::Invoke, to, guards: Vec::new(), returns, outsider: true };
        self.add(key, extra, origin);
    }

    /// An invoke by somebody inside.
    fn add_invoke(
        &mut self,
        from: NodeId,
        to: NodeId,
        legs: (Vec<GuardId>, Returns),
        extra: u32,
        origin: Origin,
    ) {
        let (guards, returns) = legs;
        self.add(Key { from, verb: Verb::Invoke, to, guards, returns, outsider: false }, extra, origin);
    }

    fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        self.0.iter().map(|(key, &(extra, origin))| Edge {
            from: key.from,
            verb: key.verb,
            to: key.to,
            guards: key.guards.clone(),
            returns: key.returns.clone(),
            extra,
            origin,
        })
    }
}

/// The declared edges followed by all derived ones, each in its order, and the flows that they make.
pub(super) fn close(spec: &Spec, declared: Vec<Edge>) -> (Vec<Edge>, FlowGraph) {
    if !spec.nodes.values().any(Node::is_authority) {
        let flows = FlowGraph::build(spec, &declared);
        return (declared, flows);
    }
    let mut known = Derived::default();
    loop {
        let handed_on = close_without_flows(spec, &declared, known.clone());
        let all = join(&declared, &handed_on);
        let flows = FlowGraph::build(spec, &all);
        let next = apply(spec, &all, Some(&Learned::search(spec, &flows)));
        if next == known {
            // Nothing got cheaper, so nothing was handed on that is not known: these are the flows of all edges.
            return (join(&declared, &known), flows);
        }
        known = next;
    }
}

/// Rules 1 to 3 to their own fixpoint, on top of what is known already.
fn close_without_flows(spec: &Spec, declared: &[Edge], mut known: Derived) -> Derived {
    loop {
        let mut next = known.clone();
        for (key, (extra, origin)) in apply(spec, &join(declared, &known), None).0 {
            next.add(key, extra, origin);
        }
        if next == known {
            return known;
        }
        known = next;
    }
}

fn join(declared: &[Edge], derived: &Derived) -> Vec<Edge> {
    declared.iter().cloned().chain(derived.edges()).collect()
}

/// One application of the rules to all edges; rules 4 and 5 only where it is known who learns what.
fn apply(spec: &Spec, edges: &[Edge], learned: Option<&Learned>) -> Derived {
    let mut derived = Derived::default();
    let by_actor = ByActor::new(spec, edges);
    roles(spec, edges, &by_actor, &mut derived);
    keys(spec, &mut derived);
    holders(spec, edges, &mut derived);
    if let Some(learned) = learned {
        outsiders(spec, learned, &mut derived);
        insiders(spec, edges, learned, &mut derived);
    }
    derived
}

/// The premises among some edges, by their actor.
struct ByActor<'e>(Vec<Vec<&'e Edge>>);

impl<'e> ByActor<'e> {
    fn new(spec: &Spec, edges: &'e [Edge]) -> Self {
        let mut by_actor = vec![Vec::new(); spec.nodes.len()];
        for edge in edges.iter().filter(|edge| !edge.origin.is_outsider()) {
            by_actor[edge.from.index()].push(edge);
        }
        Self(by_actor)
    }
}

/// Rule 1: who assumes a role has the role's edges, behind the guards of both.
fn roles(spec: &Spec, edges: &[Edge], by_actor: &ByActor<'_>, derived: &mut Derived) {
    let assumptions = edges
        .iter()
        .filter(|edge| !edge.origin.is_outsider() && edge.verb == Verb::Invoke)
        .filter(|edge| spec.node(edge.to).is_assumable());
    for assumed in assumptions {
        for right in &by_actor.0[assumed.to.index()] {
            let key = Key {
                from: assumed.from,
                verb: right.verb,
                to: right.to,
                guards: union(&assumed.guards, &right.guards),
                returns: right.returns.clone(),
                outsider: false,
            };
            let extra = assumed.extra.saturating_add(right.extra);
            derived.add(key, extra, Origin::Role(assumed.to));
        }
    }
}

/// Rule 2: a credential's own row.
fn keys(spec: &Spec, derived: &mut Derived) {
    for credential in credentials(spec) {
        for &target in &spec.node(credential).opens {
            derived.add_outsider(credential, target, 0, Origin::Key);
        }
    }
}

/// Rule 3: who reads a credential, or may use it, has what it opens.
fn holders(spec: &Spec, edges: &[Edge], derived: &mut Derived) {
    let held = edges
        .iter()
        .filter(|edge| !edge.origin.is_outsider() && spec.node(edge.to).kind == NodeKind::Credential);
    for edge in held {
        let (guards, extra) = match edge.verb {
            Verb::Read => {
                let hidden = count_stopping(spec, &edge.guards, Plane::Exposure);
                (Vec::new(), edge.extra.saturating_add(hidden))
            }
            Verb::Invoke => (edge.guards.clone(), edge.extra),
            Verb::Write | Verb::Observe => continue,
        };
        for &target in &spec.node(edge.to).opens {
            let legs = (guards.clone(), Returns::Content(Vec::new()));
            derived.add_invoke(edge.from, target, legs, extra, Origin::Holder(edge.to));
        }
    }
}

/// Rule 4: an outsider that is reached by a secret can use it from outside.
fn outsiders(spec: &Spec, learned: &Learned, derived: &mut Derived) {
    for (credential, learners) in &learned.0 {
        for learner in learners {
            let Some(extra) = learner.in_call else { continue };
            if is_outside(spec, learner.node) {
                for &target in &spec.node(*credential).opens {
                    derived.add_outsider(learner.node, target, extra, Origin::Outsider(*credential));
                }
            }
        }
    }
}

/// Whether a node can use what it learns without anything inside to do it: it stands outside, or speaks to the outside.
fn is_outside(spec: &Spec, id: NodeId) -> bool {
    let node = spec.node(id);
    matches!(node.kind, NodeKind::Principal | NodeKind::Sink) || node.egress || node.untrusted
}

/// Rule 5: a general tool that holds a secret presents it; who learns it and invokes a general tool has it presented.
fn insiders(spec: &Spec, edges: &[Edge], learned: &Learned, derived: &mut Derived) {
    let mut shells: Vec<Vec<&Edge>> = vec![Vec::new(); spec.nodes.len()];
    for edge in edges.iter().filter(|edge| !edge.origin.is_outsider() && edge.verb == Verb::Invoke) {
        if spec.node(edge.to).general {
            shells[edge.from.index()].push(edge);
        }
    }
    for (credential, learners) in &learned.0 {
        for learner in learners {
            for &target in &spec.node(*credential).opens {
                present(spec, (*credential, target), learner, &shells[learner.node.index()], derived);
            }
        }
    }
}

/// What one learner can have presented to one target.
fn present(
    spec: &Spec,
    (credential, target): (NodeId, NodeId),
    learner: &Learner,
    shells: &[&Edge],
    derived: &mut Derived,
) {
    if let (true, Some(extra)) = (spec.node(learner.node).general, learner.own) {
        let origin = Origin::Insider { credential, through: learner.node };
        let legs = (Vec::new(), Returns::Content(Vec::new()));
        derived.add_invoke(learner.node, target, legs, extra, origin);
    }
    let Some(known) = learner.in_call else { return };
    for shell in shells {
        let returns = match &shell.returns {
            Returns::Nothing => Returns::Nothing,
            Returns::Content(guards) => Returns::Content(union(&shell.guards, guards)),
        };
        let origin = Origin::Insider { credential, through: shell.to };
        let extra = shell.extra.saturating_add(known);
        derived.add_invoke(learner.node, target, (shell.guards.clone(), returns), extra, origin);
    }
}

/// Who learns a credential, and how many guards have to fail for it.
struct Learner {
    node: NodeId,
    /// At its `own` door.
    own: Option<u32>,
    /// At its `call` door.
    in_call: Option<u32>,
}

/// By credential: everyone whom its content can come to.
struct Learned(Vec<(NodeId, Vec<Learner>)>);

impl Learned {
    /// One search from each credential in the exposure plane, in parallel.
    fn search(spec: &Spec, flows: &FlowGraph) -> Self {
        let sources: Vec<NodeId> = credentials(spec).collect();
        let learned = sources
            .into_par_iter()
            .map_init(
                || Search::new(flows),
                |search, credential| {
                    let starts = [(flows.own(credential), super::Cost::ZERO)];
                    search.run(flows, Plane::Exposure, Direction::Forward, starts);
                    (credential, learners(flows, search))
                },
            )
            .collect();
        Self(learned)
    }
}

fn learners(flows: &FlowGraph, search: &Search) -> Vec<Learner> {
    let mut nodes: Vec<NodeId> = search.reached().iter().map(|door| flows.node(*door)).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let guards = |door| search.cost(door).map(|cost| cost.guards);
    let learner = |node| Learner { node, own: guards(flows.own(node)), in_call: guards(flows.call(node)) };
    nodes.into_iter().map(learner).collect()
}

fn credentials(spec: &Spec) -> impl Iterator<Item = NodeId> + '_ {
    spec.node_ids().filter(|id| spec.node(*id).kind == NodeKind::Credential)
}

/// The union of two sorted sets of guards.
fn union(one: &[GuardId], other: &[GuardId]) -> Vec<GuardId> {
    let mut all: Vec<GuardId> = one.iter().chain(other).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}
