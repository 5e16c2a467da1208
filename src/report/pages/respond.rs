//! `respond`: what to do after a compromise. What is known, and the steps in their order.

use super::harden::{at, cut_rows, ending_dim, hand_over};
use super::{about, group, subject};
use crate::analysis::{BlastRadius, Reached};
use crate::graph::CapabilityGraph;
use crate::hardening::CutAnswer;
use crate::model::text::{count, phrase, quoted};
use crate::model::{EdgeKey, NodeId, Piece, Text, WhatIf, before_time};
use crate::report::change::{edge, flags};
use crate::report::command_line::CommandLine;
use crate::report::document::{Block, Document, Form, Row, Section, Small, Table};
use crate::report::sentence::{arrows, path_line};
use crate::report::what_if::closing;
use crate::report::write::{markdown, terminal};
use crate::response::{HandOver, Quarantine, Response, Revocation};

/// Nodes that are named of what a store infects again.
const NEAREST: usize = 4;
/// Hand-overs of one sort that are printed; JSON has all.
const SHOWN: usize = 12;

/// The plan for the terminal. `again` is the command as it was typed, for the command that tries the cut.
#[must_use]
pub fn respond_text(response: &Response<'_>, again: &CommandLine) -> String {
    terminal(&page(response, again))
}

/// The plan as Markdown: steps with boxes to check.
#[must_use]
pub fn respond_markdown(response: &Response<'_>, again: &CommandLine) -> String {
    markdown(&page(response, again))
}

fn page<'g>(response: &Response<'g>, again: &CommandLine) -> Document<'g> {
    let spec = response.blast.graph.spec();
    let mut page = Document::new(spec, 2, title(&response.blast));
    page.beside = subject(spec);
    page.blocks.push(Block::list(figures(response)));
    let steps = [
        stop(response),
        cut(response),
        stores(response),
        credentials(response),
        residuals(response),
        evidence(response),
        verify(response, again),
    ];
    page.blocks.extend(steps.into_iter().enumerate().map(|(at, step)| {
        let title = phrase![Piece::Number(at + 1), ". ", step.title];
        Block::Section(Section { title, ..step })
    }));
    let reached = phrase![
        "reached: with no guard failing; guards are taken to have held, and what they let through is step 7"
    ];
    page.blocks.push(Block::Small(Small::of(arrows().chain([reached]).chain(closing(spec)))));
    page
}

fn title(blast: &BlastRadius<'_>) -> Text {
    let is = if blast.starts.len() > 1 { " are" } else { " is" };
    phrase!["If ", group(&blast.starts), is, " compromised: what to do now, in this order"]
}

fn figures(response: &Response<'_>) -> Vec<Text> {
    let blast = &response.blast;
    let others = blast.graph.spec().nodes.len() - blast.starts.len();
    let behind = match blast.influenced_guarded.len() {
        0 => Text::default(),
        more => phrase!["; ", Piece::Number(more), " more only if guards failed"],
    };
    let whose = if blast.starts.len() > 1 { "their" } else { "its" };
    let mut figures = vec![phrase![
        whose,
        " content may have come to ",
        Piece::Number(blast.influenced.len()),
        " of ",
        count(others, "other node"),
        behind
    ]];
    if !blast.exposed.is_empty() {
        figures.push(phrase!["an attacker may have learned from ", group(&nodes(&blast.exposed))]);
    }
    figures
}

fn nodes(found: &[Reached]) -> Vec<NodeId> {
    found.iter().map(|found| found.node).collect()
}

/// A step with columns.
fn step<const N: usize>(title: &'static str, heads: [&'static str; N], rows: Vec<Row>) -> Section {
    let table = Table { form: Form::Tasks, ..Table::new(heads, rows) };
    Section { title: phrase![title], table, ..Section::default() }
}

/// When a node is reached.
fn when(found: &Reached) -> Text {
    let hop = phrase!["hop ", Piece::Number(found.cost.hops as usize)];
    match (found.cost.sessions, found.cost.hops) {
        (_, 0) => phrase!["compromised"],
        (0, _) => hop,
        (sessions, _) => phrase![count(sessions as usize, "session"), " later, ", hop],
    }
}

/// The way by which a node is reached; nothing of one that is compromised itself.
fn way(blast: &BlastRadius<'_>, found: &Reached) -> Option<Text> {
    let path = blast.influence_path(found.node).filter(|_| found.cost.hops > 0)?;
    Some(path_line(blast.graph, &path))
}

/// Sessions, then everything that has a context of its own.
fn stop(response: &Response<'_>) -> Section {
    let blast = &response.blast;
    let row = |found: &Reached| {
        let path = way(blast, found).unwrap_or_default();
        ending_dim([phrase![found.node], when(found), about(blast.graph, found.node), path])
    };
    let rows: Vec<Row> = response.sessions.iter().chain(&response.contexts).map(row).collect();
    let note = if rows.is_empty() {
        "nothing that keeps a context is reached"
    } else {
        "end them and start none anew: their contexts may be poisoned; in the order in which they are reached"
    };
    let step = step("Stop sessions and agents", ["What", "Reached", "About", "By"], rows);
    Section { notes: vec![phrase![note]], ..step }
}

/// The containment cut.
fn cut(response: &Response<'_>) -> Section {
    let graph = response.blast.graph;
    let contained = &response.containment;
    let rows = response.blast.starts.iter().map(|start| isolate(graph, *start)).collect();
    let mut section = step("Cut edges", ["Do", "Edge", "Where"], rows);
    let (rows, more, note) = answer(graph, &contained.cut);
    section.after.extend(more);
    let behind = match contained.behind_guards {
        0 => Text::default(),
        more => phrase!["; ", Piece::Number(more), " of them only behind guards, which may have failed"],
    };
    let clean = group(&contained.clean);
    section.notes.push(match (&contained.cut, contained.clean.as_slice()) {
        (_, []) if contained.reached.is_none() => {
            phrase!["nothing is critical or in the most trusted of several zones"]
        }
        (_, []) => phrase!["everything that is critical is reached"],
        (CutAnswer::Apart, _) => phrase!["no path leads on to ", clean, ": critical and not reached"],
        _ => phrase![
            "critical and not reached: ",
            clean,
            behind,
            "; the smallest cut before ",
            them(&contained.clean),
            ": ",
            note
        ],
    });
    section.table.rows.extend(rows);
    if let Some(reached) = &contained.reached {
        let nodes = nodes(&reached.nodes);
        let (rows, more, note) = answer(graph, &reached.cut);
        section.after.extend(more);
        section.notes.push(phrase![
            "critical and reached: ",
            group(&nodes),
            "; what keeps ",
            them(&nodes),
            " from being infected again: ",
            note
        ]);
        for row in rows {
            // What both cuts hold is done once.
            if !section.table.rows.iter().any(|known| known.cells == row.cells) {
                section.table.rows.push(row);
            }
        }
    }
    section
}

/// A compromised node goes as a whole.
fn isolate(graph: &CapabilityGraph, node: NodeId) -> Row {
    let edges = graph.spec().edges.iter().filter(|edge| edge.from == node || edge.to == node).count();
    let what = phrase![node, " (", count(edges, "edge"), ")"];
    ending_dim([phrase!["isolate"], what, phrase![graph.spec().node(node).place]])
}

fn them(nodes: &[NodeId]) -> &'static str {
    if nodes.len() == 1 { "it" } else { "them" }
}

/// What makes a cut, how much of it is not shown, and how large it is.
fn answer(graph: &CapabilityGraph, answer: &CutAnswer) -> (Vec<Row>, Option<Text>, Text) {
    match answer {
        CutAnswer::Apart | CutAnswer::NoGuard => (Vec::new(), None, phrase!["nothing leads there"]),
        CutAnswer::Uncuttable(path) => {
            let note = phrase![
                "none, every edge of this path has to stay: ",
                path_line(graph, path),
                "; isolate its ends"
            ];
            (Vec::new(), None, note)
        }
        CutAnswer::Cut { near_ends, .. } => {
            let (rows, more) = cut_rows(graph, near_ends);
            (rows, more, phrase![count(near_ends.edges.len(), "edge")])
        }
    }
}

/// Stores to quarantine, in the order in which they are reached.
fn stores(response: &Response<'_>) -> Section {
    let rows = response.stores.iter().map(|store| quarantine(response, store)).collect();
    let mut section = step("Quarantine persistent stores", ["Store", "Since", "About", "Where"], rows);
    section.notes.push(match response.stores.len() {
        0 => phrase!["no persistent store is reached"],
        _ => phrase![
            "read-only for everybody, and what was written since set apart: they keep the attack alive"
        ],
    });
    if !response.stores_guarded.is_empty() {
        section.notes.push(phrase!["if a guard failed, also ", group(&nodes(&response.stores_guarded))]);
    }
    section
}

fn quarantine(response: &Response<'_>, store: &Quarantine) -> Row {
    let graph = response.blast.graph;
    let node = graph.spec().node(store.node);
    let since = match store.reached.cost.sessions {
        0 => phrase!["from the session of the compromise on"],
        1 => phrase!["from one session later on"],
        sessions => phrase!["from ", count(sessions as usize, "session"), " later on"],
    };
    let mut under: Vec<Text> =
        way(&response.blast, &store.reached).into_iter().map(|path| phrase!["by ", path]).collect();
    let declared = |procedure: &str| phrase!["declared procedure: ", quoted(procedure)];
    under.push(match (store.procedure(graph), store.is_versioned(graph)) {
        (Some(procedure), true) => declared(procedure).and("; versioned: an earlier version can be restored"),
        (Some(procedure), false) => declared(procedure),
        (None, true) => {
            phrase!["no procedure declared (revocation); versioned: restore the last version from before"]
        }
        (None, false) => {
            phrase![
                "no procedure declared (revocation) and no versions: decide how poisoned content is found"
            ]
        }
    });
    if let Some(retention) = node.declared.text("retention") {
        let kept = if before_time(retention).is_empty() { "kept: " } else { "kept for: " };
        under.push(phrase![kept, quoted(retention)]);
    }
    let cells = [phrase![store.node], since, about(graph, store.node), phrase![node.place]];
    Row { under, ..ending_dim(cells) }
}

/// Credentials to revoke.
fn credentials(response: &Response<'_>) -> Section {
    let rows = response.credentials.iter().map(|one| revocation(response.blast.graph, one)).collect();
    let mut section = step("Revoke credentials", ["Credential", "Why", "Opens", "Where"], rows);
    section.notes.push(match response.credentials.len() {
        0 => phrase!["no credential is within reach"],
        _ => phrase!["revoke, not rotate: a new value leaves what was issued with the old one valid"],
    });
    if !response.credentials_guarded.is_empty() {
        section.notes.push(phrase!["if a guard failed, also ", group(&response.credentials_guarded)]);
    }
    section
}

fn revocation(graph: &CapabilityGraph, one: &Revocation) -> Row {
    let node = graph.spec().node(one.node);
    let why = match &one.secret {
        None => "compromised",
        Some(_) if one.is_known() => "may be known",
        Some(_) => "may have been used",
    };
    let mut under = Vec::new();
    if one.refreshes {
        under.push(phrase!["refreshes in the background: it stays valid until it is revoked"]);
    }
    under.push(match one.procedure(graph) {
        Some(procedure) => phrase!["declared procedure: ", quoted(procedure)],
        None => phrase![
            "no procedure declared (revocation): find out who can withdraw it, and how long that takes"
        ],
    });
    let cells = [phrase![one.node], phrase![why], phrase!["opens ", group(&node.opens)], phrase![node.place]];
    Row { under, ..ending_dim(cells) }
}

/// What a store infects again by itself.
fn residuals(response: &Response<'_>) -> Section {
    let others = response.blast.graph.spec().nodes.len().saturating_sub(1);
    let row = |store: &Quarantine| {
        let first = store.nearest.iter().take(NEAREST).map(|found| phrase![found.node]);
        let more = match store.infects - first.len() {
            0 => Text::default(),
            more => phrase![" and ", Piece::Number(more), " more"],
        };
        let which = match store.nearest.first() {
            None => phrase!["nothing"],
            Some(found) => phrase![Text::joined(first, ", "), more, "; first ", when(found)],
        };
        let size = phrase![Piece::Number(store.infects), " of ", count(others, "node")];
        ending_dim([phrase![store.node], size, which])
    };
    let mut stores: Vec<&Quarantine> = response.stores.iter().collect();
    // A stable sort: equals stay in the order in which they are reached.
    stores.sort_by_key(|store| std::cmp::Reverse(store.infects));
    let note = match stores.len() {
        0 => "nothing: no persistent store is reached",
        _ => "what each store infects again by itself when everything else is clean, the worst first",
    };
    let rows = stores.into_iter().map(row).collect();
    let step = step("If a store is forgotten", ["Store", "Infects again", "Which"], rows);
    let table = Table { form: Form::Items, ..step.table };
    Section { notes: vec![phrase![note]], table, ..step }
}

/// What is recorded and what is not.
fn evidence(response: &Response<'_>) -> Section {
    let graph = response.blast.graph;
    let evidence = &response.evidence;
    let mut rows = Vec::new();
    let mut after = Vec::new();
    let mut list = |kind: &'static str, hand_overs: &[HandOver]| {
        rows.extend(hand_overs.iter().take(SHOWN).map(|(id, leg)| {
            let [words, place] = hand_over(graph, *id, *leg);
            ending_dim([phrase![kind], words, place])
        }));
        let more = hand_overs.len().saturating_sub(SHOWN);
        if more > 0 {
            after.push(phrase![Piece::Number(more), " more ", kind, "; -f json has all"]);
        }
    };
    list("not logged", &evidence.unlogged);
    list("logged", &evidence.logged);
    list("derived", &evidence.derived);
    let observers = evidence.observers.iter().filter_map(|id| graph.declaration(graph.edge(*id)));
    rows.extend(observers.map(|declared| {
        ending_dim([phrase!["observed"], edge(EdgeKey::of(declared)), at(Some(declared.place))])
    }));
    let total = evidence.logged.len() + evidence.unlogged.len() + evidence.derived.len();
    let note = if total == 0 {
        phrase!["no hand-over can have carried the attack on"]
    } else {
        phrase![
            "save the logs before anything is purged: ",
            count(total, "hand-over"),
            " may have carried the attack, ",
            Piece::Number(evidence.unlogged.len()),
            " of them not logged",
            if evidence.unlogged.is_empty() { "" } else { ": those hops cannot be reconstructed" }
        ]
    };
    Section { notes: vec![note], after, ..step("Keep the evidence", ["", "Hand-over", "Where"], rows) }
}

/// What has to hold before anything is started again.
fn verify(response: &Response<'_>, again: &CommandLine) -> Section {
    let graph = response.blast.graph;
    let changes = changes(response);
    let mut checks = to_undo(response, &changes);
    for (on, guards) in response.evidence.guarded.iter().take(SHOWN) {
        let by = match guards.as_slice() {
            [] => phrase!["the guards on the way to the authority"],
            some => Text::joined(some.iter().map(|guard| phrase![*guard]), " and "),
        };
        let [words, place] = hand_over(graph, on.0, on.1);
        checks.push(phrase!["what ", by, " let through since: ", words, " (", place, ")"]);
    }
    checks.extend(to_know(response));
    let more = response.evidence.guarded.len().saturating_sub(SHOWN);
    let more =
        (more > 0).then(|| phrase![count(more, "more guarded hand-over"), " to look at; -f json has all"]);
    let flags = flags(graph.spec(), &changes).filter(|flags| !flags.is_empty());
    let rows = checks.into_iter().map(|check| Row::of([check])).collect();
    Section {
        after: more.into_iter().collect(),
        command: flags.map(|flags| again.clone().flag(&flags)),
        ..step("Before reopening", ["Check"], rows)
    }
}

/// That the steps before are done.
fn to_undo(response: &Response<'_>, changes: &[WhatIf]) -> Vec<Text> {
    let mut checks = Vec::new();
    match changes.len() {
        0 => {}
        1 => checks.push(phrase!["the cut of step 2 is in place"]),
        _ => checks.push(phrase!["the cuts of step 2 are in place"]),
    }
    if !response.stores.is_empty() {
        let stores: Vec<NodeId> = response.stores.iter().map(|store| store.node).collect();
        checks.push(phrase![
            "what was written since is purged from ",
            group(&stores),
            ", or an earlier version is back"
        ]);
    }
    if !response.credentials.is_empty() {
        let credentials: Vec<NodeId> = response.credentials.iter().map(|one| one.node).collect();
        checks.push(phrase![
            "a call with ",
            group(&credentials),
            " is refused, also with tokens that were issued before"
        ]);
    }
    checks
}

/// What people have to know or to be told.
fn to_know(response: &Response<'_>) -> Vec<Text> {
    let blast = &response.blast;
    let spec = blast.graph.spec();
    let mut checks = Vec::new();
    if !response.principals.is_empty() {
        let people = group(&nodes(&response.principals));
        checks.push(phrase!["who may have acted on poisoned content knows it: ", people]);
    }
    if !blast.sinks.is_empty() {
        checks.push(phrase!["what left by ", group(&nodes(&blast.sinks)), " since is known"]);
    }
    let mut private = nodes(&blast.exposed);
    private.retain(|id| spec.node(*id).is_private());
    if !private.is_empty() {
        checks.push(phrase!["who has to be told that ", group(&private), " may be known"]);
    }
    let starts = group(&blast.starts);
    checks.push(phrase!["what is compromised is trusted again, and what reaches it: ", starts]);
    checks
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
