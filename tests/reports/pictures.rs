//! Pictures: what they look like in DOT and Mermaid, that no name can break out of them, and when they are refused.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crabwalk::analysis::BlastRadius;
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{DeclaredValue, NodeId, Spec};
use crabwalk::report::{self, DrawError, DrawOptions, SvgError, Theme};
use proptest::prelude::*;

/// One of everything that a picture tells apart: guards on both legs, a persistent store, a person, a sink, an untrusted source.
const DESK: &str = "
version: 1
name: desk
zones: {edge: {}, desk: {}, vault: {}}
sources:
  ticket: {kind: webhook, zone: edge}
agents:
  intake:
    zone: edge
    read: [ticket]
    write: [notes]
    invoke: [{target: resolver, guards: [typed-output], returns: false}]
  resolver:
    zone: desk
    critical: true
    read: [notes]
    write: [notes, mail]
    invoke:
      - {target: refunder, guards: [human-approval], returns: {guards: [redaction]}}
      - scratch-shell
  refunder: {zone: vault, invoke: [payments]}
  auditor: {zone: vault, isolation: per-call, observe: [resolver]}
principals:
  clerk: {kind: human, zone: desk, invoke: [resolver]}
tools:
  payments: {zone: vault, critical: true}
  scratch-shell: {zone: desk, general: true, read: [sandbox], write: [sandbox]}
stores:
  notes: {kind: memory, zone: desk, sensitivity: confidential}
  sandbox: {kind: sandbox, zone: desk}
sinks:
  mail: {zone: edge}
";

/// Roles, credentials and a session: what makes derived edges. No zones.
const KEYS: &str = "
version: 1
name: keys
agents:
  planner: {read: [token]}
  worker: {}
principals:
  operator: {kind: iam-role, invoke: [worker]}
  ops: {kind: human, invoke: [operator]}
tools:
  deploy: {egress: true}
sessions:
  room: {members: [planner, worker]}
credentials:
  token: {kind: static_bearer, opens: [deploy]}
";

fn graph(name: &str, text: &str) -> CapabilityGraph {
    CapabilityGraph::build(Spec::from_text(name, text).expect("a sound spec"))
}

fn node(graph: &CapabilityGraph, name: &str) -> NodeId {
    graph.spec().node_id(name).expect("a node of this name")
}

/// Agents that invoke the next one, under any names whatever: the loader is stricter.
fn chain(names: &[String]) -> CapabilityGraph {
    let mut text = "version: 1\nagents:\n".to_owned();
    for position in 0..names.len() {
        let next =
            if position + 1 < names.len() { format!("invoke: [a{}]", position + 1) } else { String::new() };
        text.push_str(&format!("  a{position}: {{{next}}}\n"));
    }
    let mut spec = Spec::from_text("chain.yaml", &text).expect("a sound spec");
    spec.name = names[0].clone();
    let nodes = std::mem::take(&mut spec.nodes);
    spec.nodes = nodes.into_iter().zip(names).map(|((_, node), name)| (name.clone(), node)).collect();
    for (node, name) in spec.nodes.values_mut().zip(names) {
        node.declared = [("description", DeclaredValue::Text(name.as_str().into()))].into_iter().collect();
    }
    CapabilityGraph::build(spec)
}

/// What `dot` makes of some graphs; nothing where it is not installed.
fn dot(format: &str, graphs: &str) -> Option<String> {
    let started = Command::new("dot")
        .arg(format)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        skipped();
        return None;
    };
    let mut input = child.stdin.take().expect("a pipe");
    let text = graphs.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("dot ends");
    writer.join().expect("no panic").expect("dot reads all");
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "dot refused: {complaints}");
    assert!(!complaints.contains("rror"), "{complaints}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[expect(clippy::print_stderr, reason = "a skipped test should say so")]
fn skipped() {
    assert!(
        std::env::var_os("CRABWALK_REQUIRE_DOT").is_none(),
        "`dot` is not installed, and is required here"
    );
    eprintln!("skipped: `dot` is not installed");
}

#[test]
fn a_topology_in_dot() {
    let graph = graph("desk.yaml", DESK);
    insta::assert_snapshot!(report::dot_topology(&graph, &DrawOptions::default()).expect("small"));
}

#[test]
fn a_topology_with_derived_edges_in_the_dark() {
    let graph = graph("keys.yaml", KEYS);
    let options = DrawOptions { theme: Theme::Dark, derived: true, ..DrawOptions::default() };
    insta::assert_snapshot!(report::dot_topology(&graph, &options).expect("small"));
}

#[test]
fn a_topology_in_mermaid() {
    let desk = graph("desk.yaml", DESK);
    insta::assert_snapshot!(
        "mermaid_desk",
        report::mermaid_topology(&desk, &DrawOptions::default()).expect("small")
    );
    let keys = graph("keys.yaml", KEYS);
    insta::assert_snapshot!(
        "mermaid_keys",
        report::mermaid_topology(&keys, &DrawOptions::default()).expect("small")
    );
}

#[test]
fn a_blast_radius() {
    let graph = graph("desk.yaml", DESK);
    let blast = BlastRadius::compute(&graph, &[node(&graph, "ticket")], 0);
    insta::assert_snapshot!("blast_dot", report::dot_blast(&blast, Theme::Light).expect("small"));
    insta::assert_snapshot!("blast_mermaid", report::mermaid_blast(&blast, Theme::Light).expect("small"));
}

#[test]
fn a_path_with_everything_on_it() {
    let graph = graph("desk.yaml", DESK);
    let blast = BlastRadius::compute(&graph, &[node(&graph, "ticket")], 0);
    let path = blast.influence_path(node(&graph, "payments")).expect("a path");
    insta::assert_snapshot!(report::dot_path(&graph, &path, Theme::Light).expect("short"));
}

#[test]
fn pictures_say_what_is_compromised_and_where_it_ends() {
    let graph = graph("desk.yaml", DESK);
    let starts = [node(&graph, "intake"), node(&graph, "ticket")];
    let drawn = report::dot_blast(&BlastRadius::compute(&graph, &starts, 0), Theme::Light).expect("small");
    for said in
        ["If ticket and intake are compromised", "ends here", "leaves here", "foothold", "behind 1 guard"]
    {
        assert!(drawn.contains(said), "{said} is not in {drawn}");
    }
    let all_guards_fail =
        report::dot_blast(&BlastRadius::compute(&graph, &starts, 9), Theme::Light).expect("small");
    assert!(!all_guards_fail.contains("label=\"behind"), "{all_guards_fail}");
}

#[test]
fn a_slice_has_its_nodes_and_the_edges_among_them() {
    let graph = graph("desk.yaml", DESK);
    let nodes = vec![node(&graph, "notes"), node(&graph, "resolver"), node(&graph, "notes")];
    let options = DrawOptions { nodes: Some(nodes), ..DrawOptions::default() };
    let drawn = report::dot_topology(&graph, &options).expect("small");
    assert!(drawn.contains("2 of 11 nodes drawn"), "{drawn}");
    assert!(!drawn.contains("intake"), "{drawn}");
    assert_eq!(drawn.matches(" -> ").count(), 1, "{drawn}");
}

#[test]
fn every_picture_of_the_fixtures_is_drawn() {
    let mut graphs = String::new();
    let mut expected = Vec::new();
    for (name, text) in [("desk.yaml", DESK), ("keys.yaml", KEYS)] {
        let graph = graph(name, text);
        for theme in [Theme::Light, Theme::Dark] {
            let options = DrawOptions { theme, derived: true, nodes: None };
            graphs += &report::dot_topology(&graph, &options).expect("small");
            expected.push(graph.spec().nodes.len());
        }
        for start in graph.spec().node_ids() {
            let blast = BlastRadius::compute(&graph, &[start], 0);
            graphs += &report::dot_blast(&blast, Theme::Light).expect("small");
            expected.push(1 + blast.influenced.len() + blast.influenced_guarded.len());
            for found in blast.influenced.iter().chain(&blast.influenced_guarded) {
                let path = blast.influence_path(found.node).expect("a path");
                graphs += &report::dot_path(&graph, &path, Theme::Dark).expect("short");
                expected.push(path.hops.len() + 1);
            }
        }
    }
    if let Some(drawn) = dot("-Tplain", &graphs) {
        assert_eq!(drawn_nodes(&drawn), expected);
    }
}

/// How many nodes of ours each graph has; captions and invisible points have other ids.
fn drawn_nodes(plain: &str) -> Vec<usize> {
    let is_ours = |line: &&str| {
        let id = line.strip_prefix("node n").and_then(|rest| rest.split(' ').next());
        id.is_some_and(|id| id.chars().all(|character| character.is_ascii_digit()))
    };
    let graphs = plain.split("stop\n").filter(|graph| !graph.trim().is_empty());
    graphs.map(|graph| graph.lines().filter(is_ours).count()).collect()
}

const HOSTILE: [&str; 16] = [
    "",
    "]",
    r#"" ]; evil [label="pwn"#,
    r"\N \G \L \",
    "a -> b; { c }",
    "<b>bold</b> &lt; &#65; <!-- ",
    "line\nbreak",
    "  two  spaces ",
    "`**markdown**` _x_ 1. list",
    "#quot; #35; fa:fa-user",
    "end",
    "%%{init: {}}%%",
    "\u{202E}desrever\u{202C}",
    "שלום עולם 😀",
    "\u{0}\u{1}\u{FFFE}",
    "x|y[z](w)",
];

#[test]
fn hostile_names_come_out_whole_and_inert() {
    let names: Vec<String> = HOSTILE.iter().map(|name| (*name).to_owned()).collect();
    let graph = chain(&names);
    let drawn = report::dot_topology(&graph, &DrawOptions::default()).expect("small");
    let Some(drawn) = dot("-Tsvg", &drawn) else { return };
    let text = text_of(&drawn);
    for name in [r#"" ]; evil [label="pwn"#, r"\N \G \L \", "<b>bold</b> &lt; &#65; <!-- ", "שלום עולם 😀"]
    {
        assert!(text.contains(&name.replace(' ', "")), "{name} is not in {text}");
    }
    assert!(text.contains("[U+202E]desrever[U+202C]") && text.contains("[U+0000][U+0001][U+FFFE]"), "{text}");
}

/// The text of an SVG without spaces and joiners, markup decoded.
fn text_of(svg: &str) -> String {
    let pieces =
        svg.split("<text").skip(1).filter_map(|rest| rest.split_once('>')?.1.split("</text>").next());
    let text: String = pieces.collect();
    let text = text.replace("&#45;", "-").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&").replace([' ', '\u{A0}', '\u{2060}'], "").replace("&#160;", "")
}

#[test]
fn mermaid_gets_no_markup_from_names() {
    for name in HOSTILE {
        let graph = chain(&[name.to_owned(), "second".to_owned()]);
        let drawn = report::mermaid_topology(&graph, &DrawOptions::default()).expect("small");
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines.len(), 6, "{drawn}");
        assert!(!lines[1].contains("%%{"), "{drawn}");
        let label =
            lines[2].strip_prefix("  n0(\"").and_then(|rest| rest.strip_suffix("\")")).expect("a node");
        assert!(!label.contains(['"', '`', '<', '>', '&', '\\', '*', '_', '|']), "{label}");
        let entities =
            label.split('#').skip(1).all(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
        assert!(entities, "{label}");
    }
}

#[test]
fn a_picture_that_nobody_could_read_is_refused() {
    let crowd = |zone: &str, count: usize| -> String {
        (0..count).map(|index| format!("  {zone}{index}: {{zone: {zone}, invoke: [hub]}}\n")).collect()
    };
    let text = format!(
        "version: 1\nzones: {{big: {{}}, mid: {{}}, small: {{}}}}\nagents:\n  hub: {{}}\n{}{}{}",
        crowd("big", 160),
        crowd("mid", 40),
        crowd("small", 5)
    );
    let graph = graph("crowd.yaml", &text);
    let error = report::dot_topology(&graph, &DrawOptions::default()).expect_err("206 nodes");
    assert!(matches!(error, DrawError::TooLarge { nodes: 206, limit: 150, .. }), "{error:?}");
    assert_eq!(
        error.to_string(),
        "206 nodes are too many for a picture (at most 150): `crabwalk graph --zone mid` draws 40 of them"
    );
    assert!(report::mermaid_topology(&graph, &DrawOptions::default()).is_err());
    let blast = BlastRadius::compute(&graph, &[node(&graph, "hub")], 0);
    assert!(report::dot_blast(&blast, Theme::Light).is_err());
}

#[test]
fn what_mermaid_would_not_draw_is_refused() {
    let agent = |index: usize| {
        let others: Vec<String> =
            (0..40).filter(|other| *other != index).map(|other| format!("a{other}")).collect();
        format!("  a{index}: {{invoke: [{}]}}\n", others.join(", "))
    };
    let text = format!("version: 1\nagents:\n{}", (0..40).map(agent).collect::<String>());
    let graph = graph("mesh.yaml", &text);
    let error = report::mermaid_topology(&graph, &DrawOptions::default()).expect_err("780 lines");
    assert!(matches!(error, DrawError::TooManyEdges { edges: 780, .. }), "{error:?}");
    assert!(error.to_string().contains("crabwalk path FROM TO"), "{error}");
    assert!(report::dot_topology(&graph, &DrawOptions::default()).is_ok());
}

#[test]
fn svg_comes_from_graphviz() {
    let graph = graph("desk.yaml", DESK);
    let drawn = report::dot_topology(&graph, &DrawOptions::default()).expect("small");
    match report::svg(&drawn) {
        Ok(bytes) => assert!(String::from_utf8_lossy(&bytes).contains("</svg>")),
        Err(SvgError::Missing) => skipped(),
        Err(error) => panic!("{error}"),
    }
    let error = report::svg("digraph {").expect_err("not a graph, or no dot");
    assert!(!error.to_string().contains('\n') || matches!(error, SvgError::Failed { .. }), "{error}");
}

/// Any text at all, with the characters that matter in DOT more often than chance has them.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\\\\"<>&;NGLn #\\[\\]{}|]{1,24}",
        proptest::sample::select(HOSTILE.as_slice()).prop_map(str::to_owned),
        "\\PC{0,200}",
    ]
}

proptest! {
    // Each case is one process that reads eight topologies and eight blast radii.
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn any_names_draw_exactly_our_nodes(
        fleets in proptest::collection::vec(proptest::collection::btree_set(any_name(), 1..6), 8),
    ) {
        let mut graphs = String::new();
        let mut expected = Vec::new();
        for names in &fleets {
            let names: Vec<String> = names.iter().cloned().collect();
            let graph = chain(&names);
            graphs += &report::dot_topology(&graph, &DrawOptions::default()).expect("small");
            let blast = BlastRadius::compute(&graph, &[NodeId::new(0)], 0);
            graphs += &report::dot_blast(&blast, Theme::Dark).expect("small");
            expected.extend([names.len(), names.len()]);
        }
        if let Some(drawn) = dot("-Tplain", &graphs) {
            prop_assert_eq!(drawn_nodes(&drawn), expected);
        }
    }
}
