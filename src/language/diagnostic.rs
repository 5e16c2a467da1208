//! A mistake in a spec, as data: code, message, places, way out. Rendering it is the report's business.

use super::code::Code;
use crate::model::{Place, SourceFile};

/// One mistake.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// What is wrong: lower case, no full stop, the user's words in backticks.
    pub message: String,
    /// Where: the first is the place to look at, further ones help to understand it. Empty where no text is at fault.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A mistake that has no place and no way out yet.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), labels: Vec::new(), help: None }
    }

    /// Adds a place with a word about it; the first is the one to look at.
    #[must_use]
    pub(super) fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says what to do, if there is something to say.
    #[must_use]
    pub(super) fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }

    /// The place to look at.
    pub(super) fn place(&self) -> Option<Place> {
        self.labels.first().map(|label| label.place)
    }
}

/// A place in the text with a word about it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Label {
    /// The place.
    pub place: Place,
    /// The word; may be empty.
    pub text: String,
}

/// Why a spec could not be loaded: every mistake of every file, in the order of the text, with the files they point into.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnostics {
    /// The files that were read.
    pub files: Vec<SourceFile>,
    /// The mistakes; never empty.
    pub items: Vec<Diagnostic>,
}

impl std::fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.items.as_slice() {
            [one] => write!(formatter, "{}: {}", one.code.as_str(), one.message),
            items => write!(formatter, "{} mistakes in the spec", items.len()),
        }
    }
}

impl std::error::Error for Diagnostics {}
