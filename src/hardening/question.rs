//! What is to be kept apart: from which nodes, to which, in which plane, and what counts as a path.

use crate::graph::{Between, DoorSide, FlowGraph, Strength};
use crate::model::{GuardId, NodeId, Plane, Spec};

/// What a cut is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Edges that go. All paths count, whatever guards stand on them.
    Edges,
    /// Guards that are added. Open paths count alone: those on which no guard stands yet.
    Guards,
}

impl By {
    /// As it stands on the command line and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Edges => "edges",
            Self::Guards => "guards",
        }
    }
}

/// Two groups of nodes to be kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// `Influence`: whether `from` steers `to`. `Exposure`: whether content of `to` comes to `from`.
    pub plane: Plane,
    /// What a cut is made of.
    pub by: By,
    /// What an attacker holds, in node order.
    pub from: Vec<NodeId>,
    /// What it is kept from, in node order; none of `from` is among it.
    pub to: Vec<NodeId>,
    /// The nodes that were named on both sides: nothing can be cut between a node and itself, so they count as `from` alone.
    pub both: Vec<NodeId>,
    /// The flow nodes where content starts, if it is not that of whole nodes. No proposal moves a door, so that their numbers hold.
    doors: Option<Vec<(NodeId, DoorSide)>>,
}

impl Question {
    /// A question about two groups of nodes in any order.
    #[must_use]
    pub fn new(plane: Plane, by: By, from: &[NodeId], to: &[NodeId]) -> Self {
        let sorted = |nodes: &[NodeId]| {
            let mut nodes = nodes.to_vec();
            nodes.sort_unstable();
            nodes.dedup();
            nodes
        };
        let from = sorted(from);
        let (both, to) = sorted(to).into_iter().partition(|node| from.binary_search(node).is_ok());
        Self { plane, by, from, to, both, doors: None }
    }

    /// A question about content that is at some flow nodes by now, and nodes where it should not arrive, in order.
    #[must_use]
    pub fn from_doors(plane: Plane, by: By, doors: Vec<(NodeId, DoorSide)>, to: &[NodeId]) -> Self {
        let question = Self::new(plane, by, &[], &[]);
        match plane {
            Plane::Influence => Self { to: to.to_vec(), doors: Some(doors), ..question },
            Plane::Exposure => Self { from: to.to_vec(), doors: Some(doors), ..question },
        }
    }

    /// The nodes that strangers control.
    #[must_use]
    pub fn untrusted(spec: &Spec) -> Vec<NodeId> {
        spec.strangers()
    }

    /// The nodes that are critical, private, or in the most trusted of several zones.
    #[must_use]
    pub fn precious(spec: &Spec) -> Vec<NodeId> {
        let top = top_zone(spec);
        let is_precious = |id: &NodeId| {
            let node = spec.node(*id);
            node.critical || node.is_private() || (top.is_some() && spec.trust(*id) == top)
        };
        spec.node_ids().filter(is_precious).collect()
    }

    /// The nodes that are critical or in the most trusted of several zones.
    #[must_use]
    pub fn critical(spec: &Spec) -> Vec<NodeId> {
        let top = top_zone(spec);
        let is_critical = |id: &NodeId| spec.node(*id).critical || (top.is_some() && spec.trust(*id) == top);
        spec.node_ids().filter(is_critical).collect()
    }

    /// Which paths count.
    #[must_use]
    pub fn strength(&self) -> Strength {
        match self.by {
            By::Edges => Strength::Any,
            By::Guards => Strength::Open,
        }
    }

    /// Where content starts, and where it should not arrive.
    #[must_use]
    pub fn ends(&self) -> (&[NodeId], &[NodeId]) {
        match self.plane {
            Plane::Influence => (&self.from, &self.to),
            Plane::Exposure => (&self.to, &self.from),
        }
    }

    /// The paths that are asked about.
    #[must_use]
    pub fn between(&self, flows: &FlowGraph) -> Between {
        let (starts, ends) = self.ends();
        Between {
            plane: self.plane,
            strength: self.strength(),
            sources: match &self.doors {
                Some(doors) => doors.iter().map(|(node, side)| flows.side(*node, *side)).collect(),
                None => starts.iter().map(|node| flows.start(self.plane, *node)).collect(),
            },
            targets: ends.iter().map(|node| flows.reached(*node)).collect(),
        }
    }

    /// How many pairs there are.
    #[must_use]
    pub fn possible(&self) -> usize {
        self.from.len().saturating_mul(self.to.len())
    }
}

/// The trust of the most trusted of several zones.
fn top_zone(spec: &Spec) -> Option<i64> {
    spec.zones.values().map(|zone| zone.trust).max().filter(|_| spec.zones.len() > 1)
}

/// The guards that stop a plane: first those that stop nothing else, each group in the order of the spec.
#[must_use]
pub fn stopping(spec: &Spec, plane: Plane) -> Vec<GuardId> {
    let all = (0..spec.guards.len()).map(GuardId::new).filter(|guard| spec.guard(*guard).stops(plane));
    let stops_both = |guard: &GuardId| Plane::ALL.iter().all(|plane| spec.guard(*guard).stops(*plane));
    let (both, alone): (Vec<GuardId>, Vec<GuardId>) = all.partition(stops_both);
    alone.into_iter().chain(both).collect()
}

/// The guard that a proposal names: the first that stops a plane and does not stand there yet.
pub(super) fn another(spec: &Spec, plane: Plane, there: &[GuardId]) -> Option<GuardId> {
    stopping(spec, plane).into_iter().find(|guard| !there.contains(guard))
}
