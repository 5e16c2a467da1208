//! The located tree: what a YAML text says, before anyone asks what it means. Every key and value knows its place, and
//! scalars keep the text that was typed: `007` and `no` are names as good as any.

use std::rc::Rc;

use super::source::Place;

/// A piece of text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    /// The text, escapes resolved.
    pub text: Rc<str>,
    /// Where it stands; a quoted text with its quotes.
    pub place: Place,
}

/// A value. Cheap to clone, so that an alias shares what its anchor holds.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// Where it stands. For a mapping or a list the first character may be all there is.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// The three shapes of a value.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// One word, number or text.
    Scalar {
        /// The text as it was typed, escapes resolved.
        text: Rc<str>,
        /// Whether quotes (or a block style, or `!!str`) make it a text whatever it looks like.
        quoted: bool,
    },
    /// A list.
    List(Rc<[Tree]>),
    /// A mapping. Keys are in the order of the text and may repeat: the reader of the mapping reports that.
    Map(Rc<[Entry]>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The key.
    pub key: Text,
    /// The value.
    pub value: Tree,
}

impl Tree {
    /// Whether nothing stands here: an empty value, `~` or `null`.
    pub(super) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, quoted: false }
            if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The text of a scalar with its place.
    pub(super) fn text(&self) -> Option<Text> {
        match &self.value {
            Value::Scalar { text, .. } => Some(Text { text: Rc::clone(text), place: self.place }),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The text of an unquoted scalar: what may be a number or a boolean.
    pub(super) fn plain(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, quoted: false } => Some(text),
            _ => None,
        }
    }

    /// The boolean that stands here.
    pub(super) fn boolean(&self) -> Option<bool> {
        match self.plain()? {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// What stands here, in words for a message.
    pub(super) fn in_words(&self) -> String {
        match &self.value {
            _ if self.is_null() => "nothing".to_owned(),
            Value::Scalar { text, quoted: true } => format!("the text `{}`", quoted(text)),
            Value::Scalar { text, .. } => format!("`{}`", quoted(text)),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a mapping".to_owned(),
        }
    }
}

/// A user's text for a message: printable, and not longer than a line can take.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let start: String = text.chars().take(LONGEST).collect();
    let more = if start.len() < text.len() { "…" } else { "" };
    format!("{}{more}", printable(&start))
}

/// A user's text without characters that steer a terminal or turn the direction of what follows.
pub(super) fn printable(text: &str) -> String {
    let steers = |character: char| {
        character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|character| if steers(character) { char::REPLACEMENT_CHARACTER } else { character })
        .collect()
}
