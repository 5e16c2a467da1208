//! A review as workflow commands: annotations beside the changed lines of a pull request.
//!
//! GitHub shows ten annotations of a level for each step and drops the others in silence, so the last one that fits says how many
//! more there are. What is accepted has no annotation.

use std::fmt::Write as _;

use super::place::{Spot, spot};
use super::{Context, words};
use crate::report::counts::counted;
use crate::review::{Finding, Review, Side};
use crate::spec::Level;

/// Annotations of one level that are shown.
const MOST: usize = 10;

/// The review as workflow commands, one a line, gravest findings first.
#[must_use]
pub fn github(review: &Review, context: &Context) -> String {
    let mut commands = String::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let findings: Vec<&Finding> = review.open().filter(|finding| finding.level == level).collect();
        let shown = if findings.len() > MOST { MOST - 1 } else { findings.len() };
        for finding in &findings[..shown] {
            push(&mut commands, command(level), &properties(review, finding), &text(review, finding));
        }
        if shown < findings.len() {
            let title = ("title", format!("{} more", findings.len() - shown));
            let what = counted(findings.len() - shown, "more finding");
            let text = format!("{what} at this level; all of them: {}", context.command);
            push(&mut commands, command(level), &[title], &text);
        }
    }
    commands
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "notice",
    }
}

fn text(review: &Review, finding: &Finding) -> String {
    let mut text = words::message(review, finding);
    let clear = words::clear(review, finding);
    if !clear.is_empty() {
        text += &format!("\nTo clear: {clear}");
    }
    text
}

/// What a command says beside its message. What stands in the base alone has no line that could be annotated.
fn properties(review: &Review, finding: &Finding) -> Vec<(&'static str, String)> {
    let title = ("title", format!("{} {}", finding.rule.id(), words::title(review, finding)));
    let spot = finding.place.map(|place| spot(&review.comparison, place));
    let spot = spot.filter(|spot| spot.side == Side::Head);
    spot.map(|spot| place(&spot)).unwrap_or_default().into_iter().chain([title]).collect()
}

/// Columns go with a single line alone: GitHub refuses them otherwise.
fn place(spot: &Spot<'_>) -> Vec<(&'static str, String)> {
    let mut properties = vec![("file", spot.file.clone()), ("line", spot.line.to_string())];
    if let Some(mark) = spot.mark {
        properties.push(("endLine", mark.end_line.to_string()));
        if mark.end_line == spot.line {
            properties.push(("col", mark.column.to_string()));
            properties.push(("endColumn", mark.end_column.to_string()));
        }
    }
    properties
}

/// Appends `::command key=value,key=value::message`. Whatever a value holds, it ends neither the line nor the property.
fn push(commands: &mut String, command: &str, properties: &[(&str, String)], message: &str) {
    let properties: Vec<String> =
        properties.iter().map(|(key, value)| format!("{key}={}", escaped_property(value))).collect();
    // Writing to a string does not fail.
    let _ = writeln!(commands, "::{command} {}::{}", properties.join(","), escaped(message));
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
