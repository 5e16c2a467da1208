//! The end of the text: what changed, the closures before and after, what nodes gain, and the counts.

use super::Context;
use crate::compare::{Count, Figures, Kind, Presence, Reach, Side};
use crate::findings::{Gate, Review};
use crate::model::text::{count, name, phrase};
use crate::model::{Level, Piece, Text, Tone};
use crate::report::document::Fact;
use crate::report::pages::diff::words::{Words, changed, verdict};

/// Nodes that are listed with what they gain, or reach.
const NODES: usize = 8;

/// The line of a comparison of equals.
pub(super) fn unchanged(review: &Review, context: &Context, figures: &Figures) -> Text {
    let head = review.comparison.joint().spec(Side::Head);
    let (nodes, edges) = (count(head.nodes.len(), "node"), count(head.edges.len(), "edge"));
    let pairs = Piece::Number(figures.planes[0].connected.unwrap_or_default()[1]);
    let [base, head] = [&context.base, &context.head].map(|side| name(side.as_str()));
    let same = phrase!["no change: ", base, " and ", head, " declare the same topology ("];
    phrase![same, nodes, ", ", edges, ", ", pairs, " pairs connected)"]
}

/// The sections of the summary, one line each where there is something to say.
pub(super) fn summary(review: &Review, context: &Context, figures: &Figures) -> Vec<Fact> {
    let [base, head] = [&context.base, &context.head].map(|side| name(side.as_str()));
    let mut lines =
        vec![fact("compared", phrase![base, " → ", head]), fact("changed", changed(&figures.changed))];
    let planes = figures.planes.iter();
    lines.extend(planes.map(|plane| fact(plane.question.as_str(), closure(plane, figures.pairs))));
    let loops = review.comparison.loops().len();
    lines.extend((loops > 0).then(|| fact("loops", phrase![Piece::Number(loops), " new"])));
    lines.extend(headed("gained", gained(review, figures)));
    lines.extend(headed("reach", moved(review, figures)));
    lines
}

fn fact(head: &'static str, text: Text) -> Fact {
    Fact { head, text }
}

/// Lines of which the first says what they are about.
fn headed(head: &'static str, lines: Vec<Text>) -> impl Iterator<Item = Fact> {
    let heads = std::iter::once(head).chain(std::iter::repeat(""));
    heads.zip(lines).map(|(head, line)| fact(head, line))
}

/// `60 → 55 of 132 pairs (+2 −7)`; of how many once where both sides have as many.
pub(super) fn closure(plane: &Count, pairs: [usize; 2]) -> Text {
    let [before, after] = plane.connected.unwrap_or_default().map(Piece::Number);
    let figures = if pairs[0] == pairs[1] {
        phrase![before, " → ", after, " of ", Piece::Number(pairs[1]), " pairs"]
    } else {
        let [of_before, of_after] = pairs.map(Piece::Number);
        phrase![before, " of ", of_before, " → ", after, " of ", of_after, " pairs"]
    };
    let [new, closed] = [Kind::New, Kind::Closed].map(|kind| Piece::Number(plane.of(kind)));
    phrase![figures, " (+", new, " −", closed, ")"]
}

/// By node: footholds, sinks and credentials that it gains.
fn gained(review: &Review, figures: &Figures) -> Vec<Text> {
    let words = Words::of(review);
    let shown = figures.gains.iter().take(NODES);
    let rows = shown.map(|(node, gains)| phrase![*node, ": ", words.gained(gains)]);
    rows.chain(rest(figures.gains.len())).collect()
}

/// By node: how much it reaches, before and after.
fn moved(review: &Review, figures: &Figures) -> Vec<Text> {
    let joint = review.comparison.joint();
    let shown = figures.moved.iter().take(NODES);
    let rows = shown.map(|(node, reach)| {
        let more = reach[1].more_trusted > reach[0].more_trusted;
        let state = match joint.presence(*node) {
            Presence::Both => "",
            Presence::New => " (new)",
            Presence::Gone => " (removed)",
        };
        let said = reaching(*reach);
        let said = if more { said.toned(Tone::Escalation) } else { said };
        phrase![*node, phrase![state].toned(Tone::Dim), ": ", said]
    });
    rows.chain(rest(figures.moved.len())).collect()
}

/// `influences 8 → 9 nodes, 8 → 9 of them more trusted; learns from 3 → 4`.
fn reaching([before, after]: [Reach; 2]) -> Text {
    let change = |before: usize, after: usize| {
        if before == after {
            phrase![Piece::Number(before)]
        } else {
            phrase![Piece::Number(before), " → ", Piece::Number(after)]
        }
    };
    let mut parts = Vec::new();
    if (before.influenced, before.more_trusted) != (after.influenced, after.more_trusted) {
        let all = phrase!["influences ", change(before.influenced, after.influenced)];
        let trusted = change(before.more_trusted, after.more_trusted);
        parts.push(match before.more_trusted + after.more_trusted {
            0 => all,
            _ => phrase![all, " (", trusted, " more trusted)"],
        });
    }
    if before.exposed != after.exposed {
        parts.push(phrase!["learns from ", change(before.exposed, after.exposed)]);
    }
    Text::joined(parts, ", ")
}

fn rest(all: usize) -> Option<Text> {
    (all > NODES).then(|| phrase!["and ", Piece::Number(all - NODES), " more nodes"])
}

/// How many findings there are of each level, and whether the gate fails.
pub(super) fn counts(review: &Review, context: &Context) -> Text {
    let fails = Gate(context.fail_on).fails(&review.findings);
    let gate = match context.fail_on {
        Some(at) if fails => phrase![": fails on ", at.as_str()],
        Some(at) if at > Level::Off => phrase![": passes"],
        _ => Text::default(),
    };
    let tone = if fails { Tone::Grave(Level::Error) } else { Tone::Strong };
    phrase![verdict(review), gate].toned(tone)
}
