//! Two topologies → the atomic changes between them, in declared order: what the head declares in the order of its text, then
//! what is gone, in the order of the base.

use std::collections::{HashMap, HashSet};

use super::attribute;
use super::attribute::Attribute;
use super::effect::Effect;
use super::joint::{Joint, Presence, Side, edge_index, is_replaced, is_whole};
use crate::language::{Wanted, attribute_places};
use crate::model::{Edge, Guard, GuardId, Level, NodeId, Place, Plane, Rule, Spec, Verb, index_type};

index_type! {
    /// A change, by its position among the changes.
    ChangeId
}

/// One atomic change: one edge, one attribute, one guard, or one node with its edges.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What changed.
    pub what: What,
    /// What it can do to paths.
    pub effect: Effect,
    /// Where it stands: in the head, or in the base for what is gone.
    pub place: Place,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// A node is new, with all edges from and to it.
    NodeAdded(NodeId),
    /// A node is gone, with all edges from and to it.
    NodeRemoved(NodeId),
    /// A node is of another kind than before, so that other edges are possible: it counts with all edges from and to it.
    NodeReplaced(NodeId),
    /// A node has another name.
    NodeRenamed(NodeId),
    /// An attribute of a node has another value.
    Attribute(NodeId, Attribute),
    /// A guard is defined otherwise.
    Guard(GuardId),
    /// The zone with this name has another trust, or is new or gone (nothing on that side).
    Zone {
        /// Its name.
        name: String,
        /// Its trust in the base.
        before: Option<i64>,
        /// Its trust in the head.
        after: Option<i64>,
    },
    /// The spec gives a rule another level.
    Level {
        /// The rule.
        rule: Rule,
        /// The level in the base.
        before: Level,
        /// The level in the head.
        after: Level,
    },
    /// An edge, by its position on either side: `None` where it is new or gone.
    Edge {
        /// In the base.
        base: Option<usize>,
        /// In the head.
        head: Option<usize>,
    },
}

/// The edge that a change is about: as the head has it, or the base where it is gone.
pub(crate) fn edge_of<'j>(joint: &'j Joint, change: &Change) -> Option<&'j Edge> {
    let What::Edge { base, head } = change.what else { return None };
    let in_head = head.map(|at| &joint.spec(Side::Head).edges[at]);
    in_head.or_else(|| base.map(|at| &joint.spec(Side::Base).edges[at]))
}

/// The changes of nodes as a whole, and those of edges between nodes that are the same on both sides.
#[derive(Debug)]
pub(super) struct ChangeIndex {
    whole: Vec<Option<ChangeId>>,
    edges: HashMap<(NodeId, Verb, NodeId), ChangeId>,
}

impl ChangeIndex {
    pub(super) fn of(joint: &Joint, changes: &[Change]) -> Self {
        let mut index = Self { whole: vec![None; joint.nodes().len()], edges: HashMap::new() };
        for (position, change) in changes.iter().enumerate() {
            let id = ChangeId::new(position);
            match change.what {
                What::NodeAdded(node) | What::NodeRemoved(node) | What::NodeReplaced(node) => {
                    index.whole[node.index()] = Some(id);
                }
                What::Edge { .. } => {
                    let edge = edge_of(joint, change);
                    index.edges.extend(edge.map(|edge| ((edge.from, edge.verb, edge.to), id)));
                }
                What::NodeRenamed(_)
                | What::Attribute(..)
                | What::Guard(_)
                | What::Zone { .. }
                | What::Level { .. } => {}
            }
        }
        index
    }

    /// The change that a node as a whole goes with.
    pub(super) fn whole(&self, node: NodeId) -> Option<ChangeId> {
        self.whole[node.index()]
    }

    /// The changes that an edge depends on: those of the nodes at its ends, and its own.
    pub(super) fn around(&self, from: NodeId, verb: Verb, to: NodeId) -> [Option<ChangeId>; 3] {
        [self.whole(from), self.whole(to), self.edges.get(&(from, verb, to)).copied()]
    }
}

/// All changes, in declared order.
pub(super) fn changes(joint: &Joint) -> Vec<Change> {
    let mut changes: Vec<Change> = joint.nodes().flat_map(|node| of_node(joint, node)).collect();
    // Whatever becomes of the nodes, what the base says of zones, guards and levels is compared with what the head says. Where
    // nobody said anything yet, nothing is said otherwise.
    let base = joint.spec(Side::Base);
    if joint.nodes().len() > 0 || !base.zones.is_empty() || !base.review.levels.is_empty() {
        changes.extend(of_guards(joint));
        changes.extend(of_zones(joint));
        changes.extend(of_levels(joint));
    }
    changes.extend(of_edges(joint));
    locate(joint, &mut changes);
    changes.sort_by_key(|change| (joint.side_of(change.place) == Side::Base, change.place));
    changes
}

/// Moves what is declared otherwise from the name of its node, or the target of its edge, to the attribute that says so. What the head
/// leaves to the default stays there: its line is gone.
fn locate(joint: &Joint, changes: &mut [Change]) {
    let keys = |change: &Change| match &change.what {
        What::Attribute(_, attribute) => vec![attribute.key],
        What::NodeRenamed(_) => vec!["was"],
        What::Edge { base: Some(base), head: Some(head) } => {
            let (before, after) =
                (&joint.spec(Side::Base).edges[*base], &joint.spec(Side::Head).edges[*head]);
            let differences = [
                (before.guards != after.guards, "guards"),
                (before.result != after.result, "returns"),
                (before.role != after.role, "as"),
                (before.logged != after.logged, "logged"),
            ];
            differences.into_iter().filter(|(differs, _)| *differs).map(|(_, key)| key).collect()
        }
        What::Edge { .. }
        | What::NodeAdded(_)
        | What::NodeRemoved(_)
        | What::NodeReplaced(_)
        | What::Guard(_)
        | What::Zone { .. }
        | What::Level { .. } => Vec::new(),
    };
    let (positions, wanted): (Vec<usize>, Vec<Wanted>) = changes
        .iter()
        .enumerate()
        .map(|(position, change)| (position, Wanted { of: change.place, keys: keys(change) }))
        .filter(|(_, wanted)| !wanted.keys.is_empty())
        .unzip();
    let places = attribute_places(&joint.spec(Side::Head).files, &wanted);
    for (position, place) in positions.into_iter().zip(places) {
        changes[position].place = place.unwrap_or(changes[position].place);
    }
}

fn of_node(joint: &Joint, node: NodeId) -> Vec<Change> {
    let one = |side, what, effect| Change { what, effect, place: joint.node(side, node).place };
    match joint.presence(node) {
        Presence::New => vec![one(Side::Head, What::NodeAdded(node), Effect::Opens)],
        Presence::Gone => vec![one(Side::Base, What::NodeRemoved(node), Effect::Closes)],
        Presence::Both => {
            let mut changes = Vec::new();
            if joint.former_name(node).is_some() {
                changes.push(one(Side::Head, What::NodeRenamed(node), Effect::None));
            }
            let replaced = is_replaced(joint, node);
            if replaced {
                changes.push(one(Side::Head, What::NodeReplaced(node), Effect::Both));
            }
            for (attribute, effect) in attribute::changed(joint, node) {
                // What moves content went with the node already.
                let effect = if replaced { Effect::None } else { effect };
                changes.push(one(Side::Head, What::Attribute(node, attribute), effect));
            }
            changes
        }
    }
}

fn of_guards(joint: &Joint) -> impl Iterator<Item = Change> + '_ {
    let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
    let stops = |guard: &Guard| [Plane::Influence, Plane::Exposure].map(|plane| guard.stops(plane));
    base.guards.values().zip(head.guards.values()).enumerate().filter_map(move |(id, (before, after))| {
        let (one, other) = (stops(before), stops(after));
        let less = one.iter().zip(other).any(|(before, after)| *before && !after);
        let more = one.iter().zip(other).any(|(before, after)| !before && after);
        let place = after.place.or(before.place)?;
        let what = What::Guard(GuardId::new(id));
        (less || more).then_some(Change { what, effect: Effect::of(less, more), place })
    })
}

/// Zones that are new, gone, or stand in another order. Where trust is given by the order alone a zone between two others
/// moves neither.
fn of_zones(joint: &Joint) -> impl Iterator<Item = Change> + '_ {
    let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
    let names: indexmap::IndexSet<&String> = head.zones.keys().chain(base.zones.keys()).collect();
    let in_both = |spec: &Spec| -> Vec<String> {
        let both = |name: &&String| base.zones.contains_key(*name) && head.zones.contains_key(*name);
        spec.zones.keys().filter(both).cloned().collect()
    };
    let (before, after) = (in_both(base), in_both(head));
    let rank = |order: &[String], name: &String| order.iter().position(|one| one == name);
    names.into_iter().filter_map(move |name| {
        let (one, other) = (base.zones.get(name), head.zones.get(name));
        let place = other.or(one)?.place;
        let is_same = one.is_some() && other.is_some() && rank(&before, name) == rank(&after, name);
        let trust = |zone: Option<&crate::model::Zone>| zone.map(|zone| zone.trust);
        let what = What::Zone { name: name.clone(), before: trust(one), after: trust(other) };
        (!is_same).then_some(Change { what, effect: Effect::None, place })
    })
}

fn of_levels(joint: &Joint) -> impl Iterator<Item = Change> + '_ {
    let (base, head) = (&joint.spec(Side::Base).review, &joint.spec(Side::Head).review);
    Rule::ALL.iter().filter_map(move |rule| {
        let (before, after) = (base.level(*rule), head.level(*rule));
        let place = head.levels.get(rule).or_else(|| base.levels.get(rule))?.place;
        let what = What::Level { rule: *rule, before, after };
        (before != after).then_some(Change { what, effect: Effect::None, place })
    })
}

/// Edges between nodes that are the same on both sides: other edges go with their nodes.
fn of_edges(joint: &Joint) -> Vec<Change> {
    let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
    let (in_base, in_head) = (edge_index(base), edge_index(head));
    let key = |edge: &Edge| (edge.from, edge.verb, edge.to);
    let own = |edge: &Edge| !is_whole(joint, edge.from) && !is_whole(joint, edge.to);
    let mut changes = Vec::new();
    for (at, edge) in head.edges.iter().enumerate().filter(|(_, edge)| own(edge)) {
        let before = in_base.get(&key(edge)).copied();
        let Some(effect) = before.map_or(Some(Effect::Opens), |before| effect(&base.edges[before], edge))
        else {
            continue;
        };
        let what = What::Edge { base: before, head: Some(at) };
        changes.push(Change { what, effect, place: edge.place });
    }
    for (at, edge) in base.edges.iter().enumerate().filter(|(_, edge)| own(edge)) {
        if !in_head.contains_key(&key(edge)) {
            let what = What::Edge { base: Some(at), head: None };
            changes.push(Change { what, effect: Effect::Closes, place: edge.place });
        }
    }
    changes
}

/// What it does that an edge is declared otherwise; `None` where it says the same.
fn effect(before: &Edge, after: &Edge) -> Option<Effect> {
    let missing = |some: &[GuardId], of: &[GuardId]| {
        let some: HashSet<&GuardId> = some.iter().collect();
        of.iter().any(|guard| !some.contains(guard))
    };
    let (mut gains, mut loses) =
        (missing(&after.guards, &before.guards), missing(&before.guards, &after.guards));
    match (&before.result, &after.result) {
        (None, None) => {}
        (None, Some(_)) => gains = true,
        (Some(_), None) => loses = true,
        (Some(before), Some(after)) => {
            gains |= missing(after, before);
            loses |= missing(before, after);
        }
    }
    let said =
        before.role != after.role || before.logged != after.logged || before.uncuttable != after.uncuttable;
    (gains || loses || said).then(|| Effect::of(gains, loses))
}
