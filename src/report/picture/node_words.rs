//! A node of a spec → what pictures say of it, in a few words and in a sentence.

use crate::model::{Isolation, Node, NodeId, NodeKind, Sensitivity, Spec};

/// What a node is, in a few words: its kind where the shape may need help, and what sets it apart from others of its kind.
pub(super) fn words(node: &Node) -> Vec<&'static str> {
    let kind = match node.kind {
        NodeKind::Agent => None,
        kind => Some(node.declared_kind.unwrap_or(kind.as_str())),
    };
    let private = match node.sensitivity {
        Sensitivity::Confidential if node.kind != NodeKind::Credential => Some("confidential"),
        Sensitivity::Secret if node.kind != NodeKind::Credential => Some("secret"),
        _ => None,
    };
    let isolation = match (node.kind, node.isolation) {
        (NodeKind::Agent, Isolation::PerCall) => Some("per-call"),
        (NodeKind::Tool, Isolation::Shared) if !node.general => Some("shared"),
        _ => None,
    };
    let marks = [
        (node.critical, "critical"),
        (node.is_stranger(), "untrusted"),
        (node.general, "general"),
        (node.egress, "egress"),
    ];
    let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, word)| word);
    kind.into_iter().chain(private).chain(isolation).chain(marks).collect()
}

/// A node as a sentence, with its place, for who points at it.
pub(super) fn description(spec: &Spec, id: NodeId) -> String {
    let node = spec.node(id);
    let mut text = format!("{}: {}", spec.node_name(id), node.kind);
    for word in words(node) {
        if word != node.kind.as_str() {
            text.push_str(", ");
            text.push_str(word);
        }
    }
    if let Some(zone) = node.zone {
        text.push_str(&format!(", in zone {}", spec.zone_name(zone)));
    }
    text.push_str(&format!(" ({})", spec.location(node.place)));
    if let Some(description) = node.description() {
        text.push_str(&format!(". {description}"));
    }
    text
}
