//! The end of the text: what changed, the closures before and after, what nodes gain, and the counts.

use super::Context;
use crate::compare::{Count, Kind, Presence, Reach, Side};
use crate::findings::{Gate, Review};
use crate::model::Level;
use crate::model::text::phrase;
use crate::report::counts::{counted, thousands};
use crate::report::name::visible;
use crate::report::review::facts::Facts;
use crate::report::review::words::{Words, plain, verdict};
use crate::report::style::{DIM, ESCALATION, STRONG, paint};
use crate::report::what_if::what_if_sides;

/// Nodes that are listed with what they gain, or reach.
const NODES: usize = 8;

/// The line of a comparison of equals.
pub(super) fn unchanged(review: &Review, context: &Context, facts: &Facts) -> String {
    let head = review.comparison.joint().spec(Side::Head);
    let size = format!("{}, {}", counted(head.nodes.len(), "node"), counted(head.edges.len(), "edge"));
    let pairs = thousands(facts.planes[0].connected.unwrap_or_default()[1]);
    let (base, head) = (visible(&context.base), visible(&context.head));
    let said =
        format!("no change: {base} and {head} declare the same topology ({size}, {pairs} pairs connected)\n");
    said + &what_if(review)
}

/// That a side is not as it stands, a line each.
pub(super) fn what_if(review: &Review) -> String {
    let lines = what_if_sides(review.comparison.joint(), visible);
    lines.iter().map(|line| format!("{}\n", paint(DIM, line))).collect()
}

/// The sections of the summary, one line each where there is something to say.
pub(super) fn summary(review: &Review, context: &Context, facts: &Facts) -> String {
    let mut text = String::new();
    let line = |head: &str, rest: &str| format!("{} {rest}\n", paint(STRONG, &format!("{head:<10}")));
    text += &line("compared", &format!("{} → {}", visible(&context.base), visible(&context.head)));
    text += &line("changed", &plain(&review.comparison, &facts.changed.words()));
    for plane in &facts.planes {
        text += &line(plane.question.as_str(), &closure(plane, facts.pairs));
    }
    let loops = review.comparison.loops().len();
    if loops > 0 {
        text += &line("loops", &format!("{loops} new"));
    }
    for (position, row) in gained(review, facts).iter().enumerate() {
        text += &line(if position == 0 { "gained" } else { "" }, row);
    }
    for (position, row) in moved(review, facts).iter().enumerate() {
        text += &line(if position == 0 { "reach" } else { "" }, row);
    }
    text
}

/// `60 → 55 of 132 pairs (+2 −7)`; of how many once where both sides have as many.
pub(in crate::report) fn closure(plane: &Count, pairs: [usize; 2]) -> String {
    let [before, after] = plane.connected.unwrap_or_default().map(thousands);
    let [of_before, of_after] = pairs.map(thousands);
    let figures = if of_before == of_after {
        format!("{before} → {after} of {of_after} pairs")
    } else {
        format!("{before} of {of_before} → {after} of {of_after} pairs")
    };
    format!("{figures} (+{} −{})", thousands(plane.of(Kind::New)), thousands(plane.of(Kind::Closed)))
}

/// By node: footholds, sinks and credentials that it gains.
fn gained(review: &Review, facts: &Facts) -> Vec<String> {
    let comparison = &review.comparison;
    let mut rows = Vec::new();
    for (node, gains) in facts.gains.iter().take(NODES) {
        let gains = phrase![*node, ": ", Words { comparison }.gained(gains)];
        rows.push(plain(comparison, &gains));
    }
    rows.extend(rest(facts.gains.len()));
    rows
}

/// By node: how much it reaches, before and after.
fn moved(review: &Review, facts: &Facts) -> Vec<String> {
    let joint = review.comparison.joint();
    let mut rows = Vec::new();
    for (node, reach) in facts.moved.iter().take(NODES) {
        let more = reach[1].more_trusted > reach[0].more_trusted;
        let state = match joint.presence(*node) {
            Presence::Both => "",
            Presence::New => " (new)",
            Presence::Gone => " (removed)",
        };
        let name = visible(joint.name(*node));
        let figures = figures(*reach);
        let figures = if more { paint(ESCALATION, &figures) } else { figures };
        rows.push(format!("{name}{}: {figures}", paint(DIM, state)));
    }
    rows.extend(rest(facts.moved.len()));
    rows
}

/// `influences 8 → 9 nodes, 8 → 9 of them more trusted; learns from 3 → 4`.
fn figures([before, after]: [Reach; 2]) -> String {
    let change = |before: usize, after: usize| {
        if before == after { before.to_string() } else { format!("{before} → {after}") }
    };
    let mut parts = Vec::new();
    if (before.influenced, before.more_trusted) != (after.influenced, after.more_trusted) {
        let (all, trusted) =
            (change(before.influenced, after.influenced), change(before.more_trusted, after.more_trusted));
        let trusted = if before.more_trusted + after.more_trusted == 0 {
            String::new()
        } else {
            format!(" ({trusted} more trusted)")
        };
        parts.push(format!("influences {all}{trusted}"));
    }
    if before.exposed != after.exposed {
        parts.push(format!("learns from {}", change(before.exposed, after.exposed)));
    }
    parts.join(", ")
}

fn rest(all: usize) -> Option<String> {
    (all > NODES).then(|| format!("and {} more nodes", thousands(all - NODES)))
}

/// How many findings there are of each level, and whether the gate fails.
pub(super) fn counts(review: &Review, context: &Context) -> String {
    let fails = Gate(context.fail_on).fails(&review.findings);
    let style = if fails { ESCALATION.bold() } else { STRONG };
    let gate = match context.fail_on {
        Some(at) if fails => format!(": fails on {}", at.as_str()),
        Some(at) if at > Level::Off => ": passes".to_owned(),
        _ => String::new(),
    };
    format!("{}\n", paint(style, &format!("{}{gate}", plain(&review.comparison, &verdict(review)))))
}
