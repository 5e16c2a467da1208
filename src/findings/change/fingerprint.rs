//! What a change is about, as its fingerprint names it.

use crate::compare::edge_of;
use crate::compare::{Change, What};
use crate::compare::{Joint, Side};
use crate::model::{Rule, Verb};
pub(crate) use crate::model::{fingerprint as of, subject};

/// The fingerprint of a finding that one edge alone causes.
#[must_use]
pub fn edge_fingerprint(rule: Rule, from: &str, verb: Verb, to: &str) -> String {
    of(rule, &[edge(from, verb, to)])
}

fn edge(from: &str, verb: Verb, to: &str) -> String {
    subject(&["edge", from, verb.as_str(), to])
}

/// What a change is about.
pub(crate) fn of_change(joint: &Joint, change: &Change) -> String {
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
