//! Who strangers are: what is untrusted, and a webhook without a signature. One definition, whoever asks.

use std::path::{Path, PathBuf};

use crate::support::program::{crabwalk, folder};
use crabwalk::findings::{Assessment, Recall};
use crabwalk::graph::CapabilityGraph;
use crabwalk::hardening::Question;
use crabwalk::model::{Rule, Selection, Spec};
use jiff::civil::date;

/// A hook with these attributes, whose posts pay.
fn hook(attributes: &str) -> String {
    format!(
        "version: 1
sources: {{hook: {{kind: webhook, {attributes}}}}}
agents: {{clerk: {{read: hook, write: log, invoke: pay}}}}
tools: {{pay: {{critical: true}}}}
stores: {{log: }}
"
    )
}

const RULE: &str = "rules: [{name: people pay, why: people pay, deny: {from: untrusted, to: pay}}]\n";

fn spec(text: &str) -> Spec {
    Spec::from_text("crabwalk.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:?}\n{text}"))
}

fn rules(spec: &Spec) -> Vec<Rule> {
    let graph = CapabilityGraph::build(spec.clone());
    Assessment::of(&graph, date(2026, 11, 25)).findings.iter().map(|finding| finding.rule).collect()
}

/// Whether the hook is a stranger to each that asks.
fn asked(attributes: &str) -> Vec<(&'static str, bool)> {
    let text = hook(attributes);
    let plain = spec(&text);
    let id = plain.node_id("hook").expect("it is there");
    // A rule that speaks of nobody is a mistake: another source keeps it from being one.
    let mail = text.replace("sources: {", "sources: {mail: , ");
    let ruled = spec(&format!("{mail}{RULE}"));
    let graph = CapabilityGraph::build(plain.clone());
    let recall = Recall::of(&graph, plain.node_id("log").expect("it is there"));
    let drawing = crabwalk::report::mermaid_topology(&graph, &crabwalk::report::DrawOptions::default());
    let drawing = drawing.expect("it is small");
    vec![
        ("the node", plain.node(id).is_stranger()),
        ("the spec", plain.strangers() == [id]),
        ("a selector", Selection::Untrusted.nodes(&plain).is_ok_and(|nodes| nodes == [id])),
        ("some words", Selection::taken(&plain, &["untrusted".to_owned()]) == [id]),
        ("harden", Question::untrusted(&plain) == [id]),
        ("CW104", rules(&plain).contains(&Rule::OpenToUntrusted)),
        ("a rule", rules(&ruled).contains(&Rule::DenyBroken)),
        ("a rule alone", Spec::from_text("a.yaml", &format!("{text}{RULE}")).is_ok()),
        ("memory", recall.is_open_to_untrusted()),
        ("its JSON", crabwalk::report::wire::memory_json(&recall)["planted_by"][0]["untrusted"] == true),
        ("a drawing", drawing.contains("untrusted")),
    ]
}

fn all_say(attributes: &str, expected: bool) {
    let wrong: Vec<&str> =
        asked(attributes).into_iter().filter(|(_, said)| *said != expected).map(|(who, _)| who).collect();
    assert!(
        wrong.is_empty(),
        "{attributes} is {}a stranger, but not to {wrong:?}",
        if expected { "" } else { "not " }
    );
}

#[test]
fn a_webhook_without_a_signature_is_a_stranger_whatever_it_says() {
    let unsigned = [
        "",
        "controls: {}",
        "controls: {signature: false}",
        "controls: {signature: no}",
        "controls: {signature: 'Off'}",
        "controls: {signature: none}",
        "controls: {signature: ' '}",
        "controls: {signature: 0}",
        "controls: {replay_window: 300, idempotency: true}",
    ];
    for controls in unsigned {
        all_say(&format!("untrusted: false, {controls}"), true);
        all_say(controls, true);
    }
}

#[test]
fn with_a_signature_it_is_what_it_says() {
    for signature in ["true", "hmac-sha256", "'ed25519'"] {
        let controls = format!("controls: {{signature: {signature}}}");
        all_say(&format!("untrusted: false, {controls}"), false);
        all_say(&format!("untrusted: true, {controls}"), true);
        // A source is untrusted unless it says otherwise.
        all_say(&controls, true);
    }
}

/// A signature is for webhooks to have.
#[test]
fn other_sources_are_what_they_say() {
    let of = |text: &str| !spec(&format!("version: 1\n{text}\n")).strangers().is_empty();
    assert!(of("sources: {mail: {kind: email}}"));
    assert!(!of("sources: {mail: {kind: email, untrusted: false}}"));
    assert!(of("sources: {hook: {kind: webhook, untrusted: false}}"));
    assert!(!of("tools: {web: }\nagents: {a: }\nprincipals: {p: }"));
    assert!(of("tools: {web: {untrusted: true}}"));
}

/// A scheme that is taken away again, under whatever word, lowers a protection.
#[test]
fn a_signature_that_goes_is_found_in_a_review() {
    use crabwalk::compare::Comparison;
    use crabwalk::findings::{AcceptFrom, Policy, Review};
    let signed =
        |signature: &str| spec(&hook(&format!("untrusted: false, controls: {{signature: {signature}}}")));
    let lowered = |head: &str| {
        let comparison = Comparison::of(&signed("hmac-sha256"), &signed(head)).expect("no renames");
        let policy = Policy { accept_from: AcceptFrom::Base, today: date(2026, 11, 25) };
        Review::of(comparison, policy).open().any(|finding| finding.rule == Rule::ProtectionLowered)
    };
    assert!(lowered("false") && lowered("none") && lowered("no") && lowered("''"));
    assert!(!lowered("true") && !lowered("ed25519"));
}

fn run(arguments: &[&str], spec: &Path) -> String {
    let output = crabwalk(arguments).arg(spec).output().expect("it runs");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_commands_begin_with_it() {
    let root = folder();
    let path: PathBuf = root.path().join("crabwalk.yaml");
    let text = hook("untrusted: false");
    std::fs::write(&path, format!("{text}{RULE}")).expect("it can be written");
    assert!(
        run(&["blast", "untrusted", "-s"], &path).contains("hook"),
        "{}",
        run(&["blast", "untrusted", "-s"], &path)
    );
    assert!(run(&["harden"], &path).contains("hook"), "{}", run(&["harden"], &path));
    let report = run(&["report"], &path);
    assert!(report.contains("| untrusted | 1 | hook |"), "{report}");
    let signed = hook("untrusted: false, controls: {signature: true}");
    std::fs::write(&path, signed).expect("it can be written");
    let said = run(&["blast", "untrusted", "-s"], &path);
    assert!(said.contains("no node is untrusted") && said.contains("webhooks without a signature"), "{said}");
}
