//! Edges of the capability graph: the declared ones and those that authority derives.

use crate::model;
use crate::model::{EdgeKey, GuardId, NodeId, Plane, Returns, Spec, Verb, index_type};

index_type! {
    /// An edge, by its number: declared ones in document order, then the derived ones.
    EdgeId
}

/// A capability: who may do what to whom, behind which guards, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edge {
    /// The actor.
    pub from: NodeId,
    /// What it may do.
    pub verb: Verb,
    /// To whom.
    pub to: NodeId,
    /// Guards on the request, as a sorted set.
    pub guards: Vec<GuardId>,
    /// The result leg, its guards as a sorted set.
    pub returns: Returns,
    /// Guards that stood on the way the authority came; counted on both legs in both planes.
    pub extra: u32,
    /// Why the edge exists.
    pub origin: Origin,
}

/// Why an edge exists: it is declared, or one of the five rules of derived edges made it.
///
/// The rules are those of the project's semantics ("Derived edges"), in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Origin {
    /// Declared, by its position in [`Spec::edges`](crate::model::Spec::edges).
    Declared(usize),
    /// Rule 1: the actor assumes a role (or key) that has the edge.
    Role(NodeId),
    /// Rule 2: whoever holds the credential holds what it opens.
    Key,
    /// Rule 3: the actor reads or may use a credential that opens the target.
    Holder(NodeId),
    /// Rule 4: an outsider learns a credential that opens the target.
    Outsider(NodeId),
    /// Rule 5: an insider learns the credential and can make a general tool (itself, or one it invokes) present it.
    Insider {
        /// What it learns.
        credential: NodeId,
        /// The general tool.
        through: NodeId,
    },
}

impl Origin {
    /// The name in JSON outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declared(_) => "declared",
            Self::Role(_) => "role",
            Self::Key => "key",
            Self::Holder(_) => "holder",
            Self::Outsider(_) => "outsider",
            Self::Insider { .. } => "insider",
        }
    }

    /// Whether the edge is made as an outsider: it makes flows and counts as a capability, but is no premise of another rule.
    #[must_use]
    pub fn is_outsider(self) -> bool {
        matches!(self, Self::Key | Self::Outsider(_))
    }
}

impl Edge {
    /// A declared edge as the graph sees it, by its position in the spec: guards as sorted sets.
    #[must_use]
    pub fn from_declared(position: usize, edge: &model::Edge) -> Self {
        let sorted = |guards: &[GuardId]| {
            let mut guards = guards.to_vec();
            guards.sort_unstable();
            guards
        };
        let returns =
            edge.result.as_deref().map_or(Returns::Nothing, |guards| Returns::Content(sorted(guards)));
        Self {
            from: edge.from,
            verb: edge.verb,
            to: edge.to,
            guards: sorted(&edge.guards),
            returns,
            extra: 0,
            origin: Origin::Declared(position),
        }
    }

    /// Who can do what to whom by it.
    #[must_use]
    pub fn key(&self) -> EdgeKey {
        EdgeKey { from: self.from, verb: self.verb, to: self.to }
    }

    /// The role, key or credential that a derived edge exists for; `None` for a declared one.
    #[must_use]
    pub fn because(&self) -> Option<NodeId> {
        match self.origin {
            Origin::Declared(_) => None,
            Origin::Role(cause) | Origin::Holder(cause) | Origin::Outsider(cause) => Some(cause),
            Origin::Key => Some(self.from),
            Origin::Insider { credential, .. } => Some(credential),
        }
    }

    /// Whether the spec declares it; otherwise authority derives it.
    #[must_use]
    pub fn is_declared(&self) -> bool {
        matches!(self.origin, Origin::Declared(_))
    }

    /// How many guards on the request stop content in this plane, without what the authority cost.
    #[must_use]
    pub fn request_guards(&self, spec: &Spec, plane: Plane) -> u32 {
        count_stopping(spec, &self.guards, plane)
    }

    /// How many guards have to fail before the actor does what the edge says: those on the request that stop the plane of its
    /// verb, and those that stood on the way the authority came.
    #[must_use]
    pub fn guards_to_act(&self, spec: &Spec) -> u32 {
        self.request_guards(spec, self.verb.plane()).saturating_add(self.extra)
    }
}

/// How many of some guards stop content in a plane.
pub(super) fn count_stopping(spec: &Spec, guards: &[GuardId], plane: Plane) -> u32 {
    let count = guards.iter().filter(|guard| spec.guard(**guard).stops(plane)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
