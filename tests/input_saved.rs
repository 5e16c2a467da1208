//! A saved matrix gives the spec back that it was made of: the same matrix again, names, lines and all; and what somebody has
//! broken is refused.

#[expect(dead_code, reason = "its specs are wanted here, not its answers")]
mod oracle;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crabwalk::analysis::Matrix;
use crabwalk::graph::CapabilityGraph;
use crabwalk::input::{InputError, Topology, read};
use crabwalk::report::json::{OutputSchema, graph_json, matrix_json, output_schema};
use crabwalk::spec::{
    Acceptance, Accepted, Code, Edge, GuardId, Level, NodeId, Place, Rule, Setting, SourceFile, Spec, Verb,
    load,
};
use oracle::generate;
use proptest::prelude::*;
use serde_json::{Value, json};

fn saved(spec: Spec) -> String {
    let graph = CapabilityGraph::build(spec);
    let mut bytes = Vec::new();
    matrix_json(&Matrix::new(&graph), &mut bytes).expect("memory");
    String::from_utf8(bytes).expect("UTF-8")
}

fn from_stdin(text: &str) -> Result<Topology, InputError> {
    read(OsStr::new("-"), Path::new("."), &mut text.as_bytes())
}

fn restored(text: &str) -> Spec {
    from_stdin(text).unwrap_or_else(|problem| panic!("{problem}\n{text}")).spec
}

/// Why a saved matrix is refused.
fn refused(text: &str) -> String {
    match from_stdin(text).err() {
        Some(InputError::Problem { message, help }) => {
            assert!(help.contains("crabwalk matrix -f json"), "{help}");
            message
        }
        other => panic!("refused as a saved matrix: {other:?}\n{text}"),
    }
}

fn parsed(text: &str) -> Spec {
    let files = vec![SourceFile::new("desk/crabwalk.yaml", text.to_owned())];
    Spec::from_files(files).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

/// What an answer may cite of an edge. Guards are a set: a matrix has them in the order of their declarations.
fn cited(spec: &Spec, edge: &Edge) -> String {
    let names = (spec.node_name(edge.from), edge.verb, spec.node_name(edge.to));
    let guards: BTreeSet<GuardId> = edge.guards.iter().copied().collect();
    let result: Option<BTreeSet<GuardId>> =
        edge.result.as_ref().map(|guards| guards.iter().copied().collect());
    let how = (edge.role, edge.logged, edge.note(), edge.via());
    format!("{names:?} {guards:?} {result:?} {how:?} {}", spec.location(edge.place))
}

/// Everything in a spec but where its places are in the text.
fn everything(spec: &Spec) -> Vec<String> {
    let mut all = vec![format!("{:?} {:?}", spec.name, spec.description)];
    for (name, zone) in &spec.zones {
        all.push(format!("{name} {} {:?} {}", zone.trust, zone.description, spec.location(zone.place)));
    }
    for (name, guard) in &spec.guards {
        let stops = (guard.stops_influence, guard.stops_exposure);
        let place = guard.place.map(|place| spec.location(place));
        all.push(format!("{name} {stops:?} {:?} {place:?}", guard.description));
    }
    for (name, node) in &spec.nodes {
        let mut plain = node.clone();
        plain.place = Place { file: 0, start: 0, len: 0 };
        all.push(format!("{name} {plain:?} {}", spec.location(node.place)));
    }
    all.extend(spec.edges.iter().map(|edge| cited(spec, edge)));
    for (rule, setting) in &spec.review.levels {
        all.push(format!("{rule:?} {:?} {}", setting.level, spec.location(setting.place)));
    }
    for entry in &spec.accept {
        let says = (&entry.reason, &entry.owner, &entry.ticket, entry.expires);
        all.push(format!("{:?} {says:?} {}", entry.what, spec.location(entry.place)));
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

    /// Whatever one value is replaced by: it is refused, or it is a spec that can be worked with.
    #[test]
    fn one_value_more_or_less_never_breaks_anything(
        text in generate::spec(),
        at in any::<prop::sample::Index>(),
        with in replacement(),
    ) {
        let mut value: Value = serde_json::from_str(&saved(parsed(&text))).expect("JSON");
        value["cells"] = json!([]);
        let count = count(&value);
        replace(&mut value, &mut at.index(count), &with);
        if let Ok(topology) = from_stdin(&value.to_string()) {
            saved(topology.spec);
        }
    }
}

fn replacement() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!(-1)),
        Just(json!(u64::MAX)),
        Just(json!("\u{1b}[31m\n`|")),
        Just(json!("declared")),
        Just(json!("members")),
        Just(json!("write")),
        Just(json!("sink")),
        Just(json!(true)),
        Just(json!([])),
        Just(json!(["a", "a"])),
        Just(json!({})),
    ]
}

/// How many values there are in a value.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// Replaces the value that comes after `left` others.
fn replace(value: &mut Value, left: &mut usize, with: &Value) -> bool {
    if *left == 0 {
        *value = with.clone();
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, left, with)),
        Value::Object(map) => map.values_mut().any(|item| replace(item, left, with)),
        _ => false,
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

const DESK: &str = "version: 1
description: \"two\\nlines\"
zones: {outer: {description: far}, core: }
guards: {dlp: {stops: exposure, description: d}}
sources:
  hook: {kind: webhook, zone: outer, controls: {payload_limit: 1.1, signature: true, replay_window: 5m}}
agents:
  triage: {zone: core, tags: [x], read: hook, invoke: [{target: refund, guards: [dlp], returns: {guards: [dlp]}, as: delegate, note: n}]}
  \"a `|<!-- @everyone\": {was: old, invoke: [{target: refund, returns: false, logged: false}], read: [tag:x]}
sessions: {room: {members: triage}}
tools: {refund: {critical: true, general: true}}
credentials: {key: {opens: [refund], lifetime: 1h}}
";

/// A spec with everything, review and acceptances as the model has them.
fn judged() -> Spec {
    let mut spec = parsed(DESK);
    let place = spec.nodes["triage"].place;
    spec.review.levels.insert(Rule::NewPath, Setting { level: Level::Error, place });
    spec.review.levels.insert(Rule::NewPathUp, Setting { level: Level::Off, place: spec.nodes["key"].place });
    let entry =
        |what| Acceptance { what, reason: "seen".into(), owner: None, ticket: None, expires: None, place };
    spec.accept = vec![
        entry(Accepted::Pair { from: "gone".into(), to: "refund".into() }),
        entry(Accepted::Edge { from: "triage".into(), verb: Verb::Invoke, to: "refund".into() }),
        Acceptance {
            owner: Some("me".into()),
            ticket: Some("T-1".into()),
            expires: Some("2026-12-31".parse().expect("a date")),
            ..entry(Accepted::Finding { rule: Rule::NewWayOut, hash: "0a1b2c3d".into() })
        },
    ];
    spec
}

#[test]
fn how_changes_are_judged_comes_back() {
    assert_restored(judged());
    let value: Value = serde_json::from_str(&saved(judged())).expect("JSON");
    assert_eq!(["review", "accept"].map(|key| value[key].as_array().map_or(0, Vec::len)), [2, 3]);
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
    assert_eq!((topology.name.as_str(), topology.exists), (path.to_str().expect("UTF-8"), true));
    assert_eq!(everything(&topology.spec), everything(&judged()));
    // JSON that is a spec stays one.
    fs::write(&path, r#"{"version": 1, "agents": {"a": {}}}"#).expect("written");
    let topology = read(path.as_os_str(), Path::new("."), &mut &b""[..]).expect("read");
    assert_eq!(topology.spec.nodes.len(), 1);
    assert!(topology.spec.files[0].has_text());
}

#[test]
fn what_is_cut_off_is_refused() {
    let text = saved(judged());
    let known = text.find("\"name\"").expect("it has a name");
    let whole = text.trim_end().len();
    let mut refusals = 0;
    for end in (known..whole).filter(|end| text.is_char_boundary(*end)) {
        assert!(refused(&text[..end]).contains("cannot be used"), "cut at {end}");
        refusals += 1;
    }
    assert!(refusals > 1_000);
    assert!(from_stdin(&text[..10]).is_err_and(|problem| matches!(problem, InputError::Spec(_))));
}

#[test]
fn another_output_is_refused_by_name() {
    let mut bytes = Vec::new();
    graph_json(&CapabilityGraph::build(parsed(DESK)), &mut bytes).expect("memory");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(refused(&text), "`stdin` is the output `crabwalk/graph/1`, and not `crabwalk/matrix/1`");
    let next = saved(parsed(DESK)).replace("crabwalk/matrix/1", "crabwalk/matrix/2");
    assert!(refused(&next).contains("`crabwalk/matrix/2`"));
}

#[test]
fn what_no_spec_can_hold_is_refused_with_a_reason() {
    let cases: [(&str, Value, &str); 31] = [
        ("/nodes/0/id", json!("zone:core"), "reads like a selector"),
        ("/nodes/0/id", json!("a\nb"), "control character"),
        ("/nodes/0/id", json!(""), "needs a name"),
        ("/nodes/1/id", json!("hook"), "the node `hook` stands twice"),
        ("/nodes/0/kind", json!("wizard"), "no node is a `wizard`"),
        ("/nodes/0/type", json!("owl"), "a source is no `owl`"),
        ("/nodes/0/zone", json!("moon"), "the zone `moon` is not declared"),
        ("/nodes/0/zone", json!(1), "`zone` has a value"),
        ("/nodes/0/controls", json!({"shell": true}), "`controls` has a value"),
        ("/nodes/1/egress", json!(true), "an agent has no `egress`"),
        ("/nodes/1/tags", json!(["", "x"]), "`tags` has a value"),
        ("/nodes/1/line", json!(0), "nonzero"),
        ("/nodes/1/opens", json!(["refund"]), "an agent opens nothing"),
        ("/nodes/5/opens", json!(["refund", "refund"]), "`refund` is opened twice"),
        ("/nodes/5/opens", json!(["hook"]), "opens tools and agents"),
        ("/zones/1/id", json!("outer"), "the zone `outer` stands twice"),
        ("/guards/0/stops", json!([]), "stops neither"),
        ("/guards/0/stops", json!(["influence", "rain"]), "stops neither"),
        ("/edges/1/from", json!("hook"), "a source cannot act"),
        ("/edges/1/from", json!("refund"), "it names itself"),
        ("/edges/1/verb", json!("write"), "a tool cannot be written"),
        ("/edges/1/verb", json!("eat"), "no such verb"),
        ("/edges/0/to", json!("nobody"), "the node `nobody` is not declared"),
        ("/edges/0/returns", json!({"guards": []}), "nothing returns"),
        ("/edges/0/as", json!("advisor"), "`as` says nothing about `read`"),
        ("/edges/1/guards", json!(["dlp", "dlp"]), "`dlp` stands twice"),
        ("/edges/1/guards", json!(["nothing"]), "the guard `nothing` is not declared"),
        ("/edges/1/via", json!("somewhere"), "is no selector"),
        ("/review/0/rule", json!("CW999"), "there is no rule"),
        ("/accept/0/verb", json!("fly"), "is no verb"),
        ("/accept/2/expires", json!("soon"), "is no date"),
    ];
    for (at, with, why) in cases {
        let mut value: Value = serde_json::from_str(&saved(judged())).expect("JSON");
        let (parent, key) = at.rsplit_once('/').expect("a pointer");
        value.pointer_mut(parent).expect("it is there")[key] = with;
        let message = refused(&value.to_string());
        assert!(message.contains(why), "{at}: {message}");
    }
}

#[test]
fn what_stands_twice_is_not_taken_once() {
    let text = saved(judged());
    let twice = |part: &str, again: &str| {
        assert!(text.contains(part), "{part}");
        refused(&text.replacen(part, &format!("{part},{again}"), 1))
    };
    let zone = "\"zone\":\"outer\"";
    assert!(twice(zone, "\"zone\":\"core\"").contains("`zone` stands twice"));
    assert!(twice("\"trust\":0", "\"trust\":1").contains("duplicate field"));
    let edge = text.lines().find(|line| line.contains("\"origin\":\"declared\"")).expect("an edge");
    assert!(twice(edge.trim_end_matches(','), edge.trim_end_matches(',')).contains("it stands twice"));
}

/// The number of a line is a word of the file's author, and costs no memory.
#[test]
fn a_line_may_have_any_number() {
    let mut value: Value = serde_json::from_str(&saved(judged())).expect("JSON");
    value["nodes"][1]["line"] = json!(u64::from(u32::MAX) * 1000);
    let spec = restored(&value.to_string());
    assert_eq!(spec.location(spec.nodes[1].place), "desk/crabwalk.yaml:4294967295000");
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

#[test]
fn mistakes_in_a_spec_are_the_loaders() {
    let problem = from_stdin("version: 1\nagents: {a: {read: b}}\n").expect_err("a mistake");
    let InputError::Spec(mistakes) = problem else { panic!("{problem:?}") };
    assert_eq!(mistakes.items[0].code, Code::UnknownTarget);
    assert_eq!(mistakes.files[0].name(), "stdin");
}
