//! An acceptance → the text of its entry: a mapping on one line, every value quoted where YAML needs it.

use super::new_acceptance::NewAcceptance;
use crate::model::{Accepted, is_hidden};

/// How keys and texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes where they are not needed.
    Yaml,
    /// As JSON: the whole file is, and stays so.
    Json,
}

/// An item of a list, as it stands on lines of its own and as it stands in brackets.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its lines, without the dash and the indentation of the list.
    pub lines: Vec<String>,
    /// The same on one line.
    pub line: String,
}

impl Item {
    /// An item that is one line either way.
    pub(super) fn of_line(line: String) -> Self {
        Self { lines: vec![line.clone()], line }
    }
}

/// The entry.
pub(super) fn entry(new: &NewAcceptance, style: Style) -> String {
    let word = |text: &str| word(text, style);
    let mut fields = match &new.what {
        Accepted::Pair { from, to } => vec![("from", word(from)), ("to", word(to))],
        Accepted::Edge { from, verb, to } => {
            let edge = [("from", word(from)), ("verb", word(verb.as_str())), ("to", word(to))];
            vec![("edge", mapping(&edge, style))]
        }
        Accepted::Finding { rule, hash } => vec![("finding", quoted(&format!("{}:{hash}", rule.id())))],
        Accepted::Spec { path } => vec![("spec", word(path))],
    };
    fields.push(("reason", quoted(&new.reason)));
    fields.extend(new.owner.as_deref().map(|owner| ("owner", word(owner))));
    fields.extend(new.ticket.as_deref().map(|ticket| ("ticket", word(ticket))));
    fields.extend(new.expires.map(|day| {
        let day = day.to_string();
        ("expires", if style == Style::Json { quoted(&day) } else { day })
    }));
    mapping(&fields, style)
}

/// A mapping on one line.
pub(super) fn mapping(fields: &[(&str, String)], style: Style) -> String {
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}: {value}", key(name, style))).collect();
    format!("{{{}}}", fields.join(", "))
}

/// A key of the language.
pub(super) fn key(name: &str, style: Style) -> String {
    if style == Style::Json { quoted(name) } else { name.to_owned() }
}

/// A text, without quotes where every reader of YAML takes it for a text.
pub(super) fn word(text: &str, style: Style) -> String {
    let plain = style == Style::Yaml && is_plain(text);
    if plain { text.to_owned() } else { quoted(text) }
}

/// Whether a text needs no quotes, also inside of brackets and for readers of older YAML.
fn is_plain(text: &str) -> bool {
    const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|one| one.is_ascii_alphanumeric() || " -_./@+".contains(one))
        && text.trim_end() == text
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// A text in double quotes, as both JSON and YAML read it. What could not be seen or would turn the line around is escaped; all of
/// it has four digits.
pub(super) fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let mut written = String::with_capacity(json.len());
    for character in json.chars() {
        if is_hidden(character) {
            written.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            written.push(character);
        }
    }
    written
}
