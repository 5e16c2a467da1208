//! What several terms have: names and selectors, ways, guards, and keys that must be there.

use crate::language::code::Code;
use crate::language::diagnostic::Diagnostic;
use crate::language::fields::{unknown_value, visible, wrong_type};
use crate::language::sink::Sink;
use crate::language::tree::{Text, Tree, Value};
use crate::language::values::texts;
use crate::model::{ANY, Place, Way, Within, Words};

/// The words of ways.
const WAYS: &[&str] = Way::VOCABULARY.words;

/// Names and selectors: one or a list of them, never none. `Some(None)` is what was reported already.
pub(super) type Found<T> = Option<Option<T>>;

/// Names and selectors.
pub(super) fn group<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Option<Vec<Text<'a>>> {
    let empty = value.is_null() || matches!(value.value, Value::List([]));
    if empty {
        wrong_type(key, value, "a name, a selector or a list of these", sink);
        return None;
    }
    let found = texts(key, value, sink);
    (!found.is_empty()).then_some(found)
}

/// Words as they are kept.
pub(super) fn words(texts: &[Text<'_>]) -> Words {
    texts.iter().map(|text| text.text.to_owned()).collect()
}

/// `by`: one way or a list of them.
pub(super) fn ways(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<Vec<Way>> {
    let mut ways = Vec::new();
    let found = texts(key, value, sink);
    for word in &found {
        match Way::from_text(word.text) {
            Some(way) if !ways.contains(&way) => ways.push(way),
            Some(_) => {}
            None => unknown_value(key.text, word, WAYS, sink),
        }
    }
    if found.is_empty() && !matches!(value.value, Value::Map(_)) {
        wrong_type(key, value, "a way such as `influence`, or a list of them", sink);
    }
    ways.sort_unstable();
    (!ways.is_empty()).then_some(ways)
}

/// `guards`: a number, or `any`.
pub(super) fn within(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<Within> {
    let found = match value.text() {
        Some(text) if text.text == ANY => Some(Within::Any),
        _ => value.plain().and_then(whole).map(Within::Guards),
    };
    if found.is_none() {
        wrong_type(key, value, "a whole number or `any`", sink);
    }
    found
}

/// A whole number without a sign.
pub(super) fn whole<T: std::str::FromStr>(digits: &str) -> Option<T> {
    let plain = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

/// What must be there. What is there and wrong has been reported.
pub(super) fn required<T>(
    found: Found<T>,
    missing: &str,
    term: &Text<'_>,
    help: &str,
    sink: &mut Sink,
) -> Option<T> {
    if found.is_none() {
        incomplete(format!("`{}` has no `{missing}`", term.text), term.place, help, sink);
    }
    found.flatten()
}

/// A term that does not say all it must say.
pub(super) fn incomplete(message: String, place: Place, help: &str, sink: &mut Sink) {
    sink.push(Diagnostic::new(Code::IncompleteRule, message).at(place, "says too little").help(help));
}

/// Where a value that was taken stands.
pub(super) fn at(key: &Text<'_>, value: &Tree<'_>) -> Place {
    visible(key, value)
}
