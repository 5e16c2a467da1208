//! The smallest cut between what is reached and what is critical.
//!
//! What is reached is taken flow node by flow node: a per-call tool that was called with poisoned content answers that caller, and
//! no other. All paths count onwards, whatever guards stand on them.

use crate::analysis::{BlastRadius, Reached};
use crate::graph::{CapabilityGraph, Cost, Direction, DoorSide, FlowNode, Search};
use crate::hardening::{By, CutAnswer, Question, smallest_cut};
use crate::model::{NodeId, Plane};

/// What keeps the attack from what is critical.
#[derive(Debug)]
#[non_exhaustive]
pub struct Containment {
    /// Critical nodes (and those of the most trusted of several zones) that are not reached.
    pub clean: Vec<NodeId>,
    /// Those of them that are reached only if guards fail.
    pub behind_guards: usize,
    /// What parts the clean ones from all that is reached.
    pub cut: CutAnswer,
    /// Those that are reached, in the order in which they are, with what parts them from the rest.
    pub reached: Option<Reinfection>,
}

/// Critical nodes that are reached: what keeps them from being infected again.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reinfection {
    /// The nodes.
    pub nodes: Vec<Reached>,
    /// What parts them from everything else that is reached.
    pub cut: CutAnswer,
}

impl Containment {
    pub(super) fn find(graph: &CapabilityGraph, blast: &BlastRadius<'_>, footprint: &[FlowNode]) -> Self {
        let critical = Question::critical(graph.spec());
        let is_critical = |node: NodeId| critical.binary_search(&node).is_ok();
        let mut nodes: Vec<Reached> =
            blast.influenced.iter().copied().filter(|found| is_critical(found.node)).collect();
        nodes.sort_by_key(|found| (found.cost.sessions, found.cost.hops));
        let is_reached = |node: NodeId| blast.is_start(node) || nodes.iter().any(|found| found.node == node);
        let clean: Vec<NodeId> = critical.iter().copied().filter(|node| !is_reached(*node)).collect();
        let cut = |from: &[FlowNode], to: &[NodeId]| {
            // What is led to from doors alone, or leads to them alone, is no place of its own.
            let doors = from.iter().map(|door| graph.flows().side_of(*door));
            let from = doors.filter(|(_, side)| matches!(side, DoorSide::Own | DoorSide::Call)).collect();
            smallest_cut(graph, &Question::from_doors(Plane::Influence, By::Edges, from, to))
        };
        let behind_guards = blast.influenced_guarded.iter().filter(|found| is_critical(found.node)).count();
        let reached = (!nodes.is_empty()).then(|| {
            let to: Vec<NodeId> = nodes.iter().map(|found| found.node).collect();
            let elsewhere = |door: &FlowNode| !to.contains(&graph.flows().node(*door));
            let from: Vec<FlowNode> = footprint.iter().copied().filter(elsewhere).collect();
            let cut = cut(&from, &to);
            Reinfection { nodes: nodes.clone(), cut }
        });
        Self { cut: cut(footprint, &clean), clean, behind_guards, reached }
    }
}

/// The flow nodes that the compromised nodes reach with no guard failing.
pub(super) fn footprint(graph: &CapabilityGraph, blast: &BlastRadius<'_>) -> Vec<FlowNode> {
    let flows = graph.flows();
    let mut search = Search::new(flows);
    let starts = blast.starts.iter().map(|node| (flows.start(Plane::Influence, *node), Cost::ZERO));
    search.run(flows, Plane::Influence, Direction::Forward, starts);
    let is_open = |door: &FlowNode| search.cost(*door).is_some_and(Cost::is_open);
    let mut doors: Vec<FlowNode> = search.reached().iter().copied().filter(is_open).collect();
    doors.sort_unstable();
    doors
}
