//! Where a way begins in the row's node and where it ends in the column's, as places of the flow graph: so that what can be had
//! done is a path like any other, with one guarded step more.

use crate::graph::{CapabilityGraph, Cost, Direction, EdgeId, FlowNode};
use crate::model::{NodeId, Plane, Way};

/// An end of a way: standing there, so many guards have to fail yet.
#[derive(Debug, Clone, Copy)]
pub(in crate::analysis) struct WayEnd {
    pub(in crate::analysis) door: FlowNode,
    pub(super) guards: u32,
    /// The edge by which something is done then.
    pub(super) act: Option<EdgeId>,
}

/// Along which arrows a way is followed from its row.
pub(super) fn direction(way: Way) -> Direction {
    match way {
        Way::Exposure => Direction::Reverse,
        _ => Direction::Forward,
    }
}

/// The other way round.
pub(in crate::analysis) fn backwards(way: Way) -> Direction {
    match direction(way) {
        Direction::Forward => Direction::Reverse,
        Direction::Reverse => Direction::Forward,
    }
}

/// Where a way begins.
pub(in crate::analysis) fn start(graph: &CapabilityGraph, way: Way, row: NodeId) -> FlowNode {
    match way {
        Way::Exposure => graph.flows().reached(row),
        _ => graph.flows().start(Plane::Influence, row),
    }
}

/// Where a way ends: for content at one door; for what is had done, where everyone who does it acts from.
pub(in crate::analysis) fn ends(graph: &CapabilityGraph, way: Way, column: NodeId) -> Vec<WayEnd> {
    let flows = graph.flows();
    let Some(verb) = way.verb() else {
        let door = match way {
            Way::Exposure => flows.start(Plane::Exposure, column),
            _ => flows.reached(column),
        };
        return vec![WayEnd { door, guards: 0, act: None }];
    };
    let means = graph.means_on(column).filter(|means| means.verb == verb);
    let mut ends: Vec<WayEnd> =
        means.map(|means| WayEnd { door: means.door, guards: means.guards, act: Some(means.edge) }).collect();
    ends.sort_unstable_by_key(|end| end.act);
    ends
}

/// What it costs to come to an end and to do there what is done, by a search from the row.
pub(in crate::analysis) fn whole(cost: Cost, end: WayEnd) -> Cost {
    cost + Cost { guards: end.guards, ..Cost::ZERO }
}
