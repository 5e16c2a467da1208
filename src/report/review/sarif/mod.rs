//! A review as SARIF 2.1.0, within what GitHub's code scanning takes and shows.
//!
//! A result stands on the line of the head that causes it, since only lines that a pull request changes show alerts; what the
//! head does not have any more stands on its first line. Closed paths are left out while they are notes: an alert about something
//! that got better would stay open for ever.

mod flows;
mod location;
mod model;
mod rules;

use serde_json::Value;

use super::place::{shown, spot, worsens};
use super::repeats::Repeats;
use super::{Context, words};
use crate::review::{About, Comparison, Entry, Finding, Review, Side};
use crate::spec::{Level, Rule};
use location::{location, message};
use model::{
    AutomationDetails, BaseId, BaseIds, Driver, Fingerprints, Invocation, Location, Log, Message,
    Notification, ResultObject, ResultProperties, Run, Suppression, Tool,
};

/// Results that a run may have.
const MOST_RESULTS: usize = 25_000;

/// Related locations of a result that are shown.
const MOST_RELATED: usize = 100;

/// The review as a SARIF log with one run.
#[must_use]
pub fn sarif(review: &Review, context: &Context) -> Value {
    let told: Vec<&Finding> = review.findings.iter().filter(|finding| worsens(finding)).collect();
    let mut seen = Repeats::default();
    let results = told.iter().take(MOST_RESULTS).map(|finding| result(review, finding, &mut seen));
    let results = results.collect();
    let left_out = told.len().saturating_sub(MOST_RESULTS);
    let notification = || Notification {
        level: "warning",
        message: message(&format!(
            "{left_out} further findings are left out; all of them: {}",
            context.command
        )),
    };
    let root = "The root of the repository that the specs are in.";
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "crabwalk",
                semantic_version: env!("CARGO_PKG_VERSION"),
                information_uri: Some(env!("CARGO_PKG_REPOSITORY")).filter(|uri| !uri.is_empty()),
                rules: rules::all(),
            },
        },
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: (left_out > 0).then(notification).into_iter().collect(),
        }],
        automation_details: AutomationDetails { id: "crabwalk/diff/" },
        original_uri_base_ids: BaseIds { root: BaseId { description: Message { text: root.to_owned() } } },
        column_kind: "unicodeCodePoints",
        results,
    };
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    serde_json::to_value(Log { schema, version: "2.1.0", runs: [run] }).unwrap_or_default()
}

/// `seen` counts fingerprints: what has the same one twice is told apart by the number behind it.
fn result(review: &Review, finding: &Finding, seen: &mut Repeats) -> ResultObject {
    let comparison = &review.comparison;
    let count = seen.count(finding);
    let place = shown(comparison, finding).map(|spot| location(&spot, None));
    ResultObject {
        rule_id: finding.rule.id(),
        rule_index: Rule::of_changes().position(|rule| rule == finding.rule).unwrap_or_default(),
        level: match finding.level {
            Level::Off => "none",
            level => level.as_str(),
        },
        message: message(&text(review, finding)),
        locations: place.into_iter().collect(),
        related_locations: related(comparison, finding),
        partial_fingerprints: Fingerprints {
            primary_location_line_hash: format!("{}:{count}", finding.fingerprint),
        },
        code_flows: flows::flows(review, finding),
        suppressions: finding.accepted.map(|entry| suppression(comparison, entry)).into_iter().collect(),
        baseline_state: if is_old(comparison, finding) { "unchanged" } else { "new" },
        properties: ResultProperties {
            id: finding.id(),
            pairs: finding.pairs.len(),
            accepted_pairs: finding.accepted_pairs,
        },
    }
}

/// The finding in sentences, of which the first is the title of an alert.
fn text(review: &Review, finding: &Finding) -> String {
    let place = finding.place.map(|place| spot(&review.comparison, place));
    let gone = place.filter(|spot| spot.side == Side::Base);
    let gone = gone.map(|spot| format!("It stood in the base, at {}.", spot.location()));
    let clear = words::clear(review, finding);
    let clear = (!clear.is_empty()).then(|| format!("To clear: {clear}."));
    let mut lines: Vec<String> = words::message(review, finding).lines().map(ended).collect();
    lines.extend(gone);
    lines.extend(clear);
    lines.join("\n")
}

fn ended(line: &str) -> String {
    if line.ends_with('.') { line.to_owned() } else { format!("{line}.") }
}

/// The changes of a finding that the head still shows, but for the one that it stands on.
fn related(comparison: &Comparison, finding: &Finding) -> Vec<Location> {
    let others = finding.changes(comparison).iter().map(|id| comparison.change(*id)).filter(|change| {
        Some(change.place) != finding.place && comparison.joint().side_of(change.place) == Side::Head
    });
    let told = others.take(MOST_RELATED).enumerate().map(|(id, change)| {
        let text = message(&words::change(comparison, change));
        Location { id: Some(id), ..location(&spot(comparison, change.place), Some(text)) }
    });
    told.collect()
}

/// Somebody looked at it: an entry of `accept`, in the file but not beside the line that it speaks of.
fn suppression(comparison: &Comparison, entry: Entry) -> Suppression {
    let acceptance = comparison.joint().acceptance(entry);
    let said = [
        Some(acceptance.reason.clone()),
        acceptance.owner.as_ref().map(|owner| format!("owner: {owner}")),
        acceptance.ticket.as_ref().map(|ticket| format!("ticket: {ticket}")),
        acceptance.expires.map(|day| format!("expires: {day}")),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    Suppression {
        kind: "external",
        status: "accepted",
        justification: said.join("; "),
        location: location(&spot(comparison, acceptance.place), None),
    }
}

/// Whether it was so in the base already: an acceptance that stood there has expired, or matches nothing any more.
fn is_old(comparison: &Comparison, finding: &Finding) -> bool {
    let About::Acceptance(entry) = finding.about else { return false };
    let of = |side| &comparison.joint().spec(side).accept;
    let Some(own) = of(entry.side).get(entry.position) else { return false };
    finding.rule != Rule::AcceptanceNew && of(Side::Base).iter().any(|other| other.what == own.what)
}
