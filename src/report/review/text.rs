//! A judged change for the terminal, in the shape of a compiler's messages: what, where, by which paths, and the way out.

mod rows;
pub(in crate::report) mod summary;

use std::collections::BTreeSet;

use anstyle::Style;

use super::Context;
use super::facts::Facts;
use super::words::{Words, attested, plain, title};
use crate::compare::Side;
use crate::findings::{About, Finding, Review};
use crate::model::Level;
use crate::report::DISCLAIMER;
use crate::report::excerpt::Excerpt;
use crate::report::name::visible;
use crate::report::sentence::ARROWS;
use crate::report::style::{DIM, ESCALATION, GUARDED, STRONG, ZONE, paint};
use crate::report::write::wrap;

/// A review as text: a block for each finding, a line for each accepted one, and a summary. No line is broken.
#[must_use]
pub fn text(review: &Review, context: &Context) -> String {
    text_within(review, context, None)
}

/// As [`text()`], for a terminal of so many columns: what is wider is broken between words.
#[must_use]
pub fn text_within(review: &Review, context: &Context, width: Option<usize>) -> String {
    let text = whole(review, context, width);
    width.map_or(text.clone(), |width| wrap::wrap(&text, width))
}

fn whole(review: &Review, context: &Context, width: Option<usize>) -> String {
    let facts = Facts::of(&review.comparison);
    if review.comparison.changes().is_empty() && review.findings.is_empty() {
        return summary::unchanged(review, context, &facts);
    }
    let mut text = String::new();
    let mut shown = BTreeSet::new();
    for finding in review.open() {
        let is_first = finding.place.is_none_or(|place| shown.insert(place));
        text += &block(review, finding, is_first, width);
        text.push('\n');
    }
    let accepted: String = review.accepted().map(|finding| accepted(review, finding)).collect();
    if !accepted.is_empty() {
        text += &format!("{accepted}\n");
    }
    text += &summary::summary(review, context, &facts);
    if review.open().any(|finding| !finding.pairs.is_empty()) {
        text += &format!(
            "{}\n",
            paint(DIM, &format!("{ARROWS}\n* an edge that this change brings, or takes away"))
        );
    }
    text += &summary::what_if(review);
    text += &format!("{}\n", paint(DIM, DISCLAIMER));
    text + &summary::counts(review, context)
}

fn style(level: Level) -> Style {
    match level {
        Level::Error => ESCALATION.bold(),
        Level::Warning => GUARDED.bold(),
        Level::Note | Level::Off => ZONE.bold(),
    }
}

/// One finding. A line that was shown before is not shown again.
fn block(review: &Review, finding: &Finding, is_first: bool, width: Option<usize>) -> String {
    let head = format!("{}[{}]", finding.level.as_str(), finding.rule.id());
    let head = paint(style(finding.level), &head);
    let mut text = format!("{head}{}\n", paint(STRONG, &format!(": {}", title(review, finding))));
    let gutter = match opening(review, finding, is_first, width) {
        Some((lines, gutter)) => {
            text += &lines;
            gutter
        }
        None => 1,
    };
    let room = width.map(|width| width.max(wrap::NARROWEST).saturating_sub(gutter + 1));
    for row in rows::rows(review, finding, room, gutter + 1) {
        text += &format!("{} {row}\n", " ".repeat(gutter));
    }
    text
}

/// Where it stands, with the line itself, and how wide the numbers of lines are.
fn opening(
    review: &Review,
    finding: &Finding,
    is_first: bool,
    width: Option<usize>,
) -> Option<(String, usize)> {
    let joint = review.comparison.joint();
    let place = finding.place?;
    let file = joint.spec(Side::Head).files.get(place.file as usize)?;
    let (line, column) = file.line_column(place.start as usize);
    let location = match file.has_text() {
        true => format!("{}:{line}:{column}", visible(file.name())),
        false => format!("{}:{line}", visible(file.name())),
    };
    let side = if joint.side_of(place) == Side::Base { " (as the base has it)" } else { "" };
    // Under a line of the file the mark needs its words; without one, what the title says is not said twice.
    let label = label(review, finding);
    let excerpt = Excerpt::of(file, place, width.map(|width| width.max(wrap::NARROWEST)), &label);
    let gutter = excerpt.as_ref().map_or(1, Excerpt::gutter);
    let excerpt = excerpt.filter(|_| is_first);
    let arrow = format!("{}{} {location}{side}", " ".repeat(gutter), paint(DIM, "-->"));
    Some(match excerpt {
        Some(excerpt) => (format!("{arrow}\n{}", excerpt.draw(style(finding.level), &label)), gutter),
        None if title(review, finding).contains(&label) => (format!("{arrow}\n"), gutter),
        None => (format!("{arrow}  {label}\n"), gutter),
    })
}

/// What the place shows.
fn label(review: &Review, finding: &Finding) -> String {
    let comparison = &review.comparison;
    let first = match (&finding.about, finding.changes(comparison).first()) {
        (About::Closed, _) => comparison.closing().next(),
        // A rule that several changes break together is shown itself.
        (About::Contract { changes, .. }, _) if changes.len() > 1 => None,
        (_, Some(id)) => Some(comparison.change(*id)),
        _ => None,
    };
    let words = Words::of(review);
    first.map(|first| plain(comparison, &words.change(first))).unwrap_or_default()
}

/// A finding that somebody has accepted, on one line.
fn accepted(review: &Review, finding: &Finding) -> String {
    let Some(entry) = finding.accepted else { return String::new() };
    let written = review.comparison.joint().acceptance(entry);
    let about = plain(&review.comparison, &attested(written));
    let head = format!("accepted[{}]", finding.rule.id());
    format!(
        "{}: {}: {}{}\n",
        paint(DIM, &head),
        title(review, finding),
        visible(&written.reason),
        paint(DIM, &about)
    )
}
