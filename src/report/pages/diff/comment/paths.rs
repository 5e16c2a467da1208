//! The table of the comment: a row for each pair of the gravest findings with its best path, and one for what has no path.

use super::rows::{Row, rows};
use super::{Comment, headline};
use crate::compare::{Kind, RouteHop, Routes, Side};
use crate::findings::{About, Finding, Pair};
use crate::model::text::{count, name, phrase};
use crate::model::{Level, Piece, Plane, Rule, Text, Tone, Way};
use crate::report::document::{Block, Form, Row as Line, Table};
use crate::report::pages::diff::words::{Step, Words, cost, lead, listed, steps};
use crate::report::sentence::{along, behind};

impl Comment<'_> {
    /// The table, with so many rows of errors and so many of warnings.
    pub(super) fn paths(&self, errors: usize, warnings: usize) -> Vec<Block> {
        let mut lines = Vec::new();
        let mut more = Vec::new();
        for (level, most) in [(Level::Error, errors), (Level::Warning, warnings), (Level::Note, warnings)] {
            let (rows, left) = rows(self.review, level, most);
            let mut finder = Routes::new(&self.review.comparison, Side::Head);
            lines.extend(rows.iter().map(|row| self.row(row, &mut finder)));
            more.extend((left > 0).then(|| phrase![count(left, level.as_str())]));
        }
        let table = Table::new(["", "Change", "Best path (changed edge in bold)", "Cost"], lines);
        let table = Table { form: Form::Unheaded, keeps_heads: true, centered: &[3], ..table };
        let mut blocks = vec![Block::Table(table)];
        if !more.is_empty() {
            let more = listed(more, " and ");
            let more = phrase!["There are ", more, " more; the command below shows all of them."];
            blocks.push(Block::Paragraph(more));
        }
        blocks
    }

    fn row(&self, row: &Row<'_>, finder: &mut Routes<'_>) -> Line {
        let [what, path, cost] = match row {
            Row::Pair(finding, pair, more) => self.pair(finding, pair, *more, finder),
            Row::Whole(finding) => self.whole(finding),
            Row::Others(finding) => {
                let others = finding.pairs.len() - Words::told(finding).len();
                let of = self.words.of_others(&finding.pairs);
                [phrase!["and ", count(others, "pair")], of, Text::default()]
            }
        };
        let finding = row.finding();
        let icon = if finding.rule == Rule::ClosedPath { "✅" } else { headline::icon(finding.level) };
        Line::of([phrase![icon, "\u{a0}", finding.rule.id()], what, path, cost])
    }

    fn pair(&self, finding: &Finding, pair: &Pair, more: usize, finder: &mut Routes<'_>) -> [Text; 3] {
        let delta = lead(pair);
        let route = finder.find(delta.from, delta.question, delta.to);
        let plane = if delta.question == Way::Exposure { Plane::Exposure } else { Plane::Influence };
        let path = route.iter().flat_map(steps).map(|step| self.step(&step, plane));
        let question = match delta.question {
            Way::Influence => Text::default(),
            Way::Exposure => phrase![", content"],
            Way::Write | Way::Read | Way::Invoke | Way::Observe => phrase![", ", delta.question.as_str()],
        };
        let kind = match (finding.rule, delta.kind()) {
            (Rule::NewWayOut, _) => "way out",
            (Rule::FewerGuardsUp, Kind::Nearer) => "fewer guards",
            (_, kind) => kind.as_str(),
        };
        let before = delta.before.map(|before| cost(None, Some(before)).toned(Tone::Struck).and(" "));
        let cost = phrase![before.unwrap_or_default(), cost(None, delta.after)];
        let more = match more {
            0 => Text::default(),
            more => phrase![", and ", count(more, "more pair")],
        };
        [phrase![strong(kind), question, self.zones(pair), more], Text::joined(path, ""), cost]
    }

    /// `, edge → privileged`; nothing where a node has no zone.
    fn zones(&self, pair: &Pair) -> Text {
        match [pair.from, pair.to].map(|node| self.words.zone(node)) {
            [Some(from), Some(to)] if from == to => phrase![", inside ", name(from)],
            [Some(from), Some(to)] => phrase![", ", name(from), " → ", name(to)],
            _ => Text::default(),
        }
    }

    /// A step of a path, bold where the change made it.
    fn step(&self, step: &Step<'_>, plane: Plane) -> Text {
        let graph = self.review.comparison.graph(Side::Head);
        match step {
            Step::Start(node) => phrase![*node],
            Step::Skipped(count) => phrase![" ─ ", Piece::Ordinal(*count as u64), " more hops"],
            Step::Hop(hop) => {
                let edge = graph.edge(hop.hop.edge);
                let later = if hop.hop.cost.sessions > 0 { ", a session later" } else { "" };
                let past = match hop.hop.cost.guards {
                    0 => Text::default(),
                    _ => phrase![", past ", behind(graph.spec(), edge, hop.hop.leg, plane)],
                };
                let verb = along(hop.hop.leg, edge.verb);
                bold(hop, phrase!["─ ", verb, later, past, " → ", hop.hop.to])
            }
            Step::Act { hop, is_led_to } => {
                let which = if *is_led_to { "which " } else { "" };
                bold(hop, phrase![which, graph.edge(hop.hop.edge).verb, " ", hop.hop.to])
            }
        }
    }

    /// A finding that is one row.
    fn whole(&self, finding: &Finding) -> [Text; 3] {
        let title = || self.words.title(finding);
        let (what, about) = match &finding.about {
            About::Closed => {
                let all = self.review.comparison.closing().map(|change| self.words.change(change));
                let what = phrase![strong("closed"), ", ", count(finding.pairs.len(), "pair")];
                (what, listed(all, " and "))
            }
            About::Loop { nodes, .. } => (
                phrase![strong("new loop"), ", ", count(nodes.len(), "node")],
                self.words.names(nodes.iter().copied(), " and "),
            ),
            About::Lowered { change, .. } => {
                let what = if finding.rule == Rule::GuardWeakened { "guard weakened" } else { "lowered" };
                (strong(what), self.words.change(self.review.comparison.change(*change)))
            }
            About::Acceptance(entry) => {
                let what = match finding.rule {
                    Rule::AcceptanceNew => "accepted here",
                    Rule::AcceptanceUnused => "unused acceptance",
                    _ => "expired acceptance",
                };
                let place = self.review.comparison.joint().acceptance(*entry).place;
                (strong(what), phrase![self.words.accepted(*entry), " (", self.link(place), ")"])
            }
            About::Contract { .. } => {
                let lines = std::iter::once(title()).chain(self.words.told_of_breach(finding));
                (strong("rule broken"), broken(lines))
            }
            About::Loosened { .. } => (strong("rule lowered"), title()),
            About::SpecGone(_) => (strong("spec gone"), title()),
            About::MarkedNodeGone(_) => (strong("marked node gone"), title()),
            About::Paths { .. } | About::Fact(_) => (Text::default(), title()),
        };
        [what, about, Text::default()]
    }
}

fn strong(words: &'static str) -> Text {
    phrase![words].toned(Tone::Strong)
}

/// A hop as it follows on the one before.
fn bold(hop: &RouteHop, text: Text) -> Text {
    phrase![" ", if hop.is_changed { text.toned(Tone::Strong) } else { text }]
}

/// Texts on lines of their own.
fn broken(lines: impl Iterator<Item = Text>) -> Text {
    let mut all = Text::default();
    for (at, line) in lines.enumerate() {
        if at > 0 {
            all.push(Piece::Break);
        }
        all.push(line);
    }
    all
}
