//! Incidents that were published, as specs of the same shape: each has its right answer, found by the rule that should find it.

use crabwalk::analysis::BlastRadius;
use crabwalk::findings::Assessment;
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{Level, Rule, Spec, WhatIf};
use jiff::civil::date;

fn spec(text: &str) -> Spec {
    Spec::from_text("case.yaml", &format!("version: 1\n{text}"))
        .unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// Rule, level and the chief nodes of each finding, notes left out.
fn found(spec: Spec) -> (Vec<(Rule, Level, Vec<String>)>, usize) {
    let graph = CapabilityGraph::build(spec);
    let assessment = Assessment::of(&graph, date(2026, 12, 1));
    let name = |node: &crabwalk::model::NodeId| graph.spec().node_name(*node).to_owned();
    let grave = assessment.findings.iter().filter(|finding| finding.level > Level::Note);
    let found = grave.map(|one| (one.rule, one.level, one.nodes().iter().map(name).collect())).collect();
    (found, assessment.unlisted.map_or(0, |more| more.count))
}

fn has(text: &str, rule: Rule, level: Level, nodes: &[&str]) {
    let (found, _) = found(spec(text));
    let is_it = |one: &&(Rule, Level, Vec<String>)| one.0 == rule && one.1 == level && one.2 == nodes;
    assert!(found.iter().any(|one| is_it(&one)), "{rule:?} of {nodes:?} in {found:#?}");
}

fn has_none_of(text: &str, rule: Rule) {
    let (found, _) = found(spec(text));
    assert!(found.iter().all(|one| one.0 != rule), "{found:#?}");
}

/// An issue's title comes into the package by a cache that a nightly job reads: the job relays, and nobody calls it.
const BUILD: &str = "zones: {public: , ci: , release: }
sources: {title: {kind: feed, zone: public}}
agents: {triage: {zone: ci, read: [title], invoke: [runner]}}
tools:
  runner: {zone: ci, general: true, egress: true, write: [cache]}
  nightly: {relays: true, zone: release, read: [cache, publish-token], write: [package]}
  registry: {zone: release, write: [package]}
stores:
  cache: {kind: file, zone: ci}
  package: {kind: repository, zone: release, critical: true}
credentials: {publish-token: {kind: api_key, zone: release, opens: [registry]}}
";

#[test]
fn an_issue_title_comes_into_the_package() {
    has(BUILD, Rule::OpenToUntrusted, Level::Error, &["package", "title"]);
    has(BUILD, Rule::SteeredGeneral, Level::Error, &["runner", "title"]);
    has(BUILD, Rule::PoisonedMemory, Level::Error, &["cache", "nightly", "title"]);
    // The job keeps its token: it does not come into the package.
    has_none_of(BUILD, Rule::SpreadingSecret);
}

/// A ticket has an agent read a table of tokens and write it where the customer reads: the agent is named, not the portal.
const TICKETS: &str = "sources: {ticket: {kind: feed}}
agents: {helper: {invoke: [select, insert]}}
tools:
  portal-in: {relays: true, read: [ticket], write: [tickets]}
  select: {read: [tickets, tokens]}
  insert: {write: [tickets]}
  portal-out: {relays: true, read: [tickets], write: [customer-view]}
stores: {tickets: {kind: database}, tokens: {kind: database, sensitivity: secret}}
sinks: {customer-view: }
";

#[test]
fn a_ticket_has_the_table_of_tokens_sent_to_the_customer() {
    has(TICKETS, Rule::ToxicFlow, Level::Error, &["customer-view", "helper", "ticket", "tokens"]);
    let graph = CapabilityGraph::build(spec(TICKETS));
    let node = |name: &str| graph.spec().node_id(name).expect("declared");
    let blast = BlastRadius::compute(&graph, &[node("ticket")], 0);
    let first = blast.leaving().leaks[0];
    assert_eq!((first.content, first.by), (node("tokens"), node("customer-view")));
    assert!(blast.exposed.is_empty(), "it learns nothing itself");
}

/// Four controls in a row were walked round one by one: three of them are counted, and said to fail they are an error.
const MAIL: &str = "guards: {classifier: {stops: influence, by: model}, links: {stops: exposure, by: model}, csp: {stops: exposure, by: model}}
sources: {mail: {kind: email}}
agents: {assistant: {read: [{target: mail, guards: classifier}, documents], invoke: [{target: render, guards: links}]}}
tools: {render: {invoke: [{target: host, guards: csp}]}, host: {egress: true}}
stores: {documents: {sensitivity: confidential}}
";

#[test]
fn what_stands_behind_many_guards_is_counted_and_never_silent() {
    let (findings, unlisted) = found(spec(MAIL));
    assert!(findings.is_empty() && unlisted == 1, "{findings:#?}");
    let failing = WhatIf::fail(&spec(MAIL), "by:model").expect("three guards");
    assert_eq!(failing.len(), 3);
    let (findings, unlisted) = found(spec(MAIL).what_if(&failing));
    assert!(findings.iter().any(|one| one.0 == Rule::ToxicFlow && one.1 == Level::Error), "{findings:#?}");
    assert_eq!(unlisted, 0);
}

#[test]
fn a_scrubbed_shell_beside_an_unscrubbed_reader_is_decorative() {
    let text = "guards: {scrub: {stops: exposure}}
sources: {title: {kind: feed}}
agents: {reviewer: {read: [title], invoke: [{target: runner, returns: {guards: scrub}}, reader], write: [comment]}}
tools: {runner: {general: true, read: [environment]}, reader: {read: [environment]}}
stores: {environment: {kind: sandbox, sensitivity: secret}}
sinks: {comment: }
";
    has(text, Rule::DecorativeGuard, Level::Warning, &["reviewer", "runner"]);
    has(text, Rule::ToxicFlow, Level::Error, &["comment", "reviewer", "title", "environment"]);
}

#[test]
fn two_agents_that_write_each_others_settings_switch_the_approval_off() {
    let text = |kept: &str| {
        format!(
            "guards: {{ask: {{by: person{kept}}}}}
agents:
  one: {{invoke: [web, {{target: shell, guards: ask}}], write: [other-settings]}}
  other: {{read: [other-settings], invoke: [{{target: shell, guards: ask}}], write: [settings]}}
tools: {{web: {{untrusted: true, egress: true}}, shell: {{general: true, critical: true}}}}
stores: {{settings: {{kind: file}}, other-settings: {{kind: file}}}}
"
        )
    };
    has(&text(""), Rule::SingleGuard, Level::Warning, &["shell", "web"]);
    has_none_of(&text(""), Rule::DisarmedGuard);
    has(&text(", kept_in: settings"), Rule::DisarmedGuard, Level::Error, &["settings", "web"]);
}

#[test]
fn memory_is_mixed_across_users_until_it_is_partitioned() {
    let text = |store: &str| {
        format!(
            "principals: {{ann: {{kind: human, invoke: [crew]}}, ben: {{kind: human, invoke: [crew]}}}}
agents: {{crew: {{isolation: per-call, read: [memory], write: [memory]}}}}
stores: {{memory: {{{store}}}}}
"
        )
    };
    has(&text(""), Rule::IsolationUndone, Level::Warning, &["crew", "memory"]);
    has_none_of(&text("partitioned: true"), Rule::IsolationUndone);
}

#[test]
fn memory_behind_a_tool_is_memory_all_the_same() {
    let text =
        "tools: {fetch: {untrusted: true, egress: false}, memory-server: {read: [graph], write: [graph]}}
agents: {scout: {invoke: [fetch, memory-server]}, lead: {invoke: [memory-server]}}
stores: {graph: {revocation: by hand}}
";
    let (findings, _) = found(spec(text));
    let memory = findings.iter().find(|one| one.0 == Rule::PoisonedMemory).expect("it is found");
    assert_eq!(memory.1, Level::Error);
}

/// A nearer stranger beside hides nothing, and neither does the order of the lines.
#[test]
fn a_second_stranger_hides_no_poisoned_memory() {
    let text = |tools: &str| {
        format!(
            "zones: {{low: , high: }}
sources: {{mail: {{kind: email, zone: low}}}}
agents: {{intake: {{zone: low, read: mail, write: notes}}, planner: {{zone: high, read: notes}}}}
{tools}stores: {{notes: {{revocation: by author}}}}
"
        )
    };
    let beside = "tools: {scraper: {zone: high, untrusted: true, egress: false, write: notes}}\n";
    for tools in ["", beside] {
        has(&text(tools), Rule::PoisonedMemory, Level::Error, &["notes", "planner", "mail"]);
    }
}

#[test]
fn a_key_that_is_sent_to_its_own_service_has_not_left() {
    let text = "sources: {mail: {kind: email}}
agents: {a: {read: [mail, key]}}
tools: {model-api: {egress: true}}
credentials: {key: {kind: api_key, opens: [model-api]}}
";
    has_none_of(text, Rule::ToxicFlow);
    has_none_of(text, Rule::SpreadingSecret);
}

#[test]
fn members_that_a_selector_takes_are_members() {
    let text = "zones: {low: , high: }
agents: {one: {zone: low, tags: team}, other: {zone: high, tags: team}}
sessions: {room: {members: ['tag:team']}}
";
    has(text, Rule::MixedSession, Level::Warning, &["room", "one", "other"]);
}

#[test]
fn an_advisor_that_is_untrusted_itself_is_found() {
    let text = "sources: {inbox: {kind: email}}
agents:
  worker: {read: inbox, invoke: {target: sage, as: advisor, logged: true}}
  sage: {untrusted: true}
";
    has(text, Rule::FedAdvisor, Level::Warning, &["sage", "worker", "sage"]);
}
