//! A judged change → the words for it that all formats share: titles, messages, and how to clear a finding. Each sentence is made
//! once, as a text in which names are apart from our own words; whoever shows it says for which medium.

mod breach;
mod changes;
mod cost;
mod gone;
mod routes;
mod span;
mod who;

pub(in crate::report) use cost::cost;
pub(in crate::report) use routes::{Step, lead, steps};
pub(in crate::report) use who::{can, listed};

use crate::compare::{AcceptanceId, ChangeId, Comparison, Gained, Kind, Routes, Side};
use crate::findings::{About, Finding, Pair, Review};
use crate::model::text::{count, name, phrase, quoted};
use crate::model::{Acceptance, Accepted, Level, Piece, Rule, Text};
use crate::report::write::{self, Plain};

/// A text about a comparison without any markup, for formats that only take words.
pub(in crate::report) fn plain(comparison: &Comparison, text: &Text) -> String {
    write::text(&Plain, comparison.joint().spec(Side::Head), text)
}

/// The title of a finding as plain text: `2 new paths from edge into privileged`.
pub(in crate::report) fn title(review: &Review, finding: &Finding) -> String {
    plain(&review.comparison, &Words::of(review).title(finding))
}

/// A finding in sentences as plain text, one a line: what, opened by which changes, who reaches what, and by which path.
pub(in crate::report) fn message(review: &Review, finding: &Finding) -> String {
    let lines = Words::of(review).message(finding);
    plain(&review.comparison, &Text::joined(lines, "\n"))
}

/// How a finding is cleared, as plain text. Empty where there is nothing to clear.
pub(in crate::report) fn clear(review: &Review, finding: &Finding) -> String {
    plain(&review.comparison, &Words::of(review).clear(finding))
}

/// Whether a finding can be accepted by itself: not what is about an acceptance, nor what nobody minds, nor a topology as a whole,
/// whether it is new or gone.
pub(in crate::report) fn accepts(finding: &Finding) -> bool {
    let by_itself = matches!(finding.about, About::Acceptance(_) | About::Closed | About::SpecGone(_));
    !by_itself && whole(finding).is_none()
}

/// What there is to say instead of changes where the topology itself is new.
pub(in crate::report) fn whole(finding: &Finding) -> Option<&'static str> {
    matches!(&finding.about, About::Paths { changes, .. } if changes.is_empty())
        .then_some("the topology is new, and compared with nothing")
}

/// Words for a change, in which names are those of its comparison.
#[derive(Clone, Copy)]
pub(in crate::report) struct Words<'c> {
    pub(in crate::report) comparison: &'c Comparison,
}

impl<'c> Words<'c> {
    /// The words for a review.
    pub(in crate::report) fn of(review: &'c Review) -> Self {
        Self { comparison: &review.comparison }
    }

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

    /// How many pairs a finding tells of: those of nodes on both sides; if there are none, all.
    pub(in crate::report) fn count(&self, finding: &Finding) -> usize {
        let known = finding.pairs.iter().filter(|pair| !pair.is_of_other_node).count();
        if known == 0 { finding.pairs.len() } else { known }
    }

    /// The pairs that a finding tells of.
    pub(in crate::report) fn told(finding: &Finding) -> &[Pair] {
        let known = finding.pairs.iter().take_while(|pair| !pair.is_of_other_node).count();
        if known == 0 { &finding.pairs } else { &finding.pairs[..known] }
    }

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

    /// How a finding is cleared: what to take back, or the command that accepts it. Empty where there is nothing to clear.
    pub(in crate::report) fn clear(&self, finding: &Finding) -> Text {
        let undo = self.order(finding);
        if !accepts(finding) {
            return undo;
        }
        phrase![undo, ", or: crabwalk accept ", Piece::Id(finding.id()), " --reason \"...\""]
    }

    /// What to take back, as an order without a full stop.
    pub(in crate::report) fn order(&self, finding: &Finding) -> Text {
        match &finding.about {
            About::Closed => Text::default(),
            About::Fact(_) | About::Contract { .. } => {
                finding.said().map(|said| said.fix.clone()).unwrap_or_default()
            }
            About::Loosened { .. } => phrase!["put the rule back as it was"],
            About::SpecGone(lost) => gone::undo(lost),
            About::MarkedNodeGone(over) => self.was(over),
            About::Acceptance(_) => phrase![match finding.rule {
                Rule::AcceptanceNew => {
                    "it counts once it is in the base; until then only with --accept-from head"
                }
                Rule::AcceptanceUnused => {
                    "remove the entry, unless it waits for a change that has yet to land"
                }
                _ => "look at it again, then give it a new date or remove the entry",
            }],
            about => match finding.changes(self.comparison) {
                [] => {
                    let check = Piece::Code("crabwalk check".to_owned());
                    phrase!["read what ", check, " says of it, and land it with --fail-on never"]
                }
                [id] => self.undo(self.comparison.change(*id)),
                all if self.is_each_needed(about) => {
                    phrase!["take one of these ", Piece::Number(all.len()), " changes back"]
                }
                all => phrase!["take these ", Piece::Number(all.len()), " changes back"],
            },
        }
    }

    /// Some changes, joined.
    pub(in crate::report) fn changes(&self, ids: &[ChangeId]) -> Text {
        listed(ids.iter().map(|id| self.change(self.comparison.change(*id))), " and ")
    }

    /// Whether taking back any one of several changes is enough.
    fn is_each_needed(&self, about: &About) -> bool {
        match about {
            About::Paths { causes, .. } => {
                causes.iter().all(|cause| self.comparison.cause(*cause).is_necessary)
            }
            About::Loop { cause, .. } => self.comparison.cause(*cause).is_necessary,
            _ => true,
        }
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

    /// `foothold memory; credentials key and token`.
    pub(in crate::report) fn gained(&self, gained: &Gained) -> Text {
        let lists = [
            ("foothold ", "footholds ", &gained.footholds),
            ("sink ", "sinks ", &gained.sinks),
            ("credential ", "credentials ", &gained.credentials),
        ];
        let some = lists.iter().filter(|(.., nodes)| !nodes.is_empty());
        let parts = some.map(|(one, many, nodes)| {
            let noun = if nodes.len() == 1 { *one } else { *many };
            phrase![noun, self.names(nodes.iter().copied(), " and ")]
        });
        Text::joined(parts, "; ")
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

/// Who accepted it, where that was discussed, and how long it holds: ` (by desk, D-7, until 2027-01-31)`. Empty where nothing of
/// it is said.
pub(in crate::report) fn attested(written: &Acceptance) -> Text {
    let by = written.owner.as_ref().map(|owner| phrase!["by ", quoted(owner.as_str())]);
    let ticket = written.ticket.as_ref().map(|ticket| phrase![quoted(ticket.as_str())]);
    let until = written.expires.map(|date| phrase!["until ", name(date.to_string())]);
    let about: Vec<Text> = by.into_iter().chain(ticket).chain(until).collect();
    if about.is_empty() { Text::default() } else { phrase![" (", Text::joined(about, ", "), ")"] }
}

/// How many findings there are: `2 errors, 1 note, 1 accepted`.
pub(in crate::report) fn verdict(review: &Review) -> Text {
    let levels =
        [Level::Error, Level::Warning, Level::Note].map(|level| (review.count(level), level.as_str()));
    let some = levels.iter().filter(|(found, _)| *found > 0);
    let mut parts: Vec<Text> = some.map(|(found, word)| phrase![count(*found, word)]).collect();
    if parts.is_empty() {
        parts.push(phrase!["no findings"]);
    }
    let accepted = review.accepted().count();
    parts.extend((accepted > 0).then(|| phrase![Piece::Number(accepted), " accepted"]));
    Text::joined(parts, ", ")
}
