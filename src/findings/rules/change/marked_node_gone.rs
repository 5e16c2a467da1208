//! CW014: marked nodes that are gone while a new node has their edges.
//!
//! Who renames a critical node and does not say `was` takes its marks off: what is left is a new node that nobody has marked. It is
//! told by its edges. An edge is *kept* where the new node has the same verb, in the same direction, with the same node at the
//! other end. Where that one is gone as well, a node that may be it will do.

use std::collections::{HashMap, HashSet};

use super::context::ChangeContext;
use crate::compare::{ChangeId, Comparison, Joint, Presence, Side, What};
use crate::findings::finding::{About, Draft, GoneNode};
use crate::findings::fingerprint;
use crate::model::{NodeId, Rule, Verb};

/// In the order of the base.
pub(super) fn find(context: &ChangeContext<'_>) -> Vec<Draft> {
    let joint = context.comparison.joint();
    let gone: Vec<NodeId> = joint.nodes().filter(|node| is_marked(joint, *node)).collect();
    if gone.is_empty() || joint.is_empty(Side::Head) {
        return Vec::new();
    }
    let search = Search::new(joint);
    gone.into_iter().filter_map(|node| succeeded(context.comparison, &search, node)).collect()
}

/// A node that is gone and has a successor.
fn succeeded(comparison: &Comparison, search: &Search<'_>, gone: NodeId) -> Option<Draft> {
    let joint = comparison.joint();
    let heirs = search.heirs(gone);
    let (by, kept) = *heirs.first()?;
    let was = joint.node(Side::Base, gone);
    let about = GoneNode {
        gone,
        critical: was.critical,
        private: was.is_private(),
        zone: was.zone.map(|zone| joint.spec(Side::Base).zone_name(zone).to_owned()),
        by,
        kept,
        edges: search.base[gone.index()].len(),
        others: heirs.len() - 1,
        changes: came_and_went(comparison, by, gone),
    };
    let subject = fingerprint::successor(joint.name(gone), joint.name(by));
    let draft = Draft::about(Rule::MarkedNodeGone, About::MarkedNodeGone(Box::new(about)), vec![subject]);
    Some(draft.at(joint.node(Side::Head, by).place))
}

/// What an edge is to one of its ends: whether that is the actor, and the verb; nothing for what a credential opens.
type Tie = (bool, Option<Verb>);

/// The edges of each node on a side, seen from it: each with the node at the other end.
fn ties(joint: &Joint, side: Side) -> Vec<Vec<(Tie, NodeId)>> {
    let spec = joint.spec(side);
    let mut ties = vec![Vec::new(); joint.nodes().len()];
    let mut add = |from: NodeId, verb: Option<Verb>, to: NodeId| {
        ties[from.index()].push(((true, verb), to));
        ties[to.index()].push(((false, verb), from));
    };
    spec.edges.iter().for_each(|edge| add(edge.from, Some(edge.verb), edge.to));
    for from in joint.nodes() {
        spec.node(from).opens.iter().for_each(|to| add(from, None, *to));
    }
    ties
}

/// The ties of the base, and who has which newly.
struct Search<'j> {
    joint: &'j Joint,
    base: Vec<Vec<(Tie, NodeId)>>,
    /// By tie and other end: the newcomers that have it, in node order.
    with: HashMap<(Tie, NodeId), Vec<NodeId>>,
    /// By tie: newcomers that have it with a newcomer, in node order.
    between: HashMap<Tie, Vec<(NodeId, NodeId)>>,
}

impl<'j> Search<'j> {
    fn new(joint: &'j Joint) -> Self {
        let (base, head) = (ties(joint, Side::Base), ties(joint, Side::Head));
        let (mut with, mut between) = (HashMap::new(), HashMap::new());
        for node in joint.nodes().filter(|node| is_newcomer(joint, *node)) {
            // A node that has another name may have been anything: what it did not have before, it has newly.
            let before: HashSet<&(Tie, NodeId)> = base[node.index()].iter().collect();
            for &(tie, other) in head[node.index()].iter().filter(|tie| !before.contains(tie)) {
                if is_newcomer(joint, other) {
                    between.entry(tie).or_insert_with(Vec::new).push((node, other));
                }
                with.entry((tie, other)).or_insert_with(Vec::new).push(node);
            }
        }
        Self { joint, base, with, between }
    }

    fn is_gone(&self, node: NodeId) -> bool {
        self.joint.presence(node) == Presence::Gone
    }

    /// The newcomers that keep edges of a node which is gone, by how many of them.
    fn heirs(&self, gone: NodeId) -> Vec<(NodeId, usize)> {
        let mut counts = vec![0; self.joint.nodes().len()];
        for tie in &self.base[gone.index()] {
            self.with.get(tie).into_iter().flatten().for_each(|node| counts[node.index()] += 1);
        }
        let kept = self.joint.nodes().zip(counts).filter(|(_, count)| *count > 0);
        let mut kept: Vec<(NodeId, usize)> = kept.collect();
        if kept.is_empty() {
            kept.extend(self.heir_among_newcomers(gone));
        }
        kept.sort_unstable_by_key(|(node, count)| (std::cmp::Reverse(*count), *node));
        kept
    }

    /// The first newcomer that has an edge with another one which may be what was at the other end of such an edge.
    fn heir_among_newcomers(&self, gone: NodeId) -> Option<(NodeId, usize)> {
        let kind = |side, node| self.joint.node(side, node).kind;
        let ties = self.base[gone.index()].iter().filter(|(_, other)| self.is_gone(*other));
        let found = ties.filter_map(|(tie, other)| {
            let pairs = self.between.get(tie)?.iter();
            let alike = pairs.filter(|(node, _)| kind(Side::Base, gone) == kind(Side::Head, *node));
            let is_it = |(_, newcomer): &&(NodeId, NodeId)| self.may_be(*other, *newcomer);
            alike.clone().find(is_it).map(|(node, _)| *node)
        });
        found.min().map(|node| (node, 1))
    }

    /// Whether a newcomer may be what is gone: it keeps an edge with a node that stays, or there was none and it is of that kind.
    fn may_be(&self, gone: NodeId, newcomer: NodeId) -> bool {
        let mut stays = self.base[gone.index()].iter().filter(|(_, other)| !self.is_gone(*other)).peekable();
        if stays.peek().is_none() {
            return self.joint.node(Side::Base, gone).kind == self.joint.node(Side::Head, newcomer).kind;
        }
        stays.any(|tie| self.with.get(tie).is_some_and(|nodes| nodes.binary_search(&newcomer).is_ok()))
    }
}

/// Whether a node can be what another one was: it is new, or says that it had another name.
fn is_newcomer(joint: &Joint, node: NodeId) -> bool {
    match joint.presence(node) {
        Presence::New => true,
        Presence::Both => joint.former_name(node).is_some(),
        Presence::Gone => false,
    }
}

/// Whether a node is gone that had a mark: critical, private, or a zone.
fn is_marked(joint: &Joint, node: NodeId) -> bool {
    let was = joint.node(Side::Base, node);
    joint.presence(node) == Presence::Gone && (was.critical || was.is_private() || was.zone.is_some())
}

/// The changes that a new node and one that is gone are.
fn came_and_went(comparison: &Comparison, new: NodeId, gone: NodeId) -> Vec<ChangeId> {
    let is_it = |what: &What| match what {
        What::NodeAdded(node) | What::NodeRenamed(node) => *node == new,
        What::NodeRemoved(node) => *node == gone,
        _ => false,
    };
    let changes = comparison.changes().iter().enumerate();
    changes.filter(|(_, change)| is_it(&change.what)).map(|(id, _)| ChangeId::new(id)).collect()
}
