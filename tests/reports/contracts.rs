//! The output contract: what is printed as JSON is valid under the schema that is printed for it, for every shipped spec.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::tampered;
use crabwalk::analysis::{BlastRadius, FleetSizes, Matrix, PathAnswer, Shard};
use crabwalk::findings::{Assessment, Recall, ThreatModel, surfaces};
use crabwalk::graph::CapabilityGraph;
use crabwalk::hardening::{By, Hardening, Question};
use crabwalk::input::load;
use crabwalk::model::{NodeId, Plane};
use crabwalk::report::wire::{
    OutputSchema, blast_json, check_json, features_json, graph_json, matrix_json, memory_json, output_schema,
    path_json, report_json, self_check_json, sizes_json, write_harden_json, write_respond_json,
};
use crabwalk::response::Response;
use crabwalk::verification::{Sample, SelfCheck};
use jiff::civil::date;
use serde_json::Value;

fn graphs() -> Vec<CapabilityGraph> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["specs", "tests/conformance"].iter().flat_map(|folder| {
        fs::read_dir(root.join(folder))
            .expect("part of the project")
            .map(|entry| entry.expect("readable").path())
    });
    let mut specs: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    specs.sort();
    assert!(specs.len() >= 14);
    specs.into_iter().map(|path| CapabilityGraph::build(load(&[path]).expect("a valid spec"))).collect()
}

fn assert_valid(output: OutputSchema, value: &Value) {
    let schema = output_schema(output);
    let validator = jsonschema::draft7::new(&schema).expect("the schema is a schema");
    let mistakes: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path)).collect();
    assert!(mistakes.is_empty(), "{output:?}: {mistakes:#?}");
}

fn streamed(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> Value {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory");
    serde_json::from_slice(&bytes).expect("what is streamed is JSON")
}

#[test]
fn every_output_is_valid_under_its_schema() {
    for graph in graphs() {
        assert_valid(OutputSchema::Matrix, &streamed(|out| matrix_json(&Matrix::new(&graph), out)));
        let nodes: Vec<NodeId> = graph.spec().node_ids().collect();
        let sizes = FleetSizes::count(&graph, &());
        let sizes = |out: &mut dyn std::io::Write| sizes_json(&sizes, &nodes, Shard::WHOLE, out);
        assert_valid(OutputSchema::Sizes, &streamed(sizes));
        assert_valid(OutputSchema::Graph, &streamed(|out| graph_json(&graph, out)));
        let assessment = Assessment::of(&graph, date(2026, 11, 25));
        assert_valid(OutputSchema::Check, &check_json(&assessment));
        assert_valid(OutputSchema::Features, &features_json(&assessment, &surfaces(&assessment)));
        assert_valid(OutputSchema::Report, &report_json(&ThreatModel::of(&assessment), Some(&[])));
        for sample in [Sample::draw(&graph, 1, 7), Sample::all(&graph)] {
            let mut check = SelfCheck::run(&graph, sample);
            assert_valid(OutputSchema::SelfCheck, &self_check_json(&check));
            tampered::tamper(&mut check);
            assert_valid(OutputSchema::SelfCheck, &self_check_json(&check));
        }
        for (by, plane) in [(By::Edges, Plane::Influence), (By::Guards, Plane::Exposure)] {
            let (from, to) = (Question::untrusted(graph.spec()), Question::precious(graph.spec()));
            let hardening = Hardening::compute(&graph, Question::new(plane, by, &from, &to), &());
            assert_valid(OutputSchema::Harden, &streamed(|out| write_harden_json(&hardening, out)));
        }
        for node in graph.spec().node_ids() {
            assert_valid(OutputSchema::Memory, &memory_json(&Recall::of(&graph, node)));
            let response = Response::plan(&graph, &[node]);
            assert_valid(OutputSchema::Respond, &streamed(|out| write_respond_json(&response, out)));
            assert_valid(OutputSchema::Blast, &blast_json(&BlastRadius::compute(&graph, &[node], 0)));
            let first = NodeId::new(0);
            for plane in [Plane::Influence, Plane::Exposure] {
                if node != first {
                    let answer = PathAnswer::find(&graph, plane, node, first);
                    assert_valid(OutputSchema::Path, &path_json(&graph, &answer));
                }
            }
        }
    }
}

#[test]
fn a_schema_refuses_what_is_not_its_output() {
    let outputs = [
        OutputSchema::Matrix,
        OutputSchema::Sizes,
        OutputSchema::Blast,
        OutputSchema::Path,
        OutputSchema::Harden,
        OutputSchema::Respond,
        OutputSchema::Check,
        OutputSchema::SelfCheck,
    ];
    for output in outputs {
        let schema = output_schema(output);
        let validator = jsonschema::draft7::new(&schema).expect("the schema is a schema");
        assert!(!validator.is_valid(&serde_json::json!({"schema": 1})), "{output:?}");
    }
}

#[test]
fn the_matrix_carries_what_a_later_comparison_needs() {
    for graph in graphs() {
        let value = streamed(|out| matrix_json(&Matrix::new(&graph), out));
        assert_eq!(value["schema"], "crabwalk/matrix/2");
        let length = |key: &str| value[key].as_array().map_or(0, Vec::len);
        assert_eq!(length("nodes"), graph.spec().nodes.len());
        assert_eq!(length("edges"), graph.edges().len());
        assert_eq!(length("guards"), graph.spec().guards.len());
        assert_eq!(length("zones"), graph.spec().zones.len());
        for node in value["nodes"].as_array().expect("nodes") {
            assert!(node["id"].is_string() && node["kind"].is_string());
            assert!(node["file"].is_string() && node["line"].as_u64() >= Some(1));
        }
    }
}

#[test]
fn sizes_are_those_of_the_matrix() {
    for graph in graphs() {
        let sizes = FleetSizes::count(&graph, &());
        for row in Matrix::new(&graph).rows() {
            let figures = sizes.of(row.from);
            let costs = |plane| row.cells.iter().filter_map(move |cell| cell.cost(plane));
            let open = |plane| costs(plane).filter(|cost| cost.is_open()).count();
            assert_eq!(figures.influences, open(Plane::Influence));
            assert_eq!(figures.influences_any, costs(Plane::Influence).count());
            assert_eq!(figures.learns_from, open(Plane::Exposure));
            assert_eq!(figures.learns_from_any, costs(Plane::Exposure).count());
        }
    }
}
