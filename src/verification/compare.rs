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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Matrix;
    use crate::graph::CapabilityGraph;
    use crate::reference::Reference;
    use crate::spec::{GuardId, Spec};
    use crate::verification::engine;

    /// Every construct of derived authority, guards of both planes, stores and people.
    const SPEC: &str = include_str!("../../tests/conformance/secrets.yaml");

    fn graph() -> CapabilityGraph {
        CapabilityGraph::build(Spec::from_text("secrets.yaml", SPEC).unwrap())
    }

    /// Tampers with every cell of every engine row in one way, and expects the one difference that this makes, each time.
    fn assert_found(tamper: impl Fn(&mut Cell), subject: impl Fn(NodeId, NodeId) -> Subject) {
        let graph = graph();
        let reference = Reference::new(graph.spec());
        let mut tampered = 0;
        for row in Matrix::new(&graph).rows() {
            let (honest, wanted) = (engine::row(&row), reference.row(row.from));
            assert!(rows(&honest, &wanted).is_empty());
            for at in 0..honest.cells.len() {
                let mut lie = honest.clone();
                tamper(&mut lie.cells[at]);
                let found = rows(&lie, &wanted);
                assert_eq!(found.count, 1);
                assert_eq!(found.first[0].subject, subject(row.from, honest.cells[at].to));
                assert_ne!(found.first[0].engine, found.first[0].reference);
                tampered += 1;
            }
        }
        assert!(tampered > 50, "{tampered} cells");
    }

    #[test]
    fn a_verb_that_is_lost_or_made_up_is_found() {
        for &verb in Verb::ALL {
            let at = verb as usize;
            let turn = |slot: &mut Option<u32>| *slot = if slot.is_some() { None } else { Some(0) };
            assert_found(|cell| turn(&mut cell.direct[at]), |from, to| Subject::Direct { from, to, verb });
            assert_found(|cell| turn(&mut cell.acts[at]), |from, to| Subject::Acts { from, to, verb });
        }
    }

    #[test]
    fn a_guard_too_many_is_found() {
        let more = |slot: &mut Option<u32>| *slot = Some(slot.map_or(7, |guards| guards + 1));
        for &verb in Verb::ALL {
            let at = verb as usize;
            assert_found(|cell| more(&mut cell.direct[at]), |from, to| Subject::Direct { from, to, verb });
            assert_found(|cell| more(&mut cell.acts[at]), |from, to| Subject::Acts { from, to, verb });
        }
    }

    #[test]
    fn a_path_that_is_lost_made_up_or_a_little_longer_is_found() {
        let turn =
            |cost: &mut Option<Cost>| *cost = if cost.is_some() { None } else { Some(Cost::default()) };
        let grow: [fn(&mut Cost); 3] =
            [|cost| cost.guards += 1, |cost| cost.sessions += 1, |cost| cost.hops += 1];
        let influence = |from, to| Subject::Best { plane: Plane::Influence, from, to };
        let exposure = |from, to| Subject::Best { plane: Plane::Exposure, from, to };
        assert_found(|cell| turn(&mut cell.influence), influence);
        assert_found(|cell| turn(&mut cell.exposure), exposure);
        for part in grow {
            assert_found(|cell| part(cell.influence.get_or_insert_default()), influence);
            assert_found(|cell| part(cell.exposure.get_or_insert_default()), exposure);
        }
    }

    #[test]
    fn a_cell_that_is_left_out_or_put_elsewhere_is_found() {
        let graph = graph();
        let reference = Reference::new(graph.spec());
        for row in Matrix::new(&graph).rows().filter(|row| !row.cells.is_empty()) {
            let wanted = reference.row(row.from);
            let mut without = engine::row(&row);
            let lost = without.cells.pop().unwrap();
            let found = rows(&without, &wanted);
            assert!(found.count > 0);
            assert!(found.first.iter().all(|difference| difference.engine == Answer::Nothing));
            without.cells.push(Cell { to: row.from, ..lost });
            assert_eq!(rows(&without, &wanted).count, 2 * found.count, "what is lost there is made up here");
        }
    }

    #[test]
    fn a_derived_edge_that_is_lost_made_up_or_cheaper_is_found() {
        let graph = graph();
        let (engine, reference) = (engine::derived(&graph), Reference::new(graph.spec()));
        let reference = reference.derived();
        assert!(derived(&engine, reference).is_empty());
        assert!(engine.len() > 5);
        type Tamper = fn(&mut Vec<Edge>, usize);
        let tampers: [(Tamper, usize); 5] = [
            (|edges, at| drop(edges.remove(at)), 1),
            (|edges, at| edges.push(edges[at].clone()), 1),
            (|edges, at| edges[at].extra += 1, 1),
            (|edges, at| edges[at].outsider = !edges[at].outsider, 2),
            (|edges, at| edges[at].guards.push(GuardId::new(3)), 2),
        ];
        for at in 0..engine.len() {
            for (tamper, differences) in tampers {
                let mut lie = engine.clone();
                tamper(&mut lie, at);
                assert_eq!(derived(&lie, reference).count, differences);
            }
        }
    }

    #[test]
    fn a_closure_that_lies_about_one_pair_is_found() {
        let graph = graph();
        let reference = Reference::new(graph.spec());
        for (plane, strength) in [(Plane::Influence, Strength::Open), (Plane::Exposure, Strength::Any)] {
            for from in graph.spec().node_ids() {
                let wanted = reference.reached(plane, from);
                let there = |to: NodeId| {
                    wanted[to.index()].is_some_and(|cost| strength == Strength::Any || cost.guards == 0)
                };
                let size = graph.spec().node_ids().filter(|to| there(*to)).count();
                for lie in graph.spec().node_ids() {
                    let connects = |to| there(to) != (to == lie);
                    let (_, found) = reach(&Reach { plane, strength, from, connects, size }, &wanted);
                    let subject = Subject::Reaches { plane, strength, from, to: lie };
                    assert_eq!((found.count, &found.first[0].subject), (1, &subject));
                }
                let (counted, found) =
                    reach(&Reach { plane, strength, from, connects: there, size: size + 1 }, &wanted);
                assert_eq!((counted, found.count), (size, 1));
                assert_eq!(found.first[0].subject, Subject::ReachSize { plane, strength, from });
            }
        }
    }
}
