//! A judged topology for the terminal, in the shape of a compiler's messages: what, where, by which paths, and the way out.

use std::collections::BTreeSet;

use anstyle::Style;

use super::paragraphs::path_line;
use super::words::{Words, accept_command, page_words, verdict};
use crate::findings::{Assessment, Finding, Gate};
use crate::model::Level;
use crate::report::check::check_text;
use crate::report::columns::width;
use crate::report::excerpt::Excerpt;
use crate::report::name::visible;
use crate::report::page::PageStyle;
use crate::report::sentence::ARROWS;
use crate::report::style::{DIM, ESCALATION, GUARDED, STRONG, ZONE, paint};
use crate::report::what_if::closing_text;
use crate::report::write::wrap;

/// A label that is wider pushes its own path to the right and no other's.
const LABEL: usize = 32;

/// What a spec holds, and what is wrong with it: a block for each finding, a line for each accepted one, and how many there are.
/// `fail_on` is the mildest level at which the check fails.
#[must_use]
pub fn assessment_text(assessment: &Assessment<'_>, fail_on: Option<Level>) -> String {
    assessment_text_within(assessment, fail_on, None)
}

/// As [`assessment_text`], for a terminal of so many columns: what is wider is broken between words.
#[must_use]
pub fn assessment_text_within(
    assessment: &Assessment<'_>,
    fail_on: Option<Level>,
    width: Option<usize>,
) -> String {
    let text = whole(assessment, fail_on, width);
    width.map_or(text.clone(), |width| wrap::wrap(&text, width))
}

fn whole(assessment: &Assessment<'_>, fail_on: Option<Level>, width: Option<usize>) -> String {
    let mut text = String::new();
    let mut shown = BTreeSet::new();
    for finding in assessment.open() {
        let is_first = finding.place.is_none_or(|place| shown.insert(place));
        text += &block(assessment, finding, is_first, width);
        text.push('\n');
    }
    let accepted: String = assessment.accepted().map(|finding| accepted(assessment, finding)).collect();
    if !accepted.is_empty() {
        text += &format!("{accepted}\n");
    }
    text += &check_text(assessment.graph);
    if assessment.open().any(|finding| !finding.evidence().is_empty()) {
        text += &format!("{}\n", paint(DIM, ARROWS));
    }
    text += &format!("{}\n", paint(DIM, &closing_text(assessment.graph.spec())));
    text + &outcome(assessment, fail_on)
}

fn style(level: Level) -> Style {
    match level {
        Level::Error => ESCALATION.bold(),
        Level::Warning => GUARDED.bold(),
        Level::Note | Level::Off => ZONE.bold(),
    }
}

fn words<'a>(assessment: &Assessment<'a>) -> Words<'a> {
    page_words(assessment.graph.spec(), PageStyle::Text)
}

/// One finding. A line that was shown before is not shown again.
fn block(assessment: &Assessment<'_>, finding: &Finding, is_first: bool, width: Option<usize>) -> String {
    let words = words(assessment);
    let head = format!("{}[{}]", finding.level.as_str(), finding.rule.id());
    let head = paint(style(finding.level), &head);
    let mut text = format!("{head}{}\n", paint(STRONG, &format!(": {}", words.title(finding))));
    let gutter = match opening(assessment, finding, is_first, width) {
        Some((lines, gutter)) => {
            text += &lines;
            gutter
        }
        None => 1,
    };
    for row in rows(assessment, finding) {
        text += &format!("{} {} {row}\n", " ".repeat(gutter), paint(DIM, "="));
    }
    text
}

/// Where it stands, with the line itself, and how wide the numbers of lines are.
fn opening(
    assessment: &Assessment<'_>,
    finding: &Finding,
    is_first: bool,
    width: Option<usize>,
) -> Option<(String, usize)> {
    let place = finding.place?;
    let file = assessment.graph.spec().files.get(place.file as usize)?;
    let (line, column) = file.line_column(place.start as usize);
    let location = format!("{}:{line}:{column}", visible(file.name()));
    let excerpt = Excerpt::of(file, place, width.map(|width| width.max(wrap::NARROWEST)), "");
    let gutter = excerpt.as_ref().map_or(1, Excerpt::gutter);
    let arrow = format!("{}{} {location}\n", " ".repeat(gutter), paint(DIM, "-->"));
    let excerpt = excerpt.filter(|_| is_first).map(|excerpt| excerpt.draw(style(finding.level), ""));
    Some((arrow + &excerpt.unwrap_or_default(), gutter))
}

/// Paths, details, the fix, and how to learn more or accept it.
fn rows(assessment: &Assessment<'_>, finding: &Finding) -> Vec<String> {
    let words = words(assessment);
    let labels: Vec<String> = finding.evidence().iter().map(|one| words.phrase(&one.label)).collect();
    let column = labels.iter().map(|label| width(label)).filter(|width| *width <= LABEL).max().unwrap_or(0);
    let mut rows: Vec<String> = Vec::new();
    for (one, label) in finding.evidence().iter().zip(&labels) {
        let gap = " ".repeat(column.saturating_sub(width(label)));
        rows.push(format!("{}{gap}  {}", paint(DIM, label), path_line(assessment.graph, one)));
    }
    rows.extend(finding.details().iter().map(|detail| words.phrase(detail)));
    let fix = words.fix(finding);
    if !fix.is_empty() {
        rows.push(format!("fix: {fix}"));
    }
    rows.push(paint(DIM, &format!("help: crabwalk explain {}", finding.rule.id())));
    if !finding.rule.is_of_change() {
        rows.push(paint(DIM, &format!("help: {}", accept_command(finding))));
    }
    rows
}

/// A finding that somebody has accepted, on one line.
fn accepted(assessment: &Assessment<'_>, finding: &Finding) -> String {
    let written = finding.accepted.and_then(|entry| assessment.graph.spec().accept.get(entry.position));
    let reason = written.map(|written| visible(&written.reason)).unwrap_or_default();
    let head = paint(DIM, &format!("accepted[{}]", finding.rule.id()));
    format!("{head}: {}: {reason}\n", words(assessment).title(finding))
}

/// How many findings there are, and what that means for the exit code.
fn outcome(assessment: &Assessment<'_>, fail_on: Option<Level>) -> String {
    let verdict = verdict(assessment);
    match fail_on {
        Some(level) if Gate(fail_on).fails(&assessment.findings) => {
            let style = style(level);
            format!("{}\n", paint(style, &format!("{verdict}: fails on {}", level.as_str())))
        }
        _ => format!("{}\n", paint(STRONG, &verdict)),
    }
}
