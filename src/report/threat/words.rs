//! Sentences with names in them → text, each format with names written in its own way.

use crate::findings::{Assessment, Finding, Phrase, Piece};
use crate::model::{Level, NodeId, Spec};
use crate::report::counts::counted;
use crate::report::page::{Page, PageStyle};

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

/// Names of a list that are shown.
const SHOWN: usize = 8;

impl Words<'_> {
    /// A sentence as text.
    pub(in crate::report) fn phrase(&self, phrase: &Phrase) -> String {
        phrase.pieces().iter().map(|piece| self.piece(piece)).collect()
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
    pub(in crate::report) fn sentence(&self, phrase: &Phrase) -> String {
        let text = self.phrase(phrase);
        match phrase.pieces().first() {
            Some(Piece::Text(_)) => capital(&text),
            _ => text,
        }
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Text(words) => words.clone(),
            Piece::Node(node) => (self.name)(self.spec.node_name(*node)),
            Piece::Nodes(nodes) => self.listed(nodes),
            Piece::Guard(guard) => (self.name)(self.spec.guard_name(*guard)),
            Piece::Zone(zone) => (self.name)(self.spec.zone_name(*zone)),
            Piece::Quoted(words) => (self.quoted)(words),
            Piece::Code(words) => (self.code)(words),
        }
    }

    /// `a, b and c`; of a long list the first ones and how many more there are.
    pub(in crate::report) fn listed(&self, nodes: &[NodeId]) -> String {
        let shown = if nodes.len() > SHOWN { SHOWN - 1 } else { nodes.len() };
        let mut names: Vec<String> =
            nodes[..shown].iter().map(|node| (self.name)(self.spec.node_name(*node))).collect();
        if nodes.len() > shown {
            names.push(format!("{} more", nodes.len() - shown));
        }
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => names.concat(),
        }
    }
}

/// The text with a capital.
pub(in crate::report) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
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
