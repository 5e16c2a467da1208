//! In which order rows and columns stand: by zone from least to most trusted, unranked nodes last, and inside a zone as
//! asked for.

use super::sizes::ReachSizes;
use crate::graph::{CapabilityGraph, Components, Direction, Strength};
use crate::model::{NodeId, Plane};

/// The order inside a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As in the spec: stable when the topology changes.
    #[default]
    Declared,
    /// Along the flow of influence, so that cells below the diagonal are loops.
    Flow,
    /// The widest reach first.
    Reach,
    /// By name.
    Name,
}

impl Order {
    /// Arranges some nodes.
    #[must_use]
    pub fn arrange(self, graph: &CapabilityGraph, nodes: &[NodeId]) -> Vec<NodeId> {
        let spec = graph.spec();
        let zone = |node: NodeId| spec.node(node).zone.map_or(usize::MAX, |zone| zone.index());
        let mut arranged = nodes.to_vec();
        match self {
            Self::Declared => arranged.sort_by_key(|node| (zone(*node), *node)),
            Self::Name => arranged.sort_by_key(|node| (zone(*node), spec.node_name(*node))),
            Self::Flow => {
                let components = Components::find(graph.flows(), Plane::Influence, Strength::Any);
                let rank = |node| components.len() - components.of(graph.flows().own(node));
                arranged.sort_by_key(|node| (zone(*node), rank(*node), *node));
            }
            Self::Reach => {
                let reach = ReachSizes::count(graph, Plane::Influence, Strength::Any, Direction::Forward);
                let size = |node| std::cmp::Reverse(reach.of(node));
                arranged.sort_by_cached_key(|node| (zone(*node), size(*node), *node));
            }
        }
        arranged
    }
}
