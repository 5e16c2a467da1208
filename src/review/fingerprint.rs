//! What tells one finding from another whatever the order of the file: a hash of its rule and of what it is about.

use sha2::{Digest, Sha256};

use super::change::{Change, What, edge_of};
use super::joint::{Joint, Side};
use crate::spec::{Rule, Verb};

/// Hexadecimal digits of a fingerprint.
const DIGITS: usize = 16;

/// The fingerprint of a rule and of some subjects, in any order. Cut from SHA-256 (FIPS 180-4), so that nobody can make one
/// finding look like another that was accepted.
pub(super) fn of(rule: Rule, subjects: &[String]) -> String {
    let mut subjects: Vec<&String> = subjects.iter().collect();
    subjects.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(rule.id());
    for subject in subjects {
        // Names hold no control characters, so that no two lists of names read alike.
        hash.update([0x1e]);
        hash.update(subject);
    }
    let digits = hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    digits.chars().take(DIGITS).collect()
}

/// The fingerprint of a finding that one edge alone causes.
#[must_use]
pub fn edge_fingerprint(rule: Rule, from: &str, verb: Verb, to: &str) -> String {
    of(rule, &[edge(from, verb, to)])
}

/// Words into one subject, none of which can run into the next.
pub(super) fn subject(words: &[&str]) -> String {
    words.join("\u{1f}")
}

fn edge(from: &str, verb: Verb, to: &str) -> String {
    subject(&["edge", from, verb.as_str(), to])
}

/// What a change is about.
pub(super) fn of_change(joint: &Joint, change: &Change) -> String {
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
