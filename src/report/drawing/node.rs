//! What a node looks like in every DOT picture: its shape says its kind, so that kinds differ without colour.

use super::dot::Attributes;
use crate::model::{Isolation, Node, NodeId, NodeKind, Sensitivity, Spec};
use crate::report::escape::{columns, html, wrap};

/// Names are broken into lines of at most this many columns.
const NAME_COLUMNS: usize = 28;
/// The smaller words under them, of this many.
const WORD_COLUMNS: usize = 20;

/// The id of a node in DOT and Mermaid.
pub(super) fn id(node: NodeId) -> String {
    format!("n{}", node.index())
}

/// Shape, style and border of a node. Fill and label are the picture's own.
pub(super) fn shape(node: &Node) -> Attributes {
    drawn(node, false)
}

/// As [`shape`], with a dashed border: a node that is gone.
pub(super) fn dashed(node: &Node) -> Attributes {
    drawn(node, true)
}

fn drawn(node: &Node, is_dashed: bool) -> Attributes {
    let (shape, style, margin) = match node.kind {
        NodeKind::Agent => ("box", "rounded,filled", None),
        NodeKind::Principal => ("ellipse", "filled", Some("0.04,0.03")),
        NodeKind::Tool => ("component", "filled", None),
        NodeKind::Store if node.persists => ("cylinder", "filled", None),
        NodeKind::Store => ("cylinder", "filled,dashed", None),
        NodeKind::Session => ("box", "rounded,filled,dashed", None),
        NodeKind::Source => ("cds", "filled", Some("0.14,0.17")),
        NodeKind::Sink => ("invhouse", "filled", Some("0.02,0.0")),
        NodeKind::Credential => ("note", "filled", None),
    };
    let attributes = Attributes::default().set("shape", shape);
    let style =
        if is_dashed && !style.ends_with("dashed") { format!("{style},dashed") } else { style.to_owned() };
    let attributes = if style == "rounded,filled" { attributes } else { attributes.set("style", style) };
    let attributes =
        margin.into_iter().fold(attributes, |attributes, margin| attributes.set("margin", margin));
    if node.critical { attributes.set("penwidth", 2.8) } else { attributes }
}

/// Whether the shape of a node has rounded corners, which its style has to repeat.
pub(super) fn is_rounded(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Agent | NodeKind::Session)
}

/// A name with smaller words under it, as markup.
pub(super) fn label(name: &str, bold: bool, words: &str, colour: Option<&str>) -> String {
    let lines: Vec<String> = wrap(name, NAME_COLUMNS).iter().map(|line| html(line)).collect();
    let lines = lines.join("<br/>");
    let name = if bold { format!("<b>{lines}</b>") } else { lines };
    if words.is_empty() {
        return name;
    }
    let colour = colour.map_or(String::new(), |colour| format!(" color=\"{colour}\""));
    let words: Vec<String> = word_lines(words).iter().map(|line| html(line)).collect();
    format!("{name}<br/><font point-size=\"9\"{colour}>{}</font>", words.join("<br/>"))
}

/// Words that are separated by dots, a few to a line. No line ends or begins with a dot.
fn word_lines(words: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(" · ") {
        match lines.last_mut() {
            Some(line) if columns(line) + 3 + columns(word) <= WORD_COLUMNS => {
                line.push_str(" · ");
                line.push_str(word);
            }
            _ => lines.extend(wrap(word, NAME_COLUMNS)),
        }
    }
    lines
}

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

/// A node as a sentence, with its place.
pub(super) fn tooltip(spec: &Spec, id: NodeId) -> String {
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
