//! The formats that no page of transcripts shows, as snapshots; and names that try to be more than names.

use crate::support::inert_markdown;
use crate::support::tampered;
use crabwalk::analysis::{BlastRadius, Matrix, PathAnswer};
use crabwalk::findings::{Assessment, Recall, ThreatModel, surfaces};
use crabwalk::graph::CapabilityGraph;
use crabwalk::hardening::{By, CutAnswer, Hardening, Question};
use crabwalk::model::{NodeId, Plane, SourceFile, Spec};
use crabwalk::report::wire::{blast_json, graph_json, matrix_json, self_check_json};
use crabwalk::report::{
    PageStyle, assessment_text, blast_markdown, blast_text, features_page, harden_markdown, harden_text,
    memory_page, path_text, self_check_text, threat_model_markdown,
};
use crabwalk::verification::{Sample, SelfCheck};
use jiff::civil::date;

fn graph(text: &str) -> CapabilityGraph {
    let file = SourceFile::new("test.yaml", text.to_owned());
    CapabilityGraph::build(Spec::from_files(vec![file]).unwrap_or_else(|mistakes| panic!("{mistakes:#?}")))
}

fn small() -> CapabilityGraph {
    graph(include_str!("../conformance/memory-worm.yaml"))
}

fn streamed(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn matrix_as_json() {
    let graph = graph(include_str!("../conformance/confused-deputy.yaml"));
    insta::assert_snapshot!(streamed(|out| matrix_json(&Matrix::new(&graph), out)));
}

#[test]
fn graph_as_json() {
    insta::assert_snapshot!(streamed(|out| graph_json(&small(), out)));
}

#[test]
fn blast_radius_as_json_and_markdown() {
    let graph = small();
    let start = graph.spec().node_id("web").expect("declared");
    let blast = BlastRadius::compute(&graph, &[start], 0);
    insta::assert_snapshot!("blast_json", format!("{:#}", blast_json(&blast)));
    insta::assert_snapshot!("blast_markdown", blast_markdown(&blast));
}

#[test]
fn what_to_change_first_as_markdown() {
    let graph = graph(include_str!("../conformance/secrets.yaml"));
    let spec = graph.spec();
    let question =
        Question::new(Plane::Influence, By::Edges, &Question::untrusted(spec), &Question::precious(spec));
    let hardening = Hardening::compute(&graph, question, &());
    insta::assert_snapshot!(
        "harden_markdown",
        harden_markdown(&hardening, &"crabwalk harden secrets.yaml".into())
    );
}

#[test]
fn differences_of_a_self_check() {
    let graph = small();
    let mut check = SelfCheck::run(&graph, Sample::draw(&graph, 3, 1));
    assert!(check.is_equal());
    tampered::tamper(&mut check);
    assert!(!check.is_equal());
    let text = anstream::adapter::strip_str(&self_check_text(&check)).to_string();
    insta::assert_snapshot!("self_check_text", text.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"));
    insta::assert_snapshot!("self_check_json", format!("{:#}", self_check_json(&check)));
}

#[test]
fn secrets_in_a_blast_radius() {
    let graph = graph(include_str!("../conformance/secrets.yaml"));
    let start = graph.spec().node_id("peer").expect("declared");
    let blast = BlastRadius::compute(&graph, &[start], 1);
    let text = anstream::adapter::strip_str(&blast_text(&blast)).to_string();
    insta::assert_snapshot!(text);
}

/// Names with markup, mentions, table borders, workflow commands, and characters that turn text around.
const HOSTILE: &str = r#"
version: 1
name: "<!-- @everyone -->"
agents:
  "a|b `rm` <script>alert(1)</script>": {write: ["*bold* [x](http://e.vil) @team"]}
  "=cmd|' /C calc'!A0": {read: ["*bold* [x](http://e.vil) @team"], invoke: ["\u202etxt.exe"]}
stores:
  "*bold* [x](http://e.vil) @team": {}
tools:
  "\u202etxt.exe": {critical: true}
"#;

#[test]
fn hostile_names_stay_names() {
    let graph = graph(HOSTILE);
    let first = NodeId::new(0);
    let blast = BlastRadius::compute(&graph, &[first], 0);
    assert_eq!(blast.influenced.len(), 3);
    let page = blast_markdown(&blast);
    inert_markdown::assert_inert(&page, "none");
    let rows = page.lines().filter(|line| line.starts_with("| hop"));
    for row in rows {
        let borders = row.replace("\\|", "").matches('|').count();
        assert_eq!(borders, 5, "four cells: {row}");
    }
    let last = graph.spec().node_ids().last().expect("declared");
    let answer = PathAnswer::find(&graph, Plane::Influence, first, last);
    let mut check = SelfCheck::run(&graph, Sample::draw(&graph, 2, 0));
    tampered::tamper(&mut check);
    let check = self_check_text(&check);
    let question = Question::new(Plane::Influence, By::Guards, &[first], &[last]);
    let hardening = Hardening::compute(&graph, question, &());
    assert!(matches!(hardening.cut, CutAnswer::Cut { .. }), "{:?}", hardening.cut);
    let cuts = harden_markdown(&hardening, &"crabwalk harden a.yaml".into());
    inert_markdown::assert_inert(&cuts, "none");
    let cuts = [harden_text(&hardening, &"crabwalk harden a.yaml".into()), cuts];
    let assessment = Assessment::of(&graph, date(2026, 11, 25));
    let texts = [
        blast_text(&blast),
        path_text(&graph, &answer),
        assessment_text(&assessment, None),
        features_page(&assessment, &surfaces(&assessment), PageStyle::Text),
        features_page(&assessment, &surfaces(&assessment), PageStyle::Markdown),
        memory_page(&Recall::of(&graph, last), PageStyle::Markdown),
        threat_model_markdown(&ThreatModel::of(&assessment), Some(&[])),
        check,
        page,
    ];
    let texts = texts.into_iter().chain(cuts);
    for text in texts {
        let plain = anstream::adapter::strip_str(&text).to_string();
        assert!(!plain.contains('\u{202e}'), "direction is not turned: {plain}");
        let control = |character: char| character.is_control() && character != '\n';
        assert!(!plain.chars().any(control), "{plain}");
    }
}
