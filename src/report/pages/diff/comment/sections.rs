//! The sections below the table of the comment: the picture, and folded ones: blast radius before and after, what is closed, what
//! changed, what is accepted, and the matrix.

use std::collections::BTreeMap;

use super::Comment;
use crate::compare::{Presence, Reach};
use crate::model::text::{count, name, phrase, quoted};
use crate::model::{NodeId, Piece, Rule, Text, Tone, Way};
use crate::report::document::{Block, Fold, Row, Small, Table};
use crate::report::pages::diff::words::{attested, can};
use crate::report::picture::mermaid_comment;
use crate::report::{MatrixOptions, View, matrix_text};

/// Lines of the picture: what can be read without zooming in.
const LINES: usize = 12;
/// Rows of a table.
const ROWS: usize = 20;
/// Changes that are listed.
const CHANGES: usize = 40;
/// Closed pairs of one node that are named.
const NAMED: usize = 12;
/// Nodes of a matrix that fits a comment.
const MATRIX: usize = 25;

impl Comment<'_> {
    /// The paths that open, and what the signs of the drawing mean.
    pub(super) fn picture(&self) -> Option<Vec<Block>> {
        let drawn = mermaid_comment(self.review, LINES)?;
        Some(vec![
            Block::Code { language: "mermaid", text: drawn.chart },
            Block::Small(Small::caption(Text::joined(drawn.caption, " · "))),
        ])
    }

    pub(super) fn blast_radius(&self) -> Option<Vec<Block>> {
        let moved = &self.figures.moved;
        if moved.is_empty() {
            return None;
        }
        let rows = moved.iter().take(ROWS).map(|(node, reach)| self.reach(*node, *reach));
        let heads = ["If compromised", "Zone", "Influences", "of which more trusted", "Learns from", "Gains"];
        let table = Table { centered: &[2, 3, 4], ..Table::new(heads, rows.collect()) };
        let verb = if moved.len() == 1 { " reaches" } else { " reach" };
        let summary = phrase![
            "Blast radius before and after (",
            Piece::Number(moved.len()),
            " of ",
            count(self.review.comparison.joint().nodes().len(), "node"),
            verb,
            " more or less)"
        ];
        Some(folded(summary, Block::Table(table), rest(moved.len(), ROWS, "node")))
    }

    /// How much a node reaches before and after, and what it gains.
    fn reach(&self, node: NodeId, [before, after]: [Reach; 2]) -> Row {
        let presence = self.review.comparison.joint().presence(node);
        let number = |number: usize| phrase![Piece::Ordinal(number as u64)];
        let cell = |before: usize, after: usize| match presence {
            Presence::New => number(after).toned(Tone::Strong),
            Presence::Gone => number(before).toned(Tone::Struck),
            Presence::Both if before == after => number(after),
            Presence::Both => phrase![number(before), " → ", number(after).toned(Tone::Strong)],
        };
        let state = match presence {
            Presence::Both => "",
            Presence::New => " (new)",
            Presence::Gone => " (removed)",
        };
        Row::of([
            phrase![phrase![node].toned(Tone::Names), state],
            self.words.zone(node).map(|zone| phrase![name(zone)]).unwrap_or_default(),
            cell(before.influenced, after.influenced),
            cell(before.more_trusted, after.more_trusted),
            cell(before.exposed, after.exposed),
            self.figures.gains.get(&node).map(|gained| self.words.gained(gained)).unwrap_or_default(),
        ])
    }

    pub(super) fn closed(&self) -> Option<Vec<Block>> {
        let finding = self.review.open().find(|finding| finding.rule == Rule::ClosedPath)?;
        let mut by_node: BTreeMap<NodeId, BTreeMap<Way, Vec<NodeId>>> = BTreeMap::new();
        for delta in finding.pairs.iter().flat_map(|pair| &pair.deltas) {
            by_node.entry(delta.from).or_default().entry(delta.question).or_default().push(delta.to);
        }
        let items = by_node.iter().take(ROWS).map(|(from, questions)| {
            let clauses = questions.iter().map(|(question, to)| no_longer(*question, to));
            let from = phrase![*from].toned(Tone::Names);
            phrase![from, " can no longer ", Text::joined(clauses, "; "), "."]
        });
        let summary = phrase!["Closed paths (", count(finding.pairs.len(), "pair"), ")"];
        Some(folded(summary, Block::list(items), rest(by_node.len(), ROWS, "node")))
    }

    pub(super) fn changes(&self) -> Option<Vec<Block>> {
        let changes = self.review.comparison.changes();
        if changes.is_empty() {
            return None;
        }
        let shown = changes.iter().take(CHANGES);
        let items = shown.map(|change| phrase![self.words.change(change), ", ", self.link(change.place)]);
        let summary = phrase!["What changed (", count(changes.len(), "change"), ")"];
        Some(folded(summary, Block::list(items), rest(changes.len(), CHANGES, "change")))
    }

    pub(super) fn accepted(&self) -> Option<Vec<Block>> {
        let all: Vec<_> = self.review.accepted().collect();
        let items = all.iter().take(ROWS).filter_map(|finding| {
            let written = self.review.comparison.joint().acceptance(finding.accepted?);
            let (title, reason) = (self.words.title(finding), quoted(written.reason.as_str()));
            let said = phrase![finding.rule.id(), " ", title, ": ", reason, attested(written), ", "];
            Some(said.and(self.link(written.place)))
        });
        let items: Vec<Text> = items.collect();
        if items.is_empty() {
            return None;
        }
        let summary = phrase!["Accepted (", count(all.len(), "finding"), ")"];
        Some(folded(summary, Block::list(items), rest(all.len(), ROWS, "finding")))
    }

    pub(super) fn matrix(&self) -> Option<Vec<Block>> {
        let (matrix, nodes) = self.review.comparison.head_matrix(MATRIX)?;
        let options = MatrixOptions { view: View::Verbs, width: None, ascii: false };
        let text = matrix_text(&matrix, &nodes, &nodes, options);
        let text = anstream::adapter::strip_str(&text).to_string();
        let summary = phrase!["Matrix after this change (", count(nodes.len(), "node"), ")"];
        Some(folded(summary, Block::Code { language: "text", text }, None))
    }
}

/// `reach planner and researcher`, `have payments invoked`.
fn no_longer(question: Way, to: &[NodeId]) -> Text {
    let left = to.len().saturating_sub(NAMED);
    let names = to.iter().take(NAMED).map(|node| phrase![*node]);
    let more = (left > 0).then(|| phrase![Piece::Number(left), " more"]);
    can(question, Text::listed(names.chain(more)))
}

/// What stays folded until somebody wants to know, and how much more of it there is.
fn folded(summary: Text, block: Block, rest: Option<Text>) -> Vec<Block> {
    let blocks = std::iter::once(block).chain(rest.map(Block::Paragraph)).collect();
    vec![Block::Fold(Fold { summary, blocks })]
}

fn rest(all: usize, shown: usize, noun: &'static str) -> Option<Text> {
    let left = all.saturating_sub(shown);
    (left > 0).then(|| phrase!["And ", count(left, noun), " more."])
}
