//! Bounded work, stack and memory: long chains, wide hubs and dense graphs neither recurse nor blow up. Results and peaks of
//! memory are asserted, never times.
//!
//! Each test runs in a process of its own, which tells its peak at the end; so one does not hide behind another, and one that
//! overflows its stack takes no other with it. The bounds are what the work needs with about half as much again on top.

use crate::support::bounded::in_megabytes;
use crate::support::fleets::{agent, edge, spec};
use crabwalk::analysis::{BlastRadius, Components, Matrix, ReachSizes, Reachability, Strength, loops};
use crabwalk::graph::{CapabilityGraph, Direction};
use crabwalk::model::{Edge, NodeId, Plane, Spec, Verb};
use crabwalk::reference::Reference;
use crabwalk::verification::{Sample, SelfCheck};

/// Agents `n0`, `n1`, … with these edges.
fn agents(nodes: usize, edges: impl Iterator<Item = Edge>) -> Spec {
    spec((0..nodes).map(|_| agent()), edges.collect())
}

/// Each writes to the next.
fn chain(nodes: usize) -> Spec {
    agents(nodes, (1..nodes).map(|to| edge(to - 1, Verb::Write, to)))
}

#[test]
fn a_chain_of_a_million_nodes() {
    const LENGTH: usize = 1_000_000;
    in_megabytes(1_200, "scale::a_chain_of_a_million_nodes", || {
        let graph = CapabilityGraph::build(chain(LENGTH));
        let components = Components::find(graph.flows(), Plane::Influence, Strength::Any);
        assert_eq!(components.len(), LENGTH);
        assert!(loops(&graph).is_empty());
        let blast = BlastRadius::compute(&graph, &[NodeId::new(0)], 0);
        assert_eq!(blast.influenced.len(), LENGTH - 1);
        let path = blast.influence_path(NodeId::new(LENGTH - 1)).expect("the end of the chain is reached");
        assert_eq!(path.hops.len(), LENGTH - 1);
        let last = NodeId::new(LENGTH - 1);
        let row = Matrix::restricted(&graph, vec![last], &[NodeId::new(0)]).rows().next().expect("one row");
        assert_eq!(row.cells[0].exposure.map(|cost| cost.hops as usize), Some(LENGTH - 1));
    });
}

/// Sizes and closure of a million: as runs of components a chain's closure is small.
#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation: cargo test --release")]
fn the_reach_of_a_chain_of_a_million_nodes() {
    const LENGTH: usize = 1_000_000;
    in_megabytes(950, "scale::the_reach_of_a_chain_of_a_million_nodes", || {
        let graph = CapabilityGraph::build(chain(LENGTH));
        let count = |direction| ReachSizes::count(&graph, Plane::Influence, Strength::Any, direction);
        let (reached, reaching) = (count(Direction::Forward), count(Direction::Reverse));
        let closure = Reachability::close(&graph, Plane::Influence, Strength::Any);
        for at in [0, 1, LENGTH / 2, LENGTH - 1] {
            let node = NodeId::new(at);
            assert_eq!((reached.of(node), reaching.of(node)), (LENGTH - 1 - at, at));
            assert_eq!(closure.reach_size(node), LENGTH - 1 - at);
        }
        assert!(closure.reaches(NodeId::new(0), NodeId::new(LENGTH - 1)));
        assert!(!closure.reaches(NodeId::new(LENGTH - 1), NodeId::new(0)));
        let pairs = LENGTH * (LENGTH - 1) / 2;
        assert_eq!(
            (closure.pairs(), reached.total() as usize, reaching.total() as usize),
            (pairs, pairs, pairs)
        );
    });
}

#[test]
fn the_closure_of_a_long_chain() {
    const LENGTH: usize = 20_000;
    in_megabytes(30, "scale::the_closure_of_a_long_chain", || {
        let graph = CapabilityGraph::build(chain(LENGTH));
        let closure = Reachability::close(&graph, Plane::Influence, Strength::Any);
        assert!(closure.reaches(NodeId::new(0), NodeId::new(LENGTH - 1)));
        assert!(!closure.reaches(NodeId::new(1), NodeId::new(0)));
        assert_eq!(closure.reach_size(NodeId::new(LENGTH - 10)), 9);
    });
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation: cargo test --release")]
fn the_reference_on_a_long_chain() {
    const LENGTH: usize = 300_000;
    in_megabytes(570, "scale::the_reference_on_a_long_chain", || {
        let spec = chain(LENGTH);
        let reference = Reference::new(&spec);
        let row = reference.row(NodeId::new(0));
        assert_eq!(row.cells.len(), LENGTH - 1);
        assert_eq!(row.cells[LENGTH - 2].influence.map(|cost| cost.hops as usize), Some(LENGTH - 1));
    });
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation: cargo test --release")]
fn a_hub_with_a_million_spokes() {
    const SPOKES: usize = 1_000_000;
    in_megabytes(1_500, "scale::a_hub_with_a_million_spokes", || {
        let both = |spoke| [edge(0, Verb::Write, spoke), edge(spoke, Verb::Write, 0)];
        let graph = CapabilityGraph::build(agents(SPOKES + 1, (1..=SPOKES).flat_map(both)));
        let components = Components::find(graph.flows(), Plane::Influence, Strength::Open);
        assert_eq!(components.len(), 1);
        let blast = BlastRadius::compute(&graph, &[NodeId::new(SPOKES)], 0);
        assert_eq!(blast.influenced.len(), SPOKES);
        assert!(blast.influenced.iter().all(|found| found.cost.hops <= 2));
        let closure = Reachability::close(&graph, Plane::Exposure, Strength::Open);
        assert_eq!(closure.reach_size(NodeId::new(7)), SPOKES);
        assert_eq!(closure.pairs(), SPOKES * (SPOKES + 1));
        let sizes = ReachSizes::count(&graph, Plane::Influence, Strength::Open, Direction::Reverse);
        assert_eq!(sizes.total(), SPOKES as u64 * (SPOKES as u64 + 1));
    });
}

/// Every pair of 3,000 by one invoke that answers: nine million flows in each plane.
#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation: cargo test --release")]
fn a_complete_graph() {
    const NODES: usize = 3_000;
    in_megabytes(2_100, "scale::a_complete_graph", || {
        let pairs = (0..NODES).flat_map(|from| (from + 1..NODES).map(move |to| edge(from, Verb::Invoke, to)));
        let graph = CapabilityGraph::build(agents(NODES, pairs));
        for (plane, strength) in [(Plane::Influence, Strength::Open), (Plane::Exposure, Strength::Any)] {
            let closure = Reachability::close(&graph, plane, strength);
            assert_eq!(closure.pairs(), NODES * (NODES - 1));
        }
        assert_eq!(loops(&graph).iter().map(Vec::len).collect::<Vec<_>>(), [NODES]);
        let (all, some) =
            (graph.spec().node_ids().collect::<Vec<_>>(), vec![NodeId::new(0), NodeId::new(2_999)]);
        for row in Matrix::restricted(&graph, some, &all).rows() {
            assert_eq!(row.cells.len(), NODES - 1);
            assert!(row.cells.iter().all(|cell| cell.influence.is_some_and(|cost| cost.hops == 1)));
            assert!(row.cells.iter().all(|cell| cell.exposure.is_some_and(|cost| cost.hops == 1)));
        }
    });
}

/// Every cell of a complete graph that is small enough to have them all.
#[test]
fn all_rows_of_a_complete_graph() {
    const NODES: usize = 300;
    in_megabytes(60, "scale::all_rows_of_a_complete_graph", || {
        let pairs = (0..NODES).flat_map(|from| (0..NODES).map(move |to| (from, to)));
        let pairs = pairs.filter(|(from, to)| from != to).map(|(from, to)| edge(from, Verb::Write, to));
        let graph = CapabilityGraph::build(agents(NODES, pairs));
        let cells: usize = Matrix::new(&graph).rows().map(|row| row.cells.len()).sum();
        assert_eq!(cells, NODES * (NODES - 1));
    });
}

#[test]
fn an_empty_topology() {
    // Most of it is the program itself, which is larger without optimisation.
    in_megabytes(16, "scale::an_empty_topology", || {
        let graph = CapabilityGraph::build(agents(0, std::iter::empty()));
        assert_eq!(Matrix::new(&graph).rows().count(), 0);
        for (plane, strength) in [(Plane::Influence, Strength::Open), (Plane::Exposure, Strength::Any)] {
            assert_eq!(Reachability::close(&graph, plane, strength).pairs(), 0);
            assert!(Components::find(graph.flows(), plane, strength).is_empty());
        }
        assert!(loops(&graph).is_empty());
        assert!(BlastRadius::compute(&graph, &[], 0).influenced.is_empty());
        assert!(SelfCheck::run(&graph, Sample::draw(&graph, 32, 0)).is_equal());
        assert!(SelfCheck::run(&graph, Sample::all(&graph)).is_equal());
    });
}
