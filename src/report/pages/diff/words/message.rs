//! A finding in sentences: what, opened by which changes, who reaches what, and by which path.

use super::cost::cost;
use super::names::{Words, plain};
use super::pairs::lead;
use super::title::whole;
use crate::compare::{Kind, Routes, Side};
use crate::findings::{About, Finding, Review};
use crate::model::Text;
use crate::model::text::phrase;

/// A finding in sentences as plain text, one a line: what, opened by which changes, who reaches what, and by which path.
pub(in crate::report) fn message(review: &Review, finding: &Finding) -> String {
    let lines = Words::of(review).message(finding);
    plain(&review.comparison, &Text::joined(lines, "\n"))
}

impl Words<'_> {
    /// A finding in sentences, one a line.
    pub(in crate::report) fn message(&self, finding: &Finding) -> Vec<Text> {
        let mut lines = vec![phrase![self.title(finding), "."]];
        let changes = finding.changes(self.comparison);
        lines.extend(whole(finding).map(|line| Text::sentences([phrase![line]])));
        if !changes.is_empty() && !matches!(finding.about, About::Lowered { .. } | About::MarkedNodeGone(_)) {
            lines.push(phrase!["Opened by ", self.changes(changes), "."]);
        }
        lines.extend(self.told_of_breach(finding).map(|line| phrase![line, "."]));
        lines.extend(self.who(finding));
        lines.extend(self.others(finding));
        lines.extend(self.shortest(finding));
        lines
    }

    fn shortest(&self, finding: &Finding) -> Option<Text> {
        let delta = lead(Self::ordered(finding).first()?);
        if delta.kind() == Kind::Closed {
            return None;
        }
        let mut routes = Routes::new(self.comparison, Side::Head);
        let found = routes.find(delta.from, delta.question, delta.to)?;
        let route = self.route(Side::Head, &found);
        Some(phrase!["Shortest: ", route, " (", cost(delta.before, delta.after), ")"])
    }
}
