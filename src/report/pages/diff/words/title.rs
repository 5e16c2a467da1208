//! What a finding is, in a line, and what an acceptance accepts.

use super::gone;
use super::names::{Words, plain};
use crate::compare::{AcceptanceId, ChangeId};
use crate::findings::{About, Finding, Review};
use crate::model::text::{count, name, phrase};
use crate::model::{Accepted, Piece, Rule, Text};

/// The title of a finding as plain text: `2 new paths from edge into privileged`.
pub(in crate::report) fn title(review: &Review, finding: &Finding) -> String {
    plain(&review.comparison, &Words::of(review).title(finding))
}

/// What there is to say instead of changes where the topology itself is new.
pub(in crate::report) fn whole(finding: &Finding) -> Option<&'static str> {
    matches!(&finding.about, About::Paths { changes, .. } if changes.is_empty())
        .then_some("the topology is new, and compared with nothing")
}

impl Words<'_> {
    /// What a finding is, in a line: `2 new paths from edge into privileged`.
    pub(in crate::report) fn title(&self, finding: &Finding) -> Text {
        let pairs = self.count(finding);
        match (&finding.about, finding.rule) {
            (About::Paths { .. }, Rule::NewPathUp | Rule::NewPath) => {
                phrase![count(pairs, "new path"), self.span(finding)]
            }
            (About::Paths { .. }, Rule::FewerGuardsUp) => {
                let passes = if pairs == 1 { " now passes fewer guards" } else { " now pass fewer guards" };
                phrase![count(pairs, "path"), self.span(finding), passes]
            }
            (About::Paths { .. }, Rule::NewWayOut) => {
                let ways = if pairs == 1 { " new way" } else { " new ways" };
                phrase![Piece::Number(pairs), ways, " out for private content", self.out(finding)]
            }
            (About::Paths { .. }, _) => phrase![count(pairs, "nearer path"), self.span(finding)],
            (About::Loop { nodes, .. }, _) => {
                let names = self.names(nodes.iter().copied(), " and ");
                phrase!["new loop of ", count(nodes.len(), "node"), ": ", names]
            }
            (About::Closed, _) => phrase![count(pairs, "pair"), " closed"],
            (About::Lowered { change, disarms }, rule) => self.lowered(*change, *disarms, rule),
            (About::Fact(_) | About::Contract { .. }, _) => {
                finding.said().map(|said| said.title.clone()).unwrap_or_default()
            }
            (About::Loosened { entry, by }, _) => self.loosened(*entry, by.is_some()),
            (About::SpecGone(lost), _) => gone::title(lost),
            (About::MarkedNodeGone(over), _) => self.taken_over(over),
            (About::Acceptance(entry), rule) => {
                let state = match rule {
                    Rule::AcceptanceNew => "this change accepts ",
                    Rule::AcceptanceUnused => "an acceptance matches nothing: ",
                    _ => "an acceptance is past its date: ",
                };
                phrase![state, self.accepted(*entry)]
            }
        }
    }

    fn lowered(&self, change: ChangeId, disarms: usize, rule: Rule) -> Text {
        let what = if rule == Rule::GuardWeakened { "guard weakened: " } else { "protection lowered: " };
        let text = phrase![what, self.change(self.comparison.change(change))];
        match disarms {
            0 => text,
            1 => phrase![text, "; ", count(1, "path"), " no longer counts as leading up"],
            some => phrase![text, "; ", count(some, "path"), " no longer count as leading up"],
        }
    }

    /// What an entry accepts.
    pub(in crate::report) fn accepted(&self, entry: AcceptanceId) -> Text {
        let named = |of: &String| name(of.as_str());
        match &self.comparison.joint().acceptance(entry).what {
            Accepted::Pair { from, to } => phrase![named(from), " → ", named(to)],
            Accepted::Edge { from, verb, to } => phrase![named(from), " ", *verb, " ", named(to)],
            Accepted::Finding { rule, hash } => phrase![rule.id(), ":", named(hash)],
            Accepted::Spec { path } => phrase!["that the spec ", named(path), " is deleted"],
        }
    }
}
