//! A review as a GitLab code quality report: a list of issues, which a merge request shows beside its lines.
//!
//! GitLab compares the issues of two branches by fingerprint, knows no accepted ones and no columns, and shows no rule: the rule
//! opens the description. Every issue counts as a loss of quality there, so that closed paths are left out while they are notes.

use serde::Serialize;
use serde_json::Value;

use super::place::{shown, worsens};
use super::repeats::Repeats;
use super::{Context, words};
use crate::review::{Finding, Review};
use crate::spec::Level;

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
#[must_use]
pub fn gitlab(review: &Review, _context: &Context) -> Value {
    let mut seen = Repeats::default();
    let issues: Vec<Issue> = review
        .open()
        .filter(|finding| worsens(finding))
        .filter_map(|finding| issue(review, finding, &mut seen))
        .collect();
    serde_json::to_value(issues).unwrap_or_default()
}

/// An issue; nothing where there is no file at all to show it in. `seen` counts ids: a report names each fingerprint once.
fn issue(review: &Review, finding: &Finding, seen: &mut Repeats) -> Option<Issue> {
    let spot = shown(&review.comparison, finding)?;
    let count = seen.count(finding);
    let fingerprint = if count == 1 { finding.id() } else { format!("{}:{count}", finding.id()) };
    let message = words::message(review, finding).replace('\n', " ");
    Some(Issue {
        description: format!("{}: {message}", finding.rule.id()),
        check_name: finding.rule.id(),
        fingerprint,
        severity: match finding.level {
            Level::Error => "critical",
            Level::Warning => "major",
            Level::Note | Level::Off => "info",
        },
        location: Location { path: spot.file, lines: Lines { begin: spot.line } },
    })
}
