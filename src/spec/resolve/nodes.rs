//! Declarations of nodes → nodes, defaults filled in.

use serde_json::{Map, Value};

use crate::spec::declaration::NodeDeclaration;
use crate::spec::ids::{NodeId, ZoneId};
use crate::spec::model::Node;
use crate::spec::vocabulary::{Isolation, NodeKind, Sensitivity};

/// A node with its name.
pub(super) fn node(from: NodeDeclaration, zone: Option<ZoneId>, opens: Vec<NodeId>) -> (String, Node) {
    let declared = &from.declared;
    let flag = |key: &str, default: bool| declared.get(key).and_then(Value::as_bool).unwrap_or(default);
    let general = flag("general", false);
    let node = Node {
        kind: from.kind,
        declared_kind: from.declared_kind,
        zone,
        description: word(declared, "description").map(str::to_owned),
        tags: tags(declared),
        critical: flag("critical", false),
        sensitivity: word(declared, "sensitivity")
            .and_then(Sensitivity::from_text)
            .unwrap_or(Sensitivity::Internal),
        isolation: word(declared, "isolation")
            .and_then(Isolation::from_text)
            .unwrap_or_else(|| default_isolation(from.kind, general)),
        relays: flag("relays", relays_by_default(from.kind, from.declared_kind)),
        persists: from.kind == NodeKind::Store && flag("persists", from.declared_kind != Some("sandbox")),
        untrusted: flag("untrusted", from.kind == NodeKind::Source),
        egress: flag("egress", false),
        general,
        opens,
        place: from.name.place,
        declared: from.declared,
    };
    (from.name.text.to_string(), node)
}

/// An attribute that is a word.
fn word<'a>(declared: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    declared.get(key).and_then(Value::as_str)
}

fn tags(declared: &Map<String, Value>) -> Vec<String> {
    let tags = declared.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Tools start afresh for each caller, unless they are general: a shell or a browser keeps what was done in it.
fn default_isolation(kind: NodeKind, general: bool) -> Isolation {
    if kind == NodeKind::Tool && !general { Isolation::PerCall } else { Isolation::Shared }
}

/// Content goes on through everything but secrets and those principals that are not services.
fn relays_by_default(kind: NodeKind, declared_kind: Option<&str>) -> bool {
    match kind {
        NodeKind::Principal => declared_kind == Some("service"),
        NodeKind::Credential => false,
        _ => true,
    }
}
