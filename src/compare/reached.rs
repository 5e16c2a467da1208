//! How much each node reaches before and after a change: from the closures that were compared or, where nothing moved, counted when
//! somebody asks.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::comparison::Comparison;
use super::delta::Reach;
use super::joint::Side;
use super::overlay::stand_the_same;
use crate::analysis::{CostSearch, ReachSizes};
use crate::graph::{Direction, Strength};
use crate::model::{NodeId, Plane};

/// What each node reaches.
#[derive(Debug)]
pub(crate) enum Reached {
    /// By node, in the base and in the head.
    Compared(Vec<[Reach; 2]>),
    /// The same on both sides: how many each influences, and how many it learns from.
    Same(OnceLock<[ReachSizes; 2]>),
}

impl Comparison {
    /// What a node reaches in the base and in the head.
    #[must_use]
    pub fn reach(&self, node: NodeId) -> [Reach; 2] {
        match &self.reached {
            Reached::Compared(rows) => rows[node.index()],
            Reached::Same(sizes) => {
                self.same_reach(self.sizes(sizes), node, &mut CostSearch::new(self.graph(Side::Head)))
            }
        }
    }

    /// The nodes that reach more or less than before, in node order.
    #[must_use]
    pub fn moved(&self) -> Vec<(NodeId, [Reach; 2])> {
        let nodes = self.joint().nodes();
        let rows: Vec<[Reach; 2]> = match &self.reached {
            Reached::Compared(rows) => rows.clone(),
            Reached::Same(_) if stand_the_same(self.joint()) => return Vec::new(),
            Reached::Same(sizes) => {
                let sizes = self.sizes(sizes);
                let search = || CostSearch::new(self.graph(Side::Head));
                let row = |search: &mut CostSearch<'_>, node| self.same_reach(sizes, node, search);
                nodes.clone().collect::<Vec<_>>().into_par_iter().map_init(search, row).collect()
            }
        };
        nodes.zip(rows).filter(|(_, [before, after])| before != after).collect()
    }

    /// What a node reaches where nothing moved: sides differ in how trusted it is at most.
    fn same_reach(&self, sizes: &[ReachSizes; 2], node: NodeId, search: &mut CostSearch<'_>) -> [Reach; 2] {
        let [influenced, exposed] = sizes.each_ref().map(|sizes| sizes.of(node));
        self.more_trusted(node, search).map(|more_trusted| Reach { influenced, more_trusted, exposed })
    }

    /// How many ordered pairs are connected in the planes of influence and exposure, before and after.
    pub(crate) fn connected(&self) -> [[usize; 2]; 2] {
        match &self.reached {
            Reached::Same(sizes) => self.sizes(sizes).each_ref().map(|sizes| {
                let total = usize::try_from(sizes.total()).unwrap_or(usize::MAX);
                [total, total]
            }),
            Reached::Compared(rows) => {
                let sum =
                    |of: fn(&Reach) -> usize| [0, 1].map(|side| rows.iter().map(|row| of(&row[side])).sum());
                [sum(|reach| reach.influenced), sum(|reach| reach.exposed)]
            }
        }
    }

    /// The sizes of all blast radii and exposures, of the head as of the base.
    fn sizes<'s>(&self, sizes: &'s OnceLock<[ReachSizes; 2]>) -> &'s [ReachSizes; 2] {
        sizes.get_or_init(|| {
            let count =
                |plane, direction| ReachSizes::count(self.graph(Side::Head), plane, Strength::Any, direction);
            [count(Plane::Influence, Direction::Forward), count(Plane::Exposure, Direction::Reverse)]
        })
    }

    /// How many more trusted nodes a node influences, by the zones of the base and by those of the head.
    fn more_trusted(&self, from: NodeId, search: &mut CostSearch<'_>) -> [usize; 2] {
        let joint = self.joint();
        if Side::BOTH.iter().all(|side| joint.spec(*side).zones.is_empty()) {
            return [0, 0];
        }
        let row = search.influenced_by(from);
        Side::BOTH.map(|side| {
            row.iter().filter(|(to, _)| *to != from && joint.spec(side).is_escalation(from, *to)).count()
        })
    }
}
