//! What a finding is about → its fingerprint; and a fingerprint → whether it is that of something in the head.
//!
//! A finding is known by its rule and by subjects: what it is about, by name. Where a file declares it and in which order changes
//! nothing.

use super::finding::{About, Draft};
use crate::analysis::loops;
use crate::compare::{Change, Comparison, Joint, Side, What, edge_of};
use crate::model::{Contract, NodeId, Rule, Spec, Verb, fingerprint, subject};

/// The fingerprint of a finding. `spec` names the nodes that a fact is about.
pub(super) fn of(draft: &Draft, spec: &Spec) -> String {
    match &draft.about {
        About::Fact(fact) => {
            let mut words: Vec<&str> = draft.subjects.iter().map(String::as_str).collect();
            match fact.edge {
                Some((from, verb, to)) => {
                    words.extend(["edge", spec.node_name(from), verb.as_str(), spec.node_name(to)]);
                }
                None => words.extend(fact.nodes.first().map(|node| spec.node_name(*node))),
            }
            fingerprint(draft.rule, &[subject(&words)])
        }
        About::Contract { .. }
        | About::Paths { .. }
        | About::Loop { .. }
        | About::Closed
        | About::Lowered { .. }
        | About::Loosened { .. }
        | About::SpecGone(_)
        | About::MarkedNodeGone(_)
        | About::Acceptance(_) => fingerprint(draft.rule, &draft.subjects),
    }
}

/// The fingerprint of a finding that one edge alone causes.
#[must_use]
pub fn edge_fingerprint(rule: Rule, from: &str, verb: Verb, to: &str) -> String {
    fingerprint(rule, &[edge(from, verb, to)])
}

fn edge(from: &str, verb: Verb, to: &str) -> String {
    subject(&["edge", from, verb.as_str(), to])
}

/// What a change is known by.
pub(super) fn change(joint: &Joint, change: &Change) -> String {
    match &change.what {
        What::NodeAdded(node)
        | What::NodeRemoved(node)
        | What::NodeReplaced(node)
        | What::NodeRenamed(node) => subject(&["node", joint.name(*node)]),
        What::Attribute(node, attribute) => subject(&["attribute", joint.name(*node), attribute.key]),
        What::Guard(guard) => subject(&["guard", joint.spec(Side::Head).guard_name(*guard)]),
        What::Zone { name, .. } => subject(&["zone", name]),
        What::Level { rule, .. } => subject(&["level", rule.id()]),
        What::Edge { .. } => {
            let declared = edge_of(joint, change);
            declared.map_or_else(String::new, |declared| {
                edge(joint.name(declared.from), declared.verb, joint.name(declared.to))
            })
        }
    }
}

/// What a topology is known by that is new altogether.
pub(super) fn topology() -> String {
    subject(&["topology"])
}

/// What a loop is known by: the names of its nodes, whatever their order.
pub(super) fn of_loop<'n>(names: impl Iterator<Item = &'n str>) -> String {
    named("loop", names)
}

/// What a spec that is gone is known by: the names of its nodes, whatever their order, so that who accepts that these go accepts
/// nothing of what comes later.
pub(super) fn of_spec(spec: &Spec) -> String {
    named("spec", spec.nodes.keys().map(String::as_str))
}

fn named<'n>(what: &'n str, names: impl Iterator<Item = &'n str>) -> String {
    let mut words: Vec<&str> = names.collect();
    words.sort_unstable();
    words.insert(0, what);
    subject(&words)
}

/// What a marked node that is gone and the one that has its edges are known by.
pub(super) fn successor(gone: &str, by: &str) -> String {
    subject(&["taken over", gone, by])
}

/// What a contract is known by that is gone or says less.
pub(super) fn loosened(contract: &Contract) -> String {
    subject(&["rule", &contract.identity()])
}

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

/// Whether a fingerprint is that of something in the head: of what one change could have brought, or of a contract, which can be
/// broken whether or not it is.
///
/// A finding is there for as long as its change has not landed; what it found stays. An acceptance that names a finding is in
/// use for as long as the risk that it speaks of is there. A fingerprint cannot be read backwards, so those of all that the head
/// has are made anew. What several changes brought together is not looked for: that would be as many as there are sets.
pub(super) fn is_of_head(comparison: &Comparison, rule: Rule, hash: &str) -> bool {
    let head = comparison.joint().spec(Side::Head);
    let is_it = |about: String| fingerprint(rule, &[about]) == hash;
    is_of_contract(head, rule, &is_it)
        || is_of_element(comparison, &is_it)
        || rule == Rule::SpecGone && is_it(of_spec(head))
        || rule == Rule::NewLoop && is_of_loop(comparison, &is_it)
}

fn is_of_contract(head: &Spec, rule: Rule, is_it: &impl Fn(String) -> bool) -> bool {
    let of_rule = head.rules.iter().filter(|contract| contract.term.rule() == rule);
    of_rule.map(Contract::identity).any(is_it)
}

fn is_of_loop(comparison: &Comparison, is_it: &impl Fn(String) -> bool) -> bool {
    let head = comparison.joint().spec(Side::Head);
    let all = loops(comparison.graph(Side::Head));
    all.iter().any(|nodes| is_it(of_loop(nodes.iter().map(|node| head.node_name(*node)))))
}

/// Whether it is that of an edge, node, attribute, guard, zone or level.
fn is_of_element(comparison: &Comparison, is_it: &impl Fn(String) -> bool) -> bool {
    let (joint, head) = (comparison.joint(), comparison.joint().spec(Side::Head));
    let name = |node: NodeId| head.node_name(node);
    let is_words = |words: &[&str]| is_it(subject(words));
    let of_node = |node: NodeId| {
        let declared = head.node(node).declared.iter().map(|(key, _)| key);
        let opens = (!head.node(node).opens.is_empty()).then_some("opens");
        let mut keys = ALWAYS.into_iter().chain(opens).chain(declared);
        is_words(&["node", name(node)]) || keys.any(|key| is_words(&["attribute", name(node), key]))
    };
    let mut edges = head.edges.iter();
    edges.any(|one| is_it(edge(name(one.from), one.verb, name(one.to))))
        || joint.nodes().filter(|node| joint.has(Side::Head, *node)).any(of_node)
        || head.guards.keys().any(|guard| is_words(&["guard", guard]))
        || head.zones.keys().any(|zone| is_words(&["zone", zone]))
        || Rule::ALL.iter().any(|level| is_words(&["level", level.id()]))
}
