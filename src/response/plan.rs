//! The whole plan, each part computed from the same graph.

use super::containment::{Containment, footprint};
use super::evidence::Evidence;
use super::recovery::{Quarantine, Revocation, quarantines, revocations};
use crate::analysis::{BlastRadius, Reached};
use crate::graph::{CapabilityGraph, Cost};
use crate::model::{NodeId, NodeKind};

/// What to do when some nodes are compromised. Everything that an attacker reaches with no guard failing counts as reached; what
/// is behind guards is told apart.
#[derive(Debug)]
#[non_exhaustive]
pub struct Response<'g> {
    /// What the attacker has: the footprint, what it learns, what is infected again.
    pub blast: BlastRadius<'g>,
    /// Sessions to stop, the compromised ones first, then as they are reached.
    pub sessions: Vec<Reached>,
    /// Agents and shared tools whose context may be poisoned, in the same order.
    pub contexts: Vec<Reached>,
    /// What keeps it from what is critical.
    pub containment: Containment,
    /// Persistent stores to quarantine, in the order in which they are reached.
    pub stores: Vec<Quarantine>,
    /// Persistent stores that are poisoned only if guards failed.
    pub stores_guarded: Vec<Reached>,
    /// Credentials to revoke: those that refresh in the background first, then those that may be known, then those that may have
    /// been used.
    pub credentials: Vec<Revocation>,
    /// Credentials that come within reach only if guards failed.
    pub credentials_guarded: Vec<NodeId>,
    /// What is recorded and what is not.
    pub evidence: Evidence,
    /// People and services outside that may have acted on it, in the order in which they are reached.
    pub principals: Vec<Reached>,
}

impl<'g> Response<'g> {
    /// Plans the response to a compromise of some nodes.
    #[must_use]
    pub fn plan(graph: &'g CapabilityGraph, compromised: &[NodeId]) -> Self {
        let blast = BlastRadius::compute(graph, compromised, 0);
        let spec = graph.spec();
        let reached = in_order(&blast);
        let of = |is: &dyn Fn(NodeId) -> bool| -> Vec<Reached> {
            reached.iter().copied().filter(|found| is(found.node)).collect()
        };
        let sessions = of(&|id| spec.node(id).kind == NodeKind::Session);
        let contexts = of(&|id| {
            let node = spec.node(id);
            let shared = graph.flows().own(id) == graph.flows().call(id);
            node.kind == NodeKind::Agent || (node.kind == NodeKind::Tool && shared)
        });
        let principals = of(&|id| spec.node(id).kind == NodeKind::Principal);
        let persistent = |found: &Reached| graph.flows().is_persistent(found.node);
        let stores_guarded = blast.influenced_guarded.iter().copied().filter(persistent).collect();
        let footprint = footprint(graph, &blast);
        Self {
            containment: Containment::find(graph, &blast, &footprint),
            stores: quarantines(graph, &of(&|id| graph.flows().is_persistent(id))),
            stores_guarded,
            credentials_guarded: behind_guards(graph, &blast),
            credentials: revocations(graph, &blast),
            evidence: Evidence::find(graph, &footprint),
            sessions,
            contexts,
            principals,
            blast,
        }
    }
}

/// The compromised nodes and what they reach, by the session in which they come to it and the hops.
fn in_order(blast: &BlastRadius<'_>) -> Vec<Reached> {
    let starts = blast.starts.iter().map(|node| Reached { node: *node, cost: Cost::ZERO });
    let mut reached: Vec<Reached> = starts.chain(blast.influenced.iter().copied()).collect();
    reached.sort_by_key(|found| (found.cost.sessions, found.cost.hops));
    reached
}

/// Credentials that are within reach if all guards fail, and not before.
fn behind_guards(graph: &CapabilityGraph, blast: &BlastRadius<'_>) -> Vec<NodeId> {
    let is_open = |node: NodeId| blast.secrets.iter().any(|secret| secret.node == node);
    let all = BlastRadius::compute(graph, &blast.starts, u32::MAX);
    all.secrets.iter().map(|secret| secret.node).filter(|node| !is_open(*node)).collect()
}
