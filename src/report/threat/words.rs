//! Sentences with names in them → text, each format with names written in its own way.

use std::borrow::Cow;

use crate::findings::Finding;
use crate::model::{Spec, Text, Tone};
use crate::report::name::visible;
pub(in crate::report) use crate::report::write::capital;
use crate::report::write::{self, Medium};

/// How a format writes what is not its own words.
#[derive(Clone, Copy)]
pub(in crate::report) struct Words<'s> {
    pub(in crate::report) spec: &'s Spec,
    /// A name, or words that somebody else wrote.
    pub(in crate::report) name: fn(&str) -> String,
    /// Something to write into a spec or a shell.
    pub(in crate::report) code: fn(&str) -> String,
    /// A sentence that somebody else wrote.
    pub(in crate::report) quoted: fn(&str) -> String,
}

impl Words<'_> {
    /// A sentence as text.
    pub(in crate::report) fn phrase(&self, phrase: &Text) -> String {
        write::text(self, self.spec, phrase)
    }

    /// What is wrong with a topology, in a line.
    pub(in crate::report) fn title(&self, finding: &Finding) -> String {
        finding.said().map(|said| self.phrase(&said.title)).unwrap_or_default()
    }

    /// The smallest fix; empty where there is none.
    pub(in crate::report) fn fix(&self, finding: &Finding) -> String {
        finding.said().map(|said| self.phrase(&said.fix)).unwrap_or_default()
    }
}

impl Medium for Words<'_> {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        Cow::Borrowed(words)
    }

    fn name(&self, name: &str) -> String {
        (self.name)(name)
    }

    fn label(&self, label: &str) -> String {
        (self.name)(label)
    }

    fn path(&self, path: &str) -> String {
        (self.code)(path)
    }

    fn id(&self, id: &str) -> String {
        visible(id)
    }

    fn code(&self, code: &str) -> String {
        (self.code)(code)
    }

    fn quoted(&self, words: &str, is_last: bool) -> String {
        match words.strip_suffix('.') {
            Some(before) if is_last => (self.quoted)(before) + ".",
            _ => (self.quoted)(words),
        }
    }

    fn toned(&self, _tone: Tone, written: String) -> String {
        written
    }
}
