//! A judged change → its findings as formats for machines tell them.

use std::borrow::Cow;

use serde_json::Value;

use super::flows::flows;
use super::spots::{is_gone, shown, spot, worsens};
use super::{Context, words};
use crate::compare::{Comparison, Side};
use crate::findings::{About, Finding, Review, Strictest};
use crate::model::{Level, Rule};
use crate::report::machine::{self, Attest, Flow, Item, Related, Sheet, Topic};
use crate::report::name::visible;
use crate::report::what_if::what_if_sides;

/// Other changes of a finding that are told of.
const MOST_RELATED: usize = 100;

/// The review as a SARIF log with one run.
#[must_use]
pub fn sarif(review: &Review, context: &Context) -> Value {
    machine::sarif(&sheet(review, context, flows))
}

/// The review as workflow commands of GitHub Actions, one a line, gravest findings first.
#[must_use]
pub fn github(review: &Review, context: &Context) -> String {
    machine::github(&sheet(review, context, |_, _| Vec::new()))
}

/// The findings that count as a GitLab code quality report, gravest first.
#[must_use]
pub fn gitlab(review: &Review, context: &Context) -> Value {
    machine::gitlab(&sheet(review, context, |_, _| Vec::new()))
}

/// The review as JUnit XML.
#[must_use]
pub fn junit(review: &Review, context: &Context) -> String {
    machine::junit(&sheet(review, context, |_, _| Vec::new()))
}

/// Paths of a finding are searched for where a format shows them.
type Flows<'a> = fn(&'a Review, &Finding) -> Vec<Flow<'a>>;

fn sheet<'a>(review: &'a Review, context: &Context, flows: Flows<'a>) -> Sheet<'a> {
    let strictest = Strictest::of(review.comparison.joint());
    let joint = review.comparison.joint();
    // Rules of the spec's own are asked where there are any.
    let has = |rule: &Rule| {
        [Side::Base, Side::Head]
            .iter()
            .any(|side| joint.spec(*side).rules.iter().any(|own| own.term.rule() == *rule))
    };
    let own = Rule::of_topologies().filter(|rule| rule.is_contract() && has(rule));
    let rules: Vec<Rule> = Rule::of_changes().chain(own).collect();
    Sheet {
        command: "diff",
        subject: std::iter::once(format!("{} against {}", context.head, context.base))
            .chain(what_if_sides(joint, visible))
            .collect::<Vec<_>>()
            .join("; "),
        again: visible(&context.command),
        fail_on: context.fail_on,
        asked: rules.iter().copied().filter(|rule| strictest.level(*rule) > Level::Off).collect(),
        rules: rules.into_iter().map(Topic::Rule).collect(),
        has_run: true,
        items: review.findings.iter().map(|finding| item(review, finding, flows)).collect(),
    }
}

fn item<'a>(review: &'a Review, finding: &'a Finding, flows: Flows<'a>) -> Item<'a> {
    let comparison = &review.comparison;
    let joint = comparison.joint();
    Item {
        rule: finding.rule.into(),
        level: finding.level,
        fingerprint: Cow::Borrowed(&finding.fingerprint),
        title: words::title(review, finding),
        message: words::message(review, finding),
        clear: words::clear(review, finding),
        place: finding.place.map(|place| spot(comparison, place)),
        is_gone: finding.place.is_some_and(|place| is_gone(comparison, place)),
        shown: shown(comparison, finding),
        related: related(comparison, finding),
        flows: flows(review, finding),
        accepted: finding.accepted.map(|entry| {
            let entry = joint.acceptance(entry);
            Attest { entry, spot: spot(comparison, entry.place) }
        }),
        is_new: Some(!is_old(comparison, finding)),
        pairs: finding.pairs.len(),
        accepted_pairs: finding.accepted_pairs,
        worsens: worsens(finding),
    }
}

/// The changes of a finding that the head still shows, but for the one that it stands on.
fn related<'a>(comparison: &'a Comparison, finding: &Finding) -> Vec<Related<'a>> {
    let changes = finding.changes(comparison).iter().map(|id| comparison.change(*id));
    let others =
        changes.filter(|change| Some(change.place) != finding.place && !is_gone(comparison, change.place));
    let told = others.take(MOST_RELATED).map(|change| Related {
        spot: spot(comparison, change.place),
        text: words::change(comparison, change),
    });
    told.collect()
}

/// Whether it was so in the base already: an acceptance that stood there has expired, or matches nothing any more.
fn is_old(comparison: &Comparison, finding: &Finding) -> bool {
    let About::Acceptance(entry) = finding.about else { return false };
    let of = |side| &comparison.joint().spec(side).accept;
    let Some(own) = of(entry.side).get(entry.position) else { return false };
    finding.rule != Rule::AcceptanceNew && of(Side::Base).iter().any(|other| other.what == own.what)
}
