//! A spec without nodes: valid, and nothing that anybody should take for a topology without findings.

use std::path::Path;
use std::process::Output;

use crate::support::program::{crabwalk, folder};
use crabwalk::findings::Assessment;
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{Rule, Spec};
use jiff::civil::date;

fn rules(spec: &Spec) -> Vec<Rule> {
    let graph = CapabilityGraph::build(spec.clone());
    Assessment::of(&graph, date(2026, 11, 25)).findings.iter().map(|finding| finding.rule).collect()
}

fn spec(text: &str) -> Spec {
    Spec::from_text("crabwalk.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

#[test]
fn nothing_declared_is_a_finding_and_one_node_is_none() {
    let empty = [
        "version: 1\n",
        "version: 1\nzones: {edge: , core: }\nguards: {dlp: {stops: exposure}}\nagents:\n",
        "version: 1\nagents: {}\n",
    ];
    for text in empty {
        assert_eq!(rules(&spec(text)), [Rule::NoNodes], "{text}");
    }
    assert_eq!(rules(&Spec::default()), [Rule::NoNodes], "also without a file");
    for section in ["agents", "stores", "sinks", "sources", "credentials"] {
        assert!(
            !rules(&spec(&format!("version: 1\n{section}: {{a: }}\n"))).contains(&Rule::NoNodes),
            "{section}"
        );
    }
    assert_eq!(rules(&spec("version: 1\nreview: {levels: {no-nodes: 'off'}}\n")), []);
}

fn run(arguments: &[&str], spec: &Path) -> Output {
    crabwalk(arguments).arg(spec).output().expect("it runs")
}

#[test]
fn check_says_so_in_every_format_and_fails_only_where_warnings_fail() {
    let root = folder();
    let path = root.path().join("crabwalk.yaml");
    std::fs::write(&path, "version: 1\nzones: {edge: , core: }\n").expect("it can be written");
    let said = run(&["check"], &path);
    let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success(), "{text}");
    assert!(text.contains("warning[CW185]: the spec declares no nodes"), "{text}");
    assert!(text.contains("crabwalk.yaml:1"), "{text}");
    assert_eq!(run(&["check", "--fail-on", "warning"], &path).status.code(), Some(1));
    for format in ["json", "sarif", "github", "gitlab", "junit"] {
        let said = run(&["check", "-f", format], &path);
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(
            said.status.success() && text.contains("CW185") && text.contains("declares no nodes"),
            "{format}: {text}"
        );
    }
}

/// In a review it is the spec that is gone, where there was one.
#[test]
fn a_head_without_nodes_fails_the_gate() {
    let root = folder();
    let (base, head) = (root.path().join("base.yaml"), root.path().join("head.yaml"));
    std::fs::write(&base, "version: 1\nagents: {a: {invoke: pay}}\ntools: {pay: {critical: true}}\n")
        .expect("a file");
    std::fs::write(&head, "version: 1\n").expect("a file");
    let diff = |base: &Path, head: &Path| {
        let said = crabwalk(&["diff"]).arg(base).arg(head).output().expect("it runs");
        (said.status.code(), String::from_utf8_lossy(&said.stdout).into_owned())
    };
    let (code, text) = diff(&base, &head);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("error[CW013]: the spec is gone, and with it 2 nodes (1 critical)\n"), "{text}");
    // What is new is as it was, and nothing at all is no change.
    assert!(!diff(&head, &base).1.contains("CW013"));
    assert!(diff(&head, &head).1.starts_with("no change: "), "{}", diff(&head, &head).1);
}
