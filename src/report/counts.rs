//! How many of what a topology holds.

use crate::graph::{CapabilityGraph, Origin};
use crate::spec::{NodeKind, Verb, ZoneId};

/// The figures.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    /// Nodes by kind, kinds in their order.
    pub(super) nodes: Vec<(NodeKind, usize)>,
    /// Declared edges by verb.
    pub(super) edges: Vec<(Verb, usize)>,
    /// Derived edges.
    pub(super) derived: usize,
    /// Nodes by zone, from least to most trusted.
    pub(super) zones: Vec<(ZoneId, usize)>,
    /// Nodes without a zone.
    pub(super) unranked: usize,
}

impl Counts {
    pub(super) fn of(graph: &CapabilityGraph) -> Self {
        let spec = graph.spec();
        let nodes = |kind: &NodeKind| spec.nodes.values().filter(|node| node.kind == *kind).count();
        let edges = |verb: &Verb| spec.edges.iter().filter(|edge| edge.verb == *verb).count();
        let in_zone = |zone| spec.nodes.values().filter(|node| node.zone == zone).count();
        let zones = (0..spec.zones.len()).map(ZoneId::new);
        Self {
            nodes: NodeKind::ALL.iter().map(|kind| (*kind, nodes(kind))).collect(),
            edges: Verb::ALL.iter().map(|verb| (*verb, edges(verb))).collect(),
            derived: graph.edges().iter().filter(|edge| !matches!(edge.origin, Origin::Declared(_))).count(),
            zones: zones.map(|zone| (zone, in_zone(Some(zone)))).collect(),
            unranked: in_zone(None),
        }
    }
}

/// `1 agent`, `2 agents`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}
