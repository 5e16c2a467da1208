//! The naive reference gives what the semantics say: exactly the conformance cells, and exactly what the test oracle computes
//! from its own reading of the same text. Engine, reference and oracle are three readings, and all three agree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{GuardId, NodeId, Spec};
use crabwalk::reference::{Cell, Cost, Reference};
use crabwalk::report::self_check_text;
use crabwalk::verification::{Sample, SelfCheck};
use oracle::topology::Topology;
use oracle::{authority, generate, naive, topology};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Verbs in the order of the reference's arrays.
const VERBS: [&str; 4] = ["write", "read", "invoke", "observe"];

/// Cells by (from, to).
type Cells = BTreeMap<(String, String), naive::Cell>;

fn spec(text: &str) -> Spec {
    Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The rows of the reference in the oracle's terms.
fn cells(spec: &Spec) -> Cells {
    let reference = Reference::new(spec);
    let name = |id: NodeId| spec.node_name(id).to_owned();
    let rows = spec.node_ids().map(|from| reference.row(from));
    let cells = rows.flat_map(|row| {
        let from = name(row.from);
        row.cells.into_iter().map(move |cell| ((from.clone(), name(cell.to)), oracle_cell(&cell)))
    });
    cells.collect()
}

fn oracle_cell(cell: &Cell) -> naive::Cell {
    let cost = |cost: Cost| naive::Cost { guards: cost.guards, sessions: cost.sessions, hops: cost.hops };
    let direct = VERBS.into_iter().zip(cell.direct).filter_map(|(verb, guards)| guards.map(|_| verb));
    let acts = VERBS.into_iter().zip(cell.acts).filter_map(|(verb, guards)| Some((verb, guards?)));
    naive::Cell {
        direct: direct.collect(),
        acts: acts.collect(),
        influence: cell.influence.map(cost),
        steered: cell.steered.map(cost),
        exposure: cell.exposure.map(cost),
    }
}

/// An edge as numbers: ends with the verb, guards, return guards, outsider or not, extra.
type Numbers = ((usize, &'static str, usize), Vec<usize>, Option<Vec<usize>>, bool, u32);

/// The derived edges, number by number: both readers number nodes and guards alike.
fn assert_derived(spec: &Spec, oracle: &Topology) {
    let numbers = |guards: &[GuardId]| -> Vec<usize> { guards.iter().map(|guard| guard.index()).collect() };
    let reference = Reference::new(spec);
    let ours = reference.derived().iter().map(|edge| {
        let ends = (edge.from.index(), edge.verb.as_str(), edge.to.index());
        let returns = edge.returns.as_deref().map(numbers);
        (ends, numbers(&edge.guards), returns, edge.outsider, edge.extra)
    });
    let theirs = authority::close(oracle).into_iter().skip(oracle.edges.len()).map(|edge| {
        let ends = (edge.from, edge.verb.name(), edge.to);
        (ends, edge.guards, edge.returns, edge.outsider, edge.extra)
    });
    assert_eq!(ours.collect::<Vec<Numbers>>(), theirs.collect::<Vec<Numbers>>());
}

fn assert_three_agree(text: &str) {
    let spec = spec(text);
    let oracle = topology::read(text);
    assert_eq!(cells(&spec), naive::matrix(&oracle), "{text}");
    assert_derived(&spec, &oracle);
    let graph = CapabilityGraph::build(spec);
    let check = SelfCheck::run(&graph, Sample::all(&graph));
    assert!(check.is_equal(), "{}\n{text}", self_check_text(&check));
}

#[test]
fn conformance_specs_get_exactly_their_cells() {
    for name in ["confused-deputy", "memory-worm", "passive-tools", "secrets", "support-desk"] {
        let read = |ending: &str| {
            let path = folder("tests/conformance").join(format!("{name}{ending}"));
            std::fs::read_to_string(path).expect("the conformance data is part of the project")
        };
        let demanded: Value = serde_json::from_str(&read(".matrix.json")).expect("JSON");
        let text = read(".yaml");
        let found = cells(&spec(&text));
        let demanded = demanded["cells"].as_array().expect("cells");
        assert_eq!(found.len(), demanded.len(), "{name}");
        for cell in demanded {
            let word = |key: &str| cell[key].as_str().expect("a name");
            let (from, to) = (word("from"), word("to"));
            let ours = &found[&(from.to_owned(), to.to_owned())];
            assert_eq!(&as_written((from, to), ours), cell, "{name}");
        }
        assert_three_agree(&text);
    }
}

/// A cell as conformance files write it, names included.
fn as_written((from, to): (&str, &str), cell: &naive::Cell) -> Value {
    let mut written = json!({"from": from, "to": to});
    let cost =
        |cost: naive::Cost| json!({"guards": cost.guards, "sessions": cost.sessions, "hops": cost.hops});
    if !cell.direct.is_empty() {
        written["direct"] = json!(cell.direct);
    }
    if !cell.acts.is_empty() {
        written["acts"] = json!(cell.acts);
    }
    if let Some(found) = cell.influence {
        written["influence"] = cost(found);
    }
    if let Some(found) = cell.exposure {
        written["exposure"] = cost(found);
    }
    if cell.steered != cell.influence {
        written["steered"] = cell.steered.map_or(json!(false), cost);
    }
    written
}

#[test]
fn specs_of_the_project_agree() {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder("specs")).expect("specs/ is part of the project") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|ending| ending == "yaml") {
            assert_three_agree(&std::fs::read_to_string(&path).expect("readable"));
            seen += 1;
        }
    }
    assert!(seen >= 10, "at least ten example specs");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engine_reference_and_oracle_agree_on_random_specs(text in generate::spec()) {
        assert_three_agree(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "takes many minutes"]
    fn three_readings_agree_over_a_long_run(text in prop_oneof![3 => generate::spec(), 1 => generate::secrets()]) {
        assert_three_agree(&text);
    }
}
