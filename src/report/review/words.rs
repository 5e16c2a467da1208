//! A judged change → the words for it that all formats share: titles, messages, and how to clear a finding.

mod breach;
mod changes;
mod cost;
mod gone;
mod routes;
mod span;
mod who;

pub(in crate::report) use cost::cost;
pub(in crate::report) use routes::{Step, lead, steps};
pub(in crate::report) use who::{done, listed};

use crate::compare::{AcceptanceId, Change, ChangeId, Comparison, Gained, Kind, Routes, Side};
use crate::findings::{About, Finding, Pair, Review};
use crate::model::{Acceptance, Accepted, Level, Rule};
use crate::report::counts::counted;
use crate::report::name::visible;
use crate::report::page::PageStyle;
use crate::report::threat::words::capital;

/// The title of a finding, without names' markup: `2 new paths from edge into privileged`.
pub(in crate::report) fn title(review: &Review, finding: &Finding) -> String {
    Words::plain(&review.comparison).title(finding)
}

/// A finding in sentences, one a line: what, opened by which changes, who reaches what, and by which path.
pub(in crate::report) fn message(review: &Review, finding: &Finding) -> String {
    Words::plain(&review.comparison).message(finding)
}

/// A change in a few words: `support-bot invokes payments (added)`.
pub(in crate::report) fn change(comparison: &Comparison, change: &Change) -> String {
    Words::plain(comparison).change(change)
}

/// How a finding is cleared: what to take back, or the command that accepts it. Empty where there is nothing to clear.
pub(in crate::report) fn clear(review: &Review, finding: &Finding) -> String {
    let undo = undo(review, finding);
    if accepts(finding) { format!("{undo}, or: {}", accept_command(finding)) } else { undo }
}

/// Whether a finding can be accepted by itself: not what is about an acceptance, nor what nobody minds, nor a topology as a whole,
/// whether it is new or gone.
pub(in crate::report) fn accepts(finding: &Finding) -> bool {
    let by_itself = matches!(finding.about, About::Acceptance(_) | About::Closed | About::SpecGone(_));
    !by_itself && whole(finding).is_none()
}

/// The command that writes an acceptance of a finding.
pub(in crate::report) fn accept_command(finding: &Finding) -> String {
    format!("crabwalk accept {} --reason \"...\"", finding.id())
}

/// What there is to say instead of changes where the topology itself is new.
pub(in crate::report) fn whole(finding: &Finding) -> Option<&'static str> {
    matches!(&finding.about, About::Paths { changes, .. } if changes.is_empty())
        .then_some("the topology is new, and compared with nothing")
}

/// What to take back, as an order without a full stop.
pub(in crate::report) fn undo(review: &Review, finding: &Finding) -> String {
    Words::plain(&review.comparison).order(finding)
}

/// Words in which every name of somebody else's is written in one way.
#[derive(Clone, Copy)]
pub(in crate::report) struct Words<'c> {
    pub(in crate::report) comparison: &'c Comparison,
    /// How names are written.
    pub(in crate::report) name: fn(&str) -> String,
    /// For whom: how sentences, paths and code of somebody else's are written.
    pub(in crate::report) style: PageStyle,
}

impl<'c> Words<'c> {
    /// Names as they are, with what hides in them made visible.
    pub(in crate::report) fn plain(comparison: &'c Comparison) -> Self {
        Self { comparison, name: visible, style: PageStyle::Text }
    }

    /// What a finding is, in a line.
    pub(in crate::report) fn title(&self, finding: &Finding) -> String {
        let count = self.count(finding);
        match (&finding.about, finding.rule) {
            (About::Paths { .. }, Rule::NewPathUp | Rule::NewPath) => {
                format!("{}{}", counted(count, "new path"), self.span(finding))
            }
            (About::Paths { .. }, Rule::FewerGuardsUp) => {
                let verb = if count == 1 { "passes" } else { "pass" };
                format!("{}{} now {verb} fewer guards", counted(count, "path"), self.span(finding))
            }
            (About::Paths { .. }, Rule::NewWayOut) => {
                let ways = if count == 1 { "1 new way".to_owned() } else { format!("{count} new ways") };
                format!("{ways} out for private content{}", self.out(finding))
            }
            (About::Paths { .. }, _) => {
                format!("{}{}", counted(count, "nearer path"), self.span(finding))
            }
            (About::Loop { nodes, .. }, _) => {
                let names = self.names(nodes.iter().copied(), "and");
                format!("new loop of {}: {names}", counted(nodes.len(), "node"))
            }
            (About::Closed, _) => counted(count, "pair") + " closed",
            (About::Lowered { change, disarms }, rule) => self.lowered(*change, *disarms, rule),
            (About::Fact(_) | About::Contract { .. }, _) => self.sentences().title(finding),
            (About::Loosened { entry, by }, _) => self.loosened(*entry, by.is_some()),
            (About::SpecGone(lost), _) => gone::title(lost),
            (About::MarkedNodeGone(over), _) => self.taken_over(over),
            (About::Acceptance(entry), rule) => {
                let state = match rule {
                    Rule::AcceptanceNew => "this change accepts",
                    Rule::AcceptanceUnused => "an acceptance matches nothing:",
                    _ => "an acceptance is past its date:",
                };
                format!("{state} {}", self.accepted(*entry))
            }
        }
    }

    fn lowered(&self, change: ChangeId, disarms: usize, rule: Rule) -> String {
        let change = self.change(self.comparison.change(change));
        let what = if rule == Rule::GuardWeakened { "guard weakened" } else { "protection lowered" };
        match disarms {
            0 => format!("{what}: {change}"),
            some => format!(
                "{what}: {change}; {} no longer {} as leading up",
                counted(some, "path"),
                if some == 1 { "counts" } else { "count" }
            ),
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
    pub(in crate::report) fn message(&self, finding: &Finding) -> String {
        let mut lines = vec![format!("{}.", self.title(finding))];
        let changes = finding.changes(self.comparison);
        lines.extend(whole(finding).map(|line| format!("{}.", capital(line))));
        if !changes.is_empty() && !matches!(finding.about, About::Lowered { .. } | About::MarkedNodeGone(_)) {
            lines.push(format!("Opened by {}.", self.changes(changes)));
        }
        lines.extend(self.told_of_breach(finding).map(|line| format!("{line}.")));
        lines.extend(self.who(finding));
        lines.extend(self.others(finding));
        lines.extend(self.shortest(finding));
        lines.join("\n")
    }

    /// What to take back, as an order without a full stop.
    pub(in crate::report) fn order(&self, finding: &Finding) -> String {
        match &finding.about {
            About::Closed => String::new(),
            About::Fact(_) | About::Contract { .. } => self.sentences().fix(finding),
            About::Loosened { .. } => "put the rule back as it was".to_owned(),
            About::SpecGone(lost) => gone::undo(lost, |entry| self.style.code(entry)),
            About::MarkedNodeGone(over) => self.was(over, |attribute| self.style.code(attribute)),
            About::Acceptance(_) => match finding.rule {
                Rule::AcceptanceNew => {
                    "it counts once it is in the base; until then only with --accept-from head".to_owned()
                }
                Rule::AcceptanceUnused => {
                    "remove the entry, unless it waits for a change that has yet to land".to_owned()
                }
                _ => "look at it again, then give it a new date or remove the entry".to_owned(),
            },
            about => match finding.changes(self.comparison) {
                [] => "read what `crabwalk check` says of it, and land it with --fail-on never".to_owned(),
                [id] => self.undo(self.comparison.change(*id)),
                all if self.is_each_needed(about) => format!("take one of these {} changes back", all.len()),
                all => format!("take these {} changes back", all.len()),
            },
        }
    }

    /// Some changes, joined.
    pub(in crate::report) fn changes(&self, ids: &[ChangeId]) -> String {
        let all: Vec<String> = ids.iter().map(|id| self.change(self.comparison.change(*id))).collect();
        listed(&all, "and")
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

    fn shortest(&self, finding: &Finding) -> Option<String> {
        let delta = lead(Self::ordered(finding).first()?);
        if delta.kind() == Kind::Closed {
            return None;
        }
        let mut routes = Routes::new(self.comparison, Side::Head);
        let found = routes.find(delta.from, delta.question, delta.to)?;
        Some(format!("Shortest: {} ({})", self.route(Side::Head, &found), cost(delta.before, delta.after)))
    }

    /// `foothold memory; credentials key and token`.
    pub(in crate::report) fn gained(&self, gained: &Gained) -> String {
        let lists =
            [("foothold", &gained.footholds), ("sink", &gained.sinks), ("credential", &gained.credentials)];
        let some = lists.iter().filter(|(_, nodes)| !nodes.is_empty());
        let parts: Vec<String> = some
            .map(|(noun, nodes)| {
                let plural = if nodes.len() == 1 { "" } else { "s" };
                format!("{noun}{plural} {}", self.names(nodes.iter().copied(), "and"))
            })
            .collect();
        parts.join("; ")
    }

    /// What an entry accepts.
    pub(in crate::report) fn accepted(&self, entry: AcceptanceId) -> String {
        let name = self.name;
        match &self.comparison.joint().acceptance(entry).what {
            Accepted::Pair { from, to } => format!("{} → {}", name(from), name(to)),
            Accepted::Edge { from, verb, to } => {
                format!("{} {} {}", name(from), verb.third_person(), name(to))
            }
            Accepted::Finding { rule, hash } => format!("{}:{}", rule.id(), name(hash)),
            Accepted::Spec { path } => format!("that the spec {} is deleted", name(path)),
        }
    }
}

/// Who accepted it, where that was discussed, and how long it holds: ` (by desk, D-7, until 2027-01-31)`. Empty where nothing of
/// it is said.
pub(in crate::report) fn attested(written: &Acceptance, name: fn(&str) -> String) -> String {
    let by = written.owner.as_ref().map(|owner| format!("by {}", name(owner)));
    let ticket = written.ticket.as_ref().map(|ticket| name(ticket));
    let until = written.expires.map(|date| format!("until {date}"));
    let about: Vec<String> = by.into_iter().chain(ticket).chain(until).collect();
    if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) }
}

/// How many findings there are: `2 errors, 1 note, 1 accepted`.
pub(in crate::report) fn verdict(review: &Review) -> String {
    let levels =
        [Level::Error, Level::Warning, Level::Note].map(|level| (review.count(level), level.as_str()));
    let mut parts: Vec<String> =
        levels.iter().filter(|(count, _)| *count > 0).map(|(count, word)| counted(*count, word)).collect();
    if parts.is_empty() {
        parts.push("no findings".to_owned());
    }
    let accepted = review.accepted().count();
    parts.extend((accepted > 0).then(|| format!("{accepted} accepted")));
    parts.join(", ")
}
