//! What a change opens and takes away, in DOT: zones as boxes, what is added bold with a plus, what is gone dashed with a minus.

use super::dot::{self, Attributes, Canvas, Header, Legend};
use super::edge::label_of;
use super::focus::{Focus, Line, State};
use super::node;
use super::options::{DrawError, check_size};
use super::palette::{Palette, Theme};
use super::topology::{zone_attributes, zones};
use crate::report::review::Context;
use crate::report::review::facts::Facts;
use crate::report::review::text::summary::changed;
use crate::review::{Kind, Review, Side};
use crate::spec::{NodeId, ZoneId};

/// Lines of opening paths that are drawn.
const LINES: usize = 60;

/// Draws the paths that a change opens and the edges that it takes away, in DOT.
///
/// # Errors
/// If there are too many nodes to read.
pub fn dot_review(review: &Review, context: &Context, theme: Theme) -> Result<String, DrawError> {
    let focus = Focus::of(review, LINES).with_removed();
    let nodes = focus.nodes();
    let graph = focus.graph(Side::Head);
    check_size(graph, nodes.len())?;
    let palette = theme.palette();
    let attributes = dot::graph_attributes(palette, "TB", &header(review, context, &focus, palette));
    Ok(dot::graph(&attributes, palette, |canvas| {
        for zone in zones(graph, &nodes) {
            draw_zone(canvas, &focus, zone, &nodes, palette);
        }
        for line in focus.lines.iter().chain(&focus.removed) {
            let (from, to) = (node::id(line.from), node::id(line.to));
            canvas.edge(&from, &to, &line_attributes(&focus, line, palette));
        }
    }))
}

fn header(review: &Review, context: &Context, focus: &Focus<'_>, palette: &Palette) -> Header {
    let facts = Facts::of(&review.comparison);
    let influence = facts.planes[0];
    let opened =
        format!("{} new pairs of influence, {} closed", influence.of(Kind::New), influence.of(Kind::Closed));
    let has = |state: State| focus.lines.iter().chain(&focus.removed).any(|line| line.state == state);
    let entries = [
        (has(State::Added), Legend::sign(palette.taint_text, "+", "added, opens new paths")),
        (has(State::Changed), Legend::sign(palette.taint_text, "±", "declared otherwise, opens new paths")),
        (has(State::Removed), Legend::sign(palette.closed_text, "−", "removed")),
        (has(State::Same), Legend::words("thin = unchanged, on a new path")),
        (!focus.lines.is_empty(), Legend::words("arrows follow the content")),
    ];
    Header {
        title: format!("{} → {}", context.base, context.head),
        subtitles: vec![format!("{} · {opened}", changed(&facts))],
        legend: entries.into_iter().filter(|(occurs, _)| *occurs).map(|(_, entry)| entry).collect(),
        notes: focus.not_drawn(),
    }
}

fn draw_zone(
    canvas: &mut Canvas<'_, '_>,
    focus: &Focus<'_>,
    zone: Option<ZoneId>,
    nodes: &[NodeId],
    palette: &Palette,
) {
    let spec = focus.comparison.joint().spec(Side::Head);
    let draw = |canvas: &mut Canvas<'_, '_>| {
        for node in nodes.iter().filter(|node| spec.node(**node).zone == zone) {
            canvas.node(&node::id(*node), &node_attributes(focus, *node, palette));
        }
    };
    match zone {
        Some(zone) => canvas.cluster(&zone_attributes(focus.graph(Side::Head), zone, palette), draw),
        None => draw(canvas),
    }
}

fn node_attributes(focus: &Focus<'_>, id: NodeId, palette: &Palette) -> Attributes {
    let joint = focus.comparison.joint();
    let side = if joint.has(Side::Head, id) { Side::Head } else { Side::Base };
    let (spec, node) = (joint.spec(side), joint.node(side, id));
    let is_part = focus.opened.contains(&id) || focus.gaining.contains(&id);
    let words = focus.words(id).join(" · ");
    let attributes = node::shape(node)
        .html_label(&node::label(spec.node_name(id), is_part, &words, None))
        .text("tooltip", &node::tooltip(spec, id));
    if focus.opened.contains(&id) {
        attributes
            .set("color", palette.taint)
            .set("penwidth", 2.2)
            .set("fillcolor", palette.by_hop[1])
            .set("fontcolor", palette.ink)
    } else if focus.gaining.contains(&id) {
        attributes.set("color", palette.taint).set("penwidth", 1.8)
    } else {
        attributes.set("color", palette.faint).set("fontcolor", palette.soft)
    }
}

fn line_attributes(focus: &Focus<'_>, line: &Line, palette: &Palette) -> Attributes {
    let link = focus.link(line);
    let side = if line.state == State::Removed { Side::Base } else { Side::Head };
    let (sign, style, colour, text, width) = match line.state {
        State::Same => ("", "solid", palette.taint, palette.soft, 1.4),
        State::Added => ("+", "solid", palette.taint, palette.taint_text, 3.4),
        State::Changed => ("±", "solid", palette.taint, palette.taint_text, 3.4),
        State::Removed => ("−", "dashed", palette.closed, palette.closed_text, 2.4),
    };
    Attributes::default()
        .set("style", style)
        .set("color", colour)
        .set("fontcolor", text)
        .set("penwidth", width)
        .html_label(&label_of(focus.comparison.joint().spec(side), &link, sign))
        .text("tooltip", &super::edge::tooltip(focus.graph(side), &link))
}
