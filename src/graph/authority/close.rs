//! The fixpoint: what needs no flows first, then flows, secrets and grants together, then the edges in their order.

use super::derived::{Sources, append};
use super::exposure::Exposure;
use super::grants::Grants;
use super::guard_sets::GuardSets;
use super::keys::Keys;
use super::premises::Premises;
use crate::graph::edge::{Edge, Origin};
use crate::spec::{Node, Returns, Spec, Verb};

/// The declared edges followed by all derived ones, each in its order.
pub(in crate::graph) fn close(spec: &Spec, declared: Vec<Edge>) -> Vec<Edge> {
    if !spec.nodes.values().any(Node::is_authority) {
        return declared;
    }
    let mut sets = GuardSets::new(spec);
    let keys = Keys::new(spec);
    let premises = Premises::close(spec, &declared, &mut sets);
    let derived = before_spreading(spec, &keys, &premises, &sets);
    let exposure = Exposure::new(spec, &declared, &derived);
    let (grants, spread) = Grants::close(spec, &keys, &premises, &exposure, &mut sets);
    let mut edges = declared;
    let sources =
        Sources { spec, keys: &keys, sets: &sets, premises: &premises, grants: &grants, spread: &spread };
    append(&mut edges, &sources);
    edges
}

/// The edges that are derived without anybody learning anything: rules 1 and 3, and rule 2, a credential's own row.
fn before_spreading(spec: &Spec, keys: &Keys, premises: &Premises, sets: &GuardSets<'_>) -> Vec<Edge> {
    let rows = keys.credentials.iter().flat_map(|credential| {
        spec.node(*credential).opens.iter().map(|target| Edge {
            from: *credential,
            verb: Verb::Invoke,
            to: *target,
            guards: Vec::new(),
            returns: Returns::Content(Vec::new()),
            extra: 0,
            origin: Origin::Key,
        })
    });
    premises.derived().iter().map(|made| made.edge(sets)).chain(rows).collect()
}
