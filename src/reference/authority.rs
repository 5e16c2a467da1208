//! Declared edges → derived ones: the five rules, one function for each, applied to everything found so far until nothing is new.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::doors::{call, is_credential, is_role, own, reached};
use super::edges::{Edge, stopping, union};
use super::flows::{Flows, best};
use crate::model::{GuardId, NodeId, NodeKind, Plane, Spec, Verb};

/// The derived edges in their order, each with the smallest extra that any derivation gives it, and none that is dominated.
pub(super) fn derive(spec: &Spec, declared: &[Edge]) -> Vec<Edge> {
    let mut derived: Vec<Edge> = Vec::new();
    loop {
        let next = round(spec, declared, &derived);
        // Edges of a round give in the next these or such as dominate them: from nothing, what no round changes is the least that
        // the rules allow.
        if next == derived {
            return derived;
        }
        derived = next;
    }
}

/// Derived edges by all that makes them one, each with the least extra.
#[derive(Default)]
struct Found(BTreeMap<Edge, u32>);

impl Found {
    fn add(&mut self, edge: Edge) {
        if edge.from == edge.to {
            return;
        }
        let extra = edge.extra;
        let least = self.0.entry(Edge { extra: 0, ..edge }).or_insert(extra);
        *least = extra.min(*least);
    }

    /// The same edge on everything that a credential opens.
    fn add_all(&mut self, spec: &Spec, credential: NodeId, like: &Edge) {
        for &to in &spec.nodes[credential.index()].opens {
            self.add(Edge { to, ..like.clone() });
        }
    }

    /// All of them but those that are dominated: another, on the same target by the same verb, stands behind nothing else.
    fn edges(self) -> Vec<Edge> {
        let all: Vec<Edge> = self.0.into_iter().map(|(edge, extra)| Edge { extra, ..edge }).collect();
        let mut kept: Vec<Edge> = Vec::with_capacity(all.len());
        for group in
            all.chunk_by(|one, other| (one.from, one.verb, one.to) == (other.from, other.verb, other.to))
        {
            let dominated = |edge: &&Edge| group.iter().any(|other| other != *edge && dominates(other, edge));
            kept.extend(group.iter().filter(|edge| !dominated(edge)).cloned());
        }
        kept
    }
}

/// Whether an edge is as good as another on every count: a subset of its guards and of those on its result (or the other has no
/// result), and an extra that is not larger; both outsider's or both not.
fn dominates(one: &Edge, other: &Edge) -> bool {
    let within = |some: &[GuardId], all: &[GuardId]| some.iter().all(|guard| all.contains(guard));
    let returns = match (&one.returns, &other.returns) {
        (Some(some), Some(all)) => within(some, all),
        (_, result) => result.is_none(),
    };
    one.outsider == other.outsider
        && within(&one.guards, &other.guards)
        && returns
        && one.extra <= other.extra
}

/// What the rules give over all edges found so far, and their flows.
fn round(spec: &Spec, declared: &[Edge], derived: &[Edge]) -> Vec<Edge> {
    let edges = || declared.iter().chain(derived);
    // An outsider's edge is no premise of a rule; it counts through its flows alone.
    let premises: Vec<&Edge> = edges().filter(|edge| !edge.outsider).collect();
    let mut found = Found::default();
    roles(spec, &premises, &mut found);
    keys(spec, &mut found);
    holders(spec, &premises, &mut found);
    let credentials: Vec<NodeId> = spec.node_ids().filter(|node| is_credential(spec, *node)).collect();
    if credentials.is_empty() {
        return found.edges();
    }
    let exposure = Flows::of(spec, edges(), Plane::Exposure);
    // Many at once, but no more than the threads are busy with: each holds a number for every spot.
    for some in credentials.chunks(64) {
        let learned: Vec<Learned> = some.par_iter().map(|k| Learned::find(&exposure, *k)).collect();
        for learned in &learned {
            outsiders(spec, learned, &mut found);
            insiders(spec, &premises, learned, &mut found);
        }
    }
    found.edges()
}

/// L of one credential: how many guards stand on the best way from it to each spot.
struct Learned {
    credential: NodeId,
    guards: Vec<Option<u32>>,
}

impl Learned {
    fn find(exposure: &Flows, credential: NodeId) -> Self {
        let ways = best(exposure, &[own(credential)]);
        let guards = ways.into_iter().map(|way| way.map(|cost| cost.guards)).collect();
        Self { credential, guards }
    }
}

/// An invoke without guards whose result comes back; its target is still to be set.
fn invoke(from: NodeId, extra: u32, outsider: bool) -> Edge {
    let (guards, returns) = (Vec::new(), Some(Vec::new()));
    Edge { from, verb: Verb::Invoke, to: from, guards, returns, outsider, extra }
}

/// Rule 1: A invokes R under g, extra x; R has v on B under h, return guards k, extra y. A has v on B under g and h, extra x + y.
fn roles(spec: &Spec, premises: &[&Edge], found: &mut Found) {
    let mut rights: Vec<Vec<&Edge>> = vec![Vec::new(); spec.nodes.len()];
    for right in premises {
        rights[right.from.index()].push(right);
    }
    for assumed in premises.iter().filter(|edge| edge.verb == Verb::Invoke && is_role(spec, edge.to)) {
        for right in &rights[assumed.to.index()] {
            found.add(Edge {
                from: assumed.from,
                guards: union(&assumed.guards, &right.guards),
                extra: assumed.extra.saturating_add(right.extra),
                ..(*right).clone()
            });
        }
    }
}

/// Rule 2: K has invoke on what it opens, as an outsider.
fn keys(spec: &Spec, found: &mut Found) {
    for credential in spec.node_ids().filter(|node| is_credential(spec, *node)) {
        found.add_all(spec, credential, &invoke(credential, 0, true));
    }
}

/// Rule 3: A reads K under g: invoke without guards, extra x + the guards in g that stop exposure. A invokes K under g: invoke
/// under g, extra x, result unguarded.
fn holders(spec: &Spec, premises: &[&Edge], found: &mut Found) {
    for edge in premises.iter().filter(|edge| is_credential(spec, edge.to)) {
        match edge.verb {
            Verb::Read => {
                let kept = stopping(spec, &edge.guards, Plane::Exposure);
                found.add_all(spec, edge.to, &invoke(edge.from, edge.extra.saturating_add(kept), false));
            }
            Verb::Invoke => {
                let held = Edge { guards: edge.guards.clone(), ..invoke(edge.from, edge.extra, false) };
                found.add_all(spec, edge.to, &held);
            }
            Verb::Write | Verb::Observe => {}
        }
    }
}

/// Rule 4: a principal, a sink, or anything untrusted, with K at any of its doors; and a tool with egress that K does not open,
/// with K at call(n): invoke as an outsider.
fn outsiders(spec: &Spec, learned: &Learned, found: &mut Found) {
    let opens = &spec.nodes[learned.credential.index()].opens;
    for n in spec.node_ids() {
        let node = &spec.nodes[n.index()];
        let outside = matches!(node.kind, NodeKind::Principal | NodeKind::Sink) || node.untrusted;
        let all = reached(spec, n);
        let doors = match (outside, node.egress && !opens.contains(&n)) {
            (true, _) => &all[..],
            (false, true) => &[call(spec, n)],
            (false, false) => &[],
        };
        if let Some(extra) = doors.iter().filter_map(|door| learned.guards[*door]).min() {
            found.add_all(spec, learned.credential, &invoke(n, extra, true));
        }
    }
}

/// Rule 5: a general tool G with K at own(G): invoke without guards. A node n with K at call(n) that invokes a general tool
/// under g, return guards r: invoke under g, result under g and r.
fn insiders(spec: &Spec, premises: &[&Edge], learned: &Learned, found: &mut Found) {
    let general = |node: NodeId| spec.nodes[node.index()].general;
    for g in spec.node_ids().filter(|node| general(*node)) {
        if let Some(extra) = learned.guards[own(g)] {
            found.add_all(spec, learned.credential, &invoke(g, extra, false));
        }
    }
    for edge in premises.iter().filter(|edge| edge.verb == Verb::Invoke && general(edge.to)) {
        if let Some(known) = learned.guards[call(spec, edge.from)] {
            let presented = Edge {
                returns: edge.returns.as_ref().map(|r| union(&edge.guards, r)),
                extra: edge.extra.saturating_add(known),
                ..(*edge).clone()
            };
            found.add_all(spec, learned.credential, &presented);
        }
    }
}
