//! Findings as workflow commands: annotations beside the changed lines of a pull request.
//!
//! GitHub shows ten annotations of a level for each step and drops the others in silence, so the last one that fits says how many
//! more there are. What is accepted has no annotation.

use std::fmt::Write as _;

use super::place::Spot;
use super::sheet::{Item, Sheet};
use crate::model::Level;
use crate::report::counts::counted;
use crate::report::name::visible;

/// Annotations of one level that are shown.
const MOST: usize = 10;

/// Findings as workflow commands, one a line, gravest first.
pub(super) fn github(sheet: &Sheet<'_>) -> String {
    let mut commands = String::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let findings: Vec<&Item<'_>> = sheet.open().filter(|item| item.level == level).collect();
        let shown = if findings.len() > MOST { MOST - 1 } else { findings.len() };
        for finding in &findings[..shown] {
            push(&mut commands, command(level), &properties(finding), &text(finding));
        }
        if shown < findings.len() {
            let title = ("title", format!("{} more", findings.len() - shown));
            let what = counted(findings.len() - shown, "more finding");
            let text = format!("{what} at this level; all of them: {}", sheet.again);
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

fn text(item: &Item<'_>) -> String {
    let mut text = item.message.clone();
    if !item.clear.is_empty() {
        text += &format!("\nTo clear: {}", item.clear);
    }
    text
}

/// What a command says beside its message. What stands in the base alone has no line that could be annotated.
fn properties(item: &Item<'_>) -> Vec<(&'static str, String)> {
    let title = ("title", format!("{} {}", item.rule.id(), item.title));
    let spot = item.place.as_ref().filter(|_| !item.is_gone);
    spot.map(place).unwrap_or_default().into_iter().chain([title]).collect()
}

/// Columns go with a single line alone: GitHub refuses them otherwise.
fn place(spot: &Spot<'_>) -> Vec<(&'static str, String)> {
    let mut properties = vec![("file", spot.file.to_owned()), ("line", spot.line.to_string())];
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

/// Text on one line, and nothing that steers the log which it is a line of: a file may have any name.
fn escaped(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(visible).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
