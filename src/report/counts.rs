//! How many of what a topology holds.

use super::write::{self, Plain};
use crate::graph::CapabilityGraph;
use crate::model::text::{count, phrase};
pub(super) use crate::model::text::{counted, thousands};
use crate::model::{NodeKind, Piece, Text, Verb, ZoneId};

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
            derived: graph.derived_count(),
            zones: zones.map(|zone| (zone, in_zone(Some(zone)))).collect(),
            unranked: in_zone(None),
        }
    }
}

/// `12 nodes, 30 edges (4 derived)`.
pub(super) fn size(graph: &CapabilityGraph) -> Text {
    let size = phrase![count(graph.spec().nodes.len(), "node"), ", ", count(graph.edges().len(), "edge")];
    match graph.derived_count() {
        0 => size,
        derived => size.and(" (").and(phrase![Piece::Number(derived), " derived)"]),
    }
}

/// The same as it stands in a line of text.
pub(super) fn size_of(graph: &CapabilityGraph) -> String {
    write::text(&Plain, graph.spec(), &size(graph))
}
