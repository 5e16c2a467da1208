//! Generated files are committed and stay true. `UPDATE_GENERATED=1 cargo test --test docs generated` writes them anew; pictures
//! (`.svg`) are written only where Graphviz is installed, and what is compared is the drawing's source.

use std::fs;
use std::path::{Path, PathBuf};

use crabwalk::analysis::BlastRadius;
use crabwalk::compare::Comparison;
use crabwalk::findings::{AcceptFrom, Policy, Review};
use crabwalk::graph::CapabilityGraph;
use crabwalk::hardening::{By, Hardening, Question};
use crabwalk::input::load;
use crabwalk::language::{json_schema, reference_page};
use crabwalk::model::{Level, Plane};
use crabwalk::report::review::{Context, dot};
use crabwalk::report::wire::{OutputSchema, output_schema};
use crabwalk::report::{DrawOptions, Theme, dot_blast, dot_harden, dot_topology, svg};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn updating() -> bool {
    std::env::var_os("UPDATE_GENERATED").is_some()
}

fn assert_current(path: &str, wanted: &str) {
    let path = root().join(path);
    if updating() {
        fs::create_dir_all(path.parent().expect("inside the project")).expect("a writable checkout");
        fs::write(&path, wanted).expect("a writable checkout");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == wanted,
        "{} is out of date: UPDATE_GENERATED=1 cargo test --test docs generated",
        path.display()
    );
}

#[test]
fn schemas() {
    assert_current("specs/schema.json", &format!("{:#}\n", json_schema()));
    let outputs = [
        ("matrix", OutputSchema::Matrix),
        ("sizes", OutputSchema::Sizes),
        ("blast", OutputSchema::Blast),
        ("path", OutputSchema::Path),
        ("graph", OutputSchema::Graph),
        ("harden", OutputSchema::Harden),
        ("respond", OutputSchema::Respond),
        ("check", OutputSchema::Check),
        ("self-check", OutputSchema::SelfCheck),
        ("diff", OutputSchema::Diff),
        ("features", OutputSchema::Features),
        ("memory", OutputSchema::Memory),
        ("report", OutputSchema::Report),
    ];
    for (name, output) in outputs {
        assert_current(
            &format!("docs/schemas/{name}.schema.json"),
            &format!("{:#}\n", output_schema(output)),
        );
    }
}

/// The tables of the language's reference are those by which the loader reads.
#[test]
fn spec_reference() {
    let path = "docs/spec-reference.md";
    let page = fs::read_to_string(root().join(path)).expect("it is there");
    assert_current(path, &reference_page(&page));
}

/// The drawing's source is compared; its picture is drawn anew with it.
fn assert_drawing(path: &str, drawing: &str) {
    assert_current(&format!("{path}.dot"), drawing);
    if updating()
        && let Ok(picture) = svg(drawing)
    {
        fs::write(root().join(format!("{path}.svg")), picture).expect("a writable checkout");
    }
    assert!(root().join(format!("{path}.svg")).exists(), "{path}.svg is committed");
}

#[test]
fn pictures() {
    let spec = load(&[PathBuf::from("specs/support-desk.yaml")]).expect("a valid spec");
    let graph = CapabilityGraph::build(spec);
    let start = graph.spec().node_id("ticket-hook").expect("the webhook of the support desk");
    let blast = BlastRadius::compute(&graph, &[start], 0);
    for (name, theme) in [("light", Theme::Light), ("dark", Theme::Dark)] {
        let options = DrawOptions { theme, ..DrawOptions::default() };
        let topology = dot_topology(&graph, &options).expect("small enough");
        let radius = dot_blast(&blast, theme).expect("small enough");
        for (what, drawing) in [("topology", topology), ("blast", radius)] {
            assert_drawing(&format!("docs/pictures/support-desk-{what}-{name}"), &drawing);
        }
    }
}

/// The question with which `docs/harden.md` begins.
#[test]
fn pictures_of_a_cut() {
    let spec = load(&[PathBuf::from("specs/support-desk.yaml")]).expect("a valid spec");
    let graph = CapabilityGraph::build(spec);
    let node = |name: &str| [graph.spec().node_id(name).expect("a node of the support desk")];
    let question = Question::new(Plane::Influence, By::Edges, &node("ticket-hook"), &node("payments"));
    let hardening = Hardening::cuts(&graph, question);
    for (name, theme) in [("light", Theme::Light), ("dark", Theme::Dark)] {
        let drawing = dot_harden(&hardening, theme).expect("there is something between");
        assert_drawing(&format!("docs/pictures/support-desk-cut-{name}"), &drawing);
    }
}

/// The change that `docs/review.md` walks through.
#[test]
fn pictures_of_a_review() {
    let side =
        |name: &str| load(&[PathBuf::from(format!("tests/fixtures/review/{name}.yaml"))]).expect("valid");
    let comparison = Comparison::of(&side("base"), &side("head")).expect("nothing was renamed");
    let today = "2026-11-25".parse().expect("a day");
    let review = Review::of(comparison, Policy { accept_from: AcceptFrom::Base, today });
    let context = Context {
        base: "main".to_owned(),
        head: "crabwalk.yaml".to_owned(),
        base_commit: None,
        head_commit: None,
        command: "crabwalk diff main crabwalk.yaml".to_owned(),
        link: None,
        fail_on: Some(Level::Error),
    };
    for (name, theme) in [("light", Theme::Light), ("dark", Theme::Dark)] {
        let drawing = dot(&review, &context, theme);
        assert_drawing(&format!("docs/pictures/review-focus-{name}"), &drawing);
    }
}

#[test]
fn the_schema_accepts_every_shipped_spec_and_template() {
    let schema = json_schema();
    let validator = jsonschema::draft7::new(&schema).expect("the schema is a schema");
    let folders = ["specs", "tests/conformance", "src/cli/templates"];
    let files =
        folders.iter().flat_map(|folder| fs::read_dir(root().join(folder)).expect("part of the project"));
    let mut seen = 0;
    for path in files.map(|entry| entry.expect("readable").path()) {
        if path.extension().is_some_and(|ending| ending == "yaml") {
            let text = fs::read_to_string(&path).expect("readable");
            let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
            let mistakes: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path))
                .collect();
            assert!(mistakes.is_empty(), "{}: {mistakes:#?}", path.display());
            load(&[path]).expect("and the loader agrees");
            seen += 1;
        }
    }
    assert!(seen >= 20);
    let wrong = serde_json::json!({"version": 1, "agents": {"a": {"wirte": ["b"]}}});
    assert!(!validator.is_valid(&wrong), "an unknown key is refused");
}
