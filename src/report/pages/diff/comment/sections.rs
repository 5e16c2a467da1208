//! The folded sections of the comment: blast radius before and after, what is closed, what changed, the matrix, what is accepted.

use std::collections::BTreeMap;

use super::{Comment, folded, markdown_escape};
use crate::analysis::{Matrix, Order};
use crate::compare::{Presence, Side};
use crate::model::Way;
use crate::model::text::{phrase, quoted};
use crate::model::{NodeId, Piece, Rule, Text};
use crate::report::counts::{counted, thousands};
use crate::report::pages::diff::words::{attested, can};
use crate::report::{MatrixOptions, View, matrix_text};

/// Rows of a table.
const ROWS: usize = 20;
/// Changes that are listed.
const CHANGES: usize = 40;
/// Closed pairs of one node that are named.
const NAMED: usize = 12;
/// Nodes of a matrix that fits a comment.
const MATRIX: usize = 25;

impl Comment<'_> {
    pub(super) fn blast_radius(&self) -> Option<String> {
        let moved = &self.facts.moved;
        if moved.is_empty() {
            return None;
        }
        let joint = self.review.comparison.joint();
        let mut body = String::from(
            "| If compromised | Zone | Influences | of which more trusted | Learns from | Gains |\n|:--|:--|:-:|:-:|:-:|:--|\n",
        );
        for (node, [before, after]) in moved.iter().take(ROWS) {
            let cell = |before: usize, after: usize| match joint.presence(*node) {
                Presence::New => format!("**{after}**"),
                Presence::Gone => format!("~~{before}~~"),
                Presence::Both if before == after => after.to_string(),
                Presence::Both => format!("{before} → **{after}**"),
            };
            let state = match joint.presence(*node) {
                Presence::Both => "",
                Presence::New => " (new)",
                Presence::Gone => " (removed)",
            };
            let zone = self.words.zone(*node).map(|zone| markdown_escape::name(&zone)).unwrap_or_default();
            body += &format!(
                "| {}{state} | {zone} | {} | {} | {} | {} |\n",
                markdown_escape::code(joint.name(*node)),
                cell(before.influenced, after.influenced),
                cell(before.more_trusted, after.more_trusted),
                cell(before.exposed, after.exposed),
                self.gains(*node),
            );
        }
        body += &rest(moved.len(), ROWS, "node");
        let of = joint.nodes().len();
        let verb = if moved.len() == 1 { "reaches" } else { "reach" };
        let summary = format!(
            "Blast radius before and after ({} of {} {verb} more or less)",
            thousands(moved.len()),
            counted(of, "node")
        );
        Some(folded(&summary, &body))
    }

    /// `foothold memory, credential key`.
    fn gains(&self, node: NodeId) -> String {
        self.facts.gains.get(&node).map(|gained| self.shown(&self.words.gained(gained))).unwrap_or_default()
    }

    pub(super) fn closed(&self) -> Option<String> {
        let finding = self.review.open().find(|finding| finding.rule == Rule::ClosedPath)?;
        let joint = self.review.comparison.joint();
        let mut by_node: BTreeMap<NodeId, BTreeMap<Way, Vec<NodeId>>> = BTreeMap::new();
        for delta in finding.pairs.iter().flat_map(|pair| &pair.deltas) {
            by_node.entry(delta.from).or_default().entry(delta.question).or_default().push(delta.to);
        }
        let mut body = String::new();
        for (from, questions) in by_node.iter().take(ROWS) {
            let clauses = questions.iter().map(|(question, to)| Self::no_longer(*question, to));
            body += &format!(
                "- {} can no longer {}.\n",
                markdown_escape::code(joint.name(*from)),
                self.shown(&Text::joined(clauses, "; "))
            );
        }
        body += &rest(by_node.len(), ROWS, "node");
        Some(folded(&format!("Closed paths ({})", counted(finding.pairs.len(), "pair")), &body))
    }

    /// `reach planner and researcher`, `have payments invoked`.
    fn no_longer(question: Way, to: &[NodeId]) -> Text {
        let left = to.len().saturating_sub(NAMED);
        let names = to.iter().take(NAMED).map(|node| phrase![*node]);
        let more = (left > 0).then(|| phrase![Piece::Number(left), " more"]);
        can(question, Text::listed(names.chain(more)))
    }

    pub(super) fn changes(&self) -> Option<String> {
        let changes = self.review.comparison.changes();
        if changes.is_empty() {
            return None;
        }
        let mut body = String::new();
        for change in changes.iter().take(CHANGES) {
            body += &format!("- {}, {}\n", self.shown(&self.words.change(change)), self.link(change.place));
        }
        body += &rest(changes.len(), CHANGES, "change");
        Some(folded(&format!("What changed ({})", counted(changes.len(), "change")), &body))
    }

    pub(super) fn accepted(&self) -> Option<String> {
        let joint = self.review.comparison.joint();
        let mut body = String::new();
        let all: Vec<_> = self.review.accepted().collect();
        for finding in all.iter().take(ROWS) {
            let Some(entry) = finding.accepted else { continue };
            let written = joint.acceptance(entry);
            let (title, reason) = (self.words.title(finding), quoted(written.reason.as_str()));
            let said = phrase![finding.rule.id(), " ", title, ": ", reason, attested(written), ", "];
            body += &format!("- {}{}\n", self.shown(&said), self.link(written.place));
        }
        if body.is_empty() {
            return None;
        }
        body += &rest(all.len(), ROWS, "finding");
        Some(folded(&format!("Accepted ({})", counted(all.len(), "finding")), &body))
    }

    pub(super) fn matrix(&self) -> Option<String> {
        let comparison = &self.review.comparison;
        let joint = comparison.joint();
        let nodes: Vec<NodeId> = joint.nodes().filter(|node| joint.has(Side::Head, *node)).collect();
        if nodes.is_empty() || nodes.len() > MATRIX {
            return None;
        }
        let graph = comparison.graph(Side::Head);
        let nodes = Order::Declared.arrange(graph, &nodes);
        let options = MatrixOptions { view: View::Verbs, width: None, ascii: false };
        let text = matrix_text(&Matrix::new(graph), &nodes, &nodes, options);
        let text = anstream::adapter::strip_str(&text).to_string();
        let summary = format!("Matrix after this change ({})", counted(nodes.len(), "node"));
        Some(folded(&summary, &markdown_escape::fenced("text", &text)))
    }
}

fn rest(all: usize, shown: usize, noun: &str) -> String {
    let left = all.saturating_sub(shown);
    if left == 0 { String::new() } else { format!("\nAnd {} more.\n", counted(left, noun)) }
}
