//! One best path out of a finished search, without looking at the rest of what was reached.
//!
//! Back from the end over all arcs that lie on a best path, then forth again: of all edges that lead on, the first one. That is
//! the tie rule as it is defined, edges compared one by one from the start.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Arc, Direction, FlowGraph, FlowNode, Search, Step};
use crate::model::Plane;

/// A flow node of a path, and what leads on from it.
pub(super) type Link = (FlowNode, Step);

/// Where a search was made.
pub(super) struct Searched<'a> {
    pub(super) flows: &'a FlowGraph,
    pub(super) plane: Plane,
    pub(super) search: &'a Search,
}

/// Ways that are equally good may be many. Past so many flow nodes the tree of all paths is no dearer.
const MOST: usize = 4096;

impl Searched<'_> {
    /// The links of the best path to a flow node that was reached, from its end to its start; nothing where too many ways are
    /// equally good to look at them here.
    pub(super) fn path_to(&self, end: FlowNode) -> Option<Vec<Link>> {
        let on_best = self.on_best(end)?;
        let mut before: BTreeMap<FlowNode, Link> = BTreeMap::new();
        let mut front: Vec<FlowNode> = on_best.iter().copied().filter(|node| self.hops(*node) == 0).collect();
        self.step_freely(&mut front, &on_best, &mut before);
        while !front.contains(&end) {
            let ways =
                front.iter().flat_map(|tail| self.onwards(*tail, &on_best).map(move |arc| (*tail, arc)));
            let edges: Vec<(FlowNode, Arc)> = ways.filter(|(_, arc)| arc.step != Step::Free).collect();
            let first = edges.iter().map(|(_, arc)| arc.step).min()?;
            front.clear();
            for (tail, arc) in edges.into_iter().filter(|(_, arc)| arc.step == first) {
                if before.insert(arc.other, (tail, first)).is_none() {
                    front.push(arc.other);
                }
            }
            self.step_freely(&mut front, &on_best, &mut before);
        }
        let mut links = Vec::new();
        let mut at = end;
        while let Some(link) = before.get(&at) {
            links.push(*link);
            at = link.0;
        }
        Some(links)
    }

    /// All flow nodes on best paths to one.
    fn on_best(&self, end: FlowNode) -> Option<BTreeSet<FlowNode>> {
        let mut found = BTreeSet::from([end]);
        let mut left = vec![end];
        while let Some(node) = left.pop() {
            let cost = self.search.cost(node);
            for arc in self.flows.arcs_at(self.plane, Direction::Reverse, node) {
                let by_here = self.search.cost(arc.other).map(|before| before + arc.cost());
                if by_here == cost && found.insert(arc.other) {
                    left.push(arc.other);
                }
            }
            if found.len() > MOST {
                return None;
            }
        }
        Some(found)
    }

    /// Arcs from a flow node along best paths.
    fn onwards<'b>(
        &'b self,
        tail: FlowNode,
        on_best: &'b BTreeSet<FlowNode>,
    ) -> impl Iterator<Item = Arc> + 'b {
        let cost = self.search.cost(tail);
        let arcs = self.flows.arcs_at(self.plane, Direction::Forward, tail);
        arcs.filter(move |arc| {
            on_best.contains(&arc.other) && cost.map(|cost| cost + arc.cost()) == self.search.cost(arc.other)
        })
    }

    /// Adds what free steps lead to: it is as near as what they lead from.
    fn step_freely(
        &self,
        front: &mut Vec<FlowNode>,
        on_best: &BTreeSet<FlowNode>,
        before: &mut BTreeMap<FlowNode, Link>,
    ) {
        for at in 0..front.len() {
            let tail = front[at];
            for arc in self.onwards(tail, on_best).filter(|arc| arc.step == Step::Free) {
                if !front.contains(&arc.other) {
                    before.insert(arc.other, (tail, Step::Free));
                    front.push(arc.other);
                }
            }
        }
    }

    fn hops(&self, node: FlowNode) -> u32 {
        self.search.cost(node).map_or(u32::MAX, |cost| cost.hops)
    }
}
