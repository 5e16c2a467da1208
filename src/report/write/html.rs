//! Text for an HTML page.

use std::borrow::Cow;

use super::medium::Medium;
use crate::model::Tone;
use crate::report::name::visible;

/// Text for elements and quoted attributes.
pub(in crate::report) struct Html;

impl Medium for Html {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        Cow::Owned(escaped(words))
    }

    fn name(&self, name: &str) -> String {
        escaped(name)
    }

    fn label(&self, label: &str) -> String {
        escaped(label)
    }

    fn path(&self, path: &str) -> String {
        escaped(path)
    }

    fn id(&self, id: &str) -> String {
        escaped(id)
    }

    fn code(&self, code: &str) -> String {
        format!("<code>{}</code>", escaped(code))
    }

    fn quoted(&self, words: &str, _is_last: bool) -> String {
        escaped(words)
    }

    fn line_break(&self) -> &'static str {
        "<br>"
    }

    fn toned(&self, tone: Tone, written: String) -> String {
        match tone {
            Tone::Strong => format!("<b>{written}</b>"),
            Tone::Term => format!("<i>{written}</i>"),
            Tone::Struck => format!("<s>{written}</s>"),
            Tone::Names | Tone::Dim | Tone::Guarded | Tone::Escalation | Tone::Grave(_) => written,
        }
    }
}

/// Text for an HTML page: in elements and in quoted attributes.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
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
