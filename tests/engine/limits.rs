//! The engine on graphs of thousands of nodes, where rows of the closure span several blocks and loops hold others: it says what
//! the naive reference says, whatever the number of threads.

use crate::support::fleets::{Shape, mixed};
use crabwalk::analysis::{
    BlastRadius, Components, CostTable, Gain, Layout, Matrix, MatrixRow, Path, Reachability, Reached, Secret,
    Strength, loops,
};
use crabwalk::graph::{CapabilityGraph, Cost, Edge};
use crabwalk::model::{NodeId, Plane, Spec};
use crabwalk::reference::{self, Reference};
use crabwalk::report::self_check_text;
use crabwalk::verification::{Sample, SelfCheck};
use proptest::prelude::*;

/// More than one block of columns, however the engine cuts its rows into blocks, and no multiple of any.
const NODES: usize = 4_500;

/// Everything that is computed in parallel, of one spec.
#[derive(Debug, PartialEq)]
struct Answers {
    /// For each plane and strength, a digest of sizes and rows, and the number of pairs.
    closures: Vec<(u64, usize)>,
    rows: Vec<MatrixRow>,
    blasts: Vec<Blast>,
    loops: Vec<Vec<NodeId>>,
    edges: Vec<Edge>,
}

/// A blast radius as facts, with its farthest path.
#[derive(Debug, PartialEq)]
struct Blast {
    findings: [Vec<Reached>; 7],
    gains: [Vec<Gain>; 2],
    secrets: Vec<Secret>,
    farthest: Option<Path>,
}

fn blast(graph: &CapabilityGraph, start: NodeId) -> Blast {
    let blast = BlastRadius::compute(graph, &[start], 0);
    let farthest = blast.influenced.last().and_then(|found| blast.influence_path(found.node));
    Blast {
        findings: [
            blast.influenced,
            blast.influenced_guarded,
            blast.footholds,
            blast.residual,
            blast.exposed,
            blast.exposed_guarded,
            blast.sinks,
        ],
        gains: [blast.gained, blast.gained_guarded],
        secrets: blast.secrets,
        farthest,
    }
}

/// The answers, with some rows and blast radii: those of every so many nodes.
fn answers(spec: Spec, step: usize) -> Answers {
    let graph = CapabilityGraph::build(spec);
    let nodes: Vec<NodeId> = graph.spec().node_ids().collect();
    let some: Vec<NodeId> = nodes.iter().copied().step_by(step).collect();
    Answers {
        closures: closures(&graph, Layout::Smallest),
        rows: Matrix::restricted(&graph, some.clone(), &nodes).rows().collect(),
        blasts: some.iter().step_by(8).map(|start| blast(&graph, *start)).collect(),
        loops: loops(&graph),
        edges: graph.edges().to_vec(),
    }
}

fn closures(graph: &CapabilityGraph, layout: Layout) -> Vec<(u64, usize)> {
    let planes = [Plane::Influence, Plane::Exposure];
    let questions = planes.into_iter().flat_map(|plane| [(plane, Strength::Open), (plane, Strength::Any)]);
    questions
        .map(|(plane, strength)| {
            let closure = Reachability::close_as(graph, plane, strength, layout);
            let mut digest = 0;
            for from in graph.spec().node_ids() {
                digest = mix(digest, closure.reach_size(from));
                // All sizes, and every third row in full: enough for any block and any run to show.
                if !from.index().is_multiple_of(3) {
                    continue;
                }
                for to in graph.spec().node_ids().filter(|to| closure.reaches(from, *to)) {
                    digest = mix(digest, to.index());
                }
            }
            (digest, closure.pairs())
        })
        .collect()
}

/// A digest with one number more; the order counts.
fn mix(digest: u64, number: usize) -> u64 {
    (digest.rotate_left(5) ^ number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(work)
}

fn assert_threads_change_nothing(spec: &Spec, step: usize) {
    let one = with_threads(1, || answers(spec.clone(), step));
    let eight = with_threads(8, || answers(spec.clone(), step));
    // Not compared as a whole: what differs would fill the screen.
    assert_eq!(one.closures, eight.closures);
    assert!(one.rows == eight.rows, "rows");
    assert!(one.blasts == eight.blasts, "blast radii");
    assert!(one.loops == eight.loops, "loops");
    assert!(one.edges == eight.edges, "edges");
}

#[test]
fn threads_change_nothing_in_fleets() {
    for (seed, shape) in (1..).zip(Shape::ALL) {
        assert_threads_change_nothing(&mixed(shape, 2_500, seed), 50);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn threads_change_nothing_on_random_specs(text in oracle::generate::spec()) {
        let spec = Spec::from_text("test.yaml", &text).expect("the generator makes valid specs");
        assert_threads_change_nothing(&spec, 1);
    }
}

#[test]
fn a_closure_is_the_same_however_it_is_kept() {
    for (seed, shape) in (21..).zip(Shape::ALL) {
        let graph = CapabilityGraph::build(mixed(shape, 2_500, seed));
        let runs = closures(&graph, Layout::Runs);
        for columns in [64, 512, 2_048, 4_096] {
            assert_eq!(runs, closures(&graph, Layout::Bits(columns)), "{shape:?}, blocks of {columns}");
        }
    }
}

#[test]
fn fleets_get_what_the_reference_says() {
    for (seed, shape) in (11..).zip(Shape::ALL) {
        let graph = CapabilityGraph::build(mixed(shape, NODES, seed));
        let check = SelfCheck::run(&graph, Sample::draw(&graph, 48, seed));
        assert!(check.is_equal(), "{shape:?}: {}", self_check_text(&check));
        assert!(check.filled > 0, "{shape:?}: something is compared");
    }
}

/// All rows of fleets that are small enough for it.
#[test]
fn small_fleets_get_all_that_the_reference_says() {
    for seed in 0..10 {
        for shape in Shape::ALL {
            let graph = CapabilityGraph::build(mixed(shape, 150, 100 + seed));
            let check = SelfCheck::run(&graph, Sample::all(&graph));
            assert!(check.is_equal(), "{shape:?} {seed}: {}", self_check_text(&check));
        }
    }
}

/// The table of all costs says of some rows what the reference says.
fn assert_costs(graph: &CapabilityGraph, step: usize, what: &str) {
    let reference = Reference::new(graph.spec());
    let plain =
        |cost: reference::Cost| Cost { guards: cost.guards, sessions: cost.sessions, hops: cost.hops };
    for plane in [Plane::Influence, Plane::Exposure] {
        let table = CostTable::compute(graph, plane);
        for from in graph.spec().node_ids().step_by(step) {
            let wanted: Vec<Option<Cost>> =
                reference.reached(plane, from).into_iter().map(|cost| cost.map(plain)).collect();
            let found: Vec<Option<Cost>> = graph.spec().node_ids().map(|to| table.cost(from, to)).collect();
            assert!(wanted == found, "{what}: {plane} of {}", graph.spec().node_name(from));
        }
    }
}

#[test]
fn a_table_of_costs_has_what_the_reference_says() {
    for (seed, shape) in (31..).zip(Shape::ALL) {
        let graph = CapabilityGraph::build(mixed(shape, 2_500, seed));
        assert_costs(&graph, 97, &format!("{shape:?}"));
        let graph = CapabilityGraph::build(mixed(shape, 150, seed));
        assert_costs(&graph, 1, &format!("a small {shape:?}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_of_costs_has_what_the_reference_says_on_random_specs(text in oracle::generate::spec()) {
        let spec = Spec::from_text("test.yaml", &text).expect("the generator makes valid specs");
        assert_costs(&CapabilityGraph::build(spec), 1, &text);
    }
}

/// The fleets are as hard as they are meant to be.
#[test]
fn fleets_have_layers_loops_and_authority() {
    for shape in Shape::ALL {
        let graph = CapabilityGraph::build(mixed(shape, NODES, 5));
        let components = Components::find(graph.flows(), Plane::Influence, Strength::Any).len();
        let loops = loops(&graph);
        let largest = loops.iter().map(Vec::len).max().unwrap_or(0);
        let figures = format!(
            "{shape:?}: {components} components, {} loops, {largest} in the largest, {} derived edges",
            loops.len(),
            graph.derived_count()
        );
        let hard = match shape {
            Shape::Layered | Shape::Chain => components > 4_096 && loops.is_empty(),
            Shape::Teams => loops.len() > 200 && components > 1_000,
            Shape::Hub => largest > 500,
            Shape::Random => largest > 500 && components > 500,
            Shape::Loop => !loops.is_empty() && components > 2_048,
        };
        println!("{figures}");
        assert!(hard, "{figures}");
        let secrets = matches!(shape, Shape::Teams | Shape::Loop | Shape::Random);
        assert!(!secrets || graph.derived_count() > 100, "{figures}");
        let guarded = graph.spec().edges.iter().filter(|edge| !edge.guards.is_empty()).count();
        assert!(guarded * 4 > graph.spec().edges.len(), "{figures}");
    }
}
