//! The table of doors: which of a node's places each of its doors is.

use crate::model::{Isolation, Node, NodeId, NodeKind, Spec};

/// A place where content can be. Three for each node: what it brings along, the node inside a call, and where a tool keeps the
/// credentials that it reads. A place that is no door of its node is never used.
pub(super) type Spot = usize;

/// How many spots there are.
pub(super) fn spots(spec: &Spec) -> usize {
    3 * spec.nodes.len()
}

fn first(node: NodeId) -> Spot {
    3 * node.index()
}

fn second(node: NodeId) -> Spot {
    3 * node.index() + 1
}

/// What a node brings along; where its results and a reader's copy come from.
pub(super) fn own(node: NodeId) -> Spot {
    first(node)
}

/// Itself inside a call.
pub(super) fn call(spec: &Spec, id: NodeId) -> Spot {
    match column_of(&spec.nodes[id.index()]) {
        Column::Shared => first(id),
        Column::PerCall | Column::Aside | Column::Passive => second(id),
    }
}

/// Where what it asked for or was given arrives.
pub(super) fn into(spec: &Spec, id: NodeId) -> Spot {
    match column_of(&spec.nodes[id.index()]) {
        Column::Shared | Column::PerCall | Column::Passive => first(id),
        Column::Aside => second(id),
    }
}

/// Where it acts from.
pub(super) fn act(spec: &Spec, id: NodeId) -> Spot {
    match column_of(&spec.nodes[id.index()]) {
        Column::Shared | Column::Aside => first(id),
        Column::PerCall | Column::Passive => second(id),
    }
}

/// Where the credentials that a tool reads arrive, and nothing leaves. Only a tool that is not general has it.
pub(super) fn keep(node: NodeId) -> Spot {
    3 * node.index() + 2
}

/// Whether it keeps the credentials that it reads.
pub(super) fn keeps(spec: &Spec, id: NodeId) -> bool {
    let node = &spec.nodes[id.index()];
    node.kind == NodeKind::Tool && !node.general
}

/// Whether what it brings along is in each of its calls: wherever the two differ, but not in a passive tool.
pub(super) fn steps_freely(spec: &Spec, id: NodeId) -> bool {
    match column_of(&spec.nodes[id.index()]) {
        Column::PerCall | Column::Aside => true,
        Column::Shared | Column::Passive => false,
    }
}

/// Where an attacker who holds it starts.
pub(super) fn held(spec: &Spec, id: NodeId) -> [Spot; 2] {
    [own(id), call(spec, id)]
}

/// Where it can be reached. Nothing arrives where a node has no such door, so that all three can be asked of every node.
pub(super) fn reached(spec: &Spec, id: NodeId) -> [Spot; 3] {
    [own(id), call(spec, id), keep(id)]
}

/// Where what it has lies.
pub(super) fn has(spec: &Spec, id: NodeId) -> Spot {
    if is_partitioned(spec, id) { call(spec, id) } else { own(id) }
}

/// Where the result of an outsider's invoke arrives.
pub(super) fn learns(spec: &Spec, id: NodeId) -> Spot {
    match column_of(&spec.nodes[id.index()]) {
        Column::Passive => own(id),
        Column::Shared | Column::PerCall | Column::Aside => call(spec, id),
    }
}

/// The columns of the table in the semantics.
enum Column {
    /// Relays, one context for all.
    Shared,
    /// Relays, a context for each call; or a partitioned store.
    PerCall,
    /// A principal or credential that does not relay.
    Aside,
    /// A tool that does not relay.
    Passive,
}

fn column_of(node: &Node) -> Column {
    match (node.kind, node.relays, node.isolation) {
        (NodeKind::Tool, false, _) => Column::Passive,
        (NodeKind::Principal | NodeKind::Credential, false, _) => Column::Aside,
        (NodeKind::Store, ..) if node.partitioned => Column::PerCall,
        (_, _, Isolation::PerCall) => Column::PerCall,
        (_, _, Isolation::Shared) => Column::Shared,
    }
}

/// Whether it is a store that keeps apart what each caller's calls wrote.
pub(super) fn is_partitioned(spec: &Spec, id: NodeId) -> bool {
    let node = &spec.nodes[id.index()];
    node.kind == NodeKind::Store && node.partitioned
}

/// Whether it joins each of its doors with the door of the same name of a partitioned store.
pub(super) fn joins_doors(spec: &Spec, id: NodeId) -> bool {
    let node = &spec.nodes[id.index()];
    node.kind == NodeKind::Agent && node.isolation == Isolation::PerCall
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
