//! Which changes are worth trying: those that can touch a path, directly or through the authority that a derived edge on it stands on.

use std::collections::{BTreeMap, BTreeSet};

use super::question::{By, Question, another};
use crate::graph::{Between, CapabilityGraph, Edge, EdgeId, Origin, Step};
use crate::model;
use crate::model::{EdgeKey, GuardId, Isolation, Leg, NodeId, NodeKind, Plane, Returns, Spec, Verb, WhatIf};

/// Single changes that may close a pair, in declared order: edges, then nodes, then credentials. Everything else closes none: it
/// touches no path, nothing that a derived edge on a path stands on, and no way on which a secret comes to be known by whom such an
/// edge is of.
pub(super) fn all(graph: &CapabilityGraph, question: &Question) -> Vec<WhatIf> {
    let spec = graph.spec();
    let touched = Touched::find(graph, question);
    let mut changes: BTreeSet<(u8, usize, WhatIf)> = BTreeSet::new();
    for (edge, leg, plane) in &touched.legs {
        if let Origin::Declared(position) = graph.edge(*edge).origin {
            let by_guard = (question.by == By::Guards).then(|| guarded(spec, position, *leg, *plane));
            let changes_of = [without(spec, position), by_guard.flatten()];
            changes.extend(changes_of.into_iter().flatten().map(|change| (0, position, change)));
        } else {
            let of_edge = premises(graph, *edge, question.by, *plane);
            changes.extend(of_edge.into_iter().map(|change| ordered(spec, change)));
        }
    }
    let per_call = touched.nodes.iter().filter(|id| {
        let node = spec.node(**id);
        matches!(node.kind, NodeKind::Agent | NodeKind::Tool) && node.isolation == Isolation::Shared
    });
    changes.extend(per_call.map(|id| (1, id.index(), WhatIf::PerCall(*id))));
    changes.into_iter().map(|(_, _, change)| change).collect()
}

/// What lies on paths, and on the ways on which secrets come to whom derived edges on those stand for.
#[derive(Default)]
struct Touched {
    legs: BTreeSet<(EdgeId, Leg, Plane)>,
    nodes: BTreeSet<NodeId>,
}

impl Touched {
    fn find(graph: &CapabilityGraph, question: &Question) -> Self {
        let mut touched = Self::default();
        let mut waiting = vec![question.between(graph.flows())];
        let mut known: BTreeSet<(NodeId, NodeId)> = BTreeSet::new();
        while let Some(between) = waiting.pop() {
            let mut learned: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
            for edge in touched.add(graph, &between) {
                let edge = graph.edge(edge);
                if let Origin::Outsider(credential) | Origin::Insider { credential, .. } = edge.origin
                    && known.insert((credential, edge.from))
                {
                    learned.entry(credential).or_default().push(edge.from);
                }
            }
            let flows = graph.flows();
            waiting.extend(learned.into_iter().map(|(credential, by)| Between {
                plane: Plane::Exposure,
                strength: question.strength(),
                sources: vec![flows.start(Plane::Exposure, credential)],
                targets: by.iter().map(|node| flows.reached(*node)).collect(),
            }));
        }
        touched
    }

    /// Takes down what lies on some paths, and gives the derived edges among it with those that they stand on.
    fn add(&mut self, graph: &CapabilityGraph, between: &Between) -> Vec<EdgeId> {
        let flows = graph.flows();
        let corridor = between.corridor(flows);
        self.nodes.extend(corridor.nodes().map(|node| flows.node(node)));
        let mut derived = Vec::new();
        for (tail, arc) in corridor.arcs() {
            if let Step::Edge(edge) = arc.step {
                self.legs.insert((edge, graph.leg(edge, flows.node(tail)), between.plane));
                if !graph.edge(edge).is_declared() {
                    derived.extend(Premises::of_edge(graph, edge, By::Edges, between.plane).edges);
                }
            }
        }
        derived
    }
}

/// A change with its place in the order of all.
fn ordered(spec: &Spec, change: WhatIf) -> (u8, usize, WhatIf) {
    let position = |key: EdgeKey| spec.edges.iter().position(|edge| EdgeKey::of(edge) == key);
    let (group, at) = match change {
        WhatIf::Without(key) | WhatIf::WithGuard(key, ..) => (0, position(key).unwrap_or(usize::MAX)),
        WhatIf::Fail(guard) => (3, guard.index()),
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

/// Changes of the spec that may take a derived edge away or, where guards are asked for, guard it in a plane; the most local first: on
/// its own actor's authority, on who reads the credential, on the credential.
pub(super) fn premises(graph: &CapabilityGraph, edge: EdgeId, by: By, plane: Plane) -> Vec<WhatIf> {
    let found = Premises::of_edge(graph, edge, by, plane);
    let mut all: Vec<WhatIf> = Vec::new();
    for change in found.changes.into_iter().flatten() {
        if !all.contains(&change) {
            all.push(change);
        }
    }
    all
}

/// What a derived edge stands on.
struct Premises<'g> {
    graph: &'g CapabilityGraph,
    by: By,
    plane: Plane,
    /// Changes by how local they are: guards, edges of authority, brokers, credentials.
    changes: [Vec<WhatIf>; 4],
    /// The edge itself, and the derived ones that it stands on.
    edges: BTreeSet<EdgeId>,
}

impl<'g> Premises<'g> {
    fn of_edge(graph: &'g CapabilityGraph, edge: EdgeId, by: By, plane: Plane) -> Self {
        let edges = BTreeSet::from([edge]);
        let mut found = Self { graph, by, plane, changes: [const { Vec::new() }; 4], edges };
        let mut waiting = vec![edge];
        while let Some(edge) = waiting.pop() {
            // An edge of a chain of roles stands on other derived ones.
            for premise in found.of(edge) {
                if found.edges.insert(premise) {
                    waiting.push(premise);
                }
            }
        }
        found
    }
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
                let plane = self.plane;
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
                let plane = self.plane;
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
                let plane = self.plane;
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
            if self.by == By::Guards {
                let more = legs(edge).into_iter();
                self.changes[0].extend(more.filter_map(|(leg, plane)| guarded(spec, position, leg, plane)));
            }
            self.changes[1].extend(without(spec, position));
        }
    }

    /// Takes down what keeps a secret from spreading.
    fn spread(&mut self, credential: NodeId) {
        let spec = self.graph.spec();
        let reads = |edge: &&model::Edge| edge.verb == Verb::Read && edge.to == credential;
        for (position, edge) in spec.edges.iter().enumerate().filter(|(_, edge)| reads(edge)) {
            if self.by == By::Guards {
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
