//! Bounded work and bounded stack: long chains, wide hubs and dense graphs neither recurse nor blow up. Results are asserted,
//! never times.

use crabwalk::analysis::{BlastRadius, Components, Matrix, Reachability, Strength};
use crabwalk::graph::CapabilityGraph;
use crabwalk::spec::{
    Edge, Isolation, Node, NodeId, NodeKind, Place, Plane, Returns, Sensitivity, SourceFile, Spec, Verb, Via,
};

const PLACE: Place = Place { file: 0, start: 0, len: 0 };

fn agent() -> Node {
    Node {
        kind: NodeKind::Agent,
        declared_kind: None,
        zone: None,
        description: None,
        tags: Vec::new(),
        critical: false,
        sensitivity: Sensitivity::Internal,
        isolation: Isolation::Shared,
        relays: true,
        persists: false,
        untrusted: false,
        egress: false,
        general: false,
        opens: Vec::new(),
        declared: serde_json::Map::new(),
        place: PLACE,
    }
}

/// Agents `a0`, `a1`, … where each pair (from, to) is a write.
fn writes(nodes: usize, edges: impl Iterator<Item = (usize, usize)>) -> CapabilityGraph {
    let edge = |(from, to)| Edge {
        from: NodeId::new(from),
        verb: Verb::Write,
        to: NodeId::new(to),
        guards: Vec::new(),
        returns: Returns::Nothing,
        role: None,
        logged: true,
        note: None,
        via: Via::Name,
        place: PLACE,
    };
    CapabilityGraph::build(Spec {
        name: "synthetic".to_owned(),
        description: None,
        zones: indexmap::IndexMap::new(),
        guards: indexmap::IndexMap::new(),
        nodes: (0..nodes).map(|index| (format!("a{index}"), agent())).collect(),
        edges: edges.map(edge).collect(),
        files: vec![SourceFile::new("synthetic.yaml", String::new())],
    })
}

/// Runs a test on a thread with a 2 MB stack, and work it spawns on threads with as much.
fn on_a_small_stack(test: impl FnOnce() + Send) {
    const STACK: usize = 2 << 20;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().expect("threads");
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        let thread = builder.spawn_scoped(scope, || pool.install(test)).expect("a thread");
        thread.join().expect("the test holds");
    });
}

#[test]
fn a_chain_of_a_million_nodes() {
    const LENGTH: usize = 1_000_000;
    on_a_small_stack(|| {
        let graph = writes(LENGTH, (1..LENGTH).map(|to| (to - 1, to)));
        let components = Components::find(graph.flows(), Plane::Influence, Strength::Any);
        assert_eq!(components.len(), LENGTH);
        let blast = BlastRadius::compute(&graph, &[NodeId::new(0)], 0);
        assert_eq!(blast.influenced.len(), LENGTH - 1);
        let path = blast.influence_path(NodeId::new(LENGTH - 1)).expect("the end of the chain is reached");
        assert_eq!(path.hops.len(), LENGTH - 1);
    });
}

#[test]
fn the_closure_of_a_long_chain() {
    const LENGTH: usize = 20_000;
    on_a_small_stack(|| {
        let graph = writes(LENGTH, (1..LENGTH).map(|to| (to - 1, to)));
        let closure = Reachability::close(&graph, Plane::Influence, Strength::Any);
        assert!(closure.reaches(NodeId::new(0), NodeId::new(LENGTH - 1)));
        assert!(!closure.reaches(NodeId::new(1), NodeId::new(0)));
        assert_eq!(closure.reach_size(NodeId::new(LENGTH - 10)), 9);
    });
}

#[test]
fn a_hub_with_many_spokes() {
    const SPOKES: usize = 200_000;
    on_a_small_stack(|| {
        let graph = writes(SPOKES + 1, (1..=SPOKES).flat_map(|spoke| [(0, spoke), (spoke, 0)]));
        let components = Components::find(graph.flows(), Plane::Influence, Strength::Open);
        assert_eq!(components.len(), 1);
        let blast = BlastRadius::compute(&graph, &[NodeId::new(SPOKES)], 0);
        assert_eq!(blast.influenced.len(), SPOKES);
        assert!(blast.influenced.iter().all(|found| found.cost.hops <= 2));
    });
}

#[test]
fn a_complete_graph() {
    const NODES: usize = 300;
    let pairs = (0..NODES).flat_map(|from| (0..NODES).map(move |to| (from, to)));
    let graph = writes(NODES, pairs.filter(|(from, to)| from != to));
    let closure = Reachability::close(&graph, Plane::Influence, Strength::Open);
    assert_eq!(closure.pairs(), NODES * (NODES - 1));
    let cells: usize = Matrix::new(&graph).rows().map(|row| row.cells.len()).sum();
    assert_eq!(cells, NODES * (NODES - 1));
}

#[test]
fn an_empty_topology() {
    let graph = writes(0, std::iter::empty());
    assert_eq!(Matrix::new(&graph).rows().count(), 0);
    assert_eq!(Reachability::close(&graph, Plane::Exposure, Strength::Any).pairs(), 0);
    assert!(Components::find(graph.flows(), Plane::Exposure, Strength::Any).is_empty());
}
