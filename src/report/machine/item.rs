//! A finding as all formats for machines tell it, and what they say about the run that it comes from.

use std::borrow::Cow;

use super::place::Spot;
use crate::language::Code;
use crate::model::{Acceptance, Level, Rule, digest};

/// Findings of one run, gravest first, with what is said about the run.
#[derive(Debug)]
pub(in crate::report) struct Sheet<'a> {
    /// The command: `diff`.
    pub(in crate::report) command: &'static str,
    /// What was judged, in a line.
    pub(in crate::report) subject: String,
    /// The command that gives the same answer again.
    pub(in crate::report) again: String,
    /// The level at which the gate fails; nothing where it never does.
    pub(in crate::report) fail_on: Option<Level>,
    /// The rules that were asked, in the order of their ids.
    pub(in crate::report) rules: Vec<Topic>,
    /// Those of them that are not off.
    pub(in crate::report) asked: Vec<Rule>,
    /// What was found, accepted ones too.
    pub(in crate::report) items: Vec<Item<'a>>,
    /// Whether the run came to an end: `false` where the findings are why it did not.
    pub(in crate::report) has_run: bool,
}

/// What a finding is an instance of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Topic {
    /// A rule of the threat model, of reviews or of the spec's own.
    Rule(Rule),
    /// A mistake in a spec, or what else keeps a command from running.
    Mistake(Code),
}

impl Topic {
    /// `CW001`, `E203`.
    pub(in crate::report) fn id(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.id(),
            Self::Mistake(code) => code.as_str(),
        }
    }

    /// `new-path-up`, `unknown-target`.
    pub(in crate::report) fn name(self) -> &'static str {
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

/// A finding.
#[derive(Debug)]
pub(in crate::report) struct Item<'a> {
    /// The rule, or the kind of mistake.
    pub(in crate::report) rule: Topic,
    /// The level.
    pub(in crate::report) level: Level,
    /// 16 hexadecimal digits.
    pub(in crate::report) fingerprint: Cow<'a, str>,
    /// What it is, in a line.
    pub(in crate::report) title: String,
    /// The finding in sentences, a line each.
    pub(in crate::report) message: String,
    /// How it is cleared; empty where there is nothing to clear.
    pub(in crate::report) clear: String,
    /// Where it stands.
    pub(in crate::report) place: Option<Spot<'a>>,
    /// Whether that is in a file which is not there any more.
    pub(in crate::report) is_gone: bool,
    /// Where platforms are to show it, which takes a line that is there.
    pub(in crate::report) shown: Option<Spot<'a>>,
    /// Other places that belong to it.
    pub(in crate::report) related: Vec<Related<'a>>,
    /// Paths that it opens, or that prove it.
    pub(in crate::report) flows: Vec<Flow<'a>>,
    /// Who took it.
    pub(in crate::report) accepted: Option<Attest<'a>>,
    /// Whether the change brings it; nothing where no change is judged.
    pub(in crate::report) is_new: Option<bool>,
    /// How many pairs it concerns.
    pub(in crate::report) pairs: usize,
    /// How many further pairs are accepted.
    pub(in crate::report) accepted_pairs: usize,
    /// Whether it is to be shown where only what is bad is.
    pub(in crate::report) worsens: bool,
}

/// A place that belongs to a finding.
#[derive(Debug)]
pub(in crate::report) struct Related<'a> {
    pub(in crate::report) spot: Spot<'a>,
    pub(in crate::report) text: String,
}

/// A path, hop by hop.
#[derive(Debug)]
pub(in crate::report) struct Flow<'a> {
    /// What it shows.
    pub(in crate::report) text: String,
    pub(in crate::report) steps: Vec<FlowStep<'a>>,
}

/// A hop of a path.
#[derive(Debug)]
pub(in crate::report) struct FlowStep<'a> {
    pub(in crate::report) spot: Spot<'a>,
    pub(in crate::report) text: String,
    /// Whether it is what the finding is about.
    pub(in crate::report) is_essential: bool,
}

/// An acceptance, and where it stands.
#[derive(Debug)]
pub(in crate::report) struct Attest<'a> {
    pub(in crate::report) entry: &'a Acceptance,
    pub(in crate::report) spot: Spot<'a>,
}

impl Item<'_> {
    /// `CW001:HASH`, as acceptances name it.
    pub(in crate::report) fn id(&self) -> String {
        format!("{}:{}", self.rule.id(), self.fingerprint)
    }

    /// What platforms tell it by from those of other specs in the repository: the finding, and the file that it is shown in.
    pub(in crate::report) fn print(&self) -> String {
        digest(&self.id(), &[self.shown.as_ref().map_or("", |spot| spot.file)])
    }

    /// Whether it counts.
    pub(in crate::report) fn is_open(&self) -> bool {
        self.accepted.is_none()
    }
}

impl Sheet<'_> {
    /// The findings that count.
    pub(in crate::report) fn open(&self) -> impl Iterator<Item = &Item<'_>> {
        self.items.iter().filter(|item| item.is_open())
    }

    /// The rules that were asked and found nothing.
    pub(in crate::report) fn silent(&self) -> impl Iterator<Item = Rule> + '_ {
        self.asked
            .iter()
            .copied()
            .filter(|rule| self.items.iter().all(|item| item.rule != Topic::Rule(*rule)))
    }
}
