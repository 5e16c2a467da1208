//! The located tree: what a YAML text says, before anyone asks what it means. Every key and value knows its place, and
//! scalars keep the text that was typed: `007` and `no` are names as good as any.

use crate::model::{Place, quoted};

/// A piece of text with its place. It borrows from the source, or from the arena where escapes had to be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Text<'a> {
    /// The text, escapes resolved.
    pub text: &'a str,
    /// Where it stands; a quoted text with its quotes.
    pub place: Place,
}

/// A value. It lies in an arena and is copied by reference, so that an alias shares what its anchor holds and a large text
/// costs no allocation a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tree<'a> {
    /// Where it stands. For a mapping or a list the first character may be all there is.
    pub place: Place,
    /// What it is.
    pub value: Value<'a>,
}

/// The three shapes of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    /// One word, number or text.
    Scalar {
        /// The text as it was typed, escapes resolved.
        text: &'a str,
        /// Whether quotes (or a block style, or `!!str`) make it a text whatever it looks like.
        quoted: bool,
    },
    /// A list.
    List(&'a [Tree<'a>]),
    /// A mapping. Keys are in the order of the text and may repeat: the reader of the mapping reports that.
    Map(&'a [Entry<'a>]),
}

/// A key and its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    /// The key.
    pub key: Text<'a>,
    /// The value.
    pub value: Tree<'a>,
}

impl<'a> Tree<'a> {
    /// Whether nothing stands here: an empty value, `~` or `null`.
    pub(super) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, quoted: false }
            if matches!(*text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The text of a scalar with its place.
    pub(super) fn text(&self) -> Option<Text<'a>> {
        match self.value {
            Value::Scalar { text, .. } => Some(Text { text, place: self.place }),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The text of an unquoted scalar: what may be a number or a boolean.
    pub(super) fn plain(&self) -> Option<&'a str> {
        match self.value {
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
            Value::List([]) => "an empty list".to_owned(),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a mapping".to_owned(),
        }
    }
}
