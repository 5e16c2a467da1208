//! What to keep, and what to look at before reopening, as steps of the plan.

use crate::graph::CapabilityGraph;
use crate::hardening::CutAnswer;
use crate::model::{EdgeKey, Leg, NodeId, WhatIf};
use crate::report::again::Again;
use crate::report::change::{edge, flags};
use crate::report::counts::{counted, thousands};
use crate::report::harden::{Row, Section, at, derived, group};
use crate::report::page::PageStyle;
use crate::response::{HandOver, Response};

/// Hand-overs of one sort that are printed; JSON has all.
const SHOWN: usize = 12;

/// What is recorded and what is not.
pub(super) fn evidence(response: &Response<'_>, style: PageStyle) -> Section {
    let graph = response.blast.graph;
    let evidence = &response.evidence;
    let mut rows = Vec::new();
    let mut after = Vec::new();
    let mut list = |kind: &str, hand_overs: &[HandOver]| {
        rows.extend(hand_overs.iter().take(SHOWN).map(|one| hand_over(graph, kind, *one, style)));
        let more = hand_overs.len().saturating_sub(SHOWN);
        if more > 0 {
            after.push(format!("{} more {kind}; -f json has all", thousands(more)));
        }
    };
    list("not logged", &evidence.unlogged);
    list("logged", &evidence.logged);
    list("derived", &evidence.derived);
    let observers = evidence.observers.iter().filter_map(|id| graph.declaration(graph.edge(*id)));
    let observers: Vec<Row> = observers
        .map(|edge| {
            let words = self::edge(graph.spec(), EdgeKey::of(edge), style);
            Row::of(["observed".to_owned(), words, at(graph, Some(edge.place), style)])
        })
        .collect();
    rows.extend(observers);
    let total = evidence.logged.len() + evidence.unlogged.len() + evidence.derived.len();
    let note = if total == 0 {
        "no hand-over can have carried the attack on".to_owned()
    } else {
        format!(
            "save the logs before anything is purged: {} may have carried the attack, {} of them not logged{}",
            counted(total, "hand-over"),
            thousands(evidence.unlogged.len()),
            if evidence.unlogged.is_empty() { "" } else { ": those hops cannot be reconstructed" }
        )
    };
    Section {
        title: "Keep the evidence".to_owned(),
        notes: vec![note],
        heads: vec!["", "Hand-over", "Where"],
        rows,
        after,
        ..Section::default()
    }
}

fn hand_over(graph: &CapabilityGraph, kind: &str, (id, leg): HandOver, style: PageStyle) -> Row {
    match graph.declaration(graph.edge(id)) {
        Some(declared) => {
            let result = if leg == Leg::Result { ", its result" } else { "" };
            let words = format!("{}{result}", edge(graph.spec(), EdgeKey::of(declared), style));
            Row::of([kind.to_owned(), words, at(graph, Some(declared.place), style)])
        }
        None => Row::of([kind.to_owned(), derived(graph, id, leg, style), "derived".to_owned()]),
    }
}

/// What has to hold before anything is started again.
pub(super) fn verify(response: &Response<'_>, again: &Again, style: PageStyle) -> Section {
    let graph = response.blast.graph;
    let spec = graph.spec();
    let blast = &response.blast;
    let mut checks: Vec<String> = Vec::new();
    let named = |nodes: Vec<NodeId>| group(spec, &nodes, style);
    let changes = changes(response);
    match changes.len() {
        0 => {}
        1 => checks.push("the cut of step 2 is in place".to_owned()),
        _ => checks.push("the cuts of step 2 are in place".to_owned()),
    }
    if !response.stores.is_empty() {
        let stores = named(response.stores.iter().map(|store| store.node).collect());
        checks.push(format!("what was written since is purged from {stores}, or an earlier version is back"));
    }
    if !response.credentials.is_empty() {
        let credentials = named(response.credentials.iter().map(|one| one.node).collect());
        checks
            .push(format!("a call with {credentials} is refused, also with tokens that were issued before"));
    }
    for (on, guards) in response.evidence.guarded.iter().take(SHOWN) {
        let names: Vec<String> = guards.iter().map(|guard| style.name(spec.guard_name(*guard))).collect();
        let by = if names.is_empty() {
            "the guards on the way to the authority".to_owned()
        } else {
            names.join(" and ")
        };
        let row = hand_over(graph, "", *on, style);
        checks.push(format!("what {by} let through since: {} ({})", row.cells[1], row.cells[2]));
    }
    let more = response.evidence.guarded.len().saturating_sub(SHOWN);
    let after = if more > 0 {
        vec![format!("{} to look at; -f json has all", counted(more, "more guarded hand-over"))]
    } else {
        Vec::new()
    };
    if !response.principals.is_empty() {
        let people = named(response.principals.iter().map(|found| found.node).collect());
        checks.push(format!("who may have acted on poisoned content knows it: {people}"));
    }
    if !blast.sinks.is_empty() {
        let sinks = named(blast.sinks.iter().map(|found| found.node).collect());
        checks.push(format!("what left by {sinks} since is known"));
    }
    let private: Vec<NodeId> =
        blast.exposed.iter().map(|found| found.node).filter(|id| spec.node(*id).is_private()).collect();
    if !private.is_empty() {
        checks.push(format!("who has to be told that {} may be known", group(spec, &private, style)));
    }
    checks.push(format!(
        "what is compromised is trusted again, and what reaches it: {}",
        group(spec, &blast.starts, style)
    ));
    let flags = flags(spec, &changes).filter(|flags| !flags.is_empty());
    let command = flags.map(|flags| again.clone().flag(&flags).text());
    Section {
        title: "Before reopening".to_owned(),
        rows: checks.into_iter().map(|check| Row::of([check])).collect(),
        heads: vec!["Check"],
        after,
        command,
        ..Section::default()
    }
}

/// Everything that step 2 changes.
fn changes(response: &Response<'_>) -> Vec<WhatIf> {
    let cuts =
        [Some(&response.containment.cut), response.containment.reached.as_ref().map(|reached| &reached.cut)];
    let mut all: Vec<WhatIf> = Vec::new();
    for answer in cuts.into_iter().flatten() {
        if let CutAnswer::Cut { near_ends, .. } = answer {
            let new = near_ends.changes.iter().filter(|change| !all.contains(change)).copied();
            let new: Vec<WhatIf> = new.collect();
            all.extend(new);
        }
    }
    all
}
