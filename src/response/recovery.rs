//! What keeps an attack alive after its start is cleaned up: persistent stores and credentials, with what the spec says about how
//! to withdraw them, and what each store infects again if it is forgotten.

use rayon::prelude::*;

use crate::analysis::{BlastRadius, CostSearch, Reached, Secret};
use crate::graph::CapabilityGraph;
use crate::model::{NodeId, NodeKind};

/// A store to quarantine.
#[derive(Debug)]
#[non_exhaustive]
pub struct Quarantine {
    /// The store.
    pub node: NodeId,
    /// When it is reached: so many sessions after the compromise, by so many hops. Zero if it is compromised itself.
    pub reached: Reached,
    /// How many nodes it infects again by itself with no guard failing, when everything else is cleaned up.
    pub infects: usize,
    /// The first of them.
    pub nearest: Vec<Reached>,
}

/// Nodes that are kept of what a store infects again; the rest is found when it is asked for.
const NEAREST: usize = 8;

impl Quarantine {
    /// What it infects again by itself with no guard failing, by sessions and hops, when everything else is cleaned up.
    #[must_use]
    pub fn residual(&self, graph: &CapabilityGraph) -> Vec<Reached> {
        residual(&mut CostSearch::new(graph), self.node)
    }

    /// How poisoned content is found and removed, as the spec says.
    #[must_use]
    pub fn procedure<'s>(&self, graph: &'s CapabilityGraph) -> Option<&'s str> {
        graph.spec().node(self.node).declared.text("revocation")
    }

    /// Whether the spec says that earlier versions can be restored.
    #[must_use]
    pub fn is_versioned(&self, graph: &CapabilityGraph) -> bool {
        graph.spec().node(self.node).declared.flag("versioned") == Some(true)
    }
}

/// A credential to revoke.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Revocation {
    /// The credential.
    pub node: NodeId,
    /// How it is learned or used; `None` where it is compromised itself.
    pub secret: Option<Secret>,
    /// Whether it is refreshed in the background: it stays valid until it is revoked, whatever expires.
    pub refreshes: bool,
}

impl Revocation {
    /// How it is withdrawn, as the spec says.
    #[must_use]
    pub fn procedure<'s>(&self, graph: &'s CapabilityGraph) -> Option<&'s str> {
        graph.spec().node(self.node).declared.text("revocation")
    }

    /// Whether the attacker may know it; otherwise it may have had it used.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.secret.is_none_or(|secret| secret.learn.is_some())
    }
}

/// Stores that are reached, in their order, with what each infects again.
pub(super) fn quarantines(graph: &CapabilityGraph, reached: &[Reached]) -> Vec<Quarantine> {
    let quarantine = |search: &mut CostSearch<'_>, found: &Reached| {
        let mut nearest = residual(search, found.node);
        let infects = nearest.len();
        nearest.truncate(NEAREST);
        Quarantine { node: found.node, reached: *found, infects, nearest }
    };
    reached.par_iter().map_init(|| CostSearch::new(graph), quarantine).collect()
}

fn residual(search: &mut CostSearch<'_>, store: NodeId) -> Vec<Reached> {
    let row = search.influenced_by(store);
    let open = row.iter().filter(|(_, cost)| cost.is_open());
    let mut found: Vec<Reached> = open.map(|(node, cost)| Reached { node, cost }).collect();
    // A stable sort: equals stay in node order.
    found.sort_by_key(|found| (found.cost.sessions, found.cost.hops));
    found
}

/// Credentials within reach, the most pressing first.
pub(super) fn revocations(graph: &CapabilityGraph, blast: &BlastRadius<'_>) -> Vec<Revocation> {
    let refreshes = |node: NodeId| graph.spec().node(node).declared.text("refresh") == Some("background");
    let held = blast.starts.iter().filter(|start| graph.spec().node(**start).kind == NodeKind::Credential);
    let held = held.map(|node| Revocation { node: *node, secret: None, refreshes: refreshes(*node) });
    let within = blast.secrets.iter().map(|secret| Revocation {
        node: secret.node,
        secret: Some(*secret),
        refreshes: refreshes(secret.node),
    });
    let mut all: Vec<Revocation> = held.chain(within).collect();
    all.sort_by_key(|one| (!one.refreshes, !one.is_known(), one.node));
    all
}
