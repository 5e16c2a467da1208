//! What to change first, in DOT: what lies between the two groups, what is cut dashed, what every path passes ringed.

use super::dot;
use super::dot::{Attributes, Header, Legend};
use super::edge::{label_of, small, tooltip};
use super::harden_focus::{Focus, Line, Mark};
use super::links::authority;
use super::node;
use super::options::DrawError;
use super::palette::{Palette, Theme};
use super::topology::{zone_attributes, zones};
use crate::graph::EdgeId;
use crate::hardening::{By, CutAnswer, Hardening};
use crate::model::NodeId;
use crate::report::pages::harden::{cut_titles, figures, title};
use crate::report::what_if::what_if_line;
use crate::report::write::{self, Plain};

/// How many lines are drawn: what could still be read if no two of them met.
const MOST: usize = 50;

/// Draws what lies between the two groups of a question, and the smallest cuts of it, in DOT. What is not drawn is counted.
///
/// # Errors
/// If nothing lies between them.
pub fn dot_harden(hardening: &Hardening<'_>, theme: Theme) -> Result<String, DrawError> {
    let focus = Focus::of(hardening, MOST);
    if focus.lines.is_empty() {
        return Err(DrawError::NothingBetween);
    }
    let palette = theme.palette();
    // Every line has words beside it, so that they need more room than elsewhere.
    let attributes = dot::graph_attributes(palette, "TB", &header(&focus, palette))
        .set("nodesep", 0.4)
        .set("ranksep", 0.42);
    let (graph, nodes) = (focus.graph(), focus.nodes());
    Ok(dot::graph(&attributes, palette, |canvas| {
        for zone in zones(graph, &nodes) {
            let inside = nodes.iter().filter(|node| graph.spec().node(**node).zone == zone);
            let draw = |canvas: &mut dot::Canvas<'_, '_>| {
                inside
                    .for_each(|node| canvas.node(&node::id(*node), &node_attributes(&focus, *node, palette)));
            };
            match zone {
                Some(zone) => canvas.cluster(&zone_attributes(graph, zone, palette), draw),
                None => draw(canvas),
            }
        }
        for line in &focus.lines {
            canvas.edge(&node::id(line.from), &node::id(line.to), &line_attributes(&focus, line, palette));
        }
    }))
}

/// The sign of what is done to a flow that is cut.
pub(super) fn sign(by: By, mark: Mark) -> &'static str {
    match (by, mark) {
        (_, Mark::Stays) => "",
        (By::Edges, _) => "−",
        (By::Guards, _) => "+ guard:",
    }
}

fn header(focus: &Focus<'_>, palette: &Palette) -> Header {
    let hardening = focus.hardening;
    let (nodes, by) = (focus.nodes(), hardening.question.by);
    let is = |test: &dyn Fn(NodeId) -> bool| nodes.iter().any(|node| test(*node));
    let [first, other] =
        cut_titles(hardening).map(|title| write::text(&Plain, hardening.graph.spec(), &title));
    let choke = |line: &Line| line.is_choke && line.mark == Mark::Stays;
    let entries = [
        (
            focus.has(Mark::Cut),
            Legend::sign(palette.closed_text, &format!("{} dashed", sign(by, Mark::Cut)), &first),
        ),
        (
            focus.has(Mark::OtherCut),
            Legend::sign(palette.closed_text, &format!("{} dotted", sign(by, Mark::OtherCut)), &other),
        ),
        (
            is(&|node| focus.is_choke(node)) || focus.lines.iter().any(choke),
            Legend::sign(palette.ink, "ringed, thick", "every path passes"),
        ),
        (is(&|node| focus.is_held(node)), Legend::sign(palette.taint_text, "filled", "an attacker holds it")),
        (is(&|node| focus.is_kept(node)), Legend::sign(palette.closed_text, "green border", "to be kept")),
        (true, Legend::words("arrows follow the content")),
    ];
    Header {
        title: write::text(&Plain, hardening.graph.spec(), &title(hardening)),
        subtitles: figures(hardening)
            .iter()
            .take(1)
            .map(|figure| write::text(&Plain, hardening.graph.spec(), figure))
            .collect(),
        legend: entries.into_iter().filter(|(occurs, _)| *occurs).map(|(_, entry)| entry).collect(),
        notes: notes(focus),
    }
}

/// What the picture cannot show, small.
pub(super) fn notes(focus: &Focus<'_>) -> Vec<String> {
    let hardening = focus.hardening;
    let what_if = what_if_line(hardening.graph.spec());
    let cut = match &hardening.cut {
        CutAnswer::Uncuttable(_) => Some("no cut: on some path every edge has to stay"),
        CutAnswer::NoGuard => Some("no guard of the spec stops this"),
        CutAnswer::Cut { near_ends, .. }
            if near_ends.edges.iter().any(|edge| is_derived(focus, edge.edge)) =>
        {
            Some("a derived edge goes with what it is derived from: -f text says what that is")
        }
        CutAnswer::Cut { .. } | CutAnswer::Apart => None,
    };
    what_if.into_iter().chain(cut.map(str::to_owned)).chain(focus.not_drawn()).collect()
}

fn is_derived(focus: &Focus<'_>, edge: EdgeId) -> bool {
    !focus.graph().edge(edge).is_declared()
}

fn node_attributes(focus: &Focus<'_>, id: NodeId, palette: &Palette) -> Attributes {
    let spec = focus.graph().spec();
    let words = focus.words(id).join(" · ");
    let attributes = node::shape(spec.node(id))
        .html_label(&node::label(spec.node_name(id), focus.is_held(id), &words, None))
        .text("tooltip", &node::tooltip(spec, id));
    let attributes = if focus.is_choke(id) { attributes.set("peripheries", 2) } else { attributes };
    if focus.is_held(id) {
        let [fill, text] = palette.start;
        return attributes.set("color", palette.taint).set("fillcolor", fill).set("fontcolor", text);
    }
    match focus.is_kept(id) {
        true => attributes.set("color", palette.closed).set("penwidth", 2.8),
        false => attributes,
    }
}

fn line_attributes(focus: &Focus<'_>, line: &Line, palette: &Palette) -> Attributes {
    let (graph, link) = (focus.graph(), focus.link(line));
    let (style, colour, text, width) = match line.mark {
        Mark::Cut => ("dashed", palette.closed, palette.closed_text, 3.4),
        Mark::OtherCut => ("dotted", palette.closed, palette.closed_text, 3.4),
        Mark::Stays if line.is_choke => ("solid", palette.taint, palette.taint_text, 3.4),
        Mark::Stays => ("solid", palette.taint, palette.soft, 1.4),
    };
    let words = label_of(graph.spec(), &link, sign(focus.hardening.question.by, line.mark));
    let right = link.edges.iter().find_map(|edge| authority(graph.spec(), edge));
    let right = right.map(|right| format!("<br/>{}", small(&right))).unwrap_or_default();
    Attributes::default()
        .set("style", style)
        .set("color", colour)
        .set("fontcolor", text)
        .set("penwidth", width)
        .html_label(&format!("{words}{right}"))
        .text("tooltip", &tooltip(graph, &link))
}
