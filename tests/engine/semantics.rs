//! The engine gives what the semantics say: exactly the conformance cells, and exactly what the independent oracle computes,
//! on random specs with every construct and on the specs that ship with the project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path as FilePath, PathBuf};

use crabwalk::analysis::{
    BlastRadius, Matrix, Path, PathAnswer, Reachability, Reached, Strength, Witness, loops,
};
use crabwalk::graph::{CapabilityGraph, Cost, Origin};
use crabwalk::model::{GuardId, NodeId, NodeKind, Plane, Returns, Spec};
use oracle::naive::{self, Cell, Hop};
use oracle::topology::{self, Topology};
use oracle::{authority, blast, generate};
use proptest::prelude::*;

/// Cells by (from, to).
type Cells = BTreeMap<(String, String), Cell>;

fn graph(text: &str) -> CapabilityGraph {
    let spec = Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"));
    CapabilityGraph::build(spec)
}

fn naive_cost(cost: Cost) -> naive::Cost {
    naive::Cost { guards: cost.guards, sessions: cost.sessions, hops: cost.hops }
}

/// The engine's matrix in the oracle's terms.
fn engine_cells(graph: &CapabilityGraph) -> Cells {
    let spec = graph.spec();
    let name = |id| spec.node_name(id).to_owned();
    let cell = |cell: &crabwalk::analysis::Cell| Cell {
        direct: cell.direct.iter().map(|declared| declared.verb.as_str()).collect(),
        acts: cell.acts().map(|(verb, guards)| (verb.as_str(), guards)).collect(),
        influence: cell.influence.map(naive_cost),
        steered: cell.steered.map(naive_cost),
        exposure: cell.exposure.map(naive_cost),
    };
    let rows = Matrix::new(graph);
    let rows: Vec<_> = rows.rows().collect();
    rows.iter()
        .flat_map(|row| row.cells.iter().map(|found| ((name(row.from), name(found.to)), cell(found))))
        .collect()
}

/// The cells that a conformance file demands.
fn expected(json: &str) -> Cells {
    let value: serde_json::Value = serde_json::from_str(json).expect("conformance files are JSON");
    let number =
        |value: &serde_json::Value| u32::try_from(value.as_u64().expect("a number")).expect("32 bits");
    let cost = |cost: &serde_json::Value| naive::Cost {
        guards: number(&cost["guards"]),
        sessions: number(&cost["sessions"]),
        hops: number(&cost["hops"]),
    };
    let verb = |word: &str| {
        *["write", "read", "invoke", "observe"].iter().find(|verb| **verb == word).expect("a verb")
    };
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let cells = value["cells"].as_array().expect("cells").iter().map(|cell| {
        let direct = cell["direct"].as_array().into_iter().flatten().map(|word| verb(&text(word)));
        let acts = cell["acts"].as_object().into_iter().flatten();
        let found = Cell {
            direct: direct.collect(),
            acts: acts.map(|(word, guards)| (verb(word), number(guards))).collect(),
            influence: cell.get("influence").map(cost),
            // Said only where it is not the same as the influence: a cost, or `false`.
            steered: match cell.get("steered") {
                Some(steered) => steered.is_object().then(|| cost(steered)),
                None => cell.get("influence").map(cost),
            },
            exposure: cell.get("exposure").map(cost),
        };
        ((text(&cell["from"]), text(&cell["to"])), found)
    });
    cells.collect()
}

fn assert_same(what: &str, engine: &Cells, reference: &Cells) {
    for key in engine.keys().chain(reference.keys()).collect::<BTreeSet<_>>() {
        assert_eq!(engine.get(key), reference.get(key), "{what}: cell {key:?}");
    }
}

fn folder(name: &str) -> PathBuf {
    FilePath::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn conformance_specs_get_exactly_their_cells() {
    for name in ["confused-deputy", "memory-worm", "passive-tools", "secrets", "support-desk"] {
        let read = |ending: &str| {
            let path = folder("tests/conformance").join(format!("{name}{ending}"));
            std::fs::read_to_string(path).expect("the conformance data is part of the project")
        };
        let engine = engine_cells(&graph(&read(".yaml")));
        let demanded = expected(&read(".matrix.json"));
        assert!(!demanded.is_empty());
        assert_same(name, &engine, &demanded);
        assert_same(name, &naive::matrix(&topology::read(&read(".yaml"))), &demanded);
    }
}

#[test]
fn specs_of_the_project_agree_with_the_oracle() {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder("specs")).expect("specs/ is part of the project") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|ending| ending == "yaml") {
            let text = std::fs::read_to_string(&path).expect("readable");
            assert_cells(&path.display().to_string(), &text);
            assert_answers(&text);
            seen += 1;
        }
    }
    assert!(seen >= 10, "at least ten example specs");
}

/// Every cell of every plane, the closure and the derived edges of one spec.
fn assert_cells(what: &str, text: &str) {
    let graph = graph(text);
    let reference = topology::read(text);
    let cells = naive::matrix(&reference);
    assert_same(what, &engine_cells(&graph), &cells);
    assert_closure(&graph, &cells);
    assert_loops(&graph, &reference);
    assert_edges(&graph, &reference);
}

/// Every best path and blast radius of one spec.
fn assert_answers(text: &str) {
    let graph = graph(text);
    let reference = topology::read(text);
    assert_paths(&graph, &reference);
    assert_blast(&graph, &reference);
}

/// The closure as bitsets says of each pair what the costs say.
fn assert_closure(graph: &CapabilityGraph, cells: &Cells) {
    for plane in [Plane::Influence, Plane::Exposure] {
        for strength in [Strength::Open, Strength::Any] {
            let closure = Reachability::close(graph, plane, strength);
            let mut connected = 0;
            for from in graph.spec().node_ids() {
                let size = graph.spec().node_ids().filter(|to| closure.reaches(from, *to)).count();
                assert_eq!(closure.reach_size(from), size, "{plane} {strength:?}");
                connected += size;
            }
            assert_eq!(closure.pairs(), connected, "{plane} {strength:?}");
            for (from, to) in pairs(graph) {
                let (row, column) = if plane == Plane::Influence { (from, to) } else { (to, from) };
                let names =
                    (graph.spec().node_name(row).to_owned(), graph.spec().node_name(column).to_owned());
                let cell = cells.get(&names);
                let cost = cell
                    .and_then(|cell| if plane == Plane::Influence { cell.influence } else { cell.exposure });
                let counts = cost.is_some_and(|cost| strength == Strength::Any || cost.guards == 0);
                assert_eq!(closure.reaches(from, to), counts, "{plane} {strength:?} {names:?}");
            }
        }
    }
}

fn pairs(graph: &CapabilityGraph) -> impl Iterator<Item = (NodeId, NodeId)> + '_ {
    let spec = graph.spec();
    spec.node_ids().flat_map(|from| spec.node_ids().map(move |to| (from, to))).filter(|(from, to)| from != to)
}

/// The same edges in the same order, the derived ones too, each for one of the rules that give it. Which of several it is, is for
/// `tests/engine/reasons.rs`: one that stands on the edge itself would be none.
fn assert_edges(graph: &CapabilityGraph, reference: &Topology) {
    let spec = graph.spec();
    let ids = |guards: &[GuardId]| guards.iter().map(|guard| guard.index()).collect::<Vec<_>>();
    let verb = |verb: &str| *topology::Verb::ALL.iter().find(|known| known.name() == verb).expect("a verb");
    let edges = graph.edges().iter().map(|edge| topology::Edge {
        from: edge.from.index(),
        verb: verb(edge.verb.as_str()),
        to: edge.to.index(),
        guards: ids(&edge.guards),
        returns: match &edge.returns {
            Returns::Nothing => None,
            Returns::Content(guards) => Some(ids(guards)),
        },
        outsider: edge.origin.is_outsider(),
        extra: edge.extra,
    });
    let engine: Vec<topology::Edge> = edges.collect();
    let naive = authority::close(reference);
    assert_eq!(engine, naive);
    let given = authority::by_rule(reference, &naive);
    for (edge, derived) in graph.edges().iter().zip(&engine).skip(spec.edges.len()) {
        let rule = rule_of(edge.origin).unwrap_or_else(|| panic!("{derived:?} is derived"));
        assert!(given[rule - 1].contains(derived), "rule {rule} does not give {derived:?}");
    }
}

/// The number of the rule.
fn rule_of(origin: Origin) -> Option<usize> {
    match origin {
        Origin::Declared(_) => None,
        Origin::Role(_) => Some(1),
        Origin::Key => Some(2),
        Origin::Holder(_) => Some(3),
        Origin::Outsider(_) => Some(4),
        Origin::Insider { .. } => Some(5),
        other => panic!("{other:?} is no rule of the semantics"),
    }
}

/// The same best path for every pair in both planes, whichever way it is found.
fn assert_paths(graph: &CapabilityGraph, reference: &Topology) {
    let spec = graph.spec();
    for start in spec.node_ids() {
        let forward = Witness::from_starts(graph, Plane::Influence, &[start]);
        for end in spec.node_ids().filter(|end| *end != start) {
            let influence = PathAnswer::find(graph, Plane::Influence, start, end);
            assert_eq!(forward.path_to(end), influence.path, "forwards and backwards");
            assert_eq!(influence.path.is_none(), influence.gap.is_some());
            assert_path(graph, reference, topology::Plane::Influence, (start, end), influence.path);
            let exposure = PathAnswer::find(graph, Plane::Exposure, end, start);
            assert_path(graph, reference, topology::Plane::Exposure, (start, end), exposure.path);
        }
    }
}

fn assert_path(
    graph: &CapabilityGraph,
    reference: &Topology,
    plane: topology::Plane,
    (start, end): (NodeId, NodeId),
    path: Option<Path>,
) {
    let spec = graph.spec();
    let (from, to) = (spec.node_name(start), spec.node_name(end));
    let engine = path.map(|path| {
        let hops = path.hops.iter().map(|hop| {
            let edge = graph.edge(hop.edge);
            Hop {
                actor: spec.node_name(edge.from).to_owned(),
                verb: edge.verb.as_str(),
                target: spec.node_name(edge.to).to_owned(),
                result: hop.leg == crabwalk::analysis::Leg::Result,
            }
        });
        (naive_cost(path.cost), hops.collect::<Vec<_>>())
    });
    assert_eq!(engine, naive::best_path(reference, plane, from, to), "{from} to {to}");
}

/// The same blast radius, of every node alone and of pairs, at several limits.
fn assert_blast(graph: &CapabilityGraph, reference: &Topology) {
    let nodes: Vec<NodeId> = graph.spec().node_ids().collect();
    let single = nodes.chunks(1);
    for starts in single.chain(nodes.chunks(2).take(3)) {
        for limit in 0..3 {
            assert_one_blast(graph, reference, starts, limit);
        }
    }
}

fn assert_one_blast(graph: &CapabilityGraph, reference: &Topology, starts: &[NodeId], limit: u32) {
    let name = |id: NodeId| graph.spec().node_name(id).to_owned();
    let names: Vec<String> = starts.iter().map(|id| name(*id)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let naive = blast::blast(reference, &names, Some(limit));
    let engine = BlastRadius::compute(graph, starts, limit);
    if let [start] = names.as_slice() {
        assert_gains(graph, &engine, start, &naive::matrix(reference));
    }
    let costs = |found: &[Reached]| -> BTreeMap<String, naive::Cost> {
        found.iter().map(|found| (name(found.node), naive_cost(found.cost))).collect()
    };
    let footholds: BTreeSet<String> = engine.footholds.iter().map(|found| name(found.node)).collect();
    let residual: BTreeSet<String> = engine.residual.iter().map(|found| name(found.node)).collect();
    assert_eq!(costs(&engine.influenced), naive.influenced, "influenced by {names:?}");
    assert_eq!(costs(&engine.exposed), naive.exposed, "exposed to {names:?}");
    assert_eq!(footholds, naive.footholds, "footholds of {names:?}");
    // The oracle counts the footholds among what is infected later; the report lists them apart.
    let again: BTreeSet<String> = naive.residual.difference(&naive.footholds).cloned().collect();
    assert_eq!(residual, again, "residual of {names:?}");
}

/// The verbs gained and the credentials within reach are those of the row's cells.
fn assert_gains(graph: &CapabilityGraph, engine: &BlastRadius<'_>, start: &str, cells: &Cells) {
    let name = |id: NodeId| graph.spec().node_name(id).to_owned();
    let gains = engine.gained.iter().chain(&engine.gained_guarded);
    let gained: BTreeSet<_> =
        gains.map(|gain| (name(gain.to), gain.verb.as_str(), gain.cost.guards)).collect();
    let row = || cells.iter().filter(|((from, _), _)| from == start);
    let demanded: BTreeSet<_> = row()
        .flat_map(|((_, to), cell)| cell.acts.iter().map(move |(verb, guards)| (to, cell, *verb, *guards)))
        .filter(|(_, cell, verb, _)| !cell.direct.contains(verb))
        .map(|(to, _, verb, guards)| (to.clone(), verb, guards))
        .collect();
    assert_eq!(gained, demanded, "gained by {start}");
    assert!(engine.gained.iter().all(|gain| gain.cost.guards <= engine.max_guards));
    assert!(engine.gained_guarded.iter().all(|gain| gain.cost.guards > engine.max_guards));
    for id in graph.spec().node_ids().filter(|id| graph.spec().node(*id).kind == NodeKind::Credential) {
        let cell = cells.get(&(start.to_owned(), name(id)));
        let within = |guards: &u32| *guards <= engine.max_guards;
        let learn = cell.and_then(|cell| cell.exposure).map(|cost| cost.guards).filter(within);
        let uses =
            cell.and_then(|cell| ["invoke", "read"].iter().filter_map(|verb| cell.acts.get(verb)).min());
        let secret = engine.secrets.iter().find(|secret| secret.node == id);
        assert_eq!(secret.and_then(|secret| secret.learn).map(|cost| cost.guards), learn);
        assert_eq!(
            secret.and_then(|secret| secret.used).map(|gain| gain.cost.guards),
            uses.copied().filter(within)
        );
    }
}

/// The same loops.
fn assert_loops(graph: &CapabilityGraph, reference: &Topology) {
    let numbers = |nodes: Vec<NodeId>| nodes.into_iter().map(NodeId::index).collect::<BTreeSet<_>>();
    let engine: BTreeSet<BTreeSet<usize>> = loops(graph).into_iter().map(numbers).collect();
    assert_eq!(engine, oracle::loops::loops(reference), "loops");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cells_equal_the_oracle_on_random_specs(text in generate::spec()) {
        assert_cells("random", &text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edges_equal_the_oracle_where_authority_spreads(text in generate::secrets()) {
        assert_edges(&graph(&text), &topology::read(&text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn paths_and_blast_radii_equal_the_oracle_on_random_specs(text in generate::spec()) {
        assert_answers(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn threads_change_nothing(text in generate::spec()) {
        let answer = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| {
                let mut bytes = Vec::new();
                let graph = graph(&text);
                crabwalk::report::wire::matrix_json(&Matrix::new(&graph), &mut bytes).expect("memory");
                bytes
            })
        };
        let one = answer(1);
        prop_assert_eq!(&one, &answer(8));
        prop_assert_eq!(&one, &answer(8));
    }
}
