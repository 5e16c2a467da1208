//! What every path passes: nodes and edges, for all pairs together and for each end by itself.
//!
//! Whatever every path passes lies on any one of them, so one path gives the candidates in the order in which they are passed. An
//! edge is passed by every path if one of its arcs is (no two of its arcs share a cut, as for the cuts). A node has up to two
//! doors, and paths may take either: where none of them is passed by all, the node is taken out and it is seen whether any path
//! is left.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cut::leg;
use super::question::Question;
use super::trial::{Trial, best_path};
use crate::analysis::{Path, Witness};
use crate::graph::{Between, CapabilityGraph, Direction, Dominators, EdgeId, FlowNode, Passage, Step};
use crate::model::{Leg, NodeId};

/// Something that paths pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChokePoint {
    /// A node.
    Node(NodeId),
    /// An edge, by one of its flows.
    Edge(EdgeId, Leg),
}

/// What paths pass.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Chokes {
    /// What every path of every pair passes, in the order in which it is passed. The ends are left out where there is one only.
    pub common: Vec<ChokePoint>,
    /// For each node at which paths end, in node order: what every path to it passes besides.
    pub by_end: Vec<EndChokes>,
    /// How many ends there are that paths come to; where they are more than `MOST`, `by_end` is empty.
    pub ends: usize,
    /// Edges that every path to some end passes, each with the number of those ends.
    pub(super) holding: BTreeMap<(EdgeId, Leg), usize>,
}

/// What every path to one end passes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndChokes {
    /// The end.
    pub end: NodeId,
    /// In the order in which it is passed, without what every path to any end passes.
    pub points: Vec<ChokePoint>,
}

impl Chokes {
    /// So many ends are looked at one by one.
    pub const MOST: usize = 500;

    pub(super) fn find(trial: &Trial<'_>) -> Self {
        let (graph, question) = (trial.graph, trial.question);
        let Some(path) = best_path(graph, question) else { return Self::default() };
        let between = question.between(graph.flows());
        let dominators = Dominators::find(graph.flows(), &between);
        let all = Finder { graph, question, between: &between, passages: dominators.common() };
        let common = all.on(&path);
        let (starts, ends) = question.ends();
        let witness = Witness::from_starts(graph, question.plane, starts);
        let reached = |end: &&NodeId| !dominators.of(graph.flows().reached(**end)).is_empty();
        let ends: Vec<NodeId> = ends.iter().filter(reached).copied().collect();
        let of_end = |end: NodeId| {
            let path = witness.path_to(end)?;
            let door = graph.flows().reached(end);
            let between = Between { targets: vec![door], ..between.clone() };
            let finder = Finder { graph, question, between: &between, passages: dominators.of(door) };
            let is_new = |point: &ChokePoint| !common.contains(point) && *point != ChokePoint::Node(end);
            let points: Vec<ChokePoint> = finder.on(&path).into_iter().filter(is_new).collect();
            (!points.is_empty()).then_some(EndChokes { end, points })
        };
        let several = 2..=Self::MOST;
        let looked_at: &[NodeId] = if several.contains(&ends.len()) { &ends } else { &[] };
        let by_end = looked_at.par_iter().filter_map(|end| of_end(*end)).collect();
        let mut holding = BTreeMap::new();
        for passage in ends.iter().flat_map(|end| dominators.of(graph.flows().reached(*end))) {
            if let Passage::Arc(arc) = passage {
                *holding.entry((arc.edge, leg(graph, &arc))).or_default() += 1;
            }
        }
        Self { common, by_end, ends: ends.len(), holding }
    }
}

/// Finds what some paths pass.
struct Finder<'a> {
    graph: &'a CapabilityGraph,
    question: &'a Question,
    between: &'a Between,
    /// Flow nodes and arcs that all of them pass.
    passages: Vec<Passage>,
}

impl Finder<'_> {
    /// What lies on a path and on all others.
    fn on(&self, path: &Path) -> Vec<ChokePoint> {
        let mut points = Vec::new();
        self.push_node(path.from, &mut points);
        for hop in &path.hops {
            let passed = self.passages.iter().any(|passage| match passage {
                Passage::Arc(arc) => arc.edge == hop.edge && leg(self.graph, arc) == hop.leg,
                Passage::Node(_) => false,
            });
            if passed || self.passes_leg(hop.edge, hop.leg) {
                points.push(ChokePoint::Edge(hop.edge, hop.leg));
            }
            self.push_node(hop.to, &mut points);
        }
        points
    }

    /// Whether every path takes one of several flows of a leg.
    fn passes_leg(&self, edge: EdgeId, of: Leg) -> bool {
        let flows = self.graph.flows();
        let is_of_leg =
            |tail: FlowNode, other: EdgeId| other == edge && self.graph.leg(edge, flows.node(tail)) == of;
        let ends = self.graph.edge(edge);
        let tails = flows.doors(ends.from).chain(flows.doors(ends.to));
        let arcs = tails.flat_map(|tail| {
            let arcs = self.between.arcs_at(flows, Direction::Forward, tail);
            arcs.filter(move |arc| matches!(arc.step, Step::Edge(other) if is_of_leg(tail, other)))
        });
        arcs.count() > 1 && !self.between.is_connected_over(flows, |tail, other| !is_of_leg(tail, other))
    }

    fn push_node(&self, node: NodeId, points: &mut Vec<ChokePoint>) {
        let (starts, ends) = self.question.ends();
        let only = |group: &[NodeId]| group == [node];
        if !only(starts) && !only(ends) && !points.contains(&ChokePoint::Node(node)) && self.passes(node) {
            points.push(ChokePoint::Node(node));
        }
    }

    fn passes(&self, node: NodeId) -> bool {
        let flows = self.graph.flows();
        let doors: Vec<_> = flows.doors(node).collect();
        let by_one = |passage: &Passage| matches!(passage, Passage::Node(door) if doors.contains(door));
        self.passages.iter().any(by_one)
            || (doors.len() > 1 && !self.between.is_connected(flows, |door| !doors.contains(&door)))
    }
}
