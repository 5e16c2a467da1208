//! Declared edges as the reference sees them, and what stands on them.

use crate::model::{GuardId, NodeId, Plane, Spec, Verb};

/// An edge, declared or derived.
///
/// The order of the fields is the order of derived edges: by actor, verb, target, guards, return guards, outsider or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The actor.
    pub from: NodeId,
    /// What it may do.
    pub verb: Verb,
    /// To whom.
    pub to: NodeId,
    /// Guards on the request, each once, in the order of the spec's guards.
    pub guards: Vec<GuardId>,
    /// The same on the result; nothing where nothing comes back.
    pub returns: Option<Vec<GuardId>>,
    /// Whether an outsider has it: it makes half of the flows, and is no premise of another rule.
    pub outsider: bool,
    /// Guards that stand on the way the authority came; 0 on a declared edge.
    pub extra: u32,
}

/// The declared edges, in the order of the spec.
pub(super) fn declared(spec: &Spec) -> Vec<Edge> {
    let read = |edge: &crate::model::Edge| Edge {
        from: edge.from,
        verb: edge.verb,
        to: edge.to,
        guards: union(&edge.guards, &[]),
        returns: edge.result.as_deref().map(|guards| union(guards, &[])),
        outsider: false,
        extra: 0,
    };
    spec.edges.iter().map(read).collect()
}

/// All guards of both, each once.
pub(super) fn union(one: &[GuardId], other: &[GuardId]) -> Vec<GuardId> {
    let mut both = [one, other].concat();
    both.sort_unstable();
    both.dedup();
    both
}

/// How many of some guards stop content in a plane. One that is only asked for in words never counts.
pub(super) fn stopping(spec: &Spec, guards: &[GuardId], plane: Plane) -> u32 {
    let stops = |guard: &&GuardId| {
        let guard = &spec.guards[guard.index()];
        guard.enforced
            && match plane {
                Plane::Influence => guard.stops_influence,
                Plane::Exposure => guard.stops_exposure,
            }
    };
    u32::try_from(guards.iter().filter(stops).count()).unwrap_or(u32::MAX)
}

/// How many guards on an edge stand against its verb: what is done to the target is stopped where influence is, what is learned
/// of it where exposure is.
pub(super) fn against_verb(spec: &Spec, edge: &Edge) -> u32 {
    match edge.verb {
        Verb::Write | Verb::Invoke => stopping(spec, &edge.guards, Plane::Influence),
        Verb::Read | Verb::Observe => stopping(spec, &edge.guards, Plane::Exposure),
    }
}
