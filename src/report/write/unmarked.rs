//! Text that no mark tells from the words around it: for the terminal, painted or not, and for programs. Each writes names as what can be
//! seen of them.

use std::borrow::Cow;

use anstyle::Style;

use super::medium::Medium;
use crate::model::{Level, Tone};
use crate::report::name::visible;
use crate::report::style::{DIM, ESCALATION, GUARDED, STRONG, ZONE, paint};

/// A medium without markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Unmarked {
    /// Without colour: for terminals' columns, and for formats that only take words.
    Plain,
    /// The same, painted.
    Terminal,
    /// A value that programs read: code stands in it as it is typed.
    Bare,
}

impl Medium for Unmarked {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        Cow::Borrowed(words)
    }

    fn name(&self, name: &str) -> String {
        visible(name)
    }

    fn label(&self, label: &str) -> String {
        visible(label)
    }

    fn path(&self, path: &str) -> String {
        visible(path)
    }

    fn id(&self, id: &str) -> String {
        visible(id)
    }

    fn code(&self, code: &str) -> String {
        match self {
            Self::Plain | Self::Terminal => format!("`{}`", visible(code)),
            Self::Bare => code.to_owned(),
        }
    }

    fn quoted(&self, words: &str, _is_last: bool) -> String {
        visible(words)
    }

    fn toned(&self, tone: Tone, written: String) -> String {
        let style = match (self, tone) {
            (Self::Plain | Self::Bare, _) | (Self::Terminal, Tone::Term | Tone::Names | Tone::Struck) => {
                return written;
            }
            (Self::Terminal, Tone::Grave(level)) => grave(level),
            (Self::Terminal, Tone::Strong) => STRONG,
            (Self::Terminal, Tone::Dim) => DIM,
            (Self::Terminal, Tone::Guarded) => GUARDED,
            (Self::Terminal, Tone::Escalation) => ESCALATION,
        };
        paint(style, &written)
    }
}

/// How a level is painted.
pub(in crate::report) fn grave(level: Level) -> Style {
    match level {
        Level::Error => ESCALATION.bold(),
        Level::Warning => GUARDED.bold(),
        Level::Note | Level::Off => ZONE.bold(),
    }
}
