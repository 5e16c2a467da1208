//! Findings → which of them count, how many there are at each level, and whether they fail the run.

use super::finding::Finding;
use crate::model::{Level, Rule};

/// `--fail-on`: the mildest level at which a run fails; `None` where it never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate(pub Option<Level>);

impl Gate {
    /// Whether something of this level that counts fails the run.
    #[must_use]
    pub fn stops_at(self, level: Level) -> bool {
        self.0.is_some_and(|at| at > Level::Off && level >= at)
    }

    /// Whether a finding fails the run: it counts, and is grave enough.
    #[must_use]
    pub fn stops(self, finding: &Finding) -> bool {
        finding.is_open() && self.stops_at(finding.level)
    }

    /// Whether any of some findings fails the run.
    #[must_use]
    pub fn fails(self, findings: &[Finding]) -> bool {
        findings.iter().any(|finding| self.stops(finding))
    }
}

/// The findings that count.
pub(super) fn open(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|finding| finding.is_open())
}

/// The findings that are accepted.
pub(super) fn accepted(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|finding| !finding.is_open())
}

/// How many findings that count have a level.
pub(super) fn count(findings: &[Finding], level: Level) -> usize {
    open(findings).filter(|finding| finding.level == level).count()
}

/// What is not reported because of the guards that stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unlisted {
    /// How many findings.
    pub count: usize,
    /// Behind how many guards at least.
    pub guards: u32,
}

/// The findings so many guards stand before that they are not reported, though their rules are not off.
pub(super) fn unlisted(findings: &[Finding], level: &dyn Fn(Rule) -> Level) -> Option<Unlisted> {
    let is_unlisted = |finding: &&Finding| {
        finding.is_open()
            && finding.level == Level::Off
            && finding.guards() > 0
            && level(finding.rule) > Level::Off
    };
    let all = || findings.iter().filter(is_unlisted);
    all().map(Finding::guards).min().map(|guards| Unlisted { count: all().count(), guards })
}

/// What a judgement holds: what is not off, gravest first, then by rule, then in the order in which it was found.
pub(super) fn ranked(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|finding| finding.level > Level::Off);
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.level), finding.rule));
    findings
}
