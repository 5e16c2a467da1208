//! What a flow looks like in every DOT picture: verb by line, arrowhead and letter, guard by a bar across the arrow and by name.

use indexmap::IndexMap;

use super::dot::{Attributes, Canvas};
use super::links::{Link, authority, guard_names, letters, sentence};
use super::node;
use super::palette::Palette;
use crate::analysis::Leg;
use crate::graph::{CapabilityGraph, Edge};
use crate::model::{GuardId, Returns, Spec, Verb};
use crate::report::escape::html;
use crate::report::sentence::along;

/// How much colour a line gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Emphasis {
    /// The colour of its verb.
    Verb,
    /// On a best path.
    Best,
    /// On a best path, once a guard has failed.
    Behind,
    /// There to complete the picture.
    Other,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks {
    /// How much colour it gets.
    pub(super) emphasis: Emphasis,
    /// Whether it leads against the direction of the ranks. It is then written the other way round, so that Graphviz does
    /// not move nodes to turn it.
    pub(super) upwards: bool,
    /// Whether letters are left out where the line itself says the verb.
    pub(super) terse: bool,
    /// How strongly it pulls its ends together.
    pub(super) weight: u32,
    /// Whether it says which end is above the other.
    pub(super) ranks: bool,
}

/// Draws a link with line, arrowheads, label and tooltip.
pub(super) fn draw(
    canvas: &mut Canvas<'_, '_>,
    graph: &CapabilityGraph,
    link: &Link<'_>,
    palette: &Palette,
    looks: Looks,
) {
    let (from, to) = (node::id(link.from), node::id(link.to));
    let attributes = attributes(graph, link, palette, looks);
    if looks.upwards {
        canvas.edge(&to, &from, &attributes);
    } else {
        canvas.edge(&from, &to, &attributes);
    }
}

fn attributes(graph: &CapabilityGraph, link: &Link<'_>, palette: &Palette, looks: Looks) -> Attributes {
    let spec = graph.spec();
    let (colour, text, width) = match looks.emphasis {
        Emphasis::Verb if link.is_derived() => (palette.faint, palette.soft, "1.0"),
        Emphasis::Verb => (palette.verb(link.leading()), palette.verb(link.leading()), "1.4"),
        Emphasis::Best => (palette.taint, palette.taint_text, "2.4"),
        Emphasis::Behind => (palette.taint, palette.taint_text, "1.4"),
        Emphasis::Other => (palette.faint, palette.soft, "1.0"),
    };
    let attributes = Attributes::default()
        .set("style", if link.is_derived() { "dashed" } else { line(link.leading()) })
        .set("color", colour)
        .set("fontcolor", text)
        .set("penwidth", width);
    let attributes =
        arrows(attributes, arrowhead(spec, link), arrowtail(link, looks.emphasis), looks.upwards);
    let attributes = attributes.text("tooltip", &tooltip(graph, link));
    let attributes = if looks.weight == 1 { attributes } else { attributes.set("weight", looks.weight) };
    let attributes = if looks.ranks { attributes } else { attributes.set("constraint", false) };
    let silent = looks.terse && says_all(link);
    if silent { attributes } else { attributes.html_label(&label(spec, link, looks.emphasis)) }
}

/// Whether line style and arrowheads say everything about a link.
fn says_all(link: &Link<'_>) -> bool {
    let verbs = link.verbs();
    let alike = verbs.len() == 1 || verbs == [Verb::Write, Verb::Read];
    alike && !link.is_opening() && !link.edges.iter().any(|edge| is_guarded(edge))
}

/// Both ends of a line, swapped where it is written the other way round.
fn arrows(attributes: Attributes, head: String, tail: Option<String>, upwards: bool) -> Attributes {
    match (tail, upwards) {
        (None, false) => attributes.set("arrowhead", head),
        (None, true) => attributes.set("dir", "back").set("arrowtail", head),
        (Some(tail), false) => attributes.set("dir", "both").set("arrowhead", head).set("arrowtail", tail),
        (Some(tail), true) => attributes.set("dir", "both").set("arrowhead", tail).set("arrowtail", head),
    }
}

/// The line style of a verb.
fn line(verb: Verb) -> &'static str {
    match verb {
        Verb::Write | Verb::Invoke => "solid",
        Verb::Read => "dashed",
        Verb::Observe => "dotted",
    }
}

fn arrowhead(spec: &Spec, link: &Link<'_>) -> String {
    if link.leg == Leg::Result {
        return barred("vee", &link.result_guards());
    }
    let head = match link.leading() {
        _ if link.is_authority(spec) => "odiamond",
        Verb::Write | Verb::Read => "normal",
        Verb::Invoke => "vee",
        Verb::Observe => "onormal",
    };
    barred(head, &link.guards())
}

/// The other end: an arrowhead of the link against it, or a ring where a result comes back.
fn arrowtail(link: &Link<'_>, emphasis: Emphasis) -> Option<String> {
    if emphasis != Emphasis::Verb {
        return None;
    }
    if let Some(back) = &link.back {
        let tail = if back.leading() == Verb::Invoke { "vee" } else { "normal" };
        return Some(tail.to_owned());
    }
    (link.has_result() && !link.is_opening()).then(|| barred("odot", &link.result_guards()))
}

/// An arrowhead with a bar across the line behind it, where a guard stands.
fn barred(head: &str, guards: &[GuardId]) -> String {
    match guards.len() {
        0 => head.to_owned(),
        1 => format!("{head}nonetee"),
        _ => format!("{head}noneteetee"),
    }
}

/// Letters, with guards by name; then what comes back, or for a flow of a best path where the right to it comes from.
fn label(spec: &Spec, link: &Link<'_>, emphasis: Emphasis) -> String {
    if link.is_opening() {
        return small("opens");
    }
    let mut lines = match link.leg {
        Leg::Request => request_lines(spec, link),
        Leg::Result => vec![small(&format!("answers{}", behind(spec, &link.result_guards())))],
    };
    if emphasis == Emphasis::Verb {
        let results = link.edges.iter().filter_map(|edge| result_guards(edge));
        lines.extend(results.map(|guards| small(&format!("result{}", behind(spec, guards)))));
    } else {
        lines.extend(
            link.edges.iter().take(1).filter_map(|edge| authority(spec, edge)).map(|text| small(&text)),
        );
    }
    match lines.as_slice() {
        [line] => line.clone(),
        lines => lines.iter().map(|line| format!("{line}<br align=\"left\"/>")).collect(),
    }
}

/// What one flow of a change does, in words, behind a sign.
pub(super) fn label_of(spec: &Spec, link: &Link<'_>, sign: &str) -> String {
    let words = if link.is_opening() { "opens" } else { along(link.leg, link.leading()) };
    let guards = if link.leg == Leg::Result { link.result_guards() } else { link.guards() };
    let words = if sign.is_empty() { words.to_owned() } else { format!("{sign} {words}") };
    format!("&#160;{}{}&#160;", html(&words), small(&behind(spec, &guards)))
}

/// The letters of the edges, those behind the same guards on one line.
fn request_lines(spec: &Spec, link: &Link<'_>) -> Vec<String> {
    let mut groups: IndexMap<&[GuardId], Vec<Verb>> = IndexMap::new();
    for edge in &link.edges {
        groups.entry(&edge.guards).or_default().push(edge.verb);
    }
    if groups.len() == 1 && groups.contains_key(&[][..]) {
        return vec![format!("&#160;{}&#160;", link.letters())];
    }
    let line = |(guards, verbs): (&[GuardId], Vec<Verb>)| {
        format!("&#160;{}{}", letters(verbs), small(&behind(spec, guards)))
    };
    groups.into_iter().map(line).collect()
}

/// ` ‖ human-approval`, or nothing.
fn behind(spec: &Spec, guards: &[GuardId]) -> String {
    if guards.is_empty() { String::new() } else { format!(" ‖ {}", guard_names(spec, guards)) }
}

fn result_guards(edge: &Edge) -> Option<&[GuardId]> {
    match &edge.returns {
        Returns::Content(guards) if !guards.is_empty() => Some(guards),
        _ => None,
    }
}

/// Words in small print.
pub(super) fn small(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<font point-size=\"9\">&#160;{}&#160;</font>", html(text))
}

/// The sentences of all edges of a link.
pub(super) fn tooltip(graph: &CapabilityGraph, link: &Link<'_>) -> String {
    let back = link.back.iter().flat_map(|back| back.edges.iter());
    let sentences: Vec<String> = link.edges.iter().chain(back).map(|edge| sentence(graph, edge)).collect();
    sentences.join("; ")
}

/// Whether a guard stands on the request or the result of an edge.
pub(super) fn is_guarded(edge: &Edge) -> bool {
    !edge.guards.is_empty() || result_guards(edge).is_some()
}
