//! What the pages of a change still put into sentences early: names, paths and code as markup.

use super::name::visible;
pub(super) use super::pages::PageStyle;
use super::write::{self, Markdown, Terminal, markdown_escape};
use crate::model::{Spec, Text};

impl PageStyle {
    /// A text, with the names of a spec.
    pub(super) fn text(self, names: &Spec, text: &Text) -> String {
        match self {
            Self::Text => write::text(&Terminal, names, text),
            Self::Markdown => write::text(&Markdown, names, text),
        }
    }

    /// A path on one line, or places in files: people read them without marks.
    pub(super) fn path(self, path: &str) -> String {
        match self {
            Self::Text => visible(path),
            Self::Markdown => markdown_escape::route(path),
        }
    }

    /// A sentence that somebody else wrote.
    pub(super) fn quoted(self, sentence: &str) -> String {
        Page::quoted(self)(sentence)
    }

    /// What is typed, or written into a spec.
    pub(super) fn code(self, text: &str) -> String {
        Page::code(self)(text)
    }
}

/// How a page writes what is not its own words.
pub(super) struct Page;

impl Page {
    /// How something to write into a spec or a shell is written.
    pub(super) fn code(style: PageStyle) -> fn(&str) -> String {
        match style {
            PageStyle::Text => |words| format!("`{}`", visible(words)),
            PageStyle::Markdown => markdown_escape::command,
        }
    }

    /// What somebody else wrote, a sentence or a location.
    pub(super) fn quoted(style: PageStyle) -> fn(&str) -> String {
        match style {
            PageStyle::Text => visible,
            PageStyle::Markdown => markdown_escape::prose,
        }
    }
}
