//! Why a command could not run → what it would have written, with the mistakes as its findings: a report of yesterday is not taken
//! for today's.

use std::borrow::Cow;

use serde_json::Value;

use super::place::{Spot, spot_of};
use super::sheet::{Item, Related, Sheet, Topic};
use crate::findings::Gate;
use crate::language::{Code, Diagnostic, Diagnostics};
use crate::model::{Level, digest};
use crate::report::diagnostics;
use crate::report::name::visible;

/// Related places that are told of.
const MOST: usize = 20;

/// Why a command could not run, and what is said about the run.
#[derive(Debug)]
pub struct Failure<'a> {
    /// The mistakes, and the files that they stand in.
    pub mistakes: &'a Diagnostics,
    /// The command: `check`.
    pub command: &'static str,
    /// The command as it was typed.
    pub again: String,
    /// The file that was asked for: where platforms show what has no place.
    pub asked: &'a str,
}

impl Failure<'_> {
    /// The mistakes as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        diagnostics::to_json(self.mistakes)
    }

    /// The mistakes as a SARIF log with one run, which was not successful.
    #[must_use]
    pub fn sarif(&self) -> Value {
        super::sarif::sarif(&self.sheet())
    }

    /// The mistakes as workflow commands.
    #[must_use]
    pub fn github(&self) -> String {
        super::github::github(&self.sheet())
    }

    /// The mistakes as a code quality report.
    #[must_use]
    pub fn gitlab(&self) -> Value {
        super::gitlab::gitlab(&self.sheet())
    }

    /// The mistakes as errors in JUnit XML.
    #[must_use]
    pub fn junit(&self) -> String {
        super::junit::junit(&self.sheet())
    }

    fn sheet(&self) -> Sheet<'_> {
        let mut codes: Vec<Code> = self.mistakes.items.iter().map(|item| item.code).collect();
        codes.sort_unstable();
        codes.dedup();
        Sheet {
            command: self.command,
            subject: self.asked.to_owned(),
            again: visible(&self.again),
            gate: Gate(Some(Level::Error)),
            rules: codes.into_iter().map(Topic::Mistake).collect(),
            asked: Vec::new(),
            items: self.mistakes.items.iter().map(|mistake| self.item(mistake)).collect(),
            has_run: false,
        }
    }

    fn item<'s>(&'s self, mistake: &'s Diagnostic) -> Item<'s> {
        let file = |at: u32| self.mistakes.files.get(at as usize);
        let mut spots = mistake.labels.iter().filter_map(|label| {
            let spot = spot_of(file(label.place.file)?, label.place);
            Some(Related { spot, text: visible(&label.text) })
        });
        let place = spots.next().map(|first| first.spot);
        let message = visible(&mistake.message);
        Item {
            rule: Topic::Mistake(mistake.code),
            level: Level::Error,
            fingerprint: Cow::Owned(digest(mistake.code.as_str(), &[&message])),
            title: mistake.code.title().replace('-', " "),
            message,
            clear: mistake.help.as_deref().map(visible).unwrap_or_default(),
            is_gone: false,
            shown: place.clone().or_else(|| self.nowhere()),
            place,
            related: spots.filter(|one| !one.text.is_empty()).take(MOST).collect(),
            flows: Vec::new(),
            accepted: None,
            is_new: None,
            pairs: 0,
            accepted_pairs: 0,
            worsens: true,
        }
    }

    /// The first line of what was asked for: platforms show nothing that has no line.
    fn nowhere(&self) -> Option<Spot<'_>> {
        Some(Spot { file: self.asked, line: 1, mark: None, name: self.asked })
    }
}
