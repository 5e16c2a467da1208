//! A response plan as a page: its title, what is known, and the steps in their order.

use super::recovery::{credentials, residuals, stores};
use super::verify::{evidence, verify};
use crate::analysis::{BlastRadius, Reached};
use crate::graph::CapabilityGraph;
use crate::hardening::CutAnswer;
use crate::model::NodeId;
use crate::report::again::Again;
use crate::report::counts::{counted, thousands};
use crate::report::harden::{Page, Row, Section, at, cut_rows, group, page_text};
use crate::report::page::PageStyle;
use crate::report::sentence::{ARROWS, one_line};
use crate::report::what_if::closing;
use crate::response::Response;

/// The plan as text. `again` is the command as it was typed, for the command that tries the cut.
#[must_use]
pub fn respond_text(response: &Response<'_>, again: &Again) -> String {
    page_text(&page(response, again, PageStyle::Text), &response.blast.graph.spec().name)
}

pub(super) fn page(response: &Response<'_>, again: &Again, style: PageStyle) -> Page {
    let steps = [
        stop(response, style),
        cut(response, style),
        stores(response, style),
        credentials(response, style),
        residuals(response, style),
        evidence(response, style),
        verify(response, again, style),
    ];
    let sections = steps
        .into_iter()
        .enumerate()
        .map(|(at, step)| Section { title: format!("{}. {}", at + 1, step.title), ..step });
    let spec = response.blast.graph.spec();
    let mut legend: Vec<String> = ARROWS.lines().map(|line| style.ours(line)).collect();
    legend.push(
        "reached: with no guard failing; guards are taken to have held, and what they let through is step 7"
            .to_owned(),
    );
    legend.extend(closing(spec, style));
    Page {
        title: title(&response.blast, style),
        figures: figures(response, style),
        sections: sections.collect(),
        legend,
    }
}

fn title(blast: &BlastRadius<'_>, style: PageStyle) -> String {
    let is = if blast.starts.len() > 1 { "are" } else { "is" };
    format!(
        "If {} {is} compromised: what to do now, in this order",
        group(blast.graph.spec(), &blast.starts, style)
    )
}

fn figures(response: &Response<'_>, style: PageStyle) -> Vec<String> {
    let blast = &response.blast;
    let others = blast.graph.spec().nodes.len() - blast.starts.len();
    let behind = match blast.influenced_guarded.len() {
        0 => String::new(),
        more => format!("; {} more only if guards failed", thousands(more)),
    };
    let whose = if blast.starts.len() > 1 { "their" } else { "its" };
    let mut figures = vec![format!(
        "{whose} content may have come to {} of {}{behind}",
        thousands(blast.influenced.len()),
        counted(others, "other node")
    )];
    if !blast.exposed.is_empty() {
        let of: Vec<NodeId> = blast.exposed.iter().map(|found| found.node).collect();
        figures.push(format!("an attacker may have learned from {}", group(blast.graph.spec(), &of, style)));
    }
    figures
}

/// When a node is reached.
pub(super) fn when(found: &Reached) -> String {
    match (found.cost.sessions, found.cost.hops) {
        (_, 0) => "compromised".to_owned(),
        (0, hops) => format!("hop {hops}"),
        (1, hops) => format!("1 session later, hop {hops}"),
        (sessions, hops) => format!("{sessions} sessions later, hop {hops}"),
    }
}

/// A node with its kind, its zone and whether it is critical.
pub(super) fn about(graph: &CapabilityGraph, id: NodeId, style: PageStyle) -> String {
    let spec = graph.spec();
    let node = spec.node(id);
    let mut words = vec![node.declared_kind.unwrap_or(node.kind.as_str()).to_owned()];
    words.extend(node.zone.map(|zone| style.name(spec.zone_name(zone))));
    words.extend(node.critical.then(|| "critical".to_owned()));
    words.join(", ")
}

/// A row for a node that is reached: when, what, about it, and by which way.
pub(super) fn reached(blast: &BlastRadius<'_>, found: &Reached, style: PageStyle) -> Row {
    let graph = blast.graph;
    let path = blast.influence_path(found.node).filter(|_| found.cost.hops > 0);
    let path = path.map(|path| style.path(&one_line(graph, &path))).unwrap_or_default();
    let name = style.name(graph.spec().node_name(found.node));
    Row::of([name, when(found), about(graph, found.node, style), path])
}

/// Sessions, then everything that has a context of its own.
fn stop(response: &Response<'_>, style: PageStyle) -> Section {
    let blast = &response.blast;
    let all = response.sessions.iter().chain(&response.contexts);
    let rows: Vec<Row> = all.map(|found| reached(blast, found, style)).collect();
    let notes = if rows.is_empty() {
        vec!["nothing that keeps a context is reached".to_owned()]
    } else {
        vec!["end them and start none anew: their contexts may be poisoned; in the order in which they are reached".to_owned()]
    };
    Section {
        title: "Stop sessions and agents".to_owned(),
        notes,
        heads: vec!["What", "Reached", "About", "By"],
        rows,
        ..Section::default()
    }
}

/// The containment cut.
fn cut(response: &Response<'_>, style: PageStyle) -> Section {
    let graph = response.blast.graph;
    let contained = &response.containment;
    let mut section =
        Section { title: "Cut edges".to_owned(), heads: vec!["Do", "Edge", "Where"], ..Section::default() };
    section.rows.extend(response.blast.starts.iter().map(|start| isolate(graph, *start, style)));
    let (rows, more, note) = answer(graph, &contained.cut, style);
    section.after.extend(more);
    let behind = match contained.behind_guards {
        0 => String::new(),
        more => format!("; {} of them only behind guards, which may have failed", thousands(more)),
    };
    let clean = group(graph.spec(), &contained.clean, style);
    section.notes.push(match (&contained.cut, contained.clean.as_slice()) {
        (_, []) if contained.reached.is_none() => {
            "nothing is critical or in the most trusted of several zones".to_owned()
        }
        (_, []) => "everything that is critical is reached".to_owned(),
        (CutAnswer::Apart, _) => format!("no path leads on to {clean}: critical and not reached"),
        _ => format!(
            "critical and not reached: {clean}{behind}; the smallest cut before {}: {note}",
            them(&contained.clean)
        ),
    });
    section.rows.extend(rows);
    if let Some(reached) = &contained.reached {
        let nodes: Vec<NodeId> = reached.nodes.iter().map(|found| found.node).collect();
        let (rows, more, note) = answer(graph, &reached.cut, style);
        section.after.extend(more);
        section.notes.push(format!(
            "critical and reached: {}; what keeps {} from being infected again: {note}",
            group(graph.spec(), &nodes, style),
            them(&nodes)
        ));
        for row in rows {
            // What both cuts hold is done once.
            if !section.rows.iter().any(|known| known.cells == row.cells) {
                section.rows.push(row);
            }
        }
    }
    section
}

/// A compromised node goes as a whole.
fn isolate(graph: &CapabilityGraph, node: NodeId, style: PageStyle) -> Row {
    let edges = graph.spec().edges.iter().filter(|edge| edge.from == node || edge.to == node).count();
    let what = format!("{} ({})", style.name(graph.spec().node_name(node)), counted(edges, "edge"));
    Row::of(["isolate".to_owned(), what, at(graph, Some(graph.spec().node(node).place), style)])
}

fn them(nodes: &[NodeId]) -> &'static str {
    if nodes.len() == 1 { "it" } else { "them" }
}

/// What makes a cut, how much of it is not shown, and how large it is.
fn answer(graph: &CapabilityGraph, answer: &CutAnswer, style: PageStyle) -> (Vec<Row>, Vec<String>, String) {
    match answer {
        CutAnswer::Apart | CutAnswer::NoGuard => (Vec::new(), Vec::new(), "nothing leads there".to_owned()),
        CutAnswer::Uncuttable(path) => (
            Vec::new(),
            Vec::new(),
            format!(
                "none, every edge of this path has to stay: {}; isolate its ends",
                style.path(&one_line(graph, path))
            ),
        ),
        CutAnswer::Cut { near_ends, .. } => {
            let (rows, more) = cut_rows(graph, near_ends, style);
            (rows, more, counted(near_ends.edges.len(), "edge"))
        }
    }
}
