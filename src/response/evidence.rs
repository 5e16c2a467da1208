//! Where the attack can be seen afterwards: which of the hand-overs that may have carried it are recorded, who watches, and what
//! guards let through.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{CapabilityGraph, Direction, EdgeId, FlowNode, Step};
use crate::model::{GuardId, Leg, NodeId, Plane, Returns, Verb};

/// A hand-over that may have carried the attack: an edge, by one of its flows.
pub type HandOver = (EdgeId, Leg);

/// What there is to look at. Each list in the order of edges.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Evidence {
    /// Declared hand-overs between reached nodes that are recorded.
    pub logged: Vec<HandOver>,
    /// Those that are not: a hop that cannot be reconstructed.
    pub unlogged: Vec<HandOver>,
    /// Those by derived authority: what is recorded is what the spec says of the edges that they are derived from.
    pub derived: Vec<HandOver>,
    /// Declared edges by which somebody observes a reached node.
    pub observers: Vec<EdgeId>,
    /// Hand-overs out of what is reached on which guards stand, with these: what they let through is to be looked at.
    pub guarded: Vec<(HandOver, Vec<GuardId>)>,
}

impl Evidence {
    /// `footprint`: the flow nodes that are reached with no guard failing.
    pub(super) fn find(graph: &CapabilityGraph, footprint: &[FlowNode]) -> Self {
        let flows = graph.flows();
        let mut open: BTreeSet<HandOver> = BTreeSet::new();
        let mut guarded: BTreeMap<HandOver, Vec<GuardId>> = BTreeMap::new();
        for door in footprint {
            for arc in flows.arcs_at(Plane::Influence, Direction::Forward, *door) {
                let Step::Edge(edge) = arc.step else { continue };
                let hand_over = (edge, graph.leg(edge, flows.node(*door)));
                if arc.cost().is_open() {
                    open.insert(hand_over);
                } else {
                    guarded.insert(hand_over, stopping(graph, hand_over));
                }
            }
        }
        let mut evidence = Self { guarded: guarded.into_iter().collect(), ..Self::default() };
        for (edge, leg) in open {
            match graph.declaration(graph.edge(edge)) {
                None => evidence.derived.push((edge, leg)),
                Some(declared) if declared.logged => evidence.logged.push((edge, leg)),
                Some(_) => evidence.unlogged.push((edge, leg)),
            }
        }
        let reached: BTreeSet<NodeId> = footprint.iter().map(|door| flows.node(*door)).collect();
        let observes = |id: &EdgeId| {
            let edge = graph.edge(*id);
            edge.verb == Verb::Observe && edge.is_declared() && reached.contains(&edge.to)
        };
        evidence.observers = (0..graph.edges().len()).map(EdgeId::new).filter(observes).collect();
        evidence
    }
}

/// The guards on a hand-over that stop influence.
fn stopping(graph: &CapabilityGraph, (edge, leg): HandOver) -> Vec<GuardId> {
    let edge = graph.edge(edge);
    let guards: &[GuardId] = match (leg, &edge.returns) {
        (Leg::Request, _) => &edge.guards,
        (Leg::Result, Returns::Content(guards)) => guards,
        (Leg::Result, Returns::Nothing) => &[],
    };
    guards.iter().copied().filter(|guard| graph.spec().guard(*guard).stops(Plane::Influence)).collect()
}
