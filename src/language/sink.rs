//! Where mistakes are put down: reading goes on after each, so that one run reports all of them.

use std::collections::HashSet;

use super::code::Code;
use super::diagnostic::Diagnostic;
use crate::model::Suggestions;

/// How many mistakes are kept: nobody reads as many, and a text may hold one in every few bytes.
const MOST_KEPT: usize = 10_000;

/// Mistakes found so far.
#[derive(Debug)]
pub(super) struct Sink {
    items: Vec<Diagnostic>,
    /// How many are kept, and how many were found beyond.
    most: usize,
    beyond: usize,
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

impl Default for Sink {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            most: MOST_KEPT,
            beyond: 0,
            waiting: None,
            suggestions: Suggestions::default(),
            names_missing: false,
            broken: HashSet::new(),
        }
    }
}

impl Sink {
    /// A sink for one file of so many, so that files can be read at the same time; it is [joined](Self::join) to that of the run then.
    pub(super) fn of_file(files: usize) -> Self {
        // So that they all together keep not many more than are kept in the end.
        let most = if files == 1 { MOST_KEPT } else { MOST_KEPT / files.max(1) + 100 };
        Self { waiting: Some(Vec::new()), most, ..Self::default() }
    }

    /// Takes over what was put down for a file. Its suggestions are looked for only now, in the order of the files: so they
    /// draw on the work of the run in the same order whatever is read at the same time.
    pub(super) fn join(&mut self, file: Self) {
        let before = self.items.len();
        let (kept, beyond) = (self.most.saturating_sub(before), file.beyond);
        self.beyond += beyond + file.items.len().saturating_sub(kept);
        self.items.extend(file.items.into_iter().take(kept));
        self.names_missing |= file.names_missing;
        for Waiting { item, word, known } in file.waiting.unwrap_or_default() {
            if before + item >= self.items.len() {
                break;
            }
            let help = self.suggestions.did_you_mean(&word, known.iter().copied());
            if let (Some(help), Some(item)) = (help, self.items.get_mut(before + item)) {
                item.help = Some(help);
            }
        }
    }

    /// Puts a mistake down whose word may be a slip of one of these.
    pub(super) fn push_slip(&mut self, diagnostic: Diagnostic, word: &str, known: &[&'static str]) {
        let help = match &mut self.waiting {
            _ if self.items.len() >= self.most => None,
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
        if self.items.len() < self.most {
            self.items.push(diagnostic);
        } else {
            self.beyond += 1;
        }
    }

    /// Whether there is none so far.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All mistakes in the order of the text, each once: what stands under an anchor is read at every alias. How many more there are
    /// comes last.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let mut seen = HashSet::new();
        let mut items = self.items;
        items.retain(|item| seen.insert((item.code, item.message.clone(), item.place())));
        items.sort_by_key(|item| (item.place(), item.code));
        if self.beyond > 0 {
            let message = format!("{} more mistakes were found and are not kept", self.beyond);
            items.push(
                Diagnostic::new(Code::TooMuch, message)
                    .help("mend the others first: the first ones often explain the rest"),
            );
        }
        items
    }
}
