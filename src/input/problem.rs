//! Why a side of a comparison cannot be read, in words for the person who named it.

use std::path::Path;

use crate::language::{Code, Diagnostic, Diagnostics};
use crate::model::printable;

/// Why a side cannot be read.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
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

    /// What must not be read, without any file in which it would stand.
    pub(super) fn refused(items: Vec<Diagnostic>) -> Self {
        Self::Spec(Diagnostics { files: Vec::new(), items })
    }

    /// The same as mistakes of a spec.
    pub(super) fn into_diagnostics(self) -> Diagnostics {
        match self {
            Self::Spec(diagnostics) => diagnostics,
            Self::Problem { message, help } => {
                let item = Diagnostic::new(Code::CannotRead, message);
                let item = if help.is_empty() { item } else { item.help(help) };
                Diagnostics { files: Vec::new(), items: vec![item] }
            }
        }
    }
}

/// Something on the disk that cannot be read.
pub(super) fn cannot_read(name: &str, problem: &std::io::Error) -> InputError {
    InputError::problem(
        format!("cannot read `{}`: {problem}", printable(name)),
        "check the path, and that you may read it",
    )
}

/// A file that nobody would call a spec.
pub(super) fn too_large(name: &str) -> Diagnostic {
    Diagnostic::new(Code::TooMuch, format!("`{}` is larger than a spec can be (1 GiB)", printable(name)))
        .help("split it: a directory can hold a spec in parts")
}

/// A path of a repository for a message.
pub(super) fn name(path: &Path, root: &Path) -> String {
    printable(&path.strip_prefix(root).unwrap_or(path).to_string_lossy())
}
