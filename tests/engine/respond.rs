//! Response plans: what a forgotten store infects again against the naive reference, containment against what the reference still
//! finds, and the parts of the plan on specs where they matter.

use std::collections::BTreeSet;

use crate::support::inert_markdown;
use crabwalk::graph::CapabilityGraph;
use crabwalk::hardening::{CutAnswer, Question};
use crabwalk::model::{NodeId, NodeKind, Plane, Spec};
use crabwalk::reference::Reference;
use crabwalk::report::{CommandLine, respond_markdown, respond_text};
use crabwalk::response::Response;
use oracle::generate;
use proptest::prelude::*;
use proptest::sample::Index;

fn spec(text: &str) -> Spec {
    Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

fn graph(text: &str) -> CapabilityGraph {
    CapabilityGraph::build(spec(text))
}

/// What the naive reference says that nodes reach: with no guard failing, or whatever fails.
fn reached(spec: &Spec, starts: &[NodeId], open: bool) -> BTreeSet<NodeId> {
    let reference = Reference::new(spec);
    let of = |start: &NodeId| {
        let costs = reference.reached(Plane::Influence, *start);
        let counts = move |cost: &crabwalk::reference::Cost| !open || cost.guards == 0;
        let found = spec.node_ids().zip(costs).filter(move |(_, cost)| cost.as_ref().is_some_and(counts));
        found.map(|(node, _)| node).collect::<Vec<_>>()
    };
    let all: BTreeSet<NodeId> = starts.iter().flat_map(of).collect();
    all.into_iter().filter(|node| !starts.contains(node)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Footprint, stores and what each of them infects again are what the reference says.
    #[test]
    fn a_forgotten_store_infects_what_the_reference_says(
        text in prop_oneof![3 => generate::spec(), 1 => generate::secrets()],
        picks in proptest::collection::vec(any::<Index>(), 1..3),
    ) {
        let graph = graph(&text);
        let spec = graph.spec();
        let starts: Vec<NodeId> = picks.iter().map(|pick| NodeId::new(pick.index(spec.nodes.len()))).collect();
        let plan = Response::plan(&graph, &starts);
        let footprint = reached(spec, &starts, true);
        let is_persistent = |node: &&NodeId| spec.node(**node).persists;
        let stores: BTreeSet<NodeId> = footprint.iter().chain(&starts).filter(is_persistent).copied().collect();
        prop_assert_eq!(plan.stores.iter().map(|store| store.node).collect::<BTreeSet<_>>(), stores);
        for store in &plan.stores {
            let residual: Vec<NodeId> = store.residual(&graph).iter().map(|found| found.node).collect();
            prop_assert_eq!(store.infects, residual.len());
            prop_assert!(store.nearest.iter().zip(&residual).all(|(found, node)| found.node == *node));
            let residual: BTreeSet<NodeId> = residual.into_iter().collect();
            prop_assert_eq!(residual, reached(spec, &[store.node], true), "{:?}", spec.node_name(store.node));
        }
        let in_order = |found: &crabwalk::response::Quarantine| (found.reached.cost.sessions, found.reached.cost.hops);
        prop_assert!(plan.stores.is_sorted_by_key(in_order));
    }

    /// With the cut made nothing that was clean is reached from the compromised nodes, and it is no larger than what stands
    /// before them.
    #[test]
    fn what_is_clean_stays_clean_behind_the_cut(
        text in prop_oneof![3 => generate::spec(), 1 => generate::secrets()],
        picks in proptest::collection::vec(any::<Index>(), 1..3),
    ) {
        let graph = graph(&text);
        let spec = graph.spec();
        let starts: Vec<NodeId> = picks.iter().map(|pick| NodeId::new(pick.index(spec.nodes.len()))).collect();
        let plan = Response::plan(&graph, &starts);
        let open = reached(spec, &starts, true);
        let any = reached(spec, &starts, false);
        let critical = Question::critical(spec);
        let clean: Vec<NodeId> = critical
            .iter()
            .copied()
            .filter(|node| !open.contains(node) && !starts.contains(node))
            .collect();
        prop_assert_eq!(&plan.containment.clean, &clean);
        let behind = clean.iter().filter(|node| any.contains(node)).count();
        prop_assert_eq!(plan.containment.behind_guards, behind);
        match &plan.containment.cut {
            CutAnswer::Apart => prop_assert_eq!(behind, 0),
            CutAnswer::Cut { near_ends, .. } => {
                let cut = spec.clone().what_if(&near_ends.changes);
                let still = reached(&cut, &starts, false);
                prop_assert!(clean.iter().all(|node| !still.contains(node)));
                prop_assert!(behind > 0);
            }
            CutAnswer::Uncuttable(path) => prop_assert!(!path.hops.is_empty()),
            CutAnswer::NoGuard => prop_assert!(false, "no guards were asked for"),
        }
    }
}

/// A desk with a vault: mail is read into memory, and money is behind an approval.
const DESK: &str = "version: 1
zones: {edge: , desk: , vault: }
sources: {mail: {zone: edge}}
agents:
  intake: {zone: edge, read: [mail], write: [notes], invoke: [{target: sage, as: advisor}, mailer]}
  sage: {zone: edge, isolation: per-call}
  clerk: {zone: desk, critical: true, read: [notes, {target: api-key, guards: [redaction]}], write: [archive], invoke: [{target: payments, guards: [human-approval]}, oauth]}
  auditor: {zone: desk, observe: [clerk]}
principals: {boss: {kind: human}}
tools: {payments: {zone: vault}, crm: {zone: desk}, mailer: {egress: true, write: [outbox]}}
stores:
  notes: {zone: desk, versioned: true, revocation: purge by author}
  archive: {zone: desk, kind: database}
sessions: {shift: {members: [clerk]}}
sinks: {outbox: }
credentials:
  api-key: {opens: [crm]}
  oauth: {opens: [crm], refresh: background, revocation: archive the vault}
";

fn names(graph: &CapabilityGraph, nodes: impl IntoIterator<Item = NodeId>) -> Vec<&str> {
    nodes.into_iter().map(|id| graph.spec().node_name(id)).collect()
}

fn plan(graph: &CapabilityGraph) -> Response<'_> {
    Response::plan(graph, &[graph.spec().node_id("mail").expect("declared")])
}

#[test]
fn stores_are_quarantined_in_the_order_in_which_they_are_reached() {
    let graph = graph(DESK);
    let plan = plan(&graph);
    assert_eq!(names(&graph, plan.stores.iter().map(|store| store.node)), ["notes", "archive"]);
    assert_eq!(plan.stores[0].reached.cost.sessions, 0);
    assert_eq!(plan.stores[1].reached.cost.sessions, 1, "the archive is written one session later");
    assert_eq!(plan.stores[0].procedure(&graph), Some("purge by author"));
    assert!(plan.stores[0].is_versioned(&graph) && !plan.stores[1].is_versioned(&graph));
    assert_eq!(plan.stores[1].procedure(&graph), None);
    let again = names(&graph, plan.stores[0].residual(&graph).iter().map(|found| found.node));
    assert_eq!(again, ["clerk", "auditor", "crm", "archive", "shift"]);
}

#[test]
fn what_refreshes_in_the_background_is_revoked_first() {
    let graph = graph(DESK);
    let plan = plan(&graph);
    assert_eq!(names(&graph, plan.credentials.iter().map(|one| one.node)), ["oauth"]);
    assert!(plan.credentials[0].refreshes && !plan.credentials[0].is_known());
    let guarded = names(&graph, plan.credentials_guarded.clone());
    assert_eq!(guarded, ["api-key"], "a redaction stands on the read");
    let held: Vec<NodeId> =
        ["api-key", "oauth", "clerk"].iter().map(|name| graph.spec().node_id(name).unwrap()).collect();
    let plan = Response::plan(&graph, &held);
    assert_eq!(names(&graph, plan.credentials.iter().map(|one| one.node)), ["oauth", "api-key"]);
    assert!(plan.credentials.iter().all(|one| one.secret.is_none() && one.is_known()));
}

#[test]
fn the_cut_stands_before_what_is_clean_and_before_what_is_reached() {
    let graph = graph(DESK);
    let plan = plan(&graph);
    let contained = &plan.containment;
    assert_eq!(names(&graph, contained.clean.clone()), ["payments"]);
    assert_eq!(contained.behind_guards, 1);
    let CutAnswer::Cut { near_ends, .. } = &contained.cut else { panic!("{:?}", contained.cut) };
    assert_eq!(near_ends.changes[0].words(graph.spec()), "without clerk:invoke:payments");
    let reached = contained.reached.as_ref().expect("the clerk is critical and reads the notes");
    assert_eq!(names(&graph, reached.nodes.iter().map(|found| found.node)), ["clerk"]);
    let CutAnswer::Cut { near_ends, .. } = &reached.cut else { panic!("{:?}", reached.cut) };
    // What comes back from the tool that the clerk may use is no way in: it starts afresh for each call.
    let words: Vec<String> = near_ends.changes.iter().map(|change| change.words(graph.spec())).collect();
    assert_eq!(words, ["without clerk:read:notes", "without clerk:read:shift"]);
}

#[test]
fn hops_that_nobody_recorded_are_named() {
    let graph = graph(DESK);
    let plan = plan(&graph);
    let words = |edge: &crabwalk::graph::EdgeId| {
        let edge = graph.edge(*edge);
        let name = |id| graph.spec().node_name(id);
        format!("{} {} {}", name(edge.from), edge.verb, name(edge.to))
    };
    let of =
        |all: &[crabwalk::response::HandOver]| all.iter().map(|(edge, _)| words(edge)).collect::<Vec<_>>();
    assert_eq!(
        of(&plan.evidence.unlogged),
        ["intake invoke sage"],
        "advice is not logged unless the spec says so"
    );
    assert!(of(&plan.evidence.logged).contains(&"intake write notes".to_owned()));
    assert!(of(&plan.evidence.derived).contains(&"clerk invoke crm".to_owned()));
    assert_eq!(plan.evidence.observers.iter().map(words).collect::<Vec<_>>(), ["auditor observe clerk"]);
    let guarded: Vec<String> = plan.evidence.guarded.iter().map(|((edge, _), _)| words(edge)).collect();
    assert_eq!(guarded, ["clerk invoke payments"]);
}

/// A per-call tool that was called with poisoned content answers that caller and no other.
#[test]
fn a_call_does_not_poison_what_the_callee_brings_along() {
    let text = "version: 1
sources: {mail: }
agents:
  red: {read: [mail], invoke: [calc]}
  blue: {invoke: [calc], critical: true}
tools: {calc: {}}
";
    let graph = graph(text);
    let plan = plan(&graph);
    assert_eq!(names(&graph, plan.containment.clean.clone()), ["blue"]);
    assert!(matches!(plan.containment.cut, CutAnswer::Apart), "{:?}", plan.containment.cut);
    assert_eq!(plan.evidence.logged.len(), 2, "mail to red, red to calc; calc brings nothing of it along");
}

#[test]
fn hostile_names_stay_names() {
    let text = "version: 1
name: \"<!-- @everyone -->\"
sources: {\"a|b `rm` <script>\": }
agents:
  \"*bold* [x](http://e.vil) @team\": {read: [\"a|b `rm` <script>\"], write: [\"\\u202etxt.exe\"], invoke: [{target: \"```\", guards: [human-approval]}]}
stores: {\"\\u202etxt.exe\": {revocation: \"[click](http://e.vil) @all\"}}
tools: {\"```\": {critical: true}}
";
    let graph = graph(text);
    let plan = Response::plan(&graph, &[NodeId::new(0)]);
    let page = respond_markdown(&plan, &CommandLine::from("crabwalk respond x"));
    let read = inert_markdown::assert_inert(&page, "none");
    assert!(read.tasks > 3, "what is to be done has boxes:\n{page}");
    assert!(page.contains("````sh\n"), "the fence is longer than what it holds:\n{page}");
    for text in [respond_text(&plan, &CommandLine::from("crabwalk respond x")), page] {
        let plain = anstream::adapter::strip_str(&text).to_string();
        assert!(!plain.contains('\u{202e}') && !plain.chars().any(|one| one.is_control() && one != '\n'));
    }
}

#[test]
fn sessions_and_contexts_are_stopped() {
    let graph = graph(DESK);
    let plan = plan(&graph);
    assert_eq!(names(&graph, plan.sessions.iter().map(|found| found.node)), ["shift"]);
    let contexts = names(&graph, plan.contexts.iter().map(|found| found.node));
    assert_eq!(contexts, ["intake", "sage", "clerk", "auditor"]);
    assert!(plan.principals.is_empty());
    assert!(plan.blast.sinks.iter().any(|found| graph.spec().node(found.node).kind == NodeKind::Sink));
}
