//! A comparison → the figures that reports of it close with: what changed, the closures before and after, and what nodes gain.

use std::collections::BTreeMap;

use super::comparison::{Comparison, Count};
use super::delta::{Kind, Reach};
use super::joint::{Presence, Side};
use super::new_targets::Gained;
use super::tally::Tally;
use crate::model::{NodeId, NodeKind, Way};

/// What changed and what it does, in figures.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Figures {
    /// How much changed.
    pub changed: Tally,
    /// Ordered pairs of nodes, before and after.
    pub pairs: [usize; 2],
    /// By plane: pairs that are connected before and after, and how many are new and closed.
    pub planes: [Count; 2],
    /// What nodes gain, in node order.
    pub gains: BTreeMap<NodeId, Gained>,
    /// Nodes that reach more or less than before: those of both sides first, and those that gain most.
    pub moved: Vec<(NodeId, [Reach; 2])>,
}

impl Figures {
    /// The figures of a comparison.
    #[must_use]
    pub fn of(comparison: &Comparison) -> Self {
        let [influence, exposure, ..] = comparison.counts();
        let mut figures = Self {
            changed: Tally::of(comparison),
            pairs: Self::count_pairs(comparison),
            planes: [influence, exposure],
            gains: BTreeMap::new(),
            moved: Vec::new(),
        };
        figures.collect_gains(comparison);
        figures.collect_moved(comparison);
        figures
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
