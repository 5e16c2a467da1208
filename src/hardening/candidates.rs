//! Which changes are worth trying: those that can touch a path, directly or through the authority that a derived edge on it stands on.

use std::collections::BTreeSet;

use super::guards::another;
use super::question::{By, Question};
use crate::graph::{CapabilityGraph, Edge, EdgeId, Origin, Step};
use crate::spec::{
    self, EdgeKey, GuardId, Isolation, Leg, NodeId, NodeKind, Plane, Returns, Spec, Verb, WhatIf,
};

/// Single changes that may close a pair, in declared order: edges, then nodes, then credentials. Everything else closes none: a
/// path that it touches does not exist, nor a derived edge that stands on it.
pub(super) fn all(graph: &CapabilityGraph, question: &Question) -> Vec<WhatIf> {
    let spec = graph.spec();
    let corridor = question.between(graph.flows()).corridor(graph.flows());
    let arcs = corridor.arcs().filter_map(|(tail, arc)| match arc.step {
        Step::Edge(edge) => Some((edge, leg(graph, edge, graph.flows().node(tail)))),
        Step::Free => None,
    });
    let on_paths: BTreeSet<(EdgeId, Leg)> = arcs.collect();
    let derived: Vec<EdgeId> = {
        let edges: BTreeSet<EdgeId> = on_paths.iter().map(|(edge, _)| *edge).collect();
        edges.into_iter().filter(|edge| !graph.edge(*edge).is_declared()).collect()
    };
    let secrets = derived.iter().any(|edge| spreads(graph.edge(*edge)));
    let mut changes: BTreeSet<(u8, usize, WhatIf)> = BTreeSet::new();
    for (edge, leg) in &on_paths {
        if let Origin::Declared(position) = graph.edge(*edge).origin {
            let by_guard = (question.by == By::Guards).then(|| guarded(spec, position, *leg, question.plane));
            let changes_of = [without(spec, position), by_guard.flatten()];
            changes.extend(changes_of.into_iter().flatten().map(|change| (0, position, change)));
        }
    }
    for change in derived.iter().flat_map(|edge| premises(graph, *edge, question)) {
        changes.insert(ordered(spec, change));
    }
    if secrets {
        changes.extend((0..spec.edges.len()).flat_map(|at| of_spread(spec, at, question)));
    }
    let per_call = spec.node_ids().filter(|id| {
        let node = spec.node(*id);
        let can = matches!(node.kind, NodeKind::Agent | NodeKind::Tool);
        let touches = secrets || corridor.contains(graph.flows().own(*id));
        can && node.isolation == Isolation::Shared && touches
    });
    changes.extend(per_call.map(|id| (1, id.index(), WhatIf::PerCall(id))));
    changes.into_iter().map(|(_, _, change)| change).collect()
}

/// Changes of an edge over which a secret may spread: that may be any edge.
fn of_spread(spec: &Spec, position: usize, question: &Question) -> Vec<(u8, usize, WhatIf)> {
    let mut changes: Vec<WhatIf> = without(spec, position).into_iter().collect();
    if question.by == By::Guards {
        let legs = [Leg::Request, Leg::Result].into_iter();
        changes.extend(legs.filter_map(|leg| guarded(spec, position, leg, Plane::Exposure)));
    }
    changes.into_iter().map(|change| (0, position, change)).collect()
}

/// Which leg of an edge starts at a node.
pub(super) fn leg(graph: &CapabilityGraph, edge: EdgeId, tail: NodeId) -> Leg {
    let edge = graph.edge(edge);
    if edge.verb == Verb::Invoke && edge.from != tail { Leg::Result } else { Leg::Request }
}

/// Whether a derived edge is there because a secret spreads.
fn spreads(edge: &Edge) -> bool {
    matches!(edge.origin, Origin::Outsider(_) | Origin::Insider { .. })
}

/// A change with its place in the order of all.
fn ordered(spec: &Spec, change: WhatIf) -> (u8, usize, WhatIf) {
    let position = |key: EdgeKey| spec.edges.iter().position(|edge| EdgeKey::of(edge) == key);
    let (group, at) = match change {
        WhatIf::Without(key) | WhatIf::WithGuard(key, ..) => (0, position(key).unwrap_or(usize::MAX)),
        WhatIf::Isolate(node) | WhatIf::PerCall(node) => (1, node.index()),
        WhatIf::Revoke(node) => (2, node.index()),
        WhatIf::Broker { holder, credential } => {
            let read = EdgeKey { from: holder, verb: Verb::Read, to: credential };
            (0, position(read).unwrap_or(usize::MAX))
        }
    };
    (group, at, change)
}

/// To leave out a declared edge, if it need not stay.
pub(super) fn without(spec: &Spec, position: usize) -> Option<WhatIf> {
    let edge = &spec.edges[position];
    (!edge.uncuttable).then(|| WhatIf::Without(EdgeKey::of(edge)))
}

/// To put one more guard on a leg of a declared edge, if there is one to put there.
pub(super) fn guarded(spec: &Spec, position: usize, leg: Leg, plane: Plane) -> Option<WhatIf> {
    let edge = &spec.edges[position];
    let there: &[GuardId] = match leg {
        Leg::Request => &edge.guards,
        Leg::Result => edge.result.as_deref()?,
    };
    another(spec, plane, there).map(|guard| WhatIf::WithGuard(EdgeKey::of(edge), leg, guard))
}

/// Changes of the spec that may take a derived edge away (or, where guards are asked for, guard it), the most local first: on its own
/// actor's authority, on who reads the credential, on the credential.
pub(super) fn premises(graph: &CapabilityGraph, edge: EdgeId, question: &Question) -> Vec<WhatIf> {
    let mut found = Premises { graph, question, changes: [const { Vec::new() }; 4] };
    let mut seen = BTreeSet::from([edge]);
    let mut waiting = vec![edge];
    while let Some(edge) = waiting.pop() {
        // An edge of a chain of roles stands on other derived ones.
        for premise in found.of(edge) {
            if seen.insert(premise) {
                waiting.push(premise);
            }
        }
    }
    let mut all: Vec<WhatIf> = Vec::new();
    for change in found.changes.into_iter().flatten() {
        if !all.contains(&change) {
            all.push(change);
        }
    }
    all
}

/// Changes by how local they are: guards, edges of authority, brokers, credentials.
struct Premises<'g> {
    graph: &'g CapabilityGraph,
    question: &'g Question,
    changes: [Vec<WhatIf>; 4],
}

impl Premises<'_> {
    /// Takes down what a derived edge stands on, and gives the derived ones among it.
    fn of(&mut self, id: EdgeId) -> Vec<EdgeId> {
        let edge = self.graph.edge(id).clone();
        match edge.origin {
            Origin::Declared(_) => Vec::new(),
            Origin::Role(role) => {
                let assumes = self.edges(edge.from, |one| one.verb == Verb::Invoke && one.to == role);
                let has = self.edges(role, |one| one.verb == edge.verb && one.to == edge.to);
                let plane = self.question.plane;
                self.take(&assumes, |_| vec![(Leg::Request, plane)]);
                self.take(&has, |one| {
                    let result = matches!(one.returns, Returns::Content(_)).then_some((Leg::Result, plane));
                    std::iter::once((Leg::Request, plane)).chain(result).collect()
                });
                assumes.into_iter().chain(has).filter(|one| !self.graph.edge(*one).is_declared()).collect()
            }
            Origin::Key => {
                self.changes[3].push(WhatIf::Revoke(edge.from));
                Vec::new()
            }
            Origin::Holder(credential) => {
                let holds = self.edges(edge.from, |one| one.to == credential);
                let plane = self.question.plane;
                // A guard on a read stands in the way of the authority where it stops exposure.
                self.take(&holds, |one| match one.verb {
                    Verb::Read => vec![(Leg::Request, Plane::Exposure)],
                    _ => vec![(Leg::Request, plane)],
                });
                self.changes[3].push(WhatIf::Revoke(credential));
                holds.into_iter().filter(|one| !self.graph.edge(*one).is_declared()).collect()
            }
            Origin::Outsider(credential) => {
                self.spread(credential);
                Vec::new()
            }
            Origin::Insider { credential, through } => {
                let calls = self.edges(edge.from, |one| one.verb == Verb::Invoke && one.to == through);
                let plane = self.question.plane;
                self.take(&calls, |_| vec![(Leg::Request, plane)]);
                self.spread(credential);
                calls.into_iter().filter(|one| !self.graph.edge(*one).is_declared()).collect()
            }
        }
    }

    /// Edges of an actor that are of some sort, outsiders' left out: they are no premises.
    fn edges(&self, actor: NodeId, is: impl Fn(&Edge) -> bool) -> Vec<EdgeId> {
        let mut edges: Vec<EdgeId> = self
            .graph
            .edges_of(actor)
            .filter(|id| is(self.graph.edge(*id)) && !self.graph.edge(*id).origin.is_outsider())
            .collect();
        edges.sort_unstable();
        edges
    }

    /// Takes down changes of the declared ones among some edges.
    fn take(&mut self, edges: &[EdgeId], legs: impl Fn(&Edge) -> Vec<(Leg, Plane)>) {
        let spec = self.graph.spec();
        for edge in edges.iter().map(|id| self.graph.edge(*id)) {
            let Origin::Declared(position) = edge.origin else { continue };
            if self.question.by == By::Guards {
                let more = legs(edge).into_iter();
                self.changes[0].extend(more.filter_map(|(leg, plane)| guarded(spec, position, leg, plane)));
            }
            self.changes[1].extend(without(spec, position));
        }
    }

    /// Takes down what keeps a secret from spreading.
    fn spread(&mut self, credential: NodeId) {
        let spec = self.graph.spec();
        let reads = |edge: &&spec::Edge| edge.verb == Verb::Read && edge.to == credential;
        for (position, edge) in spec.edges.iter().enumerate().filter(|(_, edge)| reads(edge)) {
            if self.question.by == By::Guards {
                self.changes[0].extend(guarded(spec, position, Leg::Request, Plane::Exposure));
            }
            if !edge.uncuttable {
                self.changes[2].push(WhatIf::Broker { holder: edge.from, credential });
                self.changes[2].extend(without(spec, position));
            }
        }
        self.changes[3].push(WhatIf::Revoke(credential));
    }
}
