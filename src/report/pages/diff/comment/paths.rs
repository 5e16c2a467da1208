//! The table of the comment: a row for each pair of the gravest findings with its best path, and one for what has no path.

use super::{Comment, headline, markdown_escape};
use crate::compare::{Kind, RouteHop, Routes, Side};
use crate::findings::{About, Finding, Pair, Review};
use crate::model::Way;
use crate::model::text::{count, phrase};
use crate::model::{Level, Plane, Rule, Text};
use crate::report::counts::counted;
use crate::report::pages::diff::words::{Step, Words, cost, lead, listed, steps};
use crate::report::sentence::{along, behind};

/// Pairs of one finding that have a row each; the text for the terminal shows as many.
const PAIRS: usize = 5;

/// What a row is about.
enum Row<'r> {
    /// A pair, and how many others of its finding have no row.
    Pair(&'r Finding, &'r Pair, usize),
    Whole(&'r Finding),
    /// All pairs of nodes that are new or gone, beside others.
    Others(&'r Finding),
}

impl<'r> Row<'r> {
    fn finding(&self) -> &'r Finding {
        match self {
            Self::Pair(finding, ..) | Self::Whole(finding) | Self::Others(finding) => finding,
        }
    }
}

impl Comment<'_> {
    /// The table, with so many rows of errors and so many of warnings.
    pub(super) fn paths(&self, errors: usize, warnings: usize) -> String {
        let mut text =
            String::from("| | Change | Best path (changed edge in bold) | Cost |\n|:--|:--|:--|:-:|\n");
        let mut more = Vec::new();
        for (level, most) in [(Level::Error, errors), (Level::Warning, warnings), (Level::Note, warnings)] {
            let (rows, left) = rows(self.review, level, most);
            let mut finder = Routes::new(&self.review.comparison, Side::Head);
            for row in &rows {
                text += &self.row(row, &mut finder);
            }
            more.extend((left > 0).then(|| phrase![count(left, level.as_str())]));
        }
        if !more.is_empty() {
            let more = self.shown(&listed(more, " and "));
            text += &format!("\nThere are {more} more; the command below shows all of them.\n");
        }
        text + "\n"
    }

    fn row(&self, row: &Row<'_>, finder: &mut Routes<'_>) -> String {
        let cells = match row {
            Row::Pair(finding, pair, more) => self.pair(finding, pair, *more, finder),
            Row::Whole(finding) => self.whole(finding),
            Row::Others(finding) => {
                let others = finding.pairs.len() - Words::told(finding).len();
                let what = format!("and {}", counted(others, "pair"));
                [what, self.shown(&self.words.of_others(&finding.pairs)), String::new()]
            }
        };
        let finding = row.finding();
        let icon = if finding.rule == Rule::ClosedPath { "✅" } else { headline::icon(finding.level) };
        format!("| {icon}&nbsp;{} | {} |\n", finding.rule.id(), cells.join(" | "))
    }

    fn pair(&self, finding: &Finding, pair: &Pair, more: usize, finder: &mut Routes<'_>) -> [String; 3] {
        let delta = lead(pair);
        let route = finder.find(delta.from, delta.question, delta.to);
        let plane = if delta.question == Way::Exposure { Plane::Exposure } else { Plane::Influence };
        let path: String = route.iter().flat_map(steps).map(|step| self.step(&step, plane)).collect();
        let zones =
            [pair.from, pair.to].map(|node| self.words.zone(node).map(|zone| markdown_escape::name(&zone)));
        let zones = match zones {
            [Some(from), Some(to)] if from == to => format!(", inside {from}"),
            [Some(from), Some(to)] => format!(", {from} → {to}"),
            _ => String::new(),
        };
        let question = match delta.question {
            Way::Influence => String::new(),
            Way::Exposure => ", content".to_owned(),
            Way::Write | Way::Read | Way::Invoke | Way::Observe => format!(", {}", delta.question),
        };
        let kind = match (finding.rule, delta.kind()) {
            (Rule::NewWayOut, _) => "way out",
            (Rule::FewerGuardsUp, Kind::Nearer) => "fewer guards",
            (_, kind) => kind.as_str(),
        };
        let before =
            delta.before.map(|cost_before| format!("~~{}~~ ", self.shown(&cost(None, Some(cost_before)))));
        let cost = format!("{}{}", before.unwrap_or_default(), self.shown(&cost(None, delta.after)));
        let more = if more > 0 { format!(", and {}", counted(more, "more pair")) } else { String::new() };
        [format!("**{kind}**{question}{zones}{more}"), path, cost]
    }

    /// A step of a path, bold where the change made it.
    fn step(&self, step: &Step<'_>, plane: Plane) -> String {
        let joint = self.review.comparison.joint();
        let name = |node| markdown_escape::name(joint.name(node));
        let bold = |hop: &RouteHop, text: String| {
            if hop.is_changed { format!(" **{text}**") } else { format!(" {text}") }
        };
        let graph = self.review.comparison.graph(Side::Head);
        match step {
            Step::Start(node) => name(*node),
            Step::Skipped(count) => format!(" ─ {count} more hops"),
            Step::Hop(hop) => {
                let verb = along(hop.hop.leg, graph.edge(hop.hop.edge).verb);
                let later = if hop.hop.cost.sessions > 0 { ", a session later" } else { "" };
                let past = match hop.hop.cost.guards {
                    0 => String::new(),
                    _ => {
                        let edge = graph.edge(hop.hop.edge);
                        let guards = behind(graph.spec(), edge, hop.hop.leg, plane);
                        format!(", past {}", self.shown(&guards))
                    }
                };
                bold(hop, format!("─ {verb}{later}{past} → {}", name(hop.hop.to)))
            }
            Step::Act { hop, is_led_to } => {
                let which = if *is_led_to { "which " } else { "" };
                let verb = graph.edge(hop.hop.edge).verb.third_person();
                bold(hop, format!("{which}{verb} {}", name(hop.hop.to)))
            }
        }
    }

    /// A finding that is one row.
    fn whole(&self, finding: &Finding) -> [String; 3] {
        let joint = self.review.comparison.joint();
        let (what, about): (String, Text) = match &finding.about {
            About::Closed => {
                let all = self.review.comparison.closing().map(|change| self.words.change(change));
                (format!("**closed**, {}", counted(finding.pairs.len(), "pair")), listed(all, " and "))
            }
            About::Loop { nodes, .. } => (
                format!("**new loop**, {}", counted(nodes.len(), "node")),
                self.words.names(nodes.iter().copied(), " and "),
            ),
            About::Lowered { change, .. } => {
                let what = if finding.rule == Rule::GuardWeakened { "guard weakened" } else { "lowered" };
                (format!("**{what}**"), self.words.change(self.review.comparison.change(*change)))
            }
            About::Acceptance(entry) => {
                let what = match finding.rule {
                    Rule::AcceptanceNew => "accepted here",
                    Rule::AcceptanceUnused => "unused acceptance",
                    _ => "expired acceptance",
                };
                let place = joint.acceptance(*entry).place;
                let about = self.shown(&self.words.accepted(*entry));
                return [format!("**{what}**"), format!("{about} ({})", self.link(place)), String::new()];
            }
            About::Contract { .. } => {
                let title = std::iter::once(self.words.title(finding));
                let lines = title.chain(self.words.told_of_breach(finding));
                let lines: Vec<String> = lines.map(|line| self.shown(&line)).collect();
                return ["**rule broken**".to_owned(), lines.join("<br>"), String::new()];
            }
            About::Loosened { .. } => ("**rule lowered**".to_owned(), self.words.title(finding)),
            About::SpecGone(_) => ("**spec gone**".to_owned(), self.words.title(finding)),
            About::MarkedNodeGone(_) => ("**marked node gone**".to_owned(), self.words.title(finding)),
            About::Paths { .. } | About::Fact(_) => (String::new(), self.words.title(finding)),
        };
        [what, self.shown(&about), String::new()]
    }
}

/// At most so many rows of a level, in the order of the findings, and how many findings have none. Every finding has a row before
/// one has two, and so on.
fn rows(review: &Review, level: Level, most: usize) -> (Vec<Row<'_>>, usize) {
    let findings: Vec<&Finding> = review.open().filter(|finding| finding.level == level).collect();
    let all: Vec<usize> = findings.iter().map(|finding| wanted(finding)).collect();
    let mut given = vec![0; findings.len()];
    let mut room = most;
    while room > 0 && given != all {
        for (given, wanted) in given.iter_mut().zip(&all) {
            let more = usize::from(*given < *wanted && room > 0);
            *given += more;
            room -= more;
        }
    }
    let left = given.iter().filter(|given| **given == 0).count();
    let rows = findings.into_iter().zip(given).flat_map(|(finding, most)| rows_of(finding, most));
    (rows.collect(), left)
}

/// How many rows a finding could have.
fn wanted(finding: &Finding) -> usize {
    if !matches!(finding.about, About::Paths { .. }) || finding.pairs.is_empty() {
        return 1;
    }
    let told = Words::told(finding).len();
    told.min(PAIRS) + usize::from(told < finding.pairs.len())
}

/// The rows of a finding, so many of them at most: pair by pair where paths are gained. The last of them says how many others there
/// are.
fn rows_of(finding: &Finding, most: usize) -> Vec<Row<'_>> {
    if !matches!(finding.about, About::Paths { .. }) || finding.pairs.is_empty() {
        return std::iter::once(Row::Whole(finding)).take(most).collect();
    }
    let told = Words::told(finding).len();
    let others = finding.pairs.len() - told;
    let has_others = others > 0 && most > PAIRS.min(told);
    let shown = most.min(PAIRS).min(told);
    let more = told - shown + if has_others { 0 } else { others };
    let pairs = Words::ordered(finding).into_iter().take(shown).enumerate();
    let pairs = pairs.map(|(at, pair)| Row::Pair(finding, pair, if at + 1 == shown { more } else { 0 }));
    pairs.chain(has_others.then_some(Row::Others(finding))).collect()
}
