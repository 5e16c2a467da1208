//! One path as a picture: a chain of hand-overs, each with what it is, what stands before it and when it strikes.

use super::dot;
use super::dot::{Attributes, Header};
use super::links::{authority, guard_names, in_plane, sentence};
use super::node;
use super::options::{DrawError, check_size};
use super::palette::{Palette, Theme};
use crate::analysis::{Hop, Leg, Path};
use crate::graph::{CapabilityGraph, Cost, Edge};
use crate::model::{GuardId, NodeId, Returns, Spec, Verb};
use crate::report::counts::counted;
use crate::report::escape::html;
use crate::report::what_if::what_if_line;

/// How many hops fit from left to right; longer paths run from top to bottom.
const ACROSS: usize = 4;

/// Draws a path in DOT. A node that is passed twice is drawn twice.
///
/// # Errors
/// If it has too many nodes to read.
pub fn dot_path(graph: &CapabilityGraph, path: &Path, theme: Theme) -> Result<String, DrawError> {
    check_size(graph, path.hops.len() + 1)?;
    let palette = theme.palette();
    let direction = if path.hops.len() <= ACROSS { "LR" } else { "TB" };
    let attributes = dot::graph_attributes(palette, direction, &header(graph.spec(), path));
    let edges = in_plane(graph, path.plane);
    let passed = std::iter::once(path.from).chain(path.hops.iter().map(|hop| hop.to));
    Ok(dot::graph(&attributes, palette, |canvas| {
        for (position, node) in passed.enumerate() {
            canvas.node(&format!("n{position}"), &node_attributes(graph.spec(), node, position, palette));
        }
        for (position, hop) in path.hops.iter().enumerate() {
            let (from, to) = (format!("n{position}"), format!("n{}", position + 1));
            canvas.edge(&from, &to, &hop_attributes(graph, &edges[hop.edge.index()], hop, palette));
        }
    }))
}

fn header(spec: &Spec, path: &Path) -> Header {
    Header {
        title: format!("From {} to {}", spec.node_name(path.from), spec.node_name(path.to)),
        subtitles: vec![in_words(path.cost)],
        notes: what_if_line(spec).into_iter().collect(),
        ..Header::default()
    }
}

/// A cost as a sentence: `3 hops, behind 1 guard, 1 session later`.
pub(super) fn in_words(cost: Cost) -> String {
    let guards = match cost.guards {
        0 => "open: no declared guard has to fail".to_owned(),
        guards => format!("behind {}", counted(guards as usize, "guard")),
    };
    let sessions = match cost.sessions {
        0 => "within the session".to_owned(),
        sessions => format!("{} later", counted(sessions as usize, "session")),
    };
    format!("{}, {guards}, {sessions}", counted(cost.hops as usize, "hop"))
}

fn node_attributes(spec: &Spec, id: NodeId, position: usize, palette: &Palette) -> Attributes {
    let node = spec.node(id);
    let zone = node.zone.map(|zone| spec.zone_name(zone));
    let words: Vec<&str> = zone.into_iter().chain(node.critical.then_some("critical")).collect();
    let text = if position == 0 { palette.start[1] } else { palette.ink };
    node::shape(node)
        .html_label(&node::label(spec.node_name(id), position == 0, &words.join(" · "), None))
        .text("tooltip", &node::tooltip(spec, id))
        .set("color", palette.taint)
        .set("fillcolor", palette.tainted(u32::try_from(position).unwrap_or(u32::MAX)))
        .set("fontcolor", text)
}

fn hop_attributes(graph: &CapabilityGraph, edge: &Edge, hop: &Hop, palette: &Palette) -> Attributes {
    let bars = "tee".repeat(guards(edge, hop.leg).len().min(2));
    let gap = if bars.is_empty() { "" } else { "none" };
    let style = match (edge.verb, hop.leg) {
        (Verb::Read, _) => "dashed",
        (Verb::Observe, _) => "dotted",
        _ => "solid",
    };
    Attributes::default()
        .set("style", style)
        .set("color", palette.taint)
        .set("fontcolor", palette.taint_text)
        .set("penwidth", 2.4)
        .set("arrowhead", format!("normal{gap}{bars}"))
        .html_label(&label(graph.spec(), edge, hop))
        .text("tooltip", &sentence(graph, edge))
}

fn guards(edge: &Edge, leg: Leg) -> &[GuardId] {
    match (&edge.returns, leg) {
        (Returns::Content(guards), Leg::Result) => guards,
        _ => &edge.guards,
    }
}

/// What happens at a hop, line by line.
fn label(spec: &Spec, edge: &Edge, hop: &Hop) -> String {
    let what = match (hop.leg, edge.verb) {
        (Leg::Result, _) => "answers",
        (Leg::Request, Verb::Write) => "writes",
        (Leg::Request, Verb::Read) => "is read by",
        (Leg::Request, Verb::Invoke) => "invokes",
        (Leg::Request, Verb::Observe) => "is observed by",
    };
    let small = |text: String| format!("<font point-size=\"9\">&#160;{}&#160;</font>", html(&text));
    let mut lines = vec![format!("&#160;{what}&#160;")];
    lines.extend(authority(spec, edge).map(small));
    let guards = guards(edge, hop.leg);
    if !guards.is_empty() {
        lines.push(small(format!("‖ {}", guard_names(spec, guards))));
    }
    if hop.cost.sessions > 0 {
        lines.push(small("a session later".to_owned()));
    }
    lines.join("<br/>")
}
