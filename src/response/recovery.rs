//! What keeps an attack alive after its start is cleaned up: persistent stores and credentials, with what the spec says about how
//! to withdraw them, and what each store infects again if it is forgotten.

use rayon::prelude::*;

use crate::analysis::{BlastRadius, Finding, Secret, Tally};
use crate::graph::CapabilityGraph;
use crate::spec::NodeId;

/// A store to quarantine.
#[derive(Debug)]
pub struct Quarantine {
    /// The store.
    pub node: NodeId,
    /// When it is reached: so many sessions after the compromise, by so many hops. Nought if it is compromised itself.
    pub reached: Finding,
    /// What it infects again by itself with no guard failing, by hops, when everything else is cleaned up.
    pub residual: Vec<Finding>,
    /// The same, counted by kind, of all nodes but the store.
    pub tally: Vec<Tally>,
}

impl Quarantine {
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
pub struct Revocation {
    /// The credential.
    pub node: NodeId,
    /// How it is learned or used; nothing where it is compromised itself.
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
pub(super) fn quarantines(graph: &CapabilityGraph, reached: &[Finding]) -> Vec<Quarantine> {
    let quarantine = |found: &Finding| {
        let alone = BlastRadius::compute(graph, &[found.node], 0);
        let tally = alone.influenced_tally();
        Quarantine { node: found.node, reached: *found, residual: alone.influenced, tally }
    };
    reached.par_iter().map(quarantine).collect()
}

/// Credentials within reach, the most pressing first.
pub(super) fn revocations(graph: &CapabilityGraph, blast: &BlastRadius<'_>) -> Vec<Revocation> {
    let refreshes = |node: NodeId| graph.spec().node(node).declared.text("refresh") == Some("background");
    let held = blast.starts.iter().filter(|start| graph.flows().is_credential(**start));
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
