//! What an edge moves, in one place: the flows that each verb makes between the doors of two nodes.
//!
//! Everything that is reachable in this project is reachable over these flows and nothing else.

use super::doors::{Door, Side, is_kept, side};
use super::edge::{Edge, count_stopping};
use crate::model::{GuardId, Node, NodeId, Plane, Returns, Spec, Verb};

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

/// A flow with its ends as sides of nodes, and its guards by name instead of by number.
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

/// The most flows that an edge makes in a plane.
const MOST: usize = 3;

/// The flows that an edge makes in a plane between two nodes as they are given, whatever a spec says of them.
pub fn loose_flows<'e>(
    edge: &'e Edge,
    actor: &Node,
    target: &Node,
    plane: Plane,
) -> [Option<LooseFlow<'e>>; MOST] {
    let node = |id: NodeId| if id == edge.from { actor } else { target };
    let loose = |(from, to, guards): Move<'e>| LooseFlow {
        from: (from.0, side(node(from.0), from.1)),
        to: (to.0, side(node(to.0), to.1)),
        guards,
        leaves_persistent: node(from.0).persists,
    };
    legs(edge, actor, target, plane).map(|leg| leg.map(loose))
}

/// The flows that an edge makes in a plane: none, one or two hand-overs, or a request and its result.
pub(super) fn flows(spec: &Spec, edge: &Edge, plane: Plane) -> impl Iterator<Item = Flow> + use<> {
    let cost = |guards: &[GuardId]| count_stopping(spec, guards, plane).saturating_add(edge.extra);
    let flow = |is_result: bool| {
        move |(from, to, guards): Move<'_>| Flow { from, to, guards: cost(guards), is_result }
    };
    let [one, other, result] = legs(edge, spec.node(edge.from), spec.node(edge.to), plane);
    let handed = [one.map(flow(false)), other.map(flow(false)), result.map(flow(true))];
    handed.into_iter().flatten()
}

/// From which door to which content moves, and past which guards.
type Move<'e> = ((NodeId, Door), (NodeId, Door), &'e [GuardId]);

/// The hand-overs of an edge, and its result last.
fn legs<'e>(edge: &'e Edge, actor: &Node, target: &Node, plane: Plane) -> [Option<Move<'e>>; MOST] {
    let handed = hand_overs(edge, actor, target, plane);
    let [one, other] = handed.map(|doors| doors.map(|(from, to)| (from, to, edge.guards.as_slice())));
    let result = match &edge.returns {
        Returns::Content(guards) if !edge.origin.is_outsider() || plane == Plane::Exposure => {
            // An outsider's result is learned and goes no further, but a passive tool answers with it.
            let ends = edge.origin.is_outsider() && !actor.is_passive();
            let arrives = if ends { Door::Call } else { Door::Into };
            Some(((edge.to, Door::Own), (edge.from, arrives), guards.as_slice()))
        }
        _ => None,
    };
    [one, other, result]
}

/// From which door to which door a hand-over goes.
type Doors = ((NodeId, Door), (NodeId, Door));

/// The request of an edge or, for a write, read or observe, what it hands over.
fn hand_overs(edge: &Edge, from: &Node, to: &Node, plane: Plane) -> [Option<Doors>; 2] {
    let (actor, target) = (edge.from, edge.to);
    // Each call of the agent keeps to its own part of the store, and what it brings along comes from what is in every part.
    let by_part = to.partitioned && from.is_per_call_agent();
    match edge.verb {
        Verb::Write if by_part => [Door::Own, Door::Call].map(|door| Some(((actor, door), (target, door)))),
        Verb::Write => [Some(((actor, Door::Act), (target, Door::Into))), None],
        Verb::Read if is_kept(edge.verb, from, to) => {
            [Some(((target, Door::Own), (actor, Door::Keep))), None]
        }
        Verb::Read if by_part => [Door::Own, Door::Call].map(|door| Some(((target, door), (actor, door)))),
        Verb::Read => {
            let has = if to.partitioned { Door::Call } else { Door::Own };
            [Some(((target, has), (actor, Door::Into))), None]
        }
        // Of a node whose own content is in its calls, what an observer sees of these is all.
        Verb::Observe => {
            let beside = to.is_passive().then_some(((target, Door::Own), (actor, Door::Into)));
            [Some(((target, Door::Act), (actor, Door::Into))), beside]
        }
        Verb::Invoke if to.is_authority() => [None, None],
        Verb::Invoke if edge.origin.is_outsider() && plane == Plane::Exposure => [None, None],
        Verb::Invoke => [Some(((actor, Door::Act), (target, Door::Call))), None],
    }
}
