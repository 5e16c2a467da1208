//! What an edge moves, in one place: the doors of a node, and the flows that each verb makes between doors.
//!
//! Everything that is reachable in this project is reachable over these flows and nothing else.

use super::edge::{Edge, count_stopping};
use crate::model::{GuardId, Isolation, Node, NodeId, Plane, Returns, Spec, Verb};

/// The four ways in and out of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Door {
    /// What it brings into every call: where its results and a reader's copy come from.
    Own,
    /// Itself inside a call: where "is it reached?" is asked.
    Call,
    /// Where what it asked for or was given arrives.
    Into,
    /// Where it acts from, and where an observer looks.
    Act,
}

/// Which of a node's two flow nodes a door is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The flow node that holds what persists in the node.
    Own,
    /// The flow node that holds what one call brings; the same as own where the node is not split.
    Call,
}

/// One flow: content moves from a door of one node to a door of another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flow {
    pub(super) from: (NodeId, Door),
    pub(super) to: (NodeId, Door),
    /// Guards that stand on it in the plane it was asked for, what the authority cost included.
    pub(super) guards: u32,
    /// Whether it brings the result back.
    pub(super) is_result: bool,
}

/// A flow with its ends as flow nodes, and its guards by name instead of by number.
#[derive(Debug, Clone, Copy)]
pub struct LooseFlow<'e> {
    /// Where content comes from.
    pub from: (NodeId, Side),
    /// Where it goes.
    pub to: (NodeId, Side),
    /// The guards on it, whatever plane they stop. What the authority of the edge cost comes on top.
    pub guards: &'e [GuardId],
    /// Whether it leaves a persistent store.
    pub leaves_persistent: bool,
}

/// The flows that an edge makes in a plane between two nodes as they are given, whatever a spec says of them: of the request, and
/// of the result.
pub fn loose_flows<'e>(
    edge: &'e Edge,
    actor: &Node,
    target: &Node,
    plane: Plane,
) -> [Option<LooseFlow<'e>>; 2] {
    let node = |id: NodeId| if id == edge.from { actor } else { target };
    let loose = |(from, to, guards): Move<'e>| LooseFlow {
        from: (from.0, side(node(from.0), from.1)),
        to: (to.0, side(node(to.0), to.1)),
        guards,
        leaves_persistent: node(from.0).persists,
    };
    legs(edge, target, plane).map(|leg| leg.map(loose))
}

/// Whether a node has two flow nodes: it starts afresh for each caller, or does not carry on what it takes in.
pub fn is_split(node: &Node) -> bool {
    !node.relays || node.isolation == Isolation::PerCall
}

/// Which flow node a door of a node is. On a node that is not split both sides are the same flow node.
pub(super) fn side(node: &Node, door: Door) -> Side {
    let relays = node.relays;
    match door {
        Door::Own => Side::Own,
        Door::Call => Side::Call,
        Door::Into if relays => Side::Own,
        Door::Into => Side::Call,
        Door::Act if relays => Side::Call,
        Door::Act => Side::Own,
    }
}

/// The flows that an edge makes in a plane: none, one, or a request and its result.
pub(super) fn flows(spec: &Spec, edge: &Edge, plane: Plane) -> impl Iterator<Item = Flow> + use<> {
    let cost = |guards: &[GuardId]| count_stopping(spec, guards, plane).saturating_add(edge.extra);
    let flow = |is_result: bool| {
        move |(from, to, guards): Move<'_>| Flow { from, to, guards: cost(guards), is_result }
    };
    let [request, result] = legs(edge, spec.node(edge.to), plane);
    let (request, result) = (request.map(flow(false)), result.map(flow(true)));
    request.into_iter().chain(result)
}

/// From which door to which content moves, and past which guards.
type Move<'e> = ((NodeId, Door), (NodeId, Door), &'e [GuardId]);

/// The request and the result of an edge.
fn legs<'e>(edge: &'e Edge, target: &Node, plane: Plane) -> [Option<Move<'e>>; 2] {
    let request = request_doors(edge, target, plane).map(|(from, to)| (from, to, edge.guards.as_slice()));
    let result = match &edge.returns {
        Returns::Content(guards) if !edge.origin.is_outsider() || plane == Plane::Exposure => {
            let arrives = if edge.origin.is_outsider() { Door::Call } else { Door::Into };
            Some(((edge.to, Door::Own), (edge.from, arrives), guards.as_slice()))
        }
        _ => None,
    };
    [request, result]
}

/// From which door to which door the request leg of an edge (for a read or observe: the hand-over) goes.
fn request_doors(edge: &Edge, to: &Node, plane: Plane) -> Option<((NodeId, Door), (NodeId, Door))> {
    let (actor, target) = (edge.from, edge.to);
    match edge.verb {
        Verb::Write => Some(((actor, Door::Act), (target, Door::Into))),
        Verb::Read => Some(((target, Door::Own), (actor, Door::Into))),
        Verb::Observe => Some(((target, Door::Act), (actor, Door::Into))),
        Verb::Invoke if to.is_authority() => None,
        Verb::Invoke if edge.origin.is_outsider() && plane == Plane::Exposure => None,
        Verb::Invoke => Some(((actor, Door::Act), (target, Door::Call))),
    }
}
