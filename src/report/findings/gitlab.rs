//! Findings as a GitLab code quality report: a list of issues, which a merge request shows beside its lines.
//!
//! GitLab compares the issues of two branches by fingerprint, knows no accepted ones and no columns, and shows no rule: the rule
//! opens the description. Two specs of one repository report to one pipeline, so that the file is part of the fingerprint. Every issue counts as a loss of quality there, so that closed paths are left out while they are notes.

use serde::Serialize;
use serde_json::Value;

use super::sheet::{Item, Repeats, Sheet};
use crate::model::Level;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// The findings that count as a code quality report, gravest first.
pub(super) fn gitlab(sheet: &Sheet<'_>) -> Value {
    let mut seen = Repeats::default();
    let told = sheet.open().filter(|item| item.worsens);
    let issues: Vec<Issue> = told.filter_map(|item| issue(item, &mut seen)).collect();
    serde_json::to_value(issues).unwrap_or_default()
}

/// An issue; nothing where there is no file at all to show it in. `seen` counts ids: a report names each fingerprint once.
fn issue(item: &Item<'_>, seen: &mut Repeats) -> Option<Issue> {
    let spot = item.shown.as_ref()?;
    let count = seen.count(item);
    let print = item.print();
    let fingerprint = if count == 1 { print } else { format!("{print}:{count}") };
    let message = item.message.replace('\n', " ");
    Some(Issue {
        description: format!("{}: {message}", item.rule.id()),
        check_name: item.rule.id(),
        fingerprint,
        severity: match item.level {
            Level::Error => "critical",
            Level::Warning => "major",
            Level::Note | Level::Off => "info",
        },
        location: Location { path: spot.file.to_owned(), lines: Lines { begin: spot.line } },
    })
}
