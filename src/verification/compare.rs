//! Two rows, two sets of derived edges, two closures → their differences. Knows nothing of where either came from.

use std::collections::BTreeMap;

use super::difference::{Answer, Derived, Differences, Subject};
use crate::analysis::Strength;
use crate::reference::{Cell, Cost, Edge, Row};
use crate::spec::{NodeId, Plane, Verb};

/// Every cell of one node's row in all four questions; a cell that one side leaves out is blank there.
pub(super) fn rows(engine: &Row, reference: &Row) -> Differences {
    let from = reference.from;
    let mut cells: BTreeMap<NodeId, [Option<&Cell>; 2]> = BTreeMap::new();
    for (side, row) in [engine, reference].into_iter().enumerate() {
        for cell in &row.cells {
            cells.entry(cell.to).or_default()[side] = Some(cell);
        }
    }
    let mut differences = Differences::default();
    for (to, sides) in cells {
        let [engine, reference] = sides.map(|cell| cell.cloned().unwrap_or_else(|| Cell::blank(to)));
        compare_cells(&mut differences, from, &engine, &reference);
    }
    differences
}

fn compare_cells(differences: &mut Differences, from: NodeId, engine: &Cell, reference: &Cell) {
    let to = reference.to;
    for &verb in Verb::ALL {
        let (one, other) = (engine.direct[verb as usize], reference.direct[verb as usize]);
        differences.ask(one.into(), other.into(), || Subject::Direct { from, to, verb });
        let (one, other) = (engine.acts[verb as usize], reference.acts[verb as usize]);
        differences.ask(one.into(), other.into(), || Subject::Acts { from, to, verb });
    }
    let planes = [
        (Plane::Influence, engine.influence, reference.influence),
        (Plane::Exposure, engine.exposure, reference.exposure),
    ];
    for (plane, one, other) in planes {
        differences.ask(one.into(), other.into(), || Subject::Best { plane, from, to });
    }
}

/// The derived edges as sets, each with its extra. The same edge twice is a difference too.
pub(super) fn derived(engine: &[Edge], reference: &[Edge]) -> Differences {
    let mut edges: BTreeMap<Derived, [Vec<u32>; 2]> = BTreeMap::new();
    for (side, found) in [engine, reference].into_iter().enumerate() {
        for edge in found {
            edges.entry(Derived::from(edge)).or_default()[side].push(edge.extra);
        }
    }
    let answer = |extras: &[u32]| match extras {
        [] => Answer::Nothing,
        [extra] => Answer::Guards(*extra),
        many => Answer::Count(many.len()),
    };
    let mut differences = Differences::default();
    for (edge, [engine, reference]) in edges {
        differences.ask(answer(&engine), answer(&reference), || Subject::Derived(edge));
    }
    differences
}

/// What a closure says of one node.
pub(super) struct Reach<Connects> {
    pub(super) plane: Plane,
    pub(super) strength: Strength,
    pub(super) from: NodeId,
    /// Whether its content comes to another node.
    pub(super) connects: Connects,
    /// To how many it comes.
    pub(super) size: usize,
}

/// What a closure says of one node's reach, against the costs by node of the reference; and how many nodes the reference reaches.
pub(super) fn reach(
    engine: &Reach<impl Fn(NodeId) -> bool>,
    reference: &[Option<Cost>],
) -> (usize, Differences) {
    let &Reach { plane, strength, from, .. } = engine;
    let mut differences = Differences::default();
    let mut size = 0;
    for (to, cost) in reference.iter().enumerate().map(|(at, cost)| (NodeId::new(at), cost)) {
        let there = cost.is_some_and(|cost| strength == Strength::Any || cost.guards == 0);
        size += usize::from(there);
        let connected = (engine.connects)(to);
        differences.ask(connected.into(), there.into(), || Subject::Reaches { plane, strength, from, to });
    }
    let sizes = (Answer::Count(engine.size), Answer::Count(size));
    differences.ask(sizes.0, sizes.1, || Subject::ReachSize { plane, strength, from });
    (size, differences)
}
