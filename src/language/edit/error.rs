//! Why an entry was not written. Nothing has been changed then.

use super::entry::{Style, entry};
use super::new_acceptance::NewAcceptance;
use crate::language::diagnostic::Diagnostics;

/// Why an entry was not written.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The text is no spec.
    #[error("{0}")]
    Spec(Diagnostics),
    /// A text that no entry can hold.
    #[error("`{field}` {problem}")]
    Value {
        /// The key of the entry.
        field: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// An entry that no spec can hold.
    #[error("{message}")]
    Entry {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// The same is accepted already.
    #[error("this is accepted already, at {location}")]
    Present {
        /// The file and the line.
        location: String,
    },
    /// The list comes from an alias or a merge key: whatever is added there would be added elsewhere too, or hide what is there.
    #[error("`{key}` comes from an alias or a merge key, so that an entry cannot be changed in it alone")]
    Indirect {
        /// The key of the list.
        key: &'static str,
    },
    /// The file is laid out in a way in which an entry cannot be added without changing what is there.
    #[error("the entry cannot be added to this file without changing something else")]
    Layout {
        /// The key of the list.
        key: &'static str,
        /// The entry to be written by hand.
        entry: String,
    },
}

impl EditError {
    /// An entry that has to be written by hand.
    pub(super) fn layout(new: &NewAcceptance) -> Self {
        Self::Layout { key: "accept", entry: entry(new, Style::Yaml) }
    }

    /// An entry with a mistake that the loader finds.
    pub(super) fn entry(found: Diagnostics, new: &NewAcceptance) -> Self {
        let first = found.items.into_iter().next();
        first.map_or_else(|| Self::layout(new), |item| Self::Entry { message: item.message, help: item.help })
    }

    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Spec(_) => {
                "mend the spec first; `crabwalk check` says all that is wrong with it".to_owned()
            }
            Self::Value { field, .. } => format!("give `{field}` as one line of text"),
            Self::Entry { help, .. } => help.clone().unwrap_or_default(),
            Self::Present { .. } => "change that entry, or remove it first".to_owned(),
            Self::Indirect { key } => format!("write the list out under `{key}:` in place of the alias"),
            Self::Layout { key, entry } => {
                format!("nothing was changed; write it under `{key}` by hand: `- {entry}`")
            }
        }
    }
}
