//! Authority over long ways: every guard on the way of a secret is counted, however long it is, and one secret opens the next.

use std::fmt::Write as _;

use crabwalk::graph::{Edge, Origin, close_authority};
use crabwalk::model::Spec;

fn spec(text: &str) -> Spec {
    Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// The derived edges from a node to another.
fn derived<'e>(spec: &Spec, edges: &'e [Edge], from: &str, to: &str) -> Vec<&'e Edge> {
    let (from, to) = (spec.node_id(from).expect("a node"), spec.node_id(to).expect("a node"));
    edges.iter().filter(|edge| !edge.is_declared() && edge.from == from && edge.to == to).collect()
}

#[test]
fn a_secret_at_the_head_of_a_long_guarded_chain() {
    const LENGTH: u32 = 30_000;
    let mut text = String::from(
        "version: 1\nagents:\n  a0: {read: [key], write: [{target: a1, guards: [redaction]}]}\n",
    );
    for agent in 1..LENGTH {
        let next = agent + 1;
        writeln!(text, "  a{agent}: {{write: [{{target: a{next}, guards: [redaction]}}]}}").expect("memory");
    }
    writeln!(text, "  a{LENGTH}: {{invoke: [shell], write: [out]}}").expect("memory");
    text += "tools:\n  shell: {general: true, isolation: per-call}\n  vault: {}\n";
    text += "sinks:\n  out: {}\ncredentials:\n  key: {opens: [vault]}\n";
    let spec = spec(&text);
    let edges = close_authority(&spec);
    let extra = |from: &str| -> Vec<u32> {
        derived(&spec, &edges, from, "vault").iter().map(|edge| edge.extra).collect()
    };
    assert_eq!(extra("a0"), [0], "it reads the key");
    assert!(extra("a1").is_empty(), "it learns the key and has nothing that could present it");
    assert_eq!(extra(&format!("a{LENGTH}")), [LENGTH], "it learns the key and has a shell");
    assert_eq!(extra("out"), [LENGTH], "the key gets out");
}

/// Behind each key stands a keeper that reads the next one and tells it; the thief has a shell and the first. A tool would keep it.
#[test]
fn one_secret_opens_the_next() {
    const KEYS: u32 = 1_000;
    let mut text = String::from(
        "version: 1\nagents:\n  thief: {invoke: [shell], read: [{target: key0, guards: [redaction]}]}\n",
    );
    for key in 0..KEYS {
        let next = key + 1;
        writeln!(text, "  vault{key}: {{read: [key{next}]}}").expect("memory");
    }
    text += "tools:\n  shell: {general: true, isolation: per-call}\n";
    writeln!(text, "  vault{KEYS}: {{}}\ncredentials:").expect("memory");
    for key in 0..=KEYS {
        writeln!(text, "  key{key}: {{opens: [vault{key}]}}").expect("memory");
    }
    let spec = spec(&text);
    let edges = close_authority(&spec);
    let last = derived(&spec, &edges, "thief", &format!("vault{KEYS}"));
    let last: Vec<(u32, Origin)> = last.iter().map(|edge| (edge.extra, edge.origin)).collect();
    let node = |name: &str| spec.node_id(name).expect("a node");
    let credential = node(&format!("key{KEYS}"));
    assert_eq!(last, [(1, Origin::Insider { credential, through: node("shell") })]);
}

/// Agents in a loop that a secret of each comes to: everyone can use everything, and each edge is there once.
#[test]
fn a_loop_in_which_everyone_learns_everything() {
    const AGENTS: usize = 300;
    let mut text = String::from("version: 1\nagents:\n");
    for agent in 0..AGENTS {
        let next = (agent + 1) % AGENTS;
        writeln!(text, "  a{agent}: {{read: [key{agent}], write: [a{next}], invoke: [shell]}}")
            .expect("memory");
    }
    text += "tools:\n  shell: {general: true, isolation: per-call}\n";
    (0..AGENTS).for_each(|vault| text += &format!("  vault{vault}: {{}}\n"));
    text += "credentials:\n";
    (0..AGENTS).for_each(|key| text += &format!("  key{key}: {{opens: [vault{key}]}}\n"));
    let spec = spec(&text);
    let edges = close_authority(&spec);
    let derived: Vec<&Edge> = edges.iter().filter(|edge| !edge.is_declared()).collect();
    // The credentials' own rows, and an edge from every agent to every vault.
    assert_eq!(derived.len(), AGENTS + AGENTS * AGENTS);
    assert!(derived.iter().all(|edge| edge.extra == 0));
    let holders = derived.iter().filter(|edge| matches!(edge.origin, Origin::Holder(_)));
    assert_eq!(holders.count(), AGENTS, "reading is the lesser reason");
}
