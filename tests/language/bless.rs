//! What is written down of the matrix: where it goes in every layout, that no other byte changes, and that it holds then.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::program;
use crabwalk::findings::breach;
use crabwalk::graph::CapabilityGraph;
use crabwalk::language::{EditError, NewExpectation, has_rules, write_expectation};
use crabwalk::model::{Entry, Expect, Expected, Line, Part, Spec, Term, Way};
use oracle::generate;
use proptest::prelude::*;

/// What is expected of row `a`: `b` is open, `c d` behind a guard.
fn expectation(rule: Option<usize>) -> NewExpectation {
    let entry = |word: &str, guards| Entry { word: word.to_owned(), guards };
    let line = Line { of: "a".to_owned(), entries: vec![entry("b", 0), entry("c d", 1)] };
    let cells = vec![
        Expected { way: Way::Influence, lines: vec![line] },
        Expected { way: Way::Read, lines: vec![Line { of: "a".to_owned(), entries: Vec::new() }] },
    ];
    NewExpectation {
        expect: Expect { part: Part::Row("a".to_owned()), cells },
        why: "agreed".to_owned(),
        rule,
    }
}

fn written(text: &str, rule: Option<usize>) -> String {
    write_expectation("spec.yaml", text, &expectation(rule))
        .unwrap_or_else(|problem| panic!("{text:?}: {problem}"))
}

#[test]
fn a_rule_is_added_where_there_is_none() {
    let block =
        "  - why: \"agreed\"\n    expect:\n      row: a\n      influence: [b, {c d: 1}]\n      read: []";
    let line = "{why: \"agreed\", expect: {row: a, influence: [b, {c d: 1}], read: []}}";
    let json = "{\"why\": \"agreed\", \"expect\": {\"row\": \"a\", \"influence\": [\"b\", {\"c d\": 1}], \"read\": []}}";
    let one = "{why: x, deny: {from: a, to: b}}";
    let cases = [
        ("version: 1\n", format!("version: 1\nrules:\n{block}\n")),
        ("version: 1", format!("version: 1\nrules:\n{block}")),
        ("version: 1\nrules:\nsinks:\n", format!("version: 1\nrules:\n{block}\nsinks:\n")),
        ("version: 1\nrules: # ours\n", format!("version: 1\nrules: # ours\n{block}\n")),
        ("version: 1\nrules: ~\n", format!("version: 1\nrules: [{line}]\n")),
        ("version: 1\nrules: []\n", format!("version: 1\nrules: [{line}]\n")),
        (
            &format!("version: 1\nrules: [{one}] # ours\n"),
            format!("version: 1\nrules: [{one}, {line}] # ours\n"),
        ),
        (
            &format!("version: 1\nrules:\n- {one}\nsinks:\n"),
            format!("version: 1\nrules:\n- {one}\n{}\nsinks:\n", block.replace("\n  ", "\n").trim_start()),
        ),
        (
            &format!("version: 1\r\nrules:\r\n  - {one}\r\n"),
            format!("version: 1\r\nrules:\r\n  - {one}\r\n{}\r\n", block.replace('\n', "\r\n")),
        ),
        ("{version: 1}", format!("{{version: 1, rules: [{line}]}}")),
        ("{\"version\": 1}", format!("{{\"version\": 1, \"rules\": [{json}]}}")),
    ];
    for (before, after) in cases {
        assert_eq!(written(before, None), after, "from {before:?}");
    }
}

#[test]
fn an_expectation_is_replaced_where_it_stands() {
    let block =
        |margin: &str| ["row: a", "influence: [b, {c d: 1}]", "read: []"].join(&format!("\n{margin}"));
    let line = "{row: a, influence: [b, {c d: 1}], read: []}";
    let cases = [
        (
            "rules:\n  - expect: # of the launch\n      row: a\n      # what it gets\n      influence:\n        - b\n        - c d: 3\n      read: t # no\n\n    why: x # because\n  - {why: y, deny: {from: a, to: b}}\nsinks:\n",
            format!(
                "rules:\n  - expect: # of the launch\n      {} # no\n\n    why: x # because\n  - {{why: y, deny: {{from: a, to: b}}}}\nsinks:\n",
                block("      ")
            ),
        ),
        (
            "rules:\n- why: x\n  expect:\n    row: a\n    influence: []\n",
            format!("rules:\n- why: x\n  expect:\n    {}\n", block("    ")),
        ),
        (
            "rules:\n- why: x\n  expect:\n    row: a\n    influence: []",
            format!("rules:\n- why: x\n  expect:\n    {}", block("    ")),
        ),
        (
            "rules:\n- {why: x, expect: {row: a, influence: []}} # end\n",
            format!("rules:\n- {{why: x, expect: {line}}} # end\n"),
        ),
        (
            "rules: [{expect: {row: a,\n influence: []}, why: x}]\n",
            format!("rules: [{{expect: {line}, why: x}}]\n"),
        ),
        (
            "rules:\n- why: >\n    x\n    expect:\n  expect: {row: a, read: b}\n",
            format!("rules:\n- why: >\n    x\n    expect:\n  expect: {line}\n"),
        ),
    ];
    for (before, after) in cases {
        for (head, tail) in
            [("version: 1\n", ""), ("version: 1\nagents: {expect: {tags: [expect]}}\n", "tools:\n")]
        {
            let (before, after) = (format!("{head}{before}"), format!("{head}{after}"));
            if !tail.is_empty() && !before.ends_with('\n') {
                continue;
            }
            assert_eq!(
                written(&format!("{before}{tail}"), Some(0)),
                format!("{after}{tail}"),
                "from {before:?}"
            );
        }
    }
    // The second of two.
    let two = "version: 1\nrules:\n  - {why: x, expect: {row: a, influence: b}}\n  - why: y\n    expect: {row: a, read: b}\n";
    let expected = two.replace("{row: a, read: b}", line);
    assert_eq!(written(two, Some(1)), expected);
}

/// Where something else would change with it, nothing is written.
#[test]
fn what_is_shared_is_left_alone() {
    let refused =
        |text: &str, rule| write_expectation("spec.yaml", text, &expectation(rule)).expect_err(text);
    let shared = "version: 1\nrules:\n  - &one {why: x, expect: &cells {row: a, influence: []}}\n  - {why: y, expect: *cells}\n";
    assert!(matches!(refused(shared, Some(1)), EditError::Indirect { key: "rules" }));
    assert!(matches!(refused(shared, Some(0)), EditError::Layout { .. } | EditError::Indirect { .. }));
    let alias = "version: 1\nname: &n x\nrules: &all []\naccept: *all\n";
    assert!(matches!(refused(alias, None), EditError::Layout { .. }));
    let help = refused(shared, Some(0)).help();
    assert!(help.contains("rules"), "{help}");
    assert!(matches!(refused("version: 2\n", None), EditError::Spec(_)));
    assert!(has_rules("version: 1\nrules:\n") && !has_rules("version: 1\nagents: {rules: }\n"));
}

fn bless(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = program::crabwalk(&[]);
    command.current_dir(folder).args(["matrix", "--bless"]).args(arguments);
    command.output().expect("it runs")
}

/// The rules of a spec that are broken.
fn broken(path: &Path) -> usize {
    let spec = crabwalk::input::load(&[path.to_owned()]).expect("it loads");
    let graph = CapabilityGraph::build(spec);
    graph.spec().rules.iter().filter(|rule| breach(&graph, rule).is_some()).count()
}

const DESK: &str = "version: 1
# the desk
agents:
  desk: {read: mail, invoke: {target: pay, guards: human-approval}}
  'a: \"b\"': {read: mail}
tools: {pay: }
sources: {mail: }
";

#[test]
fn what_is_blessed_holds_and_is_blessed_once() {
    let folder = program::folder();
    let path = folder.path().join("desk.yaml");
    for arguments in [&["--row", "desk"][..], &["--column", "a: \"b\""], &[]] {
        fs::write(&path, DESK).expect("a file");
        let all = [&["desk.yaml"], arguments].concat();
        let first = bless(folder.path(), &all);
        assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
        assert!(first.stdout.is_empty());
        let blessed = fs::read_to_string(&path).expect("it is there");
        assert!(blessed.starts_with(DESK) && blessed.len() > DESK.len(), "{blessed}");
        assert_eq!(broken(&path), 0, "{blessed}");
        assert!(bless(folder.path(), &all).status.success());
        assert_eq!(
            fs::read_to_string(&path).expect("it is there"),
            blessed,
            "the second time changes nothing"
        );
        // A change breaks it, and blessing it again mends it and touches nothing else.
        let changed = blessed
            .replace("guards: human-approval", "guards: redaction")
            .replace("'a: \"b\"': {read", "'a: \"b\"': {write: desk, read");
        fs::write(&path, &changed).expect("a file");
        assert_eq!(broken(&path), 1, "{changed}");
        assert!(bless(folder.path(), &all).status.success());
        let again = fs::read_to_string(&path).expect("it is there");
        assert_eq!(broken(&path), 0, "{again}");
        let topology = |text: &str| text.split("rules:").next().map(str::to_owned);
        assert_eq!(topology(&again), topology(&changed));
    }
}

/// A rule keeps its questions, its reason and its name; all rules about one part are refreshed.
#[test]
fn a_rule_keeps_what_it_asks() {
    let folder = program::folder();
    let rules = "rules:\n  - name: reach\n    why: agreed # in May\n    expect: {row: desk, influence: [mail]}\n  - {why: other, expect: {row: mail, influence: desk}}\n  - {why: again, expect: {row: desk, invoke: [mail]}}\n";
    fs::write(folder.path().join("crabwalk.yaml"), format!("{DESK}{rules}")).expect("a file");
    let output = bless(folder.path(), &["--row", "desk", "--why", "not used"]);
    assert!(output.status.success());
    let expected = rules
        .replace("influence: [mail]", "influence: [{pay: 1}]")
        .replace("invoke: [mail]", "invoke: [{pay: 1}]");
    assert_eq!(
        fs::read_to_string(folder.path().join("crabwalk.yaml")).expect("it is there"),
        format!("{DESK}{expected}")
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("row `desk` is written to crabwalk.yaml:11"), "{said}");
}

/// A new rule goes to the file that has rules; else to the one that declares the node.
#[test]
fn the_file_that_gets_a_rule() {
    let folder = program::folder();
    let file = |name: &str| folder.path().join(name);
    fs::write(file("a.crabwalk.yaml"), "version: 1\nagents: {a: {invoke: b}}\n").expect("a file");
    fs::write(file("b.crabwalk.yaml"), "version: 1\nagents: {b: }\n").expect("a file");
    let read = |name: &str| fs::read_to_string(file(name)).expect("it is there");
    assert!(bless(folder.path(), &[".", "--row", "b"]).status.success());
    assert!(read("b.crabwalk.yaml").contains("row: b") && !read("a.crabwalk.yaml").contains("rules"));
    assert!(bless(folder.path(), &[".", "--row", "a"]).status.success());
    assert!(read("b.crabwalk.yaml").contains("row: a") && !read("a.crabwalk.yaml").contains("rules"));
}

#[test]
fn from_the_standard_input_to_the_standard_output() {
    let folder = program::folder();
    fs::write(folder.path().join("in.yaml"), DESK).expect("a file");
    let pipe = |file: &str| {
        let mut command = program::crabwalk(&[]);
        let input = fs::File::open(folder.path().join(file)).expect("it is there");
        command.args(["matrix", "-", "--bless", "--row", "mail"]).stdin(input).output().expect("it runs")
    };
    let first = pipe("in.yaml");
    let text = String::from_utf8(first.stdout).expect("text");
    assert!(first.status.success() && text.starts_with(DESK) && text.contains("row: mail"), "{text}");
    fs::write(folder.path().join("again.yaml"), &text).expect("a file");
    assert_eq!(String::from_utf8(pipe("again.yaml").stdout).expect("text"), text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the topology is and however it is written down: what is there, written down, is what is expected.
    #[test]
    fn what_is_written_down_holds(text in generate::spec()) {
        let spec = Spec::from_text("spec.yaml", &text).expect("it loads");
        let graph = CapabilityGraph::build(spec);
        let name = |id| graph.spec().node_name(id).to_owned();
        let lines = crabwalk::analysis::lines(&graph, crabwalk::analysis::LinesOf::All, Way::ALL, Clone::clone);
        let cells = Way::ALL.iter().enumerate().map(|(at, way)| {
            let lines = lines.iter().map(|line| Line {
                of: name(line.of),
                entries: line.cells[at].iter().map(|(node, guards)| Entry { word: name(*node), guards: *guards }).collect(),
            });
            Expected { way: *way, lines: lines.collect() }
        });
        let expect = Expect { part: Part::Whole, cells: cells.collect() };
        let new = NewExpectation { expect: expect.clone(), why: "agreed".to_owned(), rule: None };
        let changed = write_expectation("spec.yaml", &text, &new).expect("it is written");
        let spec = Spec::from_text("spec.yaml", &changed).expect("it loads");
        prop_assert_eq!(&spec.rules[0].term, &Term::Expect(expect));
        let graph = CapabilityGraph::build(spec);
        prop_assert_eq!(breach(&graph, &graph.spec().rules[0]), None, "{}", changed);
        let again = NewExpectation { rule: Some(0), ..new };
        prop_assert_eq!(write_expectation("spec.yaml", &changed, &again).expect("it is written"), changed);
    }
}
