//! What is said and drawn of what to change first, where there is much of it and where names are hostile.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crabwalk::graph::CapabilityGraph;
use crabwalk::hardening::{By, CutAnswer, Hardening, Question};
use crabwalk::model::{NodeId, Plane, Spec};
use crabwalk::report::{self, DrawError, MAX_MERMAID_CHARACTERS, Theme};

fn graph(text: &str) -> CapabilityGraph {
    CapabilityGraph::build(
        Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}")),
    )
}

/// A feed that many agents read, each of which invokes a critical tool of its own.
fn star(agents: usize) -> CapabilityGraph {
    let mut text = "version: 1\nsources: {feed: {kind: web}}\nagents:\n".to_owned();
    text.extend((0..agents).map(|at| format!("  a{at}: {{read: [feed], invoke: [t{at}]}}\n")));
    text += "tools:\n";
    text.extend((0..agents).map(|at| format!("  t{at}: {{critical: true}}\n")));
    graph(&text)
}

fn asked(graph: &CapabilityGraph, by: By) -> Question {
    let (from, to) = (Question::untrusted(graph.spec()), Question::precious(graph.spec()));
    Question::new(Plane::Influence, by, &from, &to)
}

/// What `dot` makes of a drawing; nothing where it is not installed.
fn drawn(drawing: &str) -> Option<String> {
    let required = std::env::var_os("CRABWALK_REQUIRE_DOT").is_some();
    let started = Command::new("dot").arg("-Tplain").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(problem) => {
            assert!(!required, "`dot` is not installed, and is required here: {problem}");
            return None;
        }
    };
    child.stdin.take().expect("a pipe").write_all(drawing.as_bytes()).expect("dot reads all");
    let output = child.wait_with_output().expect("dot ends");
    assert!(output.status.success(), "dot refuses:\n{drawing}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn of_a_large_cut_the_first_edges_are_printed_and_the_rest_counted() {
    let graph = star(1_234);
    for by in [By::Edges, By::Guards] {
        let hardening = Hardening::compute(&graph, asked(&graph, by), &());
        let text = report::harden_text(&hardening, &"crabwalk harden star.yaml".into());
        let markdown = report::harden_markdown(&hardening, &"crabwalk harden star.yaml".into());
        for (page, row) in [(&text, " invokes t"), (&markdown, " invokes t")] {
            let (_, cut) = page.split_once("nearest to what is to be kept").expect("a first cut");
            let (cut, _) = cut.split_once("As small").expect("another cut");
            assert_eq!(cut.matches(row).count(), 50, "{cut}");
            assert!(cut.contains("and 1,184 more edges; ") && cut.contains("json has all"), "{cut}");
        }
        assert!(text.lines().count() < 200, "{text}");
        let mut json = Vec::new();
        report::wire::write_harden_json(&hardening, &mut json).expect("memory takes it");
        let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        assert_eq!(json["cut"]["cuts"][0]["edges"].as_array().map(Vec::len), Some(1_234));
    }
}

/// Each change closes the one pair that hangs on it, whether it is counted on the flows or the spec is made anew.
#[test]
fn single_changes_of_a_star_close_one_pair_each() {
    let graph = star(300);
    let hardening = Hardening::compute(&graph, asked(&graph, By::Edges), &());
    assert_eq!((hardening.effects.tried, hardening.effects.untried), (900, 0));
    assert_eq!(hardening.effects.closing.len(), 600);
    for effect in &hardening.effects.closing {
        assert_eq!((effect.closed, effect.left, effect.lost), (1, 299, 0));
    }
}

#[test]
fn a_picture_shows_the_cut_and_counts_what_it_leaves_out() {
    let graph = star(700);
    let hardening = Hardening::cuts(&graph, asked(&graph, By::Edges));
    let dot = report::dot_harden(&hardening, Theme::Light).expect("there is something between");
    assert_eq!(dot.matches(" -> ").count(), 50, "{dot}");
    assert_eq!(dot.matches("\u{2212} invokes").count(), 25, "{dot}");
    assert!(dot.contains("1,350 more flows between them not drawn"), "{dot}");
    drawn(&dot);
    let mermaid = report::mermaid_harden(&hardening).expect("there is something between");
    assert!(mermaid.chars().count() <= MAX_MERMAID_CHARACTERS);
    assert!(mermaid.contains("more flows between them not drawn"), "{mermaid}");
}

/// Whatever is asked of a shipped spec: what is drawn of a small one has every edge of its smallest cuts, and Graphviz takes it.
#[test]
fn pictures_of_shipped_specs_have_every_edge_of_the_cut() {
    for name in ["support-desk", "confused-deputy", "translators"] {
        let path = std::path::PathBuf::from(format!("specs/{name}.yaml"));
        let graph = CapabilityGraph::build(crabwalk::input::load(&[path]).expect("a valid spec"));
        let all: Vec<NodeId> = graph.spec().node_ids().collect();
        for (from, to) in all.iter().flat_map(|from| all.iter().map(move |to| (*from, *to))) {
            for (plane, by) in [(Plane::Influence, By::Edges), (Plane::Exposure, By::Guards)] {
                let hardening = Hardening::cuts(&graph, Question::new(plane, by, &[from], &[to]));
                let picture = report::dot_harden(&hardening, Theme::Dark);
                let CutAnswer::Cut { near_ends, .. } = &hardening.cut else {
                    let is_empty = matches!(picture, Err(DrawError::NothingBetween));
                    assert!(is_empty || hardening.pairs() > 0, "nothing is drawn where nothing leads");
                    continue;
                };
                let picture = picture.expect("there is something to cut");
                let cut = picture.matches("style=\"dashed\", color=\"#009E73\"").count();
                assert_eq!(cut, near_ends.edges.len(), "{picture}");
            }
        }
    }
}

#[test]
fn hostile_names_stay_inside_their_labels() {
    let names = [r#"" ]; evil [label=\"pwn\"#, "<b>bold</b> &lt;", "%%{init: {}}%%", "a --> b", "end"];
    for name in names {
        let quoted = serde_json::Value::from(name);
        let text = format!(
            "version: 1\nagents: {{first: {{write: [{quoted}]}}, last: {{read: [{quoted}]}}}}\nstores: {{{quoted}: {{}}}}\n"
        );
        let graph = graph(&text);
        let id = |name: &str| graph.spec().node_id(name).expect("a node");
        let question = Question::new(Plane::Influence, By::Edges, &[id("first")], &[id("last")]);
        let hardening = Hardening::cuts(&graph, question);
        let dot = report::dot_harden(&hardening, Theme::Light).expect("a path");
        if let Some(plain) = drawn(&dot) {
            assert_eq!(plain.lines().filter(|line| line.starts_with("node ")).count(), 3, "{plain}");
        }
        let mermaid = report::mermaid_harden(&hardening).expect("a path");
        assert!(!mermaid.contains("%%{") && !mermaid.contains("<b>"), "{mermaid}");
    }
}
