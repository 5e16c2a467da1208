//! Nodes and guards that a graph is built without: what is left is all that does not pass them.

use super::edge::Edge;
use super::flows::Flow;
use crate::model::{GuardId, NodeId, Returns, Spec};

/// What is avoided; nothing by default.
#[derive(Debug, Default)]
pub(super) struct Avoided {
    /// By node; empty where no node is avoided.
    nodes: Vec<bool>,
    guards: Vec<GuardId>,
}

impl Avoided {
    pub(super) fn new(spec: &Spec, nodes: &[NodeId], guards: &[GuardId]) -> Self {
        let mut avoided = vec![false; spec.nodes.len()];
        for node in nodes {
            avoided[node.index()] = true;
        }
        Self { nodes: avoided, guards: guards.to_vec() }
    }

    fn has_node(&self, node: NodeId) -> bool {
        self.nodes.get(node.index()) == Some(&true)
    }

    fn has_guard(&self, guards: &[GuardId]) -> bool {
        guards.iter().any(|guard| self.guards.contains(guard))
    }

    /// Whether a flow of an edge passes what is avoided.
    pub(super) fn has_flow(&self, edge: &Edge, flow: &Flow) -> bool {
        let guards = match &edge.returns {
            Returns::Content(guards) if flow.is_result => guards,
            _ => &edge.guards,
        };
        self.has_node(flow.from.0) || self.has_node(flow.to.0) || self.has_guard(guards)
    }

    /// Whether what an edge does is done by what is avoided, or past it.
    pub(super) fn has_act(&self, edge: &Edge) -> bool {
        self.has_node(edge.from) || self.has_guard(&edge.guards)
    }
}
