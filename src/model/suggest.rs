//! "Did you mean": the nearest of the words that would have been right. The work of a whole run is bounded, because ten
//! thousand unknown names among ten thousand nodes would cost a hundred million comparisons, and nobody reads past fifty.

use super::hidden::quoted;

/// How many cells of distance tables one run may fill: about a tenth of a second.
const WORK: usize = 50_000_000;

/// Finds the nearest words, until the run's work is used up.
#[derive(Debug)]
pub(crate) struct Suggestions {
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: WORK }
    }
}

impl Suggestions {
    /// The candidate nearest to `word`, if one is near enough to be a slip of the fingers. Of equals the first.
    pub(crate) fn nearest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let mut best: Option<(usize, &'a str)> = None;
        let word_lower = word.to_lowercase();
        for candidate in candidates {
            if self.left == 0 {
                break;
            }
            let distance = self.distance(&word_lower, candidate);
            if distance.is_some_and(|found| best.is_none_or(|(least, _)| found < least)) {
                best = distance.map(|found| (found, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    /// `nearest` as the sentence of a help.
    pub(crate) fn did_you_mean<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        self.nearest(word, candidates).map(|found| format!("did you mean `{}`?", quoted(found)))
    }

    /// How many slips apart two words are, if few enough. Case is no slip.
    fn distance(&mut self, word: &str, candidate: &str) -> Option<usize> {
        let allowed = word.len().max(candidate.len()) / 3;
        if word.len().abs_diff(candidate.len()) > allowed {
            self.left = self.left.saturating_sub(1);
            return None;
        }
        self.left = self.left.saturating_sub(1 + word.len() * candidate.len());
        let found = strsim::osa_distance(word, &candidate.to_lowercase());
        (found <= allowed).then_some(found)
    }
}

/// Words as an enumeration: commas, and `last` before the last one.
pub(crate) fn join_words_plain(words: &[&str], last: &str) -> String {
    match words.split_last() {
        Some((end, [])) => (*end).to_owned(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
        None => String::new(),
    }
}
