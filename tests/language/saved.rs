//! A saved matrix gives the spec back that it was made of: the same matrix again, names, lines and all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::saved::{DESK, judged, parsed, restored, saved};
use crabwalk::analysis::Matrix;
use crabwalk::graph::CapabilityGraph;
use crabwalk::input::load;
use crabwalk::input::{Presence, read};
use crabwalk::model::{Edge, GuardId, NodeId, Place, SourceFile, Spec};
use crabwalk::report::wire::{OutputSchema, matrix_json, output_schema};
use oracle::generate;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A place as programs tell it: files are named from the root of the repository.
fn at(spec: &Spec, place: Place) -> String {
    let file = &spec.files[place.file as usize];
    format!("{}:{}", file.path(), file.line_column(place.start as usize).0)
}

/// What an answer may cite of an edge. Guards are a set: a matrix has them in the order of their declarations.
fn cited(spec: &Spec, edge: &Edge) -> String {
    let names = (spec.node_name(edge.from), edge.verb, spec.node_name(edge.to));
    let guards: BTreeSet<GuardId> = edge.guards.iter().copied().collect();
    let result: Option<BTreeSet<GuardId>> =
        edge.result.as_ref().map(|guards| guards.iter().copied().collect());
    let how = (edge.role, edge.logged, edge.uncuttable, edge.note(), edge.via());
    format!("{names:?} {guards:?} {result:?} {how:?} {}", at(spec, edge.place))
}

/// Everything in a spec but where its places are in the text.
fn everything(spec: &Spec) -> Vec<String> {
    let mut all = vec![format!("{:?} {:?}", spec.name, spec.description)];
    for (name, zone) in &spec.zones {
        all.push(format!("{name} {} {:?} {}", zone.trust, zone.description, at(spec, zone.place)));
    }
    for (name, guard) in &spec.guards {
        let stops = (guard.stops_influence, guard.stops_exposure);
        let place = guard.place.map(|place| at(spec, place));
        all.push(format!("{name} {stops:?} {:?} {place:?}", guard.description));
    }
    for (name, node) in &spec.nodes {
        let mut plain = node.clone();
        plain.place = Place { file: 0, start: 0, len: 0 };
        all.push(format!("{name} {plain:?} {}", at(spec, node.place)));
    }
    all.extend(spec.edges.iter().map(|edge| cited(spec, edge)));
    for (rule, setting) in &spec.review.levels {
        all.push(format!("{rule:?} {:?} {}", setting.level, at(spec, setting.place)));
    }
    for entry in &spec.accept {
        let says = (&entry.reason, &entry.owner, &entry.ticket, entry.expires);
        all.push(format!("{:?} {says:?} {}", entry.what, at(spec, entry.place)));
    }
    for rule in &spec.rules {
        all.push(format!("{:?} {:?} {:?} {}", rule.name, rule.why, rule.term, at(spec, rule.place)));
    }
    all
}

fn assert_restored(spec: Spec) {
    let text = saved(spec.clone());
    let again = restored(&text);
    assert_eq!(everything(&again), everything(&spec));
    assert!(saved(again) == text, "the same matrix again");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_spec_comes_back(text in generate::spec()) {
        assert_restored(parsed(&text));
    }

    #[test]
    fn any_spec_with_secrets_comes_back(text in generate::secrets()) {
        assert_restored(parsed(&text));
    }
}

fn shipped() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["specs", "tests/conformance"].iter().flat_map(|folder| {
        fs::read_dir(root.join(folder))
            .expect("part of the project")
            .map(|entry| entry.expect("readable").path())
    });
    files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect()
}

#[test]
fn every_shipped_spec_comes_back() {
    let shipped = shipped();
    assert!(shipped.len() >= 14);
    for path in shipped {
        assert_restored(load(&[path]).expect("a valid spec"));
    }
}

#[test]
fn how_changes_are_judged_comes_back() {
    assert_restored(judged());
    let value: Value = serde_json::from_str(&saved(judged())).expect("JSON");
    assert_eq!(
        ["review", "accept", "rules"].map(|key| value[key].as_array().map_or(0, Vec::len)),
        [2, 4, 11]
    );
    let validator = jsonschema::draft7::new(&output_schema(OutputSchema::Matrix)).expect("a schema");
    assert!(validator.is_valid(&value), "and the contract says so");
    let plain: Value = serde_json::from_str(&saved(parsed(DESK))).expect("JSON");
    assert!(plain.get("review").is_none() && plain.get("accept").is_none(), "nothing is said of nothing");
}

#[test]
fn a_spec_in_parts_keeps_its_files_and_lines() {
    let files = [
        ("b/tools.crabwalk.yaml", "version: 1\n\n\ntools:\n  t: \n"),
        ("a.crabwalk.yaml", "version: 1\nname: parts\nagents:\n  a: {invoke: t}\n"),
    ];
    let files = files.map(|(name, text)| SourceFile::new(name, text.to_owned()));
    let spec = Spec::from_files(files.into()).expect("a valid spec");
    assert_restored(spec.clone());
    let again = restored(&saved(spec));
    assert_eq!(
        again.files.iter().map(SourceFile::name).collect::<Vec<_>>(),
        ["a.crabwalk.yaml", "b/tools.crabwalk.yaml"]
    );
    assert_eq!(again.location(again.nodes["t"].place), "b/tools.crabwalk.yaml:5");
    assert!(again.files.iter().all(|file| !file.has_text()));
}

#[test]
fn a_part_of_the_matrix_carries_the_whole_topology() {
    let graph = CapabilityGraph::build(parsed(DESK));
    let mut bytes = Vec::new();
    let row = NodeId::new(0);
    matrix_json(&Matrix::restricted(&graph, vec![row], &[row]), &mut bytes).expect("memory");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.len() < saved(parsed(DESK)).len());
    assert_eq!(everything(&restored(&text)), everything(&parsed(DESK)));
}

/// A value with the keys of every object in alphabetical order, as `jq -S` writes it.
fn sorted(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", json!(key), sorted(value)));
            format!("{{\n{}\n}}", entries.collect::<Vec<_>>().join(",\n"))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(", ")),
        _ => value.to_string(),
    }
}

#[test]
fn it_may_have_been_written_anew_by_another_program() {
    let value: Value = serde_json::from_str(&saved(judged())).expect("JSON");
    let text = sorted(&value);
    let (cells, schema) = (text.find("\"cells\""), text.find("\"schema\""));
    assert!(cells < schema, "the schema comes last");
    let again = restored(&text);
    assert_eq!(again.edges.len(), judged().edges.len());
    assert_eq!(again.accept, restored(&saved(judged())).accept);
    // The order of attributes is all that is lost.
    assert_eq!(restored(&value.to_string()).nodes.len(), again.nodes.len());
    // Larger than what is looked at first.
    let padded = text.replacen("{\n", &format!("{{\n\"aaa\": \"{}\",\n", "x".repeat(100_000)), 1);
    assert_eq!(everything(&restored(&padded)), everything(&again));
}

#[test]
fn a_file_is_known_by_what_it_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("base.yaml");
    fs::write(&path, saved(judged())).expect("written");
    let topology = read(path.as_os_str(), Path::new("."), &mut &b""[..]).expect("read");
    assert_eq!((topology.name.as_str(), topology.presence), (path.to_str().expect("UTF-8"), Presence::Found));
    assert_eq!(everything(&topology.spec), everything(&judged()));
    // JSON that is a spec stays one.
    fs::write(&path, r#"{"version": 1, "agents": {"a": {}}}"#).expect("written");
    let topology = read(path.as_os_str(), Path::new("."), &mut &b""[..]).expect("read");
    assert_eq!(topology.spec.nodes.len(), 1);
    assert!(topology.spec.files[0].has_text());
}

/// What was written before zones said where they stand.
#[test]
fn zones_without_a_place_stand_in_the_saved_file() {
    let mut value: Value = serde_json::from_str(&saved(judged())).expect("JSON");
    for zone in value["zones"].as_array_mut().expect("zones") {
        zone.as_object_mut().expect("a zone").retain(|key, _| key != "file" && key != "line");
    }
    let spec = restored(&value.to_string());
    assert_eq!(spec.location(spec.zones["core"].place), "stdin:1");
    assert_eq!(spec.location(spec.nodes["triage"].place), "desk/crabwalk.yaml:8");
}

#[test]
fn derived_edges_are_made_anew() {
    let text = saved(judged());
    let derived =
        |text: &str| text.matches("\"origin\":\"").count() - text.matches("\"origin\":\"declared\"").count();
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    let edges = value["edges"].as_array_mut().expect("edges");
    let mut invented = edges[0].clone();
    invented["origin"] = json!("holder");
    invented["to"] = json!("nobody");
    edges.push(invented);
    assert_eq!(saved(restored(&value.to_string())), text);
    assert_eq!(derived(&text), derived(&saved(judged())));
}
