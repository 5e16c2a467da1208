//! Single values: texts, lists of texts, booleans, words of a closed set. Each is checked, and kept as JSON where the output
//! contract repeats it.

use serde_json::{Map, Number, Value as Json};

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::fields::{entries, unique, unknown_key, unknown_value, visible, wrong_type};
use super::sink::Sink;
use super::tree::{Text, Tree, Value};
use crate::model::{CONTROLS, Place};

/// One text.
pub(super) fn text<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Option<Text<'a>> {
    let found = value.text().filter(|_| !value.is_null());
    if found.is_none() {
        wrong_type(key, value, "a text", sink);
    }
    found
}

/// A name. A bare `null` is one here.
pub(super) fn name<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Option<Text<'a>> {
    let found = value.text().filter(|name| !name.text.is_empty());
    if found.is_none() {
        wrong_type(key, value, "a name", sink);
    }
    found
}

/// A list of texts, or one. Nothing is an empty list; items of another shape are reported and left out.
pub(super) fn texts<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Vec<Text<'a>> {
    match value.value {
        Value::List(items) => items.iter().filter_map(|item| one_text(key, item, sink)).collect(),
        _ if value.is_null() => Vec::new(),
        Value::Scalar { .. } => value.text().into_iter().collect(),
        Value::Map(_) => {
            wrong_type(key, value, "a text or a list of texts", sink);
            Vec::new()
        }
    }
}

/// One item of a list of texts. A bare `null` is the name `null` here, but an empty item is a mistake.
fn one_text<'a>(key: &Text<'_>, item: &Tree<'a>, sink: &mut Sink) -> Option<Text<'a>> {
    let found = item.text().filter(|text| !text.text.is_empty());
    if found.is_none() {
        let message = format!("each item of `{}` must be a text, not {}", key.text, item.in_words());
        let place = if item.place.len == 0 { key.place } else { item.place };
        sink.push(Diagnostic::new(Code::WrongType, message).at(place, "must be a text"));
    }
    found
}

/// `true` or `false`.
pub(super) fn boolean(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<bool> {
    let found = value.boolean();
    if found.is_none() {
        let message = format!("`{}` must be `true` or `false`, not {}", key.text, value.in_words());
        let help = value.plain().and_then(as_boolean).map(|meant| format!("write `{meant}`"));
        sink.push(
            Diagnostic::new(Code::WrongType, message)
                .at(visible(key, value), "must be `true` or `false`")
                .maybe_help(help),
        );
    }
    found
}

/// What older YAML took for a boolean.
fn as_boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "1" => Some(true),
        "no" | "n" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// One of the allowed words.
pub(super) fn choice(
    key: &Text<'_>,
    value: &Tree<'_>,
    allowed: &'static [&'static str],
    sink: &mut Sink,
) -> Option<&'static str> {
    let Some(word) = value.text().filter(|word| !value.is_null() && !word.text.is_empty()) else {
        wrong_type(key, value, "a word", sink);
        return None;
    };
    let found = allowed.iter().copied().find(|one| *one == word.text);
    if found.is_none() {
        unknown_value(key.text, &word, allowed, sink);
    }
    found
}

/// `controls`: checks by name, each a boolean, a number or a text.
pub(super) fn controls(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<Map<String, Json>> {
    let mut found = Map::new();
    for entry in &*unique(entries(key, value, "a mapping of checks", sink)?, sink) {
        if !CONTROLS.contains(&entry.key.text) {
            unknown_key(&entry.key, "in `controls`", CONTROLS, sink);
        } else if let Some(setting) = setting(&entry.value) {
            found.insert(entry.key.text.to_string(), setting);
        } else {
            wrong_type(&entry.key, &entry.value, "`true`, `false`, a number or a text", sink);
        }
    }
    Some(found)
}

/// A boolean, a number or a text, as JSON.
fn setting(value: &Tree<'_>) -> Option<Json> {
    let text = value.text().filter(|_| !value.is_null())?;
    let number = || value.plain().and_then(number).map(Json::Number);
    Some(
        value
            .boolean()
            .map(Json::Bool)
            .or_else(number)
            .unwrap_or_else(|| Json::String(text.text.to_string())),
    )
}

/// The number that a plain text is. `007` is one in YAML, but its zeros would be lost: it stays a text.
fn number(text: &str) -> Option<Number> {
    let digits = text.trim_start_matches(['-', '+']);
    let zeros = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if zeros || !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    text.parse::<i64>().ok().map(Number::from).or_else(|| Number::from_f64(text.parse().ok()?))
}

/// A sentence that has to be there, without blanks around it. What is said where it is missing takes the place of its absence. A value
/// that is no text has been told of where it was read.
pub(super) fn sentence(
    found: Option<Option<Text<'_>>>,
    entry: Place,
    missing: impl FnOnce(Place) -> Diagnostic,
    sink: &mut Sink,
) -> Option<String> {
    let place = match found {
        Some(None) => return None,
        Some(Some(text)) if !text.text.trim().is_empty() => return Some(text.text.trim().to_owned()),
        Some(Some(text)) => text.place,
        None => entry,
    };
    sink.push(missing(place));
    None
}
