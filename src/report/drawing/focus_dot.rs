//! What a change opens, adds and takes away, in DOT: zones as boxes, what is added bold with a plus, what is gone dashed with a minus.

use super::dot;
use super::dot::{Attributes, Canvas, Header, Legend};
use super::edge::label_of;
use super::focus::{Fate, Focus, Frame, Line, Most, State};
use super::node;
use super::palette::{Palette, Theme};
use super::topology::zone_attributes;
use crate::compare::{Comparison, Kind};
use crate::findings::Review;
use crate::model::NodeId;
use crate::report::counts::thousands;
use crate::report::name::visible;
use crate::report::review::Context;
use crate::report::review::changed::Changed;
use crate::report::what_if::what_if_sides;

/// How much is drawn: what could still be read if no two lines met.
const MOST: Most = Most { lines: 50, changes: 25 };

/// Draws the best of the paths that a change opens and what else it changes, in DOT. What is not drawn is counted.
#[must_use]
pub fn dot_review(review: &Review, context: &Context, theme: Theme) -> String {
    let focus = Focus::of(review, MOST);
    let palette = theme.palette();
    // Every line has words beside it, so that they need more room than elsewhere.
    let attributes = dot::graph_attributes(palette, "TB", &header(context, &focus, palette))
        .set("nodesep", 0.4)
        .set("ranksep", 0.42);
    dot::graph(&attributes, palette, |canvas| {
        for (zone, nodes) in focus.zones() {
            draw_zone(canvas, &focus, zone, &nodes, palette);
        }
        for line in focus.all_lines() {
            let (from, to) = (node::id(line.from), node::id(line.to));
            canvas.edge(&from, &to, &line_attributes(&focus, line, palette));
        }
    })
}

fn header(context: &Context, focus: &Focus<'_>, palette: &Palette) -> Header {
    let has = |state: State| focus.all_lines().any(|line| line.state == state);
    let nodes = focus.nodes();
    let is = |fate: Fate| nodes.iter().any(|node| focus.fate(*node) == fate);
    let on_path = focus.lines.iter().any(|line| line.state == State::Same);
    let entries = [
        (has(State::Added), Legend::sign(palette.taint_text, "+", "added")),
        (has(State::Changed), Legend::sign(palette.taint_text, "±", "declared otherwise")),
        (has(State::Removed), Legend::sign(palette.closed_text, "− dashed", "removed")),
        (on_path, Legend::sign(palette.taint_text, "thin", "unchanged, on a path that this change opens")),
        (!focus.opened.is_empty(), Legend::sign(palette.taint_text, "filled", "where such a path leads")),
        (is(Fate::New), Legend::sign(palette.taint_text, "thick border", "new")),
        (focus.all_lines().next().is_some(), Legend::words("arrows follow the content")),
    ];
    let changed = Changed::of(focus.comparison).words();
    Header {
        title: format!("{} → {}", context.base, context.head),
        subtitles: vec![format!("{changed} · influence: {}", opened(focus.comparison))],
        legend: entries.into_iter().filter(|(occurs, _)| *occurs).map(|(_, entry)| entry).collect(),
        notes: what_if_sides(focus.comparison.joint(), visible)
            .into_iter()
            .chain(focus.not_drawn())
            .collect(),
    }
}

/// `11 pairs new, 7 closed`.
fn opened(comparison: &Comparison) -> String {
    let [influence, ..] = comparison.counts();
    let kinds = [Kind::New, Kind::Nearer, Kind::Farther, Kind::Closed];
    let some = kinds.into_iter().map(|kind| (influence.of(kind), kind)).filter(|(count, _)| *count > 0);
    let words: Vec<String> = some
        .enumerate()
        .map(|(at, (count, kind))| {
            let noun = if at > 0 {
                ""
            } else if count == 1 {
                "pair "
            } else {
                "pairs "
            };
            format!("{} {noun}{}", thousands(count), kind.as_str())
        })
        .collect();
    if words.is_empty() { "as before".to_owned() } else { words.join(", ") }
}

fn draw_zone(
    canvas: &mut Canvas<'_, '_>,
    focus: &Focus<'_>,
    zone: Frame,
    nodes: &[NodeId],
    palette: &Palette,
) {
    let draw = |canvas: &mut Canvas<'_, '_>| {
        for node in nodes {
            canvas.node(&node::id(*node), &node_attributes(focus, *node, palette));
        }
    };
    match zone {
        Some((side, zone)) => canvas.cluster(&zone_attributes(focus.graph(side), zone, palette), draw),
        None => draw(canvas),
    }
}

fn node_attributes(focus: &Focus<'_>, id: NodeId, palette: &Palette) -> Attributes {
    let side = focus.side(id);
    let joint = focus.comparison.joint();
    let (spec, node) = (joint.spec(side), joint.node(side, id));
    let (fate, is_opened) = (focus.fate(id), focus.opened.contains(&id));
    let is_part = is_opened || fate != Fate::Same || focus.gaining.contains(&id);
    let shape = if fate == Fate::Gone { node::dashed(node) } else { node::shape(node) };
    let words = focus.words(id).join(" · ");
    let attributes = shape
        .html_label(&node::label(spec.node_name(id), is_part, &words, None))
        .text("tooltip", &node::tooltip(spec, id));
    let (border, width, text) = match fate {
        Fate::New => (palette.taint, Some(3.4), palette.ink),
        Fate::Gone => (palette.closed, Some(2.0), palette.closed_text),
        Fate::Changed => (palette.taint, Some(2.2), palette.ink),
        Fate::Same if is_part => (palette.taint, Some(1.8), palette.ink),
        Fate::Same => (palette.faint, None, palette.soft),
    };
    let attributes = attributes.set("color", border).set("fontcolor", text);
    // What is critical has a border of its own, as in every picture.
    let width = width.filter(|_| !node.critical);
    let attributes =
        width.into_iter().fold(attributes, |attributes, width| attributes.set("penwidth", width));
    if is_opened { attributes.set("fillcolor", palette.by_hop[1]) } else { attributes }
}

fn line_attributes(focus: &Focus<'_>, line: &Line, palette: &Palette) -> Attributes {
    let link = focus.link(line);
    let (sign, style, width) = match line.state {
        State::Same => ("", "solid", 1.4),
        State::Added => ("+", "solid", 3.4),
        State::Changed => ("±", "solid", 3.4),
        State::Removed => ("−", "dashed", 2.4),
    };
    let (colour, text) = match line.state {
        State::Removed => (palette.closed, palette.closed_text),
        State::Same => (palette.taint, palette.soft),
        _ if line.is_on_path => (palette.taint, palette.taint_text),
        _ => (palette.line, palette.ink),
    };
    let side = line.side();
    Attributes::default()
        .set("style", style)
        .set("color", colour)
        .set("fontcolor", text)
        .set("penwidth", width)
        .html_label(&label_of(focus.comparison.joint().spec(side), &link, sign))
        .text("tooltip", &super::edge::tooltip(focus.graph(side), &link))
}
