//! Why a side of a comparison cannot be read, in words for the person who named it.

use crate::spec::{Diagnostics, printable};

/// Why a side cannot be read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum InputError {
    /// The spec has mistakes.
    #[error("{0}")]
    Spec(#[from] Diagnostics),
    /// Anything else.
    #[error("{message}")]
    Problem {
        /// What is wrong: lower case, no full stop, the user's words in backticks.
        message: String,
        /// What to do.
        help: String,
    },
}

impl InputError {
    pub(super) fn problem(message: String, help: &str) -> Self {
        Self::Problem { message, help: help.to_owned() }
    }
}

/// Something on the disk that cannot be read.
pub(super) fn cannot_read(name: &str, problem: &std::io::Error) -> InputError {
    InputError::problem(
        format!("cannot read `{}`: {problem}", printable(name)),
        "check the path, and that you may read it",
    )
}
