//! The acceptances of a spec: which finding each of them covers, and which cover nothing any more.

use jiff::civil::Date;

use super::context::RuleContext;
use super::contracts::AcceptedPair;
use super::finding::{Draft, Finding};
use super::phrase::{Phrase, Piece, phrase};
use crate::model::{Acceptance, Accepted, NodeId, Rule, Spec};

/// The acceptances that hold on a day.
pub(super) struct Acceptances<'s> {
    spec: &'s Spec,
    today: Date,
}

impl<'s> Acceptances<'s> {
    pub(super) fn of(spec: &'s Spec, today: Date) -> Self {
        Self { spec, today }
    }

    /// The pairs that are accepted, each with the position of its acceptance.
    pub(super) fn pairs(&self) -> Vec<AcceptedPair> {
        let holding = self.spec.accept.iter().enumerate().filter(|(_, entry)| !self.is_expired(entry));
        let pair = |(position, entry): (usize, &Acceptance)| match &entry.what {
            Accepted::Pair { from, to } => Some((self.node(from)?, self.node(to)?, position)),
            _ => None,
        };
        holding.filter_map(pair).collect()
    }

    /// The first acceptance that covers a finding.
    pub(super) fn covering(&self, finding: &Finding) -> Option<usize> {
        let mut all = self.spec.accept.iter();
        all.position(|entry| !self.is_expired(entry) && self.covers(&entry.what, finding))
    }

    fn is_expired(&self, entry: &Acceptance) -> bool {
        entry.expires.is_some_and(|last| last < self.today)
    }

    fn covers(&self, what: &Accepted, finding: &Finding) -> bool {
        match what {
            Accepted::Finding { rule, hash } => finding.rule == *rule && finding.fingerprint == *hash,
            Accepted::Edge { from, verb, to } => {
                let edge = self.node(from).zip(self.node(to));
                finding.edge.is_some() && finding.edge == edge.map(|(from, to)| (from, *verb, to))
            }
            Accepted::Pair { from, to } => {
                let pair = self.node(from).zip(self.node(to));
                !finding.pairs.is_empty() && finding.pairs.iter().all(|one| Some(*one) == pair)
            }
            Accepted::Spec { .. } => false,
        }
    }

    fn node(&self, name: &str) -> Option<NodeId> {
        self.spec.node_id(name)
    }

    /// What is found about the acceptances themselves: those that are past their date, and those that speak of nothing.
    pub(super) fn own(&self, context: &RuleContext<'_>, findings: &[Finding]) -> Vec<Draft> {
        let entries = self.spec.accept.iter();
        entries.filter_map(|entry| self.about(context, entry, findings)).collect()
    }

    fn about(&self, context: &RuleContext<'_>, entry: &Acceptance, findings: &[Finding]) -> Option<Draft> {
        let name = named(&entry.what);
        let draft = if self.is_expired(entry) {
            let title = phrase!["an acceptance is past its date: "].then(name);
            let fix = phrase!["look at it again, then give it a new date or remove the entry"];
            Draft::new(Rule::AcceptanceExpired, Vec::new(), title).fix(fix)
        } else if self.speaks_of_nothing(context, &entry.what, findings) {
            let title = phrase!["an acceptance matches nothing: "].then(name);
            Draft::new(Rule::AcceptanceUnused, Vec::new(), title).fix(phrase!["remove the entry"])
        } else {
            return None;
        };
        Some(draft.at(entry.place).told_by(&format!("{:?}", entry.what)))
    }

    /// Whether what an entry names is not there. A finding about a change is for reviews to judge.
    fn speaks_of_nothing(&self, context: &RuleContext<'_>, what: &Accepted, findings: &[Finding]) -> bool {
        match what {
            // Which specs the repository has is not known here.
            Accepted::Spec { .. } => false,
            Accepted::Finding { rule, .. } if rule.is_of_change() => false,
            Accepted::Finding { .. } => !findings.iter().any(|finding| self.covers(what, finding)),
            Accepted::Edge { from, verb, to } => {
                let (from, to) = (self.node(from), self.node(to));
                let is_it = |edge: &crate::model::Edge| {
                    Some(edge.from) == from && edge.verb == *verb && Some(edge.to) == to
                };
                !self.spec.edges.iter().any(is_it)
            }
            Accepted::Pair { from, to } => match (self.node(from), self.node(to)) {
                (Some(from), Some(to)) => !context.is_connected(from, to),
                _ => true,
            },
        }
    }
}

/// What an entry accepts.
fn named(what: &Accepted) -> Phrase {
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
