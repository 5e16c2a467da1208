//! Why a command could not run, in words for the person who typed it. Every one of these is exit code 2, but for what was found and
//! has been said.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use super::global::GlobalArgs;
use crate::Error;
use crate::fleet::PlanError;
use crate::input::InputError;
use crate::language::{Diagnostics, EditError};
use crate::model::{SelectionError, WhatIfError};
use crate::report;
use crate::report::diagnostics::plain;

/// Why a command could not run.
#[derive(Debug)]
pub(super) enum CliError {
    /// The spec is wrong.
    Spec(Diagnostics),
    /// Anything else that the user can mend: what is wrong, what to do.
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// The answer cannot be written.
    Write {
        /// Where to.
        target: String,
        /// Why.
        problem: io::Error,
    },
    /// The command looks for something, has found it, and has said so.
    Found,
}

impl CliError {
    pub(super) fn usage(message: String, help: &str) -> Self {
        Self::Usage { message, help: help.to_owned() }
    }

    pub(super) fn write(path: &Path, problem: io::Error) -> Self {
        Self::Write { target: format!("`{}`", path.display()), problem }
    }

    /// Whether the reader of the answer went away, which is its right.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write { problem, .. } if problem.kind() == io::ErrorKind::BrokenPipe)
    }

    /// How the process exits.
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(if matches!(self, Self::Found) { 1 } else { 2 })
    }

    /// Tells the user on the standard error.
    pub(super) fn print(&self, global: &GlobalArgs) {
        let stderr = io::stderr();
        let colour = global.colour(&stderr);
        let text = match self {
            Self::Found => return,
            Self::Spec(diagnostics) => {
                report::without_commands(&report::diagnostics::render(diagnostics, colour)).into_owned()
            }
            Self::Usage { message, help } => plain(message, help),
            Self::Write { target, problem } => {
                plain(&format!("cannot write to {target}: {problem}"), "nothing was left half written")
            }
        };
        // Where not even this can be written there is nobody left to tell.
        let _ = io::Write::write_all(&mut stderr.lock(), text.as_bytes());
    }
}

/// What is wrong with the spec stays what it is, with its places; anything else is said in a line, and what to do in another.
impl From<Error> for CliError {
    fn from(problem: Error) -> Self {
        match problem.diagnostics() {
            Some(mistakes) => Self::Spec(mistakes.clone()),
            None => Self::Usage {
                message: problem.to_string(),
                help: problem.help().unwrap_or_default().into_owned(),
            },
        }
    }
}

/// The library's errors that a command hands on as they are. One that cannot write says where to: [`CliError::write`].
macro_rules! handed_on {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for CliError {
            fn from(problem: $error) -> Self {
                Error::from(problem).into()
            }
        }
    )+};
}

handed_on!(
    Diagnostics,
    InputError,
    SelectionError,
    WhatIfError,
    EditError,
    PlanError,
    report::DrawError,
    report::SvgError,
);
