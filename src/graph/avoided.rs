//! Nodes and guards that a graph is built without: what is left is all that does not pass them.

use super::edge::{Edge, EdgeId};
use super::flows::Flow;
use crate::model::{GuardId, Leg, NodeId, Returns, Spec, Verb};

/// What is avoided; nothing by default.
#[derive(Debug, Default)]
pub(super) struct Avoided {
    /// By node; empty where no node is avoided.
    nodes: Vec<bool>,
    guards: Vec<GuardId>,
    /// By node: whether requests to it are; empty where none are.
    requests: Vec<bool>,
    /// One leg of an edge.
    leg: Option<(EdgeId, Leg)>,
}

impl Avoided {
    pub(super) fn new(spec: &Spec, nodes: &[NodeId], guards: &[GuardId]) -> Self {
        Self { nodes: marked(spec, nodes), guards: guards.to_vec(), ..Self::default() }
    }

    /// Of the flows of invokes on some nodes, the requests.
    pub(super) fn requests(spec: &Spec, targets: &[NodeId]) -> Self {
        Self { requests: marked(spec, targets), ..Self::default() }
    }

    /// The flows of one leg.
    pub(super) fn leg(edge: EdgeId, leg: Leg) -> Self {
        Self { leg: Some((edge, leg)), ..Self::default() }
    }

    fn has_node(&self, node: NodeId) -> bool {
        self.nodes.get(node.index()) == Some(&true)
    }

    fn has_guard(&self, guards: &[GuardId]) -> bool {
        guards.iter().any(|guard| self.guards.contains(guard))
    }

    /// Whether a flow of an edge passes what is avoided.
    pub(super) fn has_flow(&self, id: EdgeId, edge: &Edge, flow: &Flow) -> bool {
        let guards = match &edge.returns {
            Returns::Content(guards) if flow.is_result => guards,
            _ => &edge.guards,
        };
        let is_request = edge.verb == Verb::Invoke && !flow.is_result;
        let carries_nothing = is_request && self.requests.get(edge.to.index()) == Some(&true);
        let leg = if flow.is_result { Leg::Result } else { Leg::Request };
        carries_nothing
            || self.leg == Some((id, leg))
            || self.has_node(flow.from.0)
            || self.has_node(flow.to.0)
            || self.has_guard(guards)
    }

    /// Whether what an edge does is done by what is avoided, or past it.
    pub(super) fn has_act(&self, edge: &Edge) -> bool {
        self.has_node(edge.from) || self.has_guard(&edge.guards)
    }
}

/// By node: whether it is one of these.
fn marked(spec: &Spec, nodes: &[NodeId]) -> Vec<bool> {
    let mut marked = vec![false; spec.nodes.len()];
    nodes.iter().for_each(|node| marked[node.index()] = true);
    marked
}
