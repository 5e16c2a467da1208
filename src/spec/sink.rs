//! Where mistakes are put down: reading goes on after each, so that one run reports all of them.

use std::collections::HashSet;

use super::code::Code;
use super::diagnostic::{Diagnostic, Label};
use super::source::Place;
use super::suggest::Suggestions;

/// Mistakes found so far.
#[derive(Debug, Default)]
pub(super) struct Sink {
    items: Vec<Diagnostic>,
    /// Of a file's own sink: the suggestions that wait for the files before.
    waiting: Option<Vec<Waiting>>,
    /// The "did you mean" of this run: its work is bounded over all mistakes together.
    pub suggestions: Suggestions,
    /// Whether something that may declare names could not be read: then an unknown name is no news.
    pub names_missing: bool,
    /// The files whose bytes are no text: there is nothing in them to read on.
    pub broken: HashSet<u32>,
}

/// A mistake with a word that may be a slip of one of these.
#[derive(Debug)]
struct Waiting {
    item: usize,
    word: String,
    known: Vec<&'static str>,
}

impl Sink {
    /// A sink for one file, so that files can be read at the same time; it is [joined](Self::join) to that of the run then.
    pub(super) fn of_file() -> Self {
        Self { waiting: Some(Vec::new()), ..Self::default() }
    }

    /// Takes over what was put down for a file. Its suggestions are looked for only now, in the order of the files: so they
    /// draw on the work of the run in the same order whatever is read at the same time.
    pub(super) fn join(&mut self, file: Self) {
        let before = self.items.len();
        self.items.extend(file.items);
        self.names_missing |= file.names_missing;
        for Waiting { item, word, known } in file.waiting.unwrap_or_default() {
            let help = self.suggestions.did_you_mean(&word, known.iter().copied());
            if let (Some(help), Some(item)) = (help, self.items.get_mut(before + item)) {
                item.help = Some(help);
            }
        }
    }

    /// Puts a mistake down whose word may be a slip of one of these.
    pub(super) fn push_slip(&mut self, diagnostic: Diagnostic, word: &str, known: &[&'static str]) {
        let help = match &mut self.waiting {
            Some(waiting) => {
                waiting.push(Waiting {
                    item: self.items.len(),
                    word: word.to_owned(),
                    known: known.to_vec(),
                });
                None
            }
            None => self.suggestions.did_you_mean(word, known.iter().copied()),
        };
        self.push(diagnostic.maybe_help(help));
    }

    /// Puts a mistake down.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Whether there is none so far.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All mistakes in the order of the text, each once: what stands under an anchor is read at every alias.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let mut seen = HashSet::new();
        let mut items = self.items;
        items.retain(|item| seen.insert((item.code, item.message.clone(), item.place())));
        items.sort_by_key(|item| (item.place(), item.code));
        items
    }
}

impl Diagnostic {
    /// A mistake that has no place and no way out yet.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), labels: Vec::new(), help: None }
    }

    /// Adds a place with a word about it; the first is the one to look at.
    #[must_use]
    pub(super) fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says what to do, if there is something to say.
    #[must_use]
    pub(super) fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }

    /// The place to look at.
    fn place(&self) -> Option<Place> {
        self.labels.first().map(|label| label.place)
    }
}
