//! A topology between base and head: the base with some of the changes made.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::attribute::opens_service;
use super::change::{Change, ChangeId, ChangeIndex, What};
use super::effect::Effect;
use super::joint::{Joint, Presence, Side, edge_index};
use crate::model::{Edge, Guard, GuardId, Node, NodeId, Plane, Spec, Toward, node_fields};

/// By change: whether it is made.
pub(super) type Made = Vec<bool>;

/// What is needed to make any of the topologies between base and head.
pub(super) struct Partials<'j> {
    joint: &'j Joint,
    changes: &'j [Change],
    index: &'j ChangeIndex,
    /// By node: the changes of its attributes that flows depend on. Those of a node that goes as a whole are none.
    attributes: HashMap<NodeId, Vec<ChangeId>>,
    /// By guard: the change that defines it otherwise.
    guards: Vec<Option<ChangeId>>,
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

impl<'j> Partials<'j> {
    pub(super) fn new(joint: &'j Joint, changes: &'j [Change], index: &'j ChangeIndex) -> Self {
        let mut attributes: HashMap<NodeId, Vec<ChangeId>> = HashMap::new();
        let mut guards = vec![None; joint.spec(Side::Head).guards.len()];
        for (position, change) in changes.iter().enumerate() {
            match &change.what {
                What::Attribute(node, _) if change.effect != Effect::None => {
                    attributes.entry(*node).or_default().push(ChangeId::new(position));
                }
                What::Guard(guard) => guards[guard.index()] = Some(ChangeId::new(position)),
                _ => {}
            }
        }
        Self { joint, changes, index, attributes, guards, edges: contested(joint, index) }
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.joint.nodes().len()
    }

    /// The change that a node as a whole goes with.
    pub(super) fn whole(&self, node: NodeId) -> Option<ChangeId> {
        self.index.whole(node)
    }

    /// The edges of both sides, those that are the same on both once, each with the side that has it and the changes that must be
    /// made for one of the head, and must not be made for one of the base.
    pub(super) fn edges(&self) -> impl Iterator<Item = (Side, &Edge, impl Iterator<Item = ChangeId>)> {
        self.edges.iter().map(|edge| {
            let declared = &self.joint.spec(edge.side).edges[edge.position];
            (edge.side, declared, edge.by.into_iter().flatten())
        })
    }

    /// The change that defines a guard otherwise.
    pub(super) fn redefined(&self, guard: GuardId) -> Option<ChangeId> {
        self.guards[guard.index()]
    }

    /// Whether a guard stops a plane before and after.
    pub(super) fn stops(&self, guard: GuardId, plane: Plane) -> [bool; 2] {
        Side::BOTH.map(|side| self.joint.spec(side).guard(guard).stops(plane))
    }

    /// The nodes whose flows depend on changes of their attributes, in the order of these.
    pub(super) fn moving(&self) -> Vec<(NodeId, Vec<ChangeId>)> {
        let mut moving: IndexMap<NodeId, Vec<ChangeId>> = IndexMap::new();
        for (position, change) in self.changes.iter().enumerate() {
            if let What::Attribute(node, attribute) = &change.what
                && change.effect != Effect::None
                && ["relays", "isolation", "persists", "partitioned", "general"].contains(&attribute.key)
            {
                moving.entry(*node).or_default().push(ChangeId::new(position));
            }
        }
        moving.into_iter().collect()
    }

    /// A node as the edges of a side meet it where none of its attributes changes.
    pub(super) fn node_of(&self, side: Side, node: NodeId) -> &'j Node {
        self.joint.node(side, node)
    }

    /// Makes a change of an attribute.
    pub(super) fn apply(&self, change: ChangeId, node: &mut Node) {
        let What::Attribute(id, attribute) = &self.changes[change.index()].what else { return };
        let head = self.joint.node(Side::Head, *id);
        let moves =
            node_fields().iter().find(|(known, field)| known.key == attribute.key && field.opens.is_some());
        if let Some((_, field)) = moves {
            (field.set)(node, (field.get)(head));
        }
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

    /// Two topologies such that all between base and head lie between them, the least and the largest: nothing that one derives
    /// is missing in the next. `None` where a node is of another kind than before, or a change of an attribute opens and closes: they
    /// have no order.
    pub(super) fn envelope(&self) -> Option<[Spec; 2]> {
        let is_replaced = |change: &Change| matches!(change.what, What::NodeReplaced(_));
        if self.changes.iter().any(|change| is_replaced(change) || self.is_unordered(change)) {
            return None;
        }
        Some([false, true].map(|is_largest| {
            let head = self.joint.spec(Side::Head);
            let names = head.nodes.keys().cloned();
            let nodes = names.zip(self.joint.nodes().map(|id| self.extreme_node(id, is_largest)));
            let guards = self.joint.spec(Side::Base).guards.values().zip(&head.guards);
            let guards = guards.map(|(before, (name, after))| {
                let stops = |one: bool, other: bool| if is_largest { one && other } else { one || other };
                let guard = Guard {
                    stops_influence: stops(before.stops(Plane::Influence), after.stops(Plane::Influence)),
                    stops_exposure: stops(before.stops(Plane::Exposure), after.stops(Plane::Exposure)),
                    enforced: true,
                    ..after.clone()
                };
                (name.clone(), guard)
            });
            let edges = self.edges.iter().filter(|edge| is_largest || edge.by == [None; 3]);
            let edges = edges.map(|edge| bare(&self.joint.spec(edge.side).edges[edge.position])).collect();
            Spec { nodes: nodes.collect(), guards: guards.collect(), edges, ..Spec::default() }
        }))
    }

    /// Whether a change of an attribute that has two words opens something and closes something else.
    fn is_unordered(&self, change: &Change) -> bool {
        match &change.what {
            What::Attribute(node, attribute) if attribute.key == "opens" => opens_service(self.joint, *node),
            What::Attribute(..) => change.effect == Effect::Both,
            _ => false,
        }
    }

    /// A node as open as either side has it, or as closed.
    fn extreme_node(&self, id: NodeId, is_largest: bool) -> Node {
        let (before, after) = (self.joint.node(Side::Base, id), self.joint.node(Side::Head, id));
        let is_there = is_largest || self.index.whole(id).is_none();
        let open = |one: bool, other: bool| if is_largest { one || other } else { one && other };
        let mut opens = Vec::new();
        if is_largest {
            opens.extend(before.opens.iter().chain(&after.opens).copied());
        } else if is_there {
            let on_both = after.opens.iter().filter(|target| before.opens.contains(target));
            opens.extend(on_both.copied().filter(|target| self.index.whole(*target).is_none()));
        }
        opens.sort_unstable();
        opens.dedup();
        let mut node = Node { opens, ..after.bare() };
        for (_, field) in node_fields() {
            let Some(toward) = field.opens else { continue };
            // What moves content is one of two words.
            let [closed, opened] = if toward == Toward::Last { [0, 1] } else { [1, 0] };
            let is_open = |node: &Node| (field.get)(node) == opened;
            (field.set)(&mut node, if open(is_open(before), is_open(after)) { opened } else { closed });
        }
        node
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
        let mut node = from.bare();
        let mut opens = if std::ptr::eq(from, head) { Side::Head } else { Side::Base };
        for change in self.attributes.get(&id).into_iter().flatten().filter(|change| made[change.index()]) {
            self.apply(*change, &mut node);
            if matches!(&self.changes[change.index()].what, What::Attribute(_, attribute) if attribute.key == "opens")
            {
                opens = Side::Head;
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
        if self.guards[id].is_none_or(|change| made[change.index()]) { head.clone() } else { base.clone() }
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
