//! What a node reaches that it did not reach before: footholds, sinks and credentials.

use super::comparison::Comparison;
use super::joint::Side;
use crate::analysis::BlastRadius;
use crate::model::NodeId;

/// What the holder of a node gains by a change, each in node order, whatever number of guards has to fail for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gained {
    /// Persistent stores that it influences.
    pub footholds: Vec<NodeId>,
    /// Sinks that it influences.
    pub sinks: Vec<NodeId>,
    /// Credentials that it learns, or can have used.
    pub credentials: Vec<NodeId>,
}

impl Gained {
    /// Whether nothing is gained.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.footholds.is_empty() && self.sinks.is_empty() && self.credentials.is_empty()
    }
}

impl Comparison {
    /// What the holder of a node gains. Takes a blast radius on either side.
    #[must_use]
    pub fn gained(&self, node: NodeId) -> Gained {
        let (before, after) = (self.within_reach(Side::Base, node), self.within_reach(Side::Head, node));
        Gained {
            footholds: without(after.footholds, &before.footholds),
            sinks: without(after.sinks, &before.sinks),
            credentials: without(after.credentials, &before.credentials),
        }
    }

    fn within_reach(&self, side: Side, node: NodeId) -> Gained {
        let blast = BlastRadius::compute(self.graph(side), &[node], u32::MAX);
        let sorted = |nodes: &mut dyn Iterator<Item = NodeId>| {
            let mut nodes: Vec<NodeId> = nodes.collect();
            nodes.sort_unstable();
            nodes
        };
        Gained {
            footholds: sorted(&mut blast.footholds.iter().map(|found| found.node)),
            sinks: sorted(&mut blast.sinks.iter().map(|found| found.node)),
            credentials: sorted(&mut blast.secrets.iter().map(|secret| secret.node)),
        }
    }
}

/// What one sorted list has and another does not.
fn without(all: Vec<NodeId>, some: &[NodeId]) -> Vec<NodeId> {
    all.into_iter().filter(|node| some.binary_search(node).is_err()).collect()
}
