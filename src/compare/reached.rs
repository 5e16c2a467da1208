//! How much each node reaches before and after a change: from the closures that were compared or, where nothing moved, counted when
//! somebody asks.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::delta::Reach;
use super::joint::{Joint, Side};
use super::overlay::stand_the_same;
use crate::analysis::{CostSearch, ReachSizes};
use crate::graph::{CapabilityGraph, Direction, Strength};
use crate::model::{NodeId, Plane};

/// What each node reaches.
#[derive(Debug)]
pub(super) enum Reached {
    /// By node, in the base and in the head.
    Compared(Vec<[Reach; 2]>),
    /// The same on both sides: how many each influences, and how many it learns from.
    Same(OnceLock<[ReachSizes; 2]>),
}

/// A comparison as far as it says how much nodes reach where nothing moved.
#[derive(Clone, Copy)]
pub(super) struct Still<'c> {
    pub(super) joint: &'c Joint,
    pub(super) head: &'c CapabilityGraph,
}

impl Reached {
    /// What a node reaches in the base and in the head.
    pub(super) fn of(&self, still: Still<'_>, node: NodeId) -> [Reach; 2] {
        match self {
            Self::Compared(rows) => rows[node.index()],
            Self::Same(sizes) => still.reach(still.sizes(sizes), node, &mut CostSearch::new(still.head)),
        }
    }

    /// The nodes that reach more or less than before, in node order.
    pub(super) fn moved(&self, still: Still<'_>) -> Vec<(NodeId, [Reach; 2])> {
        let nodes = still.joint.nodes();
        let rows: Vec<[Reach; 2]> = match self {
            Self::Compared(rows) => rows.clone(),
            Self::Same(_) if stand_the_same(still.joint) => return Vec::new(),
            Self::Same(sizes) => {
                let sizes = still.sizes(sizes);
                let search = || CostSearch::new(still.head);
                let row = |search: &mut CostSearch<'_>, node| still.reach(sizes, node, search);
                nodes.clone().collect::<Vec<_>>().into_par_iter().map_init(search, row).collect()
            }
        };
        nodes.zip(rows).filter(|(_, [before, after])| before != after).collect()
    }

    /// How many ordered pairs are connected in the planes of influence and exposure, before and after.
    pub(super) fn connected(&self, still: Still<'_>) -> [[usize; 2]; 2] {
        match self {
            Self::Same(sizes) => still.sizes(sizes).each_ref().map(|sizes| {
                let total = usize::try_from(sizes.total()).unwrap_or(usize::MAX);
                [total, total]
            }),
            Self::Compared(rows) => {
                let sum =
                    |of: fn(&Reach) -> usize| [0, 1].map(|side| rows.iter().map(|row| of(&row[side])).sum());
                [sum(|reach| reach.influenced), sum(|reach| reach.exposed)]
            }
        }
    }
}

impl Still<'_> {
    /// What a node reaches: sides differ in how trusted it is at most.
    fn reach(self, sizes: &[ReachSizes; 2], node: NodeId, search: &mut CostSearch<'_>) -> [Reach; 2] {
        let [influenced, exposed] = sizes.each_ref().map(|sizes| sizes.of(node));
        self.more_trusted(node, search).map(|more_trusted| Reach { influenced, more_trusted, exposed })
    }

    /// The sizes of all blast radii and exposures, of the head as of the base.
    fn sizes(self, sizes: &OnceLock<[ReachSizes; 2]>) -> &[ReachSizes; 2] {
        sizes.get_or_init(|| {
            let count = |plane, direction| ReachSizes::count(self.head, plane, Strength::Any, direction);
            [count(Plane::Influence, Direction::Forward), count(Plane::Exposure, Direction::Reverse)]
        })
    }

    /// How many more trusted nodes a node influences, by the zones of the base and by those of the head.
    fn more_trusted(self, from: NodeId, search: &mut CostSearch<'_>) -> [usize; 2] {
        if Side::BOTH.iter().all(|side| self.joint.spec(*side).zones.is_empty()) {
            return [0, 0];
        }
        let row = search.influenced_by(from);
        Side::BOTH.map(|side| {
            let is_higher = |to: NodeId| to != from && self.joint.spec(side).is_escalation(from, to);
            row.iter().filter(|(to, _)| is_higher(*to)).count()
        })
    }
}
