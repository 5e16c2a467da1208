//! The specs that the matrix reports are tried on.

use crabwalk::graph::CapabilityGraph;
use crabwalk::model::Spec;

/// A guard with a way around it, a store, a credential, a per-call agent, a node without a zone.
pub(crate) const DESK: &str = r#"
version: 1
name: desk
zones: {outside: {}, inside: {}, vault: {}}
sources:
  inbox: {kind: email, zone: outside}
agents:
  triage: {zone: inside, read: [inbox], write: [notes], invoke: [{target: payer, guards: human-approval}]}
  planner: {zone: inside, read: [notes], invoke: [payer, sage]}
  sage: {zone: inside, isolation: per-call}
  payer: {zone: vault, invoke: [pay-key], read: [{target: ledger, guards: redaction}]}
principals:
  auditor: {kind: human, observe: [payer]}
tools:
  pay: {zone: vault, egress: true}
stores:
  notes: {zone: inside}
  ledger: {zone: vault, kind: database, sensitivity: confidential}
credentials:
  pay-key: {kind: api_key, zone: vault, opens: [pay]}
"#;

/// No zones.
pub(crate) const PLAIN: &str = r#"
version: 1
name: plain
agents:
  one: {invoke: [two]}
  two: {write: [pad], isolation: per-call}
  three: {read: [{target: pad, guards: human-approval}]}
stores:
  pad: {kind: file}
"#;

/// The graph of a spec's text.
pub(crate) fn graph(text: &str) -> CapabilityGraph {
    CapabilityGraph::build(Spec::from_text("spec.yaml", text).expect("the spec is valid"))
}

/// A chain with shortcuts over four zones.
pub(crate) fn fleet(count: usize) -> CapabilityGraph {
    let zones = ["edge", "core", "data", "privileged"];
    let mut text =
        "version: 1\nname: fleet\nzones: {edge: {}, core: {}, data: {}, privileged: {}}\nagents:\n"
            .to_owned();
    for node in 0..count {
        let zone = zones[node * 4 / count];
        let targets: Vec<String> = [node + 1, node * 7 % count]
            .iter()
            .filter(|target| **target < count && **target > node)
            .collect::<std::collections::BTreeSet<_>>()
            .iter()
            .map(|target| match *target % 5 {
                0 => format!("{{target: agent-{target:04}, guards: human-approval}}"),
                _ => format!("agent-{target:04}"),
            })
            .collect();
        text += &format!(
            "  agent-{node:04}: {{zone: {zone}, invoke: [{}], isolation: per-call}}\n",
            targets.join(", ")
        )
        .replace("invoke: [], ", "");
    }
    graph(&text)
}

/// Names that try to leave every format there is.
pub(crate) const HOSTILE: [&str; 12] = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@everyone",
    "a|b|c",
    "``` ` ````",
    "<script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "שלום עולם",
    "turn\u{202e}around\u{2066}",
    "👩‍👩‍👧 🦀 crab",
    "日本語のエージェント",
];

/// A ring of such names, one of the greatest length among them, in zones and a spec with names of that kind.
pub(crate) fn hostile() -> String {
    let mut names: Vec<String> = HOSTILE.iter().map(|name| (*name).to_owned()).collect();
    names.push("n".repeat(200));
    let quoted: Vec<String> =
        names.iter().map(|name| serde_json::to_string(name).expect("a name is a string")).collect();
    let mut text =
        "version: 1\nname: \"</title><script>`@x\"\nzones: {\"<b>|`=low\": {}, high: {}}\nagents:\n"
            .to_owned();
    for (place, name) in quoted.iter().enumerate() {
        let zone = if place % 2 == 0 { "\"<b>|`=low\"" } else { "high" };
        let next = &quoted[(place + 1) % quoted.len()];
        text += &format!("  {name}: {{zone: {zone}, invoke: [{next}]}}\n");
    }
    text
}
