//! A judged topology or a judged change → its findings as all formats for machines tell them, and what they say about the run.

use std::borrow::Cow;
use std::collections::HashMap;

use super::place::{Spot, spot_in};
use crate::compare::AcceptanceId;
use crate::findings::{Finding, Gate};
use crate::language::Code;
use crate::model::{Acceptance, Level, Place, Rule, Spec, digest};

/// What is judged: a topology, or a change of one. It says in words what it alone knows of a finding.
pub(super) trait Judged<'a> {
    /// What was found.
    fn findings(&self) -> &'a [Finding];

    /// The spec in whose files places stand.
    fn spec(&self) -> &'a Spec;

    /// What a finding is, in a line.
    fn title(&self, finding: &Finding) -> String;

    /// A finding in sentences, a line each.
    fn message(&self, finding: &Finding) -> String;

    /// How a finding is cleared; empty where there is nothing to clear.
    fn clear(&self, finding: &Finding) -> String;

    /// The acceptance with an id.
    fn acceptance(&self, entry: AcceptanceId) -> Option<&'a Acceptance>;

    /// Other places that belong to a finding.
    fn related(&self, finding: &Finding) -> Vec<Related<'a>>;

    /// The paths that a finding opens, or that prove it.
    fn flows(&self, finding: &Finding) -> Vec<Flow<'a>>;

    /// Whether a place stands in a file which is not there any more.
    fn is_gone(&self, place: Place) -> bool;

    /// Where platforms show what stands on no line that is there; nothing where they show it in its own place.
    fn instead(&self) -> Option<Spot<'a>>;

    /// Whether the change brings a finding; nothing where no change is judged.
    fn is_new(&self, finding: &Finding) -> Option<bool>;
}

/// Findings of one run, gravest first, with what is said about the run.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The command: `diff`.
    pub(super) command: &'static str,
    /// What was judged, in a line.
    pub(super) subject: String,
    /// The command that gives the same answer again.
    pub(super) again: String,
    /// What fails the run.
    pub(super) gate: Gate,
    /// The rules that were asked, in the order of their ids.
    pub(super) rules: Vec<Topic>,
    /// Those of them that are not off.
    pub(super) asked: Vec<Rule>,
    /// What was found, accepted ones too.
    pub(super) items: Vec<Item<'a>>,
    /// Whether the run came to an end: `false` where the findings are why it did not.
    pub(super) has_run: bool,
}

/// What a finding is an instance of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// A rule of the threat model, of reviews or of the spec's own.
    Rule(Rule),
    /// A mistake in a spec, or what else keeps a command from running.
    Mistake(Code),
}

impl Topic {
    /// `CW001`, `E203`.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.id(),
            Self::Mistake(code) => code.as_str(),
        }
    }

    /// `new-path-up`, `unknown-target`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name(),
            Self::Mistake(code) => code.title(),
        }
    }
}

impl From<Rule> for Topic {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

/// A finding, or a mistake, as formats tell it.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// The rule, or the kind of mistake.
    pub(super) rule: Topic,
    /// The level.
    pub(super) level: Level,
    /// 16 hexadecimal digits.
    pub(super) fingerprint: Cow<'a, str>,
    /// What it is, in a line.
    pub(super) title: String,
    /// The finding in sentences, a line each.
    pub(super) message: String,
    /// How it is cleared; empty where there is nothing to clear.
    pub(super) clear: String,
    /// Where it stands.
    pub(super) place: Option<Spot<'a>>,
    /// Whether that is in a file which is not there any more.
    pub(super) is_gone: bool,
    /// Where platforms are to show it, which takes a line that is there.
    pub(super) shown: Option<Spot<'a>>,
    /// Other places that belong to it.
    pub(super) related: Vec<Related<'a>>,
    /// Paths that it opens, or that prove it.
    pub(super) flows: Vec<Flow<'a>>,
    /// Who took it.
    pub(super) accepted: Option<Attest<'a>>,
    /// Whether the change brings it; nothing where no change is judged.
    pub(super) is_new: Option<bool>,
    /// How many pairs it concerns.
    pub(super) pairs: usize,
    /// How many further pairs are accepted.
    pub(super) accepted_pairs: usize,
    /// Whether it is to be shown where only what is bad is.
    pub(super) worsens: bool,
}

/// A place that belongs to a finding.
#[derive(Debug)]
pub(super) struct Related<'a> {
    pub(super) spot: Spot<'a>,
    pub(super) text: String,
}

/// A path, hop by hop.
#[derive(Debug)]
pub(super) struct Flow<'a> {
    /// What it shows.
    pub(super) text: String,
    pub(super) steps: Vec<FlowStep<'a>>,
}

/// A hop of a path.
#[derive(Debug)]
pub(super) struct FlowStep<'a> {
    pub(super) spot: Spot<'a>,
    pub(super) text: String,
    /// Whether it is what the finding is about.
    pub(super) is_essential: bool,
}

/// An acceptance, and where it stands.
#[derive(Debug)]
pub(super) struct Attest<'a> {
    pub(super) entry: &'a Acceptance,
    pub(super) spot: Spot<'a>,
}

impl<'a> Item<'a> {
    /// A finding. Its paths are searched for where a format shows them.
    pub(super) fn of(judged: &dyn Judged<'a>, finding: &'a Finding, with_flows: bool) -> Self {
        let spec = judged.spec();
        let place = finding.place.map(|place| spot_in(spec, place));
        let is_gone = finding.place.is_some_and(|place| judged.is_gone(place));
        let there = place.clone().filter(|_| !is_gone);
        let accepted = finding.accepted.and_then(|entry| judged.acceptance(entry));
        Self {
            rule: finding.rule.into(),
            level: finding.level,
            fingerprint: Cow::Borrowed(&finding.fingerprint),
            title: judged.title(finding),
            message: judged.message(finding),
            clear: judged.clear(finding),
            shown: there.or_else(|| judged.instead()).or_else(|| place.clone()),
            place,
            is_gone,
            related: judged.related(finding),
            flows: if with_flows { judged.flows(finding) } else { Vec::new() },
            accepted: accepted.map(|entry| Attest { entry, spot: spot_in(spec, entry.place) }),
            is_new: judged.is_new(finding),
            pairs: finding.pairs.len(),
            accepted_pairs: finding.accepted_pairs,
            // Paths that are closed get worse where a spec makes more of them than a note.
            worsens: finding.rule != Rule::ClosedPath || finding.level > Level::Note,
        }
    }

    /// `CW001:HASH`, as acceptances name it.
    pub(super) fn id(&self) -> String {
        format!("{}:{}", self.rule.id(), self.fingerprint)
    }

    /// What platforms tell it by from those of other specs in the repository: the finding, and the file that it is shown in.
    pub(super) fn print(&self) -> String {
        digest(&self.id(), &[self.shown.as_ref().map_or("", |spot| spot.file)])
    }

    /// Whether it counts.
    pub(super) fn is_open(&self) -> bool {
        self.accepted.is_none()
    }
}

impl Sheet<'_> {
    /// The findings that count.
    pub(super) fn open(&self) -> impl Iterator<Item = &Item<'_>> {
        self.items.iter().filter(|item| item.is_open())
    }

    /// The rules that were asked and found nothing.
    pub(super) fn silent(&self) -> impl Iterator<Item = Rule> + '_ {
        self.asked
            .iter()
            .copied()
            .filter(|rule| self.items.iter().all(|item| item.rule != Topic::Rule(*rule)))
    }
}

/// Findings that share an id, told apart by a count: formats give each a name of its own.
#[derive(Debug, Default)]
pub(super) struct Repeats(HashMap<String, usize>);

impl Repeats {
    /// Which of those with its id a finding is, from 1.
    pub(super) fn count(&mut self, item: &Item<'_>) -> usize {
        let count = self.0.entry(item.id()).or_default();
        *count += 1;
        *count
    }
}
