//! A graph and a day → every finding, judged.

use jiff::civil::Date;
use rayon::prelude::*;

use super::acceptance::Acceptances;
use super::context::RuleContext;
use super::contracts;
use super::finding::{Draft, Finding};
use super::rules;
use crate::graph::CapabilityGraph;
use crate::model::{Level, fingerprint, subject};

/// A topology, judged.
#[derive(Debug)]
#[non_exhaustive]
pub struct Assessment<'g> {
    /// What was judged.
    pub graph: &'g CapabilityGraph,
    /// What was found, gravest first, then by rule, then in declared order. Those that are accepted are among them; those at
    /// level `off` are not.
    pub findings: Vec<Finding>,
}

impl<'g> Assessment<'g> {
    /// Judges a topology by all rules, as its acceptances stand on a day.
    #[must_use]
    pub fn of(graph: &'g CapabilityGraph, today: Date) -> Self {
        let context = RuleContext::of(graph);
        let drafts: Vec<Vec<Draft>> = rules::ALL.par_iter().map(|find| find(&context)).collect();
        let acceptances = Acceptances::of(graph.spec(), today);
        let mut findings: Vec<Finding> = Vec::new();
        let contracts = contracts::broken(graph, &acceptances.pairs());
        for draft in drafts.into_iter().flatten().chain(contracts) {
            let mut finding = judged(graph, draft);
            finding.accepted = finding.accepted.or_else(|| acceptances.covering(&finding));
            findings.push(finding);
        }
        let own = acceptances.own(&context, &findings);
        findings.extend(own.into_iter().map(|draft| judged(graph, draft)));
        findings.retain(|finding| finding.level > Level::Off);
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.level), finding.rule));
        Self { graph, findings }
    }

    /// The findings that count.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_open())
    }

    /// The findings that are accepted.
    pub fn accepted(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.is_open())
    }

    /// How many findings that count have a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.open().filter(|finding| finding.level == level).count()
    }

    /// Whether a finding that counts is at least as grave.
    #[must_use]
    pub fn fails(&self, at: Level) -> bool {
        at > Level::Off && self.open().any(|finding| finding.level >= at)
    }
}

/// A draft with its level, its place and its fingerprint.
fn judged(graph: &CapabilityGraph, draft: Draft) -> Finding {
    let spec = graph.spec();
    let Draft { mut finding, subject: words, milder, is_contract } = draft;
    finding.level = spec.review.level(finding.rule).milder(finding.guards.saturating_add(milder));
    finding.place = finding.place.or_else(|| finding.nodes.first().map(|node| spec.node(*node).place));
    let mut about: Vec<&str> = words.iter().map(String::as_str).collect();
    match finding.edge {
        Some((from, verb, to)) => {
            about.extend(["edge", spec.node_name(from), verb.as_str(), spec.node_name(to)]);
        }
        None if is_contract => {}
        None => about.extend(finding.nodes.first().map(|node| spec.node_name(*node))),
    }
    finding.fingerprint = fingerprint(finding.rule, &[subject(&about)]);
    finding
}
