//! `diff` for the terminal: a message for each finding, a line for each accepted one, and a summary.

mod rows;

use std::collections::BTreeSet;

use super::Context;
use super::summary;
use super::words::{Words, attested};
use crate::compare::{Figures, Side};
use crate::findings::{About, Finding, Review};
use crate::model::text::{phrase, quoted};
use crate::model::{Place, Text, Tone};
use crate::report::DISCLAIMER;
use crate::report::document::{Block, Document, Found, Lines, Small, Spot};
use crate::report::sentence::arrows;
use crate::report::what_if::what_if_sides;
use crate::report::write::terminal_within;

/// A review as text: a block for each finding, a line for each accepted one, and a summary. No line is broken.
#[must_use]
pub fn text(review: &Review, context: &Context) -> String {
    text_within(review, context, None)
}

/// As [`text()`], for a terminal of so many columns: what is wider is broken between words.
#[must_use]
pub fn text_within(review: &Review, context: &Context, width: Option<usize>) -> String {
    terminal_within(&page(review, context), width)
}

fn page<'r>(review: &'r Review, context: &Context) -> Document<'r> {
    let figures = Figures::of(&review.comparison);
    let mut page = Document::new(review.comparison.joint().spec(Side::Head), 1, Text::default());
    page.blocks = if review.comparison.changes().is_empty() && review.findings.is_empty() {
        vec![close([summary::unchanged(review, context, &figures)]), what_if(review)]
    } else {
        blocks(review, context, &figures)
    };
    page
}

/// Findings come first, and how many there are last, where the eye is.
fn blocks(review: &Review, context: &Context, figures: &Figures) -> Vec<Block> {
    let mut shown = BTreeSet::new();
    let found = review.open().map(|finding| {
        let is_first = finding.place.is_none_or(|place| shown.insert(place));
        Block::Found(found(review, finding, is_first))
    });
    let mut blocks: Vec<Block> = found.collect();
    let accepted: Vec<Text> = review.accepted().filter_map(|finding| accepted(review, finding)).collect();
    if !accepted.is_empty() {
        blocks.push(Block::Lines(Lines { texts: accepted, is_close: false }));
    }
    blocks.push(Block::Facts(summary::summary(review, context, figures)));
    let small = |lines: Vec<Text>| Block::Small(Small { is_close: true, ..Small::of(lines) });
    let mark = phrase!["* an edge that this change brings, or takes away"];
    let has_pairs = review.open().any(|finding| !finding.pairs.is_empty());
    blocks.extend(has_pairs.then(|| small(arrows().chain([mark]).collect())));
    blocks.push(what_if(review));
    blocks.push(small(vec![phrase![DISCLAIMER]]));
    blocks.push(close([summary::counts(review, context)]));
    blocks
}

fn close(lines: impl IntoIterator<Item = Text>) -> Block {
    Block::Lines(Lines { texts: lines.into_iter().collect(), is_close: true })
}

/// That a side is not as it stands, a line each.
fn what_if(review: &Review) -> Block {
    close(what_if_sides(review.comparison.joint()).map(|line| line.toned(Tone::Dim)))
}

/// One finding. A line that was shown before is not shown again.
fn found(review: &Review, finding: &Finding, is_first: bool) -> Found {
    let words = Words::of(review);
    let mut causes = rows::changes(review, finding);
    causes.extend(words.told_of_breach(finding));
    let mut details = rows::more(review, finding);
    let clear = words.clear(finding);
    details.extend((!clear.is_empty()).then(|| phrase![phrase!["help:"].toned(Tone::Strong), " ", clear]));
    Found {
        level: finding.level,
        rule: finding.rule,
        title: words.title(finding),
        spot: finding.place.map(|place| spot(review, finding, place, is_first)),
        causes,
        proofs: Vec::new(),
        routes: rows::pairs(review, finding),
        details,
        fix: Text::default(),
        more: Vec::new(),
    }
}

fn spot(review: &Review, finding: &Finding, place: Place, is_first: bool) -> Spot {
    let joint = review.comparison.joint();
    let file = joint.spec(Side::Head).files.get(place.file as usize);
    let is_gone = joint.side_of(place) == Side::Base;
    Spot {
        place,
        has_column: file.is_some_and(crate::model::SourceFile::has_text),
        beside: if is_gone { phrase![" (as the base has it)"] } else { Text::default() },
        has_excerpt: is_first,
        label: label(review, finding),
    }
}

/// What the place shows.
fn label(review: &Review, finding: &Finding) -> Text {
    let comparison = &review.comparison;
    let first = match (&finding.about, finding.changes(comparison).first()) {
        (About::Closed, _) => comparison.closing().next(),
        // A rule that several changes break together is shown itself.
        (About::Contract { changes, .. }, _) if changes.len() > 1 => None,
        (_, Some(id)) => Some(comparison.change(*id)),
        _ => None,
    };
    first.map(|first| Words::of(review).change(first)).unwrap_or_default()
}

/// A finding that somebody has accepted, on one line.
fn accepted(review: &Review, finding: &Finding) -> Option<Text> {
    let written = review.comparison.joint().acceptance(finding.accepted?);
    let head = phrase!["accepted[", finding.rule.id(), "]"].toned(Tone::Dim);
    let (title, reason) = (Words::of(review).title(finding), quoted(written.reason.as_str()));
    Some(phrase![head, ": ", title, ": ", reason, attested(written).toned(Tone::Dim)])
}
