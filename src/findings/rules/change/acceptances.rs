//! CW010, CW011 and CW012: entries of `accept` that a change brings along, that speak of nothing, and that are past their date. A
//! topology as it stands has the latter two as well.

use super::context::ChangeContext;
use crate::compare::{Comparison, Routes, Side};
use crate::findings::acceptance::{Acceptances, Covered, Entry, State};
use crate::findings::context::RuleContext;
use crate::findings::finding::{About, Draft, Finding};
use crate::findings::fingerprint;
use crate::model::text::phrase;
use crate::model::{Acceptance, Accepted, NodeId, Piece, Rule, Spec, Text, Way};

/// What is found about the acceptances of a topology, beside its other findings.
pub(in crate::findings) fn of_topology(
    context: &RuleContext<'_>,
    acceptances: &Acceptances,
    findings: &[Finding],
) -> Vec<Draft> {
    let is_connected = |from: NodeId, to: NodeId| context.is_connected(from, to);
    // Findings about a change are for reviews to judge.
    let is_found =
        |rule: Rule, hash: &str| rule.is_of_change() || findings.iter().any(|finding| finding.is(rule, hash));
    let found = acceptances.entries().iter().filter_map(|entry| {
        let written = &context.spec.accept[entry.id.position];
        let draft = if entry.state == State::Expired {
            let title = phrase!["an acceptance is past its date: "].then(named(&written.what));
            let fix = phrase!["look at it again, then give it a new date or remove the entry"];
            Draft::new(Rule::AcceptanceExpired, Vec::new(), title).fix(fix)
        } else if !speaks_of_something(&entry.covered, context.spec, is_connected, is_found) {
            let title = phrase!["an acceptance matches nothing: "].then(named(&written.what));
            Draft::new(Rule::AcceptanceUnused, Vec::new(), title).fix(phrase!["remove the entry"])
        } else {
            return None;
        };
        Some(draft.at(written.place).told_by(&known_by(written)))
    });
    found.collect()
}

/// What is found about the acceptances of the head, beside the other findings of the change.
pub(in crate::findings) fn of_change(
    context: &ChangeContext<'_>,
    acceptances: &Acceptances,
    findings: &[Finding],
) -> Vec<Draft> {
    let joint = context.comparison.joint();
    let found = acceptances.entries().iter().filter_map(|entry| {
        let written = joint.acceptance(entry.id);
        let rule = rule_of_change(context, acceptances, entry, findings)?;
        Some(Draft::about(rule, About::Acceptance(entry.id), vec![known_by(written)]).at(written.place))
    });
    found.collect()
}

fn rule_of_change(
    context: &ChangeContext<'_>,
    acceptances: &Acceptances,
    entry: &Entry,
    findings: &[Finding],
) -> Option<Rule> {
    let comparison = context.comparison;
    let is_used = || {
        // What a topology has as it stands is for `check` to judge.
        let is_found = |rule: Rule, hash: &str| {
            !rule.is_of_change() && !rule.is_contract()
                || findings.iter().any(|finding| finding.is(rule, hash))
                || fingerprint::is_of_head(comparison, rule, hash)
        };
        let head = comparison.joint().spec(Side::Head);
        speaks_of_something(&entry.covered, head, |from, to| is_connected(comparison, from, to), is_found)
    };
    match entry.state {
        State::Expired => Some(Rule::AcceptanceExpired),
        // It may land before what it is for: as long as it does not count, nobody can tell that it is of no use.
        State::New if !acceptances.counts(entry.id) => Some(Rule::AcceptanceNew),
        // With everything else what it speaks of went.
        State::New | State::Holds if context.is_head_empty() => None,
        State::New | State::Holds if !is_used() => Some(Rule::AcceptanceUnused),
        State::New => Some(Rule::AcceptanceNew),
        State::Holds => None,
    }
}

/// Whether what an entry speaks of is there: a way between the two, the edge, or a finding that is or could be.
fn speaks_of_something(
    covered: &Covered,
    spec: &Spec,
    is_connected: impl Fn(NodeId, NodeId) -> bool,
    is_found: impl Fn(Rule, &str) -> bool,
) -> bool {
    match covered {
        Covered::Pair(from, to) => is_connected(*from, *to),
        Covered::Edge(edge) => spec.edges.iter().any(|own| (own.from, own.verb, own.to) == *edge),
        Covered::Finding(rule, hash) => is_found(*rule, hash),
        // Which specs the repository has is not known here.
        Covered::Spec(_) => true,
        Covered::Nothing => false,
    }
}

/// Whether there is any way between two nodes in the head.
fn is_connected(comparison: &Comparison, from: NodeId, to: NodeId) -> bool {
    let mut routes = Routes::new(comparison, Side::Head);
    Way::ALL.iter().any(|&question| routes.find(from, question, to).is_some())
}

/// What a finding about an entry is known by: what the entry accepts.
fn known_by(written: &Acceptance) -> String {
    format!("{:?}", written.what)
}

/// What an entry accepts.
fn named(what: &Accepted) -> Text {
    let quoted = |name: &str| Piece::Quoted(name.to_owned());
    match what {
        Accepted::Pair { from, to } => phrase![quoted(from), " → ", quoted(to)],
        Accepted::Edge { from, verb, to } => {
            phrase![quoted(from), " ", *verb, " ", quoted(to)]
        }
        Accepted::Finding { rule, hash } => phrase![Piece::Id(format!("{}:{hash}", rule.id()))],
        Accepted::Spec { path } => phrase!["that the spec ", quoted(path), " is deleted"],
    }
}
