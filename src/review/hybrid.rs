//! A topology between base and head: the base with some of the changes made.

use std::collections::HashMap;

use super::change::{Change, ChangeId, Effect, What};
use super::change_index::ChangeIndex;
use super::joint::{Joint, Presence, Side, edge_index};
use crate::spec::{Edge, Guard, Node, NodeId, Spec};

/// By change: whether it is made.
pub(super) type Made = Vec<bool>;

/// What is needed to make any of the topologies between base and head.
pub(super) struct Hybrids<'j> {
    joint: &'j Joint,
    changes: &'j [Change],
    index: &'j ChangeIndex,
    /// By node: the changes of its attributes that flows depend on. Those of a node that goes as a whole are none.
    attributes: HashMap<NodeId, Vec<ChangeId>>,
    /// Edges of both sides, each with the changes that it depends on.
    edges: Vec<Contested>,
}

/// An edge that a topology has if its side is the one that holds.
struct Contested {
    side: Side,
    position: usize,
    /// The changes that must be made (an edge of the head) or must not be made (an edge of the base).
    by: [Option<ChangeId>; 3],
}

impl<'j> Hybrids<'j> {
    pub(super) fn new(joint: &'j Joint, changes: &'j [Change], index: &'j ChangeIndex) -> Self {
        let mut attributes: HashMap<NodeId, Vec<ChangeId>> = HashMap::new();
        for (position, change) in changes.iter().enumerate() {
            if let What::Attribute(node, _) = &change.what
                && change.effect != Effect::None
            {
                attributes.entry(*node).or_default().push(ChangeId::new(position));
            }
        }
        Self { joint, changes, index, attributes, edges: contested(joint, index) }
    }

    /// The base with these changes made.
    pub(super) fn spec(&self, made: &Made) -> Spec {
        let head = self.joint.spec(Side::Head);
        let names = head.nodes.keys();
        let nodes = names.zip(self.joint.nodes()).map(|(name, id)| (name.clone(), self.node(id, made)));
        let guards = head.guards.keys().enumerate().map(|(id, name)| (name.clone(), self.guard(id, made)));
        let is_made = |change: &Option<ChangeId>| change.is_none_or(|change| made[change.index()]);
        let is_not = |change: &Option<ChangeId>| change.is_none_or(|change| !made[change.index()]);
        let holds = |edge: &&Contested| match edge.side {
            Side::Head => edge.by.iter().all(is_made),
            Side::Base => edge.by.iter().all(is_not),
        };
        let edges = self.edges.iter().filter(holds);
        let edges = edges.map(|edge| bare(&self.joint.spec(edge.side).edges[edge.position])).collect();
        Spec { nodes: nodes.collect(), guards: guards.collect(), edges, ..Spec::default() }
    }

    /// The graph has no use for what was declared in words.
    fn node(&self, id: NodeId, made: &Made) -> Node {
        let (base, head) = (self.joint.node(Side::Base, id), self.joint.node(Side::Head, id));
        let whole = self.index.whole(id);
        let is_made = whole.is_some_and(|change| made[change.index()]);
        let from = match (self.joint.presence(id), whole.is_some()) {
            (Presence::New, _) => head,
            (Presence::Both, true) if is_made => head,
            _ => base,
        };
        let mut node = Node {
            kind: from.kind,
            declared_kind: from.declared_kind,
            zone: None,
            critical: from.critical,
            sensitivity: from.sensitivity,
            isolation: from.isolation,
            relays: from.relays,
            persists: from.persists,
            untrusted: from.untrusted,
            egress: from.egress,
            general: from.general,
            opens: Vec::new(),
            declared: crate::spec::Declared::default(),
            place: from.place,
        };
        let mut opens = if std::ptr::eq(from, head) { Side::Head } else { Side::Base };
        for change in self.attributes.get(&id).into_iter().flatten().filter(|change| made[change.index()]) {
            let What::Attribute(_, attribute) = &self.changes[change.index()].what else { continue };
            match attribute.key {
                "relays" => node.relays = head.relays,
                "persists" => node.persists = head.persists,
                "untrusted" => node.untrusted = head.untrusted,
                "egress" => node.egress = head.egress,
                "general" => node.general = head.general,
                "isolation" => node.isolation = head.isolation,
                "opens" => opens = Side::Head,
                _ => {}
            }
        }
        node.opens = self.opens(id, opens, made);
        node
    }

    /// What a credential opens: on the side that holds where the target is the same on both, else as far as the target is there.
    fn opens(&self, id: NodeId, holds: Side, made: &Made) -> Vec<NodeId> {
        let is_there = |node: NodeId, side: Side| match self.index.whole(node) {
            None => true,
            Some(change) => made[change.index()] == (side == Side::Head),
        };
        let mut opens = Vec::new();
        for side in [Side::Base, Side::Head] {
            if !self.joint.has(side, id) || !is_there(id, side) {
                continue;
            }
            opens.extend(self.joint.node(side, id).opens.iter().copied().filter(|target| {
                match self.index.whole(*target) {
                    None => side == holds,
                    Some(_) => is_there(*target, side),
                }
            }));
        }
        opens.sort_unstable();
        opens.dedup();
        opens
    }

    fn guard(&self, id: usize, made: &Made) -> Guard {
        let (base, head) = (&self.joint.spec(Side::Base).guards[id], &self.joint.spec(Side::Head).guards[id]);
        let change = self
            .changes
            .iter()
            .position(|change| matches!(change.what, What::Guard(guard) if guard.index() == id));
        if change.is_none_or(|change| made[change]) { head.clone() } else { base.clone() }
    }
}

/// An edge without what it says in words.
fn bare(edge: &Edge) -> Edge {
    Edge { more: None, ..edge.clone() }
}

/// Every edge of the two sides, those that are the same on both once.
fn contested(joint: &Joint, index: &ChangeIndex) -> Vec<Contested> {
    let in_base = edge_index(joint.spec(Side::Base));
    let mut edges = Vec::new();
    for side in [Side::Head, Side::Base] {
        for (position, edge) in joint.spec(side).edges.iter().enumerate() {
            let by = index.around(edge.from, edge.verb, edge.to);
            let settled = by == [None; 3];
            let in_both = || in_base.contains_key(&(edge.from, edge.verb, edge.to));
            // What no change speaks of is taken from the head, once.
            if settled && (side == Side::Base || !in_both()) {
                continue;
            }
            edges.push(Contested { side, position, by });
        }
    }
    edges
}
