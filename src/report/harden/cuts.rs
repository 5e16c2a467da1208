//! The smallest cuts as sections.

use super::page::{Row, Section, pairs};
use crate::graph::{CapabilityGraph, EdgeId};
use crate::hardening::{By, Cut, CutAnswer, CutEdge, Hardening, stopping};
use crate::model::{Leg, Place, Plane, WhatIf};
use crate::report::change::{change, edge, flags};
use crate::report::counts::counted;
use crate::report::page::PageStyle;
use crate::report::sentence::{location, reason, sentence};

/// Changes that a command to try may have.
const FLAGS: usize = 6;

/// Edges of a cut that are printed; JSON has all.
const ROWS: usize = 50;

/// The cuts, or why there is none.
pub(super) fn sections(hardening: &Hardening<'_>, again: &str, style: PageStyle) -> Vec<Section> {
    match &hardening.cut {
        CutAnswer::Apart => vec![apart(hardening)],
        CutAnswer::NoGuard => vec![no_guard(hardening)],
        CutAnswer::Uncuttable(path) => {
            let graph = hardening.graph;
            let line = |hop| Row::of([sentence(graph, hop, path.plane, style), location(graph, hop, style)]);
            vec![Section {
                title: "No cut: everything on this path has to stay".to_owned(),
                heads: vec!["Hop", "Where"],
                rows: path.hops.iter().map(line).collect(),
                after: vec![
                    "drop `uncuttable` from an edge of it, or ask for guards: --by guards".to_owned(),
                ],
                ..Section::default()
            }]
        }
        CutAnswer::Cut { near_ends, near_starts } => {
            let [title, other] = cut_titles(hardening);
            let mut sections = vec![cut(hardening, near_ends, title, again, style)];
            sections.extend(near_starts.as_ref().map(|found| cut(hardening, found, other, again, style)));
            if hardening.question.by == By::Guards {
                sections[0].notes.push(guards(hardening, style));
            }
            sections
        }
    }
}

/// What the smallest cuts are called: the one that is shown first, and the other if there is one. Empty where there is none.
pub(in crate::report) fn cut_titles(hardening: &Hardening<'_>) -> [String; 2] {
    let CutAnswer::Cut { near_ends, near_starts } = &hardening.cut else { return Default::default() };
    let (starts, ends) = match hardening.question.plane {
        Plane::Influence => ("what an attacker holds", "what is to be kept"),
        Plane::Exposure => ("what is to be kept", "what an attacker holds"),
    };
    let size = size(hardening, near_ends);
    match near_starts {
        None => [format!("Smallest cut: {size}"), String::new()],
        Some(_) => {
            [format!("Smallest cut: {size}, nearest to {ends}"), format!("As small, nearest to {starts}")]
        }
    }
}

fn size(hardening: &Hardening<'_>, cut: &Cut) -> String {
    match hardening.question.by {
        By::Edges => counted(cut.edges.len(), "edge"),
        By::Guards => counted(cut.edges.len(), "more guard"),
    }
}

fn apart(hardening: &Hardening<'_>) -> Section {
    let title = match (hardening.question.by, hardening.connected) {
        (By::Guards, connected) if connected > 0 => {
            "Nothing to guard: every path passes a guard already".to_owned()
        }
        _ => "Nothing to cut: no path leads there, whatever guards fail".to_owned(),
    };
    Section { title, ..Section::default() }
}

fn no_guard(hardening: &Hardening<'_>) -> Section {
    Section {
        title: format!("No guard of the spec stops {}", hardening.question.plane),
        after: vec!["declare one under `guards`, or ask for edges: --by edges".to_owned()],
        ..Section::default()
    }
}

/// Which guards will do.
fn guards(hardening: &Hardening<'_>, style: PageStyle) -> String {
    let (spec, plane) = (hardening.graph.spec(), hardening.question.plane);
    let names = stopping(spec, plane).into_iter().map(|id| style.name(spec.guard_name(id)));
    format!("any guard that stops {plane}: {}", names.collect::<Vec<_>>().join(", "))
}

fn cut(hardening: &Hardening<'_>, cut: &Cut, title: String, again: &str, style: PageStyle) -> Section {
    let spec = hardening.graph.spec();
    let (rows, more) = cut_rows(hardening.graph, cut, style);
    let mut section =
        Section { title, heads: vec!["Do", "Edge", "Where"], rows, after: more, ..Section::default() };
    let lost = match cut.lost {
        0 => "nothing else is lost".to_owned(),
        lost => format!("{} more lost", counted(lost, "capability")),
    };
    section.after.push(format!("then {}, {lost}", pairs(hardening, 0)));
    if cut.changes.len() <= FLAGS {
        section.command = flags(spec, &cut.changes).map(|flags| format!("{again} {flags}"));
    }
    section
}

/// The edges of a cut, a row each, and how many more there are.
pub(in crate::report) fn cut_rows(
    graph: &CapabilityGraph,
    cut: &Cut,
    style: PageStyle,
) -> (Vec<Row>, Vec<String>) {
    let rows = cut.edges.iter().take(ROWS).map(|edge| row(graph, edge, style)).collect();
    let more = cut.edges.len().saturating_sub(ROWS);
    let more = (more > 0).then(|| format!("and {}; -f json has all", counted(more, "more edge")));
    (rows, more.into_iter().collect())
}

/// An edge of a cut: what to do with it or, for a derived one, with what it is derived from.
fn row(graph: &CapabilityGraph, cut: &CutEdge, style: PageStyle) -> Row {
    if let ([one], true) = (cut.changes.as_slice(), graph.edge(cut.edge).is_declared()) {
        let words = change(graph, *one, style);
        return Row::of([words.action.to_owned(), words.what, at(graph, words.place, style)]);
    }
    let by = |changes: &[WhatIf], word: &str| -> Vec<String> {
        let line = |one: &WhatIf| {
            let words = change(graph, *one, style);
            let at = at(graph, words.place, style);
            format!("{word} {} ({at})", words.line())
        };
        changes.iter().map(line).collect()
    };
    let mut under = by(&cut.changes, "by:");
    if under.is_empty() {
        under.push("goes with the rest".to_owned());
    }
    under.extend(by(&cut.instead, "or:"));
    Row {
        under,
        ..Row::of(["derived".to_owned(), derived(graph, cut.edge, cut.leg, style), "derived".to_owned()])
    }
}

/// A derived edge, and why it exists.
pub(in crate::report) fn derived(graph: &CapabilityGraph, id: EdgeId, leg: Leg, style: PageStyle) -> String {
    let spec = graph.spec();
    let of = graph.edge(id);
    let words = edge(spec, of.key(), style);
    let result = if leg == Leg::Result { ", its result" } else { "" };
    let reason = reason(spec, of, style).map(|reason| format!(" ({reason})")).unwrap_or_default();
    format!("{words}{result}{reason}")
}

/// `file:line` of a place.
pub(in crate::report) fn at(graph: &CapabilityGraph, place: Option<Place>, style: PageStyle) -> String {
    place.map(|place| style.path(&graph.spec().location(place))).unwrap_or_default()
}
