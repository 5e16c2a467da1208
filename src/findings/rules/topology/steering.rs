//! Which strangers come to a place in a node, all of them and not the nearest alone: a finding is about the worst of all pairs.

use std::cmp::Reverse;

use crate::analysis::{Path, WitnessInto};
use crate::findings::context::RuleContext;
use crate::graph::{Cost, EdgeId, FlowNode};
use crate::model::text::phrase;
use crate::model::{NodeId, NodeKind, Plane, Text};

/// The strangers that come to a place, with the best path of each.
pub(super) struct Steering<'g> {
    into: WitnessInto<'g>,
    /// Past how few guards first; of those that are alike, content that arrives before what is asked for it, the nearest, node order.
    pub(super) by: Vec<(Cost, NodeId)>,
}

impl<'g> Steering<'g> {
    /// The strangers that come to any of some flow nodes of a node, itself left out.
    pub(super) fn of(
        context: &RuleContext<'g>,
        node: NodeId,
        doors: impl IntoIterator<Item = FlowNode>,
    ) -> Self {
        let into = WitnessInto::into_doors(context.graph, Plane::Influence, doors);
        let others = context.untrusted.iter().filter(|stranger| **stranger != node);
        let mut by: Vec<(Cost, NodeId)> =
            others.filter_map(|stranger| Some((into.cost_from(*stranger)?, *stranger))).collect();
        let arrives =
            |node: NodeId| matches!(context.spec.node(node).kind, NodeKind::Source | NodeKind::Principal);
        by.sort_by_key(|(cost, node)| (cost.guards, Reverse(arrives(*node)), *cost, *node));
        Self { into, by }
    }

    /// The strangers that come to where a node acts from.
    pub(super) fn of_actor(context: &RuleContext<'g>, node: NodeId) -> Self {
        Self::of(context, node, [context.graph.flows().acts_from(node)])
    }

    /// The strangers that come to any door of a node.
    pub(super) fn reaching(context: &RuleContext<'g>, node: NodeId) -> Self {
        Self::of(context, node, [context.graph.flows().reached(node)])
    }

    /// The chief one, if there is any.
    pub(super) fn lead(&self) -> Option<(Cost, NodeId)> {
        self.by.first().copied()
    }

    /// All that come past so many guards, the chief one first.
    pub(super) fn past(&self, guards: u32) -> Vec<NodeId> {
        self.by.iter().filter(|(cost, _)| cost.guards == guards).map(|(_, node)| *node).collect()
    }

    /// The best path of one.
    pub(super) fn path_of(&self, stranger: NodeId) -> Option<Path> {
        self.into.path_from(stranger)
    }

    /// That others than the chief one come there too; nothing where none do.
    pub(super) fn others(&self) -> Option<Text> {
        let (cost, lead) = self.lead()?;
        let others: Vec<NodeId> = self.past(cost.guards).into_iter().filter(|node| *node != lead).collect();
        (!others.is_empty()).then(|| phrase!["so does content of ", &others])
    }

    /// That others come there past more guards than the chief one; nothing where none do.
    pub(super) fn guarded(&self) -> Option<Text> {
        let (lead, _) = self.lead()?;
        let more = self.by.iter().filter(|(cost, _)| cost.guards > lead.guards);
        let more: Vec<NodeId> = more.map(|(_, node)| *node).collect();
        (!more.is_empty()).then(|| phrase!["behind more guards, so does content of ", &more])
    }
}

/// Whoever steers on a path, for a sentence: the last agent on it before its end, or the stranger where no agent stands between.
pub(super) fn agent_on(context: &RuleContext<'_>, path: &Path) -> Option<NodeId> {
    let before = path.hops.iter().rev().map(|hop| hop.from);
    let mut agents = before.filter(|node| context.spec.node(*node).kind == NodeKind::Agent);
    agents.next()
}

/// How many ways lead from any of some strangers to a flow node past no guard that share no edge with one another, up to a few: a
/// second fix is needed where there is a second one.
pub(super) fn disjoint_ways(context: &RuleContext<'_>, doors: &[FlowNode], node: NodeId) -> usize {
    const MOST: usize = 10;
    let flows = context.graph.flows();
    let starts = context.untrusted.iter().filter(|stranger| **stranger != node);
    let starts: Vec<FlowNode> = starts.map(|stranger| flows.start(Plane::Influence, *stranger)).collect();
    let mut taken: Vec<EdgeId> = Vec::new();
    (0..MOST)
        .take_while(|_| {
            let way = crate::graph::open_way(flows, Plane::Influence, &starts, doors, &taken);
            way.map(|edges| taken.extend(edges)).is_some()
        })
        .count()
}
