//! A comparison → the figures that reports of it close with: what changed, the closures before and after, and what nodes gain.

use std::collections::BTreeMap;

use super::changed::Changed;
use crate::compare::{Comparison, Count, Gained, Kind, Presence, Reach, Side};
use crate::model::Way;
use crate::model::{NodeId, NodeKind};

/// What changed and what it does, in figures.
#[derive(Debug, Clone)]
pub(in crate::report) struct Facts {
    /// How much changed.
    pub(in crate::report) changed: Changed,
    /// Ordered pairs of nodes, before and after.
    pub(in crate::report) pairs: [usize; 2],
    /// By plane: pairs that are connected before and after, and how many are new and closed.
    pub(in crate::report) planes: [Count; 2],
    /// What nodes gain, in node order.
    pub(in crate::report) gains: BTreeMap<NodeId, Gained>,
    /// Nodes that reach more or less than before: those of both sides first, and those that gain most.
    pub(in crate::report) moved: Vec<(NodeId, [Reach; 2])>,
}

impl Facts {
    pub(in crate::report) fn of(comparison: &Comparison) -> Self {
        let [influence, exposure, ..] = comparison.counts();
        let mut facts = Self {
            changed: Changed::of(comparison),
            pairs: Self::count_pairs(comparison),
            planes: [influence, exposure],
            gains: BTreeMap::new(),
            moved: Vec::new(),
        };
        facts.collect_gains(comparison);
        facts.collect_moved(comparison);
        facts
    }

    fn count_pairs(comparison: &Comparison) -> [usize; 2] {
        let joint = comparison.joint();
        [Side::Base, Side::Head].map(|side| {
            let nodes = joint.nodes().filter(|node| joint.has(side, *node)).count();
            nodes * nodes.saturating_sub(1)
        })
    }

    fn collect_gains(&mut self, comparison: &Comparison) {
        let spec = comparison.joint().spec(Side::Head);
        for delta in comparison.deltas().iter().filter(|delta| delta.kind() == Kind::New) {
            let node = spec.node(delta.to);
            let uses = matches!(delta.question, Way::Exposure | Way::Invoke);
            let is_influence = delta.question == Way::Influence;
            let mut add = |list: fn(&mut Gained) -> &mut Vec<NodeId>| {
                let list = list(self.gains.entry(delta.from).or_default());
                if list.last() != Some(&delta.to) {
                    list.push(delta.to);
                }
            };
            match node.kind {
                NodeKind::Store if is_influence && node.persists => add(|gains| &mut gains.footholds),
                NodeKind::Sink if is_influence => add(|gains| &mut gains.sinks),
                NodeKind::Credential if uses => add(|gains| &mut gains.credentials),
                _ => {}
            }
        }
    }

    fn collect_moved(&mut self, comparison: &Comparison) {
        let joint = comparison.joint();
        self.moved = comparison.moved();
        let gain = |[before, after]: &[Reach; 2], figure: fn(&Reach) -> usize| {
            let (before, after) = (figure(before), figure(after));
            (after.saturating_sub(before), std::cmp::Reverse(before.saturating_sub(after)))
        };
        self.moved.sort_by_cached_key(|(node, reach)| {
            let gains = [
                gain(reach, |reach| reach.more_trusted),
                gain(reach, |reach| reach.influenced),
                gain(reach, |reach| reach.exposed),
            ];
            (joint.presence(*node) != Presence::Both, std::cmp::Reverse(gains), *node)
        });
    }
}
