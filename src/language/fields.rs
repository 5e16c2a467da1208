//! Reading mappings: each key once, only known keys, values of the right shape; what is wrong goes to the sink and the rest
//! is read on.

use crate::model::{Place, join_words_plain, quoted};
use std::borrow::Cow;
use std::collections::HashMap;

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::sink::Sink;
use super::tree::{Entry, Text, Tree, Value};

/// The entries of a mapping. Nothing at all is an empty mapping; anything else is a mistake and nothing.
pub(super) fn entries<'a>(
    key: &Text<'_>,
    value: &Tree<'a>,
    expected: &str,
    sink: &mut Sink,
) -> Option<&'a [Entry<'a>]> {
    match value.value {
        Value::Map(entries) => Some(entries),
        _ if value.is_null() => Some(&[]),
        _ => {
            wrong_type(key, value, expected, sink);
            None
        }
    }
}

/// Up to this many keys are compared pair by pair, which is faster than any table.
const FEW: usize = 16;

/// The entries of a mapping with each key once; the second of two is reported and left out.
pub(super) fn unique<'a>(entries: &'a [Entry<'a>], sink: &mut Sink) -> Cow<'a, [Entry<'a>]> {
    let few = entries.len() <= FEW;
    let is_twice = |(at, entry): (usize, &Entry<'_>)| {
        entries[..at].iter().any(|earlier| earlier.key.text == entry.key.text)
    };
    if few && !entries.iter().enumerate().any(is_twice) {
        return Cow::Borrowed(entries);
    }
    let mut first: HashMap<&str, Place> = HashMap::with_capacity(entries.len());
    let mut unique = Vec::with_capacity(entries.len());
    for entry in entries {
        match first.get(entry.key.text) {
            Some(place) => sink.push(duplicate(&entry.key, *place)),
            None => {
                first.insert(entry.key.text, entry.key.place);
                unique.push(*entry);
            }
        }
    }
    Cow::Owned(unique)
}

/// A key that stands twice.
fn duplicate(key: &Text<'_>, first: Place) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, format!("the key `{}` stands twice here", quoted(key.text)))
        .at(key.place, "again")
        .at(first, "the first one")
        .help("put both contents under one key")
}

/// A key that is none of the known ones. `whose` says where it stands: `in a zone`.
pub(super) fn unknown_key(key: &Text<'_>, whose: &str, known: &[&'static str], sink: &mut Sink) {
    let diagnostic = Diagnostic::new(Code::UnknownKey, format!("unknown key `{}` {whose}", quoted(key.text)))
        .at(key.place, "unknown")
        .help(format!("the keys here are {}", list_words(known)));
    sink.push_slip(diagnostic, key.text, known);
}

/// A value of the wrong shape. `expected` completes "`key` must be …".
pub(super) fn wrong_type(key: &Text<'_>, value: &Tree<'_>, expected: &str, sink: &mut Sink) {
    let message = format!("`{}` must be {expected}, not {}", quoted(key.text), value.in_words());
    sink.push(
        Diagnostic::new(Code::WrongType, message).at(visible(key, value), format!("must be {expected}")),
    );
}

/// A word that is none of the allowed ones.
pub(super) fn unknown_value(key: &str, word: &Text<'_>, allowed: &[&'static str], sink: &mut Sink) {
    let diagnostic =
        Diagnostic::new(Code::UnknownValue, format!("`{}` cannot be `{}`", quoted(key), quoted(word.text)))
            .at(word.place, "unknown")
            .help(format!("write {}", choice_words(allowed)));
    sink.push_slip(diagnostic, word.text, allowed);
}

/// The value's place if there is anything to see, else that of its key.
pub(super) fn visible(key: &Text<'_>, value: &Tree<'_>) -> Place {
    let shows = matches!(value.value, Value::Scalar { .. }) && value.place.len > 0;
    if shows { value.place } else { key.place }
}

/// `a`, `b` and `c`.
pub(super) fn list_words(words: &[&str]) -> String {
    join_words(words, "and")
}

/// `a`, `b` or `c`.
pub(super) fn choice_words(words: &[&str]) -> String {
    join_words(words, "or")
}

fn join_words(words: &[&str], last: &str) -> String {
    let ticked: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let ticked: Vec<&str> = ticked.iter().map(String::as_str).collect();
    join_words_plain(&ticked, last)
}
