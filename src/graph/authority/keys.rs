//! A spec → its credentials and what they open, each with a number of its own in the order of the nodes.

use super::key_set::KeySet;
use crate::model::{NodeId, NodeKind, Spec};

/// Credentials and what is opened, densely numbered.
#[derive(Debug)]
pub(super) struct Keys {
    /// The credentials, in node order.
    pub(super) credentials: Vec<NodeId>,
    /// Whatever some credential opens, in node order.
    pub(super) targets: Vec<NodeId>,
    /// By credential: the targets it opens, as positions in `targets`.
    pub(super) opens: Vec<KeySet>,
}

impl Keys {
    pub(super) fn new(spec: &Spec) -> Self {
        let credentials: Vec<NodeId> =
            spec.node_ids().filter(|id| spec.node(*id).kind == NodeKind::Credential).collect();
        let mut targets: Vec<NodeId> =
            credentials.iter().flat_map(|id| spec.node(*id).opens.iter().copied()).collect();
        targets.sort_unstable();
        targets.dedup();
        let position = |id: &NodeId| targets.binary_search(id).unwrap_or_else(|place| place);
        let opens = |id: &NodeId| KeySet::of(spec.node(*id).opens.iter().map(position));
        let opens = credentials.iter().map(opens).collect();
        Self { credentials, targets, opens }
    }
}
