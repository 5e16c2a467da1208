//! Changes by what they are about, so that nobody goes through all of them for one edge.

use std::collections::HashMap;

use super::change::{Change, ChangeId, What, edge_of};
use super::joint::Joint;
use crate::model::{NodeId, Verb};

/// The changes of nodes as a whole, and those of edges between nodes that are the same on both sides.
#[derive(Debug)]
pub(crate) struct ChangeIndex {
    whole: Vec<Option<ChangeId>>,
    edges: HashMap<(NodeId, Verb, NodeId), ChangeId>,
}

impl ChangeIndex {
    pub(crate) fn of(joint: &Joint, changes: &[Change]) -> Self {
        let mut index = Self { whole: vec![None; joint.nodes().len()], edges: HashMap::new() };
        for (position, change) in changes.iter().enumerate() {
            let id = ChangeId::new(position);
            match change.what {
                What::NodeAdded(node) | What::NodeRemoved(node) | What::NodeReplaced(node) => {
                    index.whole[node.index()] = Some(id);
                }
                _ => {
                    let edge = edge_of(joint, change);
                    index.edges.extend(edge.map(|edge| ((edge.from, edge.verb, edge.to), id)));
                }
            }
        }
        index
    }

    /// The change that a node as a whole goes with.
    pub(crate) fn whole(&self, node: NodeId) -> Option<ChangeId> {
        self.whole[node.index()]
    }

    /// The changes that an edge depends on: those of the nodes at its ends, and its own.
    pub(crate) fn around(&self, from: NodeId, verb: Verb, to: NodeId) -> [Option<ChangeId>; 3] {
        [self.whole(from), self.whole(to), self.edges.get(&(from, verb, to)).copied()]
    }
}
