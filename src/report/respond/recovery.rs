//! What keeps the attack alive, as steps of the plan: stores, credentials, and what a forgotten store infects again.

use super::steps::{about, when};
use crate::analysis::Reached;
use crate::model::{NodeId, before_time};
use crate::report::counts::{counted, thousands};
use crate::report::harden::{Row, Section, at, group};
use crate::report::page::PageStyle;
use crate::report::sentence::one_line;
use crate::response::{Quarantine, Response, Revocation};

/// Nodes that are named of what a store infects again.
const NEAREST: usize = 4;

/// Stores to quarantine, in the order in which they are reached.
pub(super) fn stores(response: &Response<'_>, style: PageStyle) -> Section {
    let graph = response.blast.graph;
    let row = |store: &Quarantine| {
        let spec = graph.spec();
        let since = match store.reached.cost.sessions {
            0 => "from the session of the compromise on".to_owned(),
            1 => "from one session later on".to_owned(),
            sessions => format!("from {sessions} sessions later on"),
        };
        let path = response.blast.influence_path(store.node).filter(|_| store.reached.cost.hops > 0);
        let mut under: Vec<String> =
            path.map(|path| format!("by {}", style.path(&one_line(graph, &path)))).into_iter().collect();
        under.push(match (store.procedure(graph), store.is_versioned(graph)) {
            (Some(procedure), true) => {
                format!(
                    "declared procedure: {}; versioned: an earlier version can be restored",
                    style.quoted(procedure)
                )
            }
            (Some(procedure), false) => format!("declared procedure: {}", style.quoted(procedure)),
            (None, true) => {
                "no procedure declared (revocation); versioned: restore the last version from before"
                    .to_owned()
            }
            (None, false) => {
                "no procedure declared (revocation) and no versions: decide how poisoned content is found"
                    .to_owned()
            }
        });
        if let Some(retention) = spec.node(store.node).declared.text("retention") {
            let kept = format!("kept {}", before_time(retention));
            under.push(format!("{}: {}", kept.trim_end(), style.quoted(retention)));
        }
        let name = style.name(spec.node_name(store.node));
        let about = about(graph, store.node, style);
        Row { under, ..Row::of([name, since, about, at(graph, Some(spec.node(store.node).place), style)]) }
    };
    let mut notes = match response.stores.len() {
        0 => vec!["no persistent store is reached".to_owned()],
        _ => vec![
            "read-only for everybody, and what was written since set apart: they keep the attack alive"
                .to_owned(),
        ],
    };
    if !response.stores_guarded.is_empty() {
        let nodes: Vec<NodeId> = response.stores_guarded.iter().map(|found| found.node).collect();
        notes.push(format!("if a guard failed, also {}", group(graph.spec(), &nodes, style)));
    }
    Section {
        title: "Quarantine persistent stores".to_owned(),
        notes,
        heads: vec!["Store", "Since", "About", "Where"],
        rows: response.stores.iter().map(row).collect(),
        ..Section::default()
    }
}

/// Credentials to revoke.
pub(super) fn credentials(response: &Response<'_>, style: PageStyle) -> Section {
    let graph = response.blast.graph;
    let row = |one: &Revocation| {
        let spec = graph.spec();
        let why = match &one.secret {
            None => "compromised".to_owned(),
            Some(_) if one.is_known() => "may be known".to_owned(),
            Some(_) => "may have been used".to_owned(),
        };
        let opens: Vec<NodeId> = spec.node(one.node).opens.clone();
        let mut under = Vec::new();
        if one.refreshes {
            under.push("refreshes in the background: it stays valid until it is revoked".to_owned());
        }
        under.push(match one.procedure(graph) {
            Some(procedure) => format!("declared procedure: {}", style.quoted(procedure)),
            None => {
                "no procedure declared (revocation): find out who can withdraw it, and how long that takes"
                    .to_owned()
            }
        });
        let opens = format!("opens {}", group(spec, &opens, style));
        let name = style.name(spec.node_name(one.node));
        Row { under, ..Row::of([name, why, opens, at(graph, Some(spec.node(one.node).place), style)]) }
    };
    let note = match response.credentials.len() {
        0 => "no credential is within reach",
        _ => "revoke, not rotate: a new value leaves what was issued with the old one valid",
    };
    let mut notes = vec![note.to_owned()];
    if !response.credentials_guarded.is_empty() {
        notes.push(format!(
            "if a guard failed, also {}",
            group(graph.spec(), &response.credentials_guarded, style)
        ));
    }
    Section {
        title: "Revoke credentials".to_owned(),
        notes,
        heads: vec!["Credential", "Why", "Opens", "Where"],
        rows: response.credentials.iter().map(row).collect(),
        ..Section::default()
    }
}

/// What a store infects again by itself.
pub(super) fn residuals(response: &Response<'_>, style: PageStyle) -> Section {
    let graph = response.blast.graph;
    let others = graph.spec().nodes.len().saturating_sub(1);
    let row = |store: &Quarantine| {
        let names = |found: &Reached| style.name(graph.spec().node_name(found.node));
        let first: Vec<String> = store.nearest.iter().take(NEAREST).map(names).collect();
        let more = match store.infects - first.len() {
            0 => String::new(),
            more => format!(" and {} more", thousands(more)),
        };
        let which = match store.nearest.first() {
            None => "nothing".to_owned(),
            Some(found) => format!("{}{more}; first {}", first.join(", "), when(found)),
        };
        let name = style.name(graph.spec().node_name(store.node));
        let count = format!("{} of {}", thousands(store.infects), counted(others, "node"));
        Row::of([name, count, which])
    };
    let mut stores: Vec<&Quarantine> = response.stores.iter().collect();
    // A stable sort: equals stay in the order in which they are reached.
    stores.sort_by_key(|store| std::cmp::Reverse(store.infects));
    let note = match stores.len() {
        0 => "nothing: no persistent store is reached",
        _ => "what each store infects again by itself when everything else is clean, the worst first",
    };
    Section {
        title: "If a store is forgotten".to_owned(),
        notes: vec![note.to_owned()],
        heads: vec!["Store", "Infects again", "Which"],
        rows: stores.into_iter().map(row).collect(),
        is_read: true,
        ..Section::default()
    }
}
