//! Text for an HTML page.

use std::borrow::Cow;

use super::Medium;
use crate::model::{Tone, printable};

/// Text for elements and quoted attributes.
pub(in crate::report) struct Html;

impl Medium for Html {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        Cow::Owned(page(words))
    }

    fn name(&self, name: &str) -> String {
        page(name)
    }

    fn path(&self, path: &str) -> String {
        page(path)
    }

    fn id(&self, id: &str) -> String {
        page(id)
    }

    fn code(&self, code: &str) -> String {
        format!("<code>{}</code>", page(code))
    }

    fn quoted(&self, words: &str, _is_last: bool) -> String {
        page(words)
    }

    fn toned(&self, tone: Tone, written: String) -> String {
        match tone {
            Tone::Strong => format!("<b>{written}</b>"),
            Tone::Dim | Tone::Guarded | Tone::Escalation => written,
        }
    }
}

/// Text for an HTML page: in elements and in quoted attributes.
pub(in crate::report) fn page(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}
