//! One row or one column of the matrix, question by question: who gets at whom, and behind how many guards.

use super::ends::{direction, ends, start, whole};
use crate::graph::{CapabilityGraph, Cost, Direction, Search};
use crate::spec::{NodeId, Way};

/// What the holder of a node gets in one way: the others with the guards that have to fail, in node order.
#[must_use]
pub fn row_of(graph: &CapabilityGraph, way: Way, row: NodeId) -> Vec<(NodeId, u32)> {
    let flows = graph.flows();
    let mut search = Search::new(flows);
    search.run(flows, way.plane(), direction(way), [(start(graph, way, row), Cost::ZERO)]);
    let others = flows.nodes().filter(|node| *node != row);
    let best = others.filter_map(|column| {
        let ends = ends(graph, way, column).into_iter();
        let least = ends.filter_map(|end| Some(whole(search.cost(end.door)?, end))).min()?;
        Some((column, least.guards))
    });
    best.collect()
}

/// Who gets at a node in one way: the others with the guards that have to fail, in node order. One search backwards.
#[must_use]
pub fn column_of(graph: &CapabilityGraph, way: Way, column: NodeId) -> Vec<(NodeId, u32)> {
    let flows = graph.flows();
    let backwards = match direction(way) {
        Direction::Forward => Direction::Reverse,
        Direction::Reverse => Direction::Forward,
    };
    let ends = ends(graph, way, column).into_iter();
    let mut search = Search::new(flows);
    search.run(flows, way.plane(), backwards, ends.map(|end| (end.door, whole(Cost::ZERO, end))));
    let others = flows.nodes().filter(|node| *node != column);
    others.filter_map(|row| Some((row, search.cost(start(graph, way, row))?.guards))).collect()
}
