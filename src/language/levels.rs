//! `review`: the levels of rules.

use indexmap::map::Entry as Slot;

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::fields::{entries, unique, unknown_key};
use super::sink::Sink;
use super::tree::{Entry, Text, Tree};
use super::values::choice;
use crate::model::quoted;
use crate::model::{Level, Rule};
use crate::model::{Review, Setting};

/// The keys of `review`.
pub(super) const REVIEW: &[&str] = &["levels"];

/// The words of levels.
pub(super) const LEVELS: &[&str] =
    &[Level::Error.as_str(), Level::Warning.as_str(), Level::Note.as_str(), Level::Off.as_str()];

/// Reads `review`.
pub(super) fn review(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Review {
    let mut review = Review::default();
    let body = entries(key, value, "a mapping, or nothing", sink).unwrap_or_default();
    for Entry { key, value } in &*unique(body, sink) {
        match key.text {
            "levels" => levels(&mut review, key, value, sink),
            _ => unknown_key(key, "in `review`", REVIEW, sink),
        }
    }
    review
}

/// Reads `levels`.
fn levels(review: &mut Review, key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) {
    let all = entries(key, value, "a mapping from rules to levels", sink).unwrap_or_default();
    for Entry { key, value } in &*unique(all, sink) {
        let level = choice(key, value, LEVELS, sink).and_then(Level::from_text);
        let Some(rule) = Rule::from_text(key.text) else {
            sink.push_slip(unknown_rule(key.text).at(key.place, "no such rule"), key.text, &rule_words());
            continue;
        };
        match review.levels.entry(rule) {
            Slot::Occupied(first) => sink.push(levelled_twice(rule, key, first.get())),
            // Without a level that is known it still counts as levelled, so that a second one is found.
            Slot::Vacant(free) => {
                let level = level.unwrap_or_else(|| rule.default_level());
                free.insert(Setting { level, place: key.place });
            }
        }
    }
}

/// A rule that has two levels: once by its id and once by its name, or in other letters.
fn levelled_twice(rule: Rule, key: &Text<'_>, first: &Setting) -> Diagnostic {
    let message = format!("{} ({}) is given two levels", rule.id(), rule.name());
    Diagnostic::new(Code::LevelledTwice, message)
        .at(key.place, "again")
        .at(first.place, "the first one")
        .help("a rule has an id and a name, and both mean the same: keep one of the lines")
}

/// A word that is neither the id nor the name of a rule.
pub(super) fn unknown_rule(word: &str) -> Diagnostic {
    let (first, last) = (Rule::ALL[0].id(), Rule::ALL[Rule::ALL.len() - 1].id());
    Diagnostic::new(Code::UnknownRule, format!("there is no rule `{}`", quoted(word))).help(format!(
        "the rules are {first} to {last}, and each has a name such as `{}`",
        Rule::ALL[0].name()
    ))
}

/// The ids and names of all rules.
pub(super) fn rule_words() -> Vec<&'static str> {
    Rule::ALL.iter().flat_map(|rule| [rule.id(), rule.name()]).collect()
}
