//! Two rows, two sets of derived edges, two closures → their differences. Knows nothing of where either came from.

use std::collections::BTreeMap;

use super::difference::{Answer, Counted, Derived, Differences, Subject};
use crate::analysis::Strength;
use crate::model::{NodeId, Plane, Verb};
use crate::reference::{Cell, Cost, Edge, Row};

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
    let (one, other) = (engine.steered, reference.steered);
    differences.ask(one.into(), other.into(), || Subject::Steered { from, to });
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

/// What is asked about the reach of one node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) plane: Plane,
    pub(super) strength: Strength,
    pub(super) node: NodeId,
}

impl Asked {
    /// Whether a path with this cost counts.
    fn counts(self, cost: Option<Cost>) -> bool {
        cost.is_some_and(|cost| self.strength == Strength::Any || cost.guards == 0)
    }

    /// How many paths of the reference count.
    pub(super) fn size(self, reference: &[Option<Cost>]) -> usize {
        reference.iter().filter(|cost| self.counts(**cost)).count()
    }
}

/// To whom a closure lets content of a node come, against the reference's costs by node.
pub(super) fn reaches(
    asked: Asked,
    connects: impl Fn(NodeId) -> bool,
    reference: &[Option<Cost>],
) -> Differences {
    let Asked { plane, strength, node: from } = asked;
    let mut differences = Differences::default();
    for (to, cost) in reference.iter().enumerate().map(|(at, cost)| (NodeId::new(at), *cost)) {
        let subject = || Subject::Reaches { plane, strength, from, to };
        differences.ask(connects(to).into(), asked.counts(cost).into(), subject);
    }
    differences
}

/// How many others a part of the engine counts, against the reference's costs by node.
pub(super) fn size(asked: Asked, counted: Counted, engine: usize, reference: &[Option<Cost>]) -> Differences {
    let Asked { plane, strength, node } = asked;
    let mut differences = Differences::default();
    let (engine, reference) = (Answer::Count(engine), Answer::Count(asked.size(reference)));
    differences.ask(engine, reference, || Subject::Size { counted, plane, strength, node });
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Matrix;
    use crate::graph::CapabilityGraph;
    use crate::model::{GuardId, Spec};
    use crate::reference::Reference;
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
        let steered = |from, to| Subject::Steered { from, to };
        assert_found(|cell| turn(&mut cell.influence), influence);
        assert_found(|cell| turn(&mut cell.steered), steered);
        assert_found(|cell| turn(&mut cell.exposure), exposure);
        for part in grow {
            assert_found(|cell| part(cell.influence.get_or_insert_default()), influence);
            assert_found(|cell| part(cell.steered.get_or_insert_default()), steered);
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
    fn a_closure_that_lies_about_one_pair_and_a_size_off_by_one_are_found() {
        let graph = graph();
        let reference = Reference::new(graph.spec());
        for (plane, strength) in [(Plane::Influence, Strength::Open), (Plane::Exposure, Strength::Any)] {
            for node in graph.spec().node_ids() {
                let asked = Asked { plane, strength, node };
                let wanted = reference.reached(plane, node);
                for lie in graph.spec().node_ids() {
                    let connects = |to: NodeId| asked.counts(wanted[to.index()]) != (to == lie);
                    let found = reaches(asked, connects, &wanted);
                    let subject = Subject::Reaches { plane, strength, from: node, to: lie };
                    assert_eq!((found.count, &found.first[0].subject), (1, &subject));
                }
                let right = asked.size(&wanted);
                for counted in [Counted::Closure, Counted::Reached, Counted::Reaching] {
                    assert!(size(asked, counted, right, &wanted).is_empty());
                    let found = size(asked, counted, right + 1, &wanted);
                    let subject = Subject::Size { counted, plane, strength, node };
                    assert_eq!((found.count, &found.first[0].subject), (1, &subject));
                }
            }
        }
    }
}
