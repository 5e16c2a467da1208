//! Where things stand in files, as formats for machines want it.

use crate::graph::{CapabilityGraph, Edge, Origin};
use crate::spec::{NodeId, Place};

/// Where an edge is declared. One that authority derives has no line of its own: it stands where the role, key or credential
/// does that it exists for.
pub(in crate::report) fn place_of_edge(graph: &CapabilityGraph, edge: &Edge) -> Place {
    let declared = |node: NodeId| graph.spec().node(node).place;
    match edge.origin {
        Origin::Declared(_) => {
            graph.declaration(edge).map_or_else(|| declared(edge.from), |declared| declared.place)
        }
        Origin::Role(cause) | Origin::Holder(cause) | Origin::Outsider(cause) => declared(cause),
        Origin::Key => declared(edge.from),
        Origin::Insider { credential, .. } => declared(credential),
    }
}
