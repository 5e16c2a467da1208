//! A fingerprint → whether it is that of something in the head that one change could have brought.
//!
//! A finding is there for as long as its change has not landed; what it found stays. An acceptance that names a finding is in
//! use for as long as the risk that it speaks of is there. A fingerprint cannot be read backwards, so those of all that the head
//! has are made anew. What several changes brought together is not looked for: that would be as many as there are sets.

use super::fingerprint;
use super::fingerprint::subject;
use super::gone;
use crate::analysis::loops;
use crate::compare::Comparison;
use crate::compare::Side;
use crate::model::{NodeId, Rule};

/// Attributes that every node has, whether it says so or not; the others are those that it declares.
const ALWAYS: [&str; 10] = [
    "kind",
    "zone",
    "critical",
    "relays",
    "persists",
    "untrusted",
    "egress",
    "general",
    "sensitivity",
    "isolation",
];

/// Whether some edge, node, attribute, guard, zone, level or loop of the head has this fingerprint under a rule.
pub(crate) fn could_be(comparison: &Comparison, rule: Rule, hash: &str) -> bool {
    let head = comparison.joint().spec(Side::Head);
    let name = |node: NodeId| head.node_name(node);
    let is_it = |words: &[&str]| fingerprint::of(rule, &[subject(words)]) == hash;
    let of_node = |node: NodeId| {
        let declared = head.node(node).declared.iter().map(|(key, _)| key);
        let opens = (!head.node(node).opens.is_empty()).then_some("opens");
        let mut keys = ALWAYS.into_iter().chain(opens).chain(declared);
        is_it(&["node", name(node)]) || keys.any(|key| is_it(&["attribute", name(node), key]))
    };
    let of_loop = |nodes: &[NodeId]| is_it(&loop_words(nodes.iter().map(|node| name(*node)).collect()));
    let joint = comparison.joint();
    let edges = &head.edges;
    edges
        .iter()
        .any(|edge| fingerprint::edge_fingerprint(rule, name(edge.from), edge.verb, name(edge.to)) == hash)
        || joint.nodes().filter(|node| joint.has(Side::Head, *node)).any(of_node)
        || head.guards.keys().any(|guard| is_it(&["guard", guard]))
        || head.zones.keys().any(|zone| is_it(&["zone", zone]))
        || Rule::ALL.iter().any(|level| is_it(&["level", level.id()]))
        || rule == Rule::SpecGone && gone::could_be(head, hash)
        || rule == Rule::NewLoop && loops(comparison.graph(Side::Head)).iter().any(|nodes| of_loop(nodes))
}

/// What a loop is known by: the names of its nodes, whatever their order.
pub(crate) fn loop_words(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names.insert(0, "loop");
    names
}
