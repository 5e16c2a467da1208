//! The table of doors: which of a node's two places each of its four doors is.

use crate::model::{Isolation, Node, NodeId, NodeKind, Spec};

/// A place where content can be: what a node brings along (even numbers), or the node inside a call (odd ones). Where the two
/// are one, only the first is used.
pub(super) type Spot = usize;

/// How many spots there are.
pub(super) fn spots(spec: &Spec) -> usize {
    2 * spec.nodes.len()
}

fn first(node: NodeId) -> Spot {
    2 * node.index()
}

fn second(node: NodeId) -> Spot {
    2 * node.index() + 1
}

/// What a node brings along; where its results and a reader's copy come from.
pub(super) fn own(node: NodeId) -> Spot {
    first(node)
}

/// Itself inside a call; where "is it reached?" is asked.
pub(super) fn call(spec: &Spec, id: NodeId) -> Spot {
    match column_of(&spec.nodes[id.index()]) {
        Column::RelaysShared => first(id),
        Column::RelaysPerCall | Column::DoesNotRelay => second(id),
    }
}

/// Where what it asked for or was given arrives.
pub(super) fn into(spec: &Spec, id: NodeId) -> Spot {
    match column_of(&spec.nodes[id.index()]) {
        Column::RelaysShared | Column::RelaysPerCall => first(id),
        Column::DoesNotRelay => second(id),
    }
}

/// Where it acts from; where an observer looks.
pub(super) fn act(spec: &Spec, id: NodeId) -> Spot {
    match column_of(&spec.nodes[id.index()]) {
        Column::RelaysShared | Column::DoesNotRelay => first(id),
        Column::RelaysPerCall => second(id),
    }
}

/// The columns of the table in the semantics.
enum Column {
    RelaysShared,
    RelaysPerCall,
    DoesNotRelay,
}

fn column_of(node: &Node) -> Column {
    match (node.relays, node.isolation) {
        (false, _) => Column::DoesNotRelay,
        (true, Isolation::Shared) => Column::RelaysShared,
        (true, Isolation::PerCall) => Column::RelaysPerCall,
    }
}

/// Whether others assume it: a role or a key that stands outside.
pub(super) fn is_role(spec: &Spec, id: NodeId) -> bool {
    let node = &spec.nodes[id.index()];
    node.kind == NodeKind::Principal && matches!(node.declared_kind, Some("iam-role" | "api-key"))
}

/// Whether it is a credential.
pub(super) fn is_credential(spec: &Spec, id: NodeId) -> bool {
    spec.nodes[id.index()].kind == NodeKind::Credential
}
