//! Sentences with names in them → text, each format with names written in its own way.

use std::borrow::Cow;

use crate::findings::{Assessment, Finding};
use crate::model::{Level, NodeId, Spec, Text, Tone};
use crate::report::counts::counted;
use crate::report::name::visible;
use crate::report::page::{Page, PageStyle};
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

/// How a page writes what is not its own words.
pub(in crate::report) fn page_words(spec: &Spec, style: PageStyle) -> Words<'_> {
    Words { spec, name: Page::name(style), code: Page::code(style), quoted: Page::quoted(style) }
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

    /// A sentence of a paragraph: words of ours at its beginning have a capital. A name keeps its letters.
    pub(in crate::report) fn sentence(&self, phrase: &Text) -> String {
        write::begun(self, self.spec, phrase)
    }

    /// `a, b and c`; of a long list the first ones and how many more there are.
    pub(in crate::report) fn listed(&self, nodes: &[NodeId]) -> String {
        write::listed(self, self.spec, nodes)
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

/// The command that writes an acceptance of a finding.
pub(in crate::report) fn accept_command(finding: &Finding) -> String {
    format!("crabwalk accept {} --reason \"...\"", finding.id())
}

/// How many findings there are: `2 errors, 1 note, 1 accepted`.
pub(in crate::report) fn verdict(assessment: &Assessment<'_>) -> String {
    let levels =
        [Level::Error, Level::Warning, Level::Note].map(|level| (assessment.count(level), level.as_str()));
    let mut parts: Vec<String> =
        levels.iter().filter(|(count, _)| *count > 0).map(|(count, word)| counted(*count, word)).collect();
    if parts.is_empty() {
        parts.push("no findings".to_owned());
    }
    let accepted = assessment.accepted().count();
    parts.extend((accepted > 0).then(|| format!("{accepted} accepted")));
    parts.join(", ")
}
