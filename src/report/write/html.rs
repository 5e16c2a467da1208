//! Text for an HTML page.

use std::borrow::Cow;

use super::Medium;
use crate::model::Tone;
use crate::report::escape::page;

/// Text for elements and quoted attributes.
pub(in crate::report) struct Html;

impl Medium for Html {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        Cow::Owned(page(words))
    }

    fn name(&self, name: &str) -> String {
        page(name)
    }

    fn label(&self, label: &str) -> String {
        page(label)
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
            Tone::Term => format!("<i>{written}</i>"),
            Tone::Dim | Tone::Guarded | Tone::Escalation => written,
        }
    }
}
