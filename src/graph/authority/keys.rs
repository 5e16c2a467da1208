//! A spec → its credentials and what they open, each with a number of its own in the order of the nodes.

use crate::spec::{NodeId, NodeKind, Spec};

/// Credentials and what is opened, densely numbered.
#[derive(Debug)]
pub(super) struct Keys {
    /// The credentials, in node order.
    pub(super) credentials: Vec<NodeId>,
    /// Whatever some credential opens, in node order.
    pub(super) targets: Vec<NodeId>,
    /// By credential: the targets it opens, as positions in `targets`.
    pub(super) opens: Vec<Vec<u32>>,
}

impl Keys {
    pub(super) fn new(spec: &Spec) -> Self {
        let credentials: Vec<NodeId> =
            spec.node_ids().filter(|id| spec.node(*id).kind == NodeKind::Credential).collect();
        let mut targets: Vec<NodeId> =
            credentials.iter().flat_map(|id| spec.node(*id).opens.iter().copied()).collect();
        targets.sort_unstable();
        targets.dedup();
        let position = |id: &NodeId| {
            let found = targets.binary_search(id).unwrap_or_else(|place| place);
            u32::try_from(found).unwrap_or(u32::MAX)
        };
        let opens =
            credentials.iter().map(|id| spec.node(*id).opens.iter().map(position).collect()).collect();
        Self { credentials, targets, opens }
    }
}
