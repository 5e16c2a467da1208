//! A judged change for the terminal, in the shape of a compiler's messages: what, where, by which paths, and the way out. What is said
//! comes as texts; here they get their places on the lines.

mod rows;
pub(in crate::report) mod summary;

use std::collections::BTreeSet;

use super::Context;
use super::facts::Facts;
use super::words::{Words, attested};
use crate::compare::Side;
use crate::findings::{About, Finding, Review};
use crate::model::text::{phrase, quoted};
use crate::model::{Text, Tone};
use crate::report::DISCLAIMER;
use crate::report::columns::{pad, width};
use crate::report::excerpt::Excerpt;
use crate::report::name::visible;
use crate::report::sentence::ARROWS;
use crate::report::style::{DIM, STRONG, paint};
use crate::report::what_if::what_if_sides;
use crate::report::write::{self, Plain, Terminal, grave, wrap};
use rows::PairRow;

/// Columns of the word for how a pair differs.
const KIND: usize = 8;
/// Columns before a path: the sign, the word and the blanks behind them.
const BEFORE: usize = 2 + KIND + 1;
/// A path that is wider pushes its own cost to the right and no other's.
const ROUTE: usize = 64;

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
        let line = shown(review, &summary::unchanged(review, context, &facts));
        return format!("{line}\n{}", what_if(review));
    }
    let mut text = String::new();
    let mut places = BTreeSet::new();
    for finding in review.open() {
        let is_first = finding.place.is_none_or(|place| places.insert(place));
        text += &block(review, finding, is_first, width);
        text.push('\n');
    }
    let accepted: String = review.accepted().map(|finding| accepted(review, finding)).collect();
    if !accepted.is_empty() {
        text += &format!("{accepted}\n");
    }
    for summary::Line(head, line) in summary::summary(review, context, &facts) {
        text += &format!("{} {}\n", paint(STRONG, &format!("{head:<10}")), shown(review, &line));
    }
    if review.open().any(|finding| !finding.pairs.is_empty()) {
        text += &format!(
            "{}\n",
            paint(DIM, &format!("{ARROWS}\n* an edge that this change brings, or takes away"))
        );
    }
    text += &what_if(review);
    text += &format!("{}\n", paint(DIM, DISCLAIMER));
    text + &format!("{}\n", shown(review, &summary::counts(review, context)))
}

/// A text as the terminal shows it.
fn shown(review: &Review, text: &Text) -> String {
    write::text(&Terminal, review.comparison.joint().spec(Side::Head), text)
}

/// That a side is not as it stands, a line each.
fn what_if(review: &Review) -> String {
    let lines = what_if_sides(review.comparison.joint());
    lines.map(|line| format!("{}\n", shown(review, &line.toned(Tone::Dim)))).collect()
}

/// One finding. A line that was shown before is not shown again.
fn block(review: &Review, finding: &Finding, is_first: bool, width: Option<usize>) -> String {
    let head = format!("{}[{}]", finding.level.as_str(), finding.rule.id());
    let head = paint(grave(finding.level), &head);
    let title = phrase![": ", Words::of(review).title(finding)].toned(Tone::Strong);
    let mut text = format!("{head}{}\n", shown(review, &title));
    let gutter = match opening(review, finding, is_first, width) {
        Some((lines, gutter)) => {
            text += &lines;
            gutter
        }
        None => 1,
    };
    let room = width.map(|width| width.max(wrap::NARROWEST).saturating_sub(gutter + 1));
    let rows = rows::rows(review, finding);
    let mut lines: Vec<String> = rows.causes.iter().map(|row| shown(review, row)).collect();
    lines.extend(pairs(review, &rows.pairs, room, gutter + 1));
    lines.extend(rows.after.iter().map(|row| shown(review, row)));
    for line in lines {
        text += &format!("{} {} {line}\n", " ".repeat(gutter), paint(DIM, "="));
    }
    text
}

/// Pairs with paths, costs and questions under one another, in so many columns where that is known. Where one does not fit a line,
/// all have their cost below, which stands `margin` further right: then paths stand under paths.
fn pairs(review: &Review, rows: &[PairRow], room: Option<usize>, margin: usize) -> Vec<String> {
    let names = review.comparison.joint().spec(Side::Head);
    let wide = |text: &Text| width(&write::text(&Plain, names, text));
    let column = |cell: fn(&PairRow) -> &Text| {
        rows.iter().map(|row| wide(cell(row))).filter(|width| *width <= ROUTE).max().unwrap_or(0)
    };
    let (route, cost) = (column(|row| &row.route), column(|row| &row.cost));
    let fits = |row: &PairRow| {
        let cells = wide(&row.route).max(route) + wide(&row.cost).max(cost) + wide(&row.questions);
        room.is_none_or(|room| BEFORE + cells + 4 <= room)
    };
    let is_beside = rows.iter().all(fits);
    let below = " ".repeat(margin + BEFORE);
    let line = |row: &PairRow| {
        let kind = pad(row.kind.as_str(), KIND);
        let shown = |text: &Text| shown(review, text);
        let (path, questions) = (shown(&row.route), paint(DIM, &shown(&row.questions)));
        if is_beside {
            let gap = " ".repeat(route.saturating_sub(wide(&row.route)));
            format!("{kind} {path}{gap}  {}  {questions}", pad(&shown(&row.cost), cost))
        } else {
            format!("{kind} {path}\n{below}{}  {questions}", shown(&row.cost))
        }
    };
    rows.iter().map(line).collect()
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
    let plain = |text: &Text| write::text(&Plain, joint.spec(Side::Head), text);
    let label = plain(&label(review, finding));
    let excerpt = Excerpt::of(file, place, width.map(|width| width.max(wrap::NARROWEST)), &label);
    let gutter = excerpt.as_ref().map_or(1, Excerpt::gutter);
    let excerpt = excerpt.filter(|_| is_first);
    let arrow = format!("{}{} {location}{side}", " ".repeat(gutter), paint(DIM, "-->"));
    Some(match excerpt {
        Some(excerpt) => (format!("{arrow}\n{}", excerpt.draw(grave(finding.level), &label)), gutter),
        None if plain(&Words::of(review).title(finding)).contains(&label) => (format!("{arrow}\n"), gutter),
        None => (format!("{arrow}  {label}\n"), gutter),
    })
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
fn accepted(review: &Review, finding: &Finding) -> String {
    let Some(entry) = finding.accepted else { return String::new() };
    let written = review.comparison.joint().acceptance(entry);
    let head = phrase!["accepted[", finding.rule.id(), "]"].toned(Tone::Dim);
    let (title, reason) = (Words::of(review).title(finding), quoted(written.reason.as_str()));
    let line = phrase![head, ": ", title, ": ", reason, attested(written).toned(Tone::Dim)];
    format!("{}\n", shown(review, &line))
}
