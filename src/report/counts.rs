//! How many of what a topology holds.

use crate::graph::CapabilityGraph;
use crate::model::{NodeKind, Verb, ZoneId};

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
pub(super) fn size_of(graph: &CapabilityGraph) -> String {
    let derived = graph.derived_count();
    let size =
        format!("{}, {}", counted(graph.spec().nodes.len(), "node"), counted(graph.edges().len(), "edge"));
    if derived == 0 { size } else { format!("{size} ({} derived)", thousands(derived)) }
}

/// `1 agent`, `2 agents`, `1,000 entries`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{} {stem}ies", thousands(count)),
        (_, None) => format!("{} {noun}s", thousands(count)),
    }
}

/// A number with its thousands set off.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        let texts: Vec<String> = [0, 999, 1_000, 14_280, 1_000_000].map(thousands).to_vec();
        assert_eq!(texts, ["0", "999", "1,000", "14,280", "1,000,000"]);
    }
}
