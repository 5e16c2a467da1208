//! A graph and a day → every finding, judged.

use jiff::civil::Date;
use rayon::prelude::*;

use super::acceptance::Acceptances;
use super::context::RuleContext;
use super::finding::{Draft, Finding};
use super::gate::{self, Gate, Unlisted};
use super::judged::Criteria;
use super::rules;
use super::rules::change::acceptances;
use super::rules::contract;
use crate::graph::CapabilityGraph;
use crate::model::{Level, Rule};

/// A topology, judged.
#[derive(Debug)]
#[non_exhaustive]
pub struct Assessment<'g> {
    /// What was judged.
    pub graph: &'g CapabilityGraph,
    /// What was found, gravest first, then by rule, then in declared order. Those that are accepted are among them; those at
    /// level `off` are not.
    pub findings: Vec<Finding>,
    /// What else there is, behind so many guards that it is not reported.
    pub unlisted: Option<Unlisted>,
}

impl<'g> Assessment<'g> {
    /// Judges a topology by all rules, as its acceptances stand on a day.
    #[must_use]
    pub fn of(graph: &'g CapabilityGraph, today: Date) -> Self {
        Self::within(graph, today, 0)
    }

    /// As [`Self::of`], where what stands behind up to so many guards is reported as a note at least.
    #[must_use]
    pub fn within(graph: &'g CapabilityGraph, today: Date, max_guards: u32) -> Self {
        let context = RuleContext::of(graph);
        let drafts: Vec<Vec<Draft>> =
            Rule::ALL.par_iter().map(|rule| rules::found(*rule, &context)).collect();
        let spec = graph.spec();
        let acceptances = Acceptances::of_topology(spec, today);
        let level = |rule: Rule| spec.review.level(rule);
        let criteria = Criteria { spec, level: &level, acceptances: &acceptances };
        let contracts = contract::broken(graph, &acceptances.pairs());
        let mut findings = criteria.judge(drafts.into_iter().flatten().chain(contracts));
        let own = acceptances::of_topology(&context, &acceptances, &findings);
        findings.extend(criteria.judge(own));
        for finding in findings.iter_mut().filter(|one| (1..=max_guards).contains(&one.guards())) {
            if finding.level == Level::Off && level(finding.rule) > Level::Off {
                finding.level = Level::Note;
            }
        }
        let unlisted = gate::unlisted(&findings, &level);
        Self { graph, findings: gate::ranked(findings), unlisted }
    }

    /// The findings that count.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        gate::open(&self.findings)
    }

    /// The findings that are accepted.
    pub fn accepted(&self) -> impl Iterator<Item = &Finding> {
        gate::accepted(&self.findings)
    }

    /// How many findings that count have a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        gate::count(&self.findings, level)
    }

    /// Whether a finding that counts is at least as grave.
    #[must_use]
    pub fn fails(&self, at: Level) -> bool {
        Gate(Some(at)).fails(&self.findings)
    }
}
