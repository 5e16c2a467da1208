//! Findings as SARIF 2.1.0, within what GitHub's code scanning takes and shows.
//!
//! A result stands on the line of the head that causes it, since only lines that a pull request changes show alerts; what the
//! head does not have any more stands on its first line. Closed paths are left out while they are notes: an alert about something
//! that got better would stay open for ever.

mod location;
mod model;
mod rules;

use serde_json::Value;

use super::sheet::{Attest, Flow, FlowStep, Item, Related, Repeats, Sheet};
use crate::model::Level;
use location::{location, message};
use model::{
    AutomationDetails, BaseId, BaseIds, CodeFlow, Driver, Fingerprints, Invocation, Location, Log, Message,
    Notification, ResultObject, ResultProperties, Run, Suppression, ThreadFlow, ThreadFlowLocation, Tool,
};

/// Results that a run may have.
const MOST_RESULTS: usize = 25_000;

/// Locations of a flow that code scanning shows.
const MOST_LOCATIONS: usize = 1000;

/// Findings as a SARIF log with one run.
pub(in crate::report::findings) fn sarif(sheet: &Sheet<'_>) -> Value {
    let told: Vec<&Item<'_>> = sheet.items.iter().filter(|item| item.worsens).collect();
    let mut seen = Repeats::default();
    let results = told.iter().take(MOST_RESULTS).map(|item| result(sheet, item, &mut seen));
    let results = results.collect();
    let left_out = told.len().saturating_sub(MOST_RESULTS);
    let notification = || Notification {
        level: "warning",
        message: message(&format!("{left_out} further findings are left out; all of them: {}", sheet.again)),
    };
    let root = "The root of the repository that the specs are in.";
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "crabwalk",
                semantic_version: env!("CARGO_PKG_VERSION"),
                information_uri: Some(env!("CARGO_PKG_REPOSITORY")).filter(|uri| !uri.is_empty()),
                rules: rules::descriptors(&sheet.rules),
            },
        },
        invocations: [Invocation {
            execution_successful: sheet.has_run,
            tool_execution_notifications: (left_out > 0).then(notification).into_iter().collect(),
        }],
        automation_details: AutomationDetails { id: format!("crabwalk/{}/", sheet.command) },
        original_uri_base_ids: BaseIds { root: BaseId { description: Message { text: root.to_owned() } } },
        column_kind: "unicodeCodePoints",
        results,
    };
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    serde_json::to_value(Log { schema, version: "2.1.0", runs: [run] }).unwrap_or_default()
}

/// `seen` counts fingerprints: what has the same one twice is told apart by the number behind it.
fn result(sheet: &Sheet<'_>, item: &Item<'_>, seen: &mut Repeats) -> ResultObject {
    let count = seen.count(item);
    let place = item.shown.as_ref().map(|spot| location(spot, None));
    ResultObject {
        rule_id: item.rule.id(),
        rule_index: sheet.rules.iter().position(|rule| *rule == item.rule).unwrap_or_default(),
        level: match item.level {
            Level::Off => "none",
            level => level.as_str(),
        },
        message: message(&text(item)),
        locations: place.into_iter().collect(),
        related_locations: item.related.iter().enumerate().map(|(id, one)| related(id, one)).collect(),
        partial_fingerprints: Fingerprints { finding: format!("{}:{count}", item.print()) },
        code_flows: item.flows.iter().map(flow).collect(),
        suppressions: item.accepted.as_ref().map(suppression).into_iter().collect(),
        baseline_state: item.is_new.map(|is_new| if is_new { "new" } else { "unchanged" }),
        properties: ResultProperties {
            id: item.id(),
            pairs: item.pairs,
            accepted_pairs: item.accepted_pairs,
        },
    }
}

/// The finding in sentences, of which the first is the title of an alert.
fn text(item: &Item<'_>) -> String {
    let gone = item.place.as_ref().filter(|_| item.is_gone);
    let gone = gone.map(|spot| format!("It stood in the base, at {}.", spot.location()));
    let clear = (!item.clear.is_empty()).then(|| format!("To clear: {}.", item.clear));
    let mut lines: Vec<String> = item.message.lines().map(ended).collect();
    lines.extend(gone);
    lines.extend(clear);
    lines.join("\n")
}

fn ended(line: &str) -> String {
    if line.ends_with('.') { line.to_owned() } else { format!("{line}.") }
}

fn related(id: usize, one: &Related<'_>) -> Location {
    Location { id: Some(id), ..location(&one.spot, Some(message(&one.text))) }
}

fn flow(flow: &Flow<'_>) -> CodeFlow {
    let mut locations: Vec<ThreadFlowLocation> = flow.steps.iter().map(step).collect();
    let last = locations.len().saturating_sub(1);
    if last >= MOST_LOCATIONS {
        // The last one tells what the path is about.
        locations.drain(MOST_LOCATIONS - 1..last);
    }
    CodeFlow { message: message(&flow.text), thread_flows: [ThreadFlow { locations }] }
}

fn step(step: &FlowStep<'_>) -> ThreadFlowLocation {
    ThreadFlowLocation {
        location: location(&step.spot, Some(message(&step.text))),
        nesting_level: 0,
        importance: if step.is_essential { "essential" } else { "important" },
    }
}

/// Somebody looked at it: an entry of `accept`, in the file but not beside the line that it speaks of.
fn suppression(accepted: &Attest<'_>) -> Suppression {
    let entry = accepted.entry;
    let said = [
        Some(entry.reason.clone()),
        entry.owner.as_ref().map(|owner| format!("owner: {owner}")),
        entry.ticket.as_ref().map(|ticket| format!("ticket: {ticket}")),
        entry.expires.map(|day| format!("expires: {day}")),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    Suppression {
        kind: "external",
        status: "accepted",
        justification: said.join("; "),
        location: location(&accepted.spot, None),
    }
}
