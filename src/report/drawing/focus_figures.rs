//! A comparison → by how many more nodes each one is reached, counted once for a whole picture, and the small words about it.

use crate::compare::{Comparison, Kind, Presence};
use crate::model::NodeId;
use crate::model::Way;

/// By node: how many nodes gain, and lose, influence on it, and so for what they learn from it.
#[derive(Debug, Default)]
pub(super) struct Figures(Vec<[[usize; 2]; 2]>);

impl Figures {
    /// Counts all differences, in one walk over them.
    pub(super) fn of(comparison: &Comparison) -> Self {
        let mut by_node = vec![[[0; 2]; 2]; comparison.joint().nodes().len()];
        for delta in comparison.deltas() {
            let plane = match delta.question {
                Way::Influence => 0,
                Way::Exposure => 1,
                Way::Write | Way::Read | Way::Invoke | Way::Observe => continue,
            };
            match delta.kind() {
                Kind::New => by_node[delta.to.index()][plane][0] += 1,
                Kind::Closed => by_node[delta.to.index()][plane][1] += 1,
                Kind::Nearer | Kind::Farther => {}
            }
        }
        Self(by_node)
    }

    /// How much a node reaches: `reaches 9 → 10`. For a node that is new or gone, one figure. Of others only where it differs and
    /// something of it is drawn.
    pub(super) fn reaches(
        &self,
        comparison: &Comparison,
        node: NodeId,
        gains: bool,
        changed: bool,
    ) -> Option<String> {
        let [before, after] = comparison.reach(node);
        match comparison.joint().presence(node) {
            Presence::New => Some(format!("reaches {}", after.influenced)),
            Presence::Gone => Some(format!("reached {}", before.influenced)),
            Presence::Both if !gains && !changed => None,
            Presence::Both if before.influenced != after.influenced => {
                Some(format!("reaches {} → {}", before.influenced, after.influenced))
            }
            Presence::Both if gains && before.exposed != after.exposed => {
                Some(format!("learns from {} → {}", before.exposed, after.exposed))
            }
            Presence::Both => None,
        }
    }

    /// By how many more a node is reached: `reachable from 2 more`.
    pub(super) fn reached(&self, comparison: &Comparison, node: NodeId, opened: bool) -> Option<String> {
        let [[influence, lost], [exposure, _]] = self.0[node.index()];
        match comparison.joint().presence(node) {
            Presence::New => Some(format!("reachable from {influence}")),
            Presence::Gone => Some(format!("was reachable from {lost}")),
            Presence::Both if !opened => None,
            Presence::Both if influence > 0 => Some(format!("now reachable from {influence} more")),
            Presence::Both if exposure > 0 => Some(format!("now learned by {exposure} more")),
            Presence::Both => None,
        }
    }
}
