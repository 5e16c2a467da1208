//! A comparison → whether the change may land: findings, each by one rule and with one cause.

use super::acceptance::{Acceptances, Policy};
use super::finding::Finding;
use super::gate::{self, Gate};
use super::judged::Criteria;
use super::rules::change;
use super::rules::change::{ChangeContext, HeadGone};
use crate::compare::{Comparison, Side};
use crate::model::{Level, Rule};

/// A comparison, judged.
#[derive(Debug)]
#[non_exhaustive]
pub struct Review {
    /// What was compared.
    pub comparison: Comparison,
    /// What was found, gravest first, then by rule, then in declared order. Those that are accepted are among them; those at
    /// level `off` are not.
    pub findings: Vec<Finding>,
}

impl Review {
    /// Judges a comparison of which nothing more is known.
    #[must_use]
    pub fn of(comparison: Comparison, policy: Policy) -> Self {
        Self::knowing(comparison, policy, HeadGone::default())
    }

    /// Judges a comparison, with what is known of its head if that has no nodes.
    #[must_use]
    pub fn knowing(mut comparison: Comparison, policy: Policy, mut gone: HeadGone) -> Self {
        let deletion = gone.accepted.take().map(|entry| comparison.adopt(entry));
        let joint = comparison.joint();
        let acceptances = Acceptances::of_change(joint, policy, deletion);
        let context = ChangeContext::of(&comparison, &gone, acceptances.pairs());
        let level = |rule: Rule| context.strictest.level(rule);
        let criteria = Criteria { spec: joint.spec(Side::Head), level: &level, acceptances: &acceptances };
        let mut findings = criteria.judge(change::found(&context));
        let own = change::acceptances::of_change(&context, &acceptances, &findings);
        findings.extend(criteria.judge(own));
        let findings = gate::ranked(findings);
        Self { comparison, findings }
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
