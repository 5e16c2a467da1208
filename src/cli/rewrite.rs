//! A file of the spec with other text: replaced whole or not at all, if it still holds what was read.

use std::fs;
use std::path::{Path, PathBuf};

use super::destination::OutputArgs;
use super::error::CliError;
use crate::spec::{EditError, SourceFile};

/// Writes the text where the file came from: over the file, or to the standard output if it came from the standard input.
pub(super) fn write(file: &SourceFile, text: &str, inputs: &[PathBuf]) -> Result<(), CliError> {
    if is_stdin(file, inputs) {
        return OutputArgs { output: None }.stream(|out| out.write_all(text.as_bytes()));
    }
    let path = PathBuf::from(file.name());
    let now = fs::read(&path).map_err(|problem| CliError::write(&path, problem))?;
    if now != file.text().as_bytes() {
        return Err(changed_meanwhile(&path));
    }
    OutputArgs { output: Some(path) }.stream(|out| out.write_all(text.as_bytes()))
}

/// Whether a file is what came in by the standard input.
pub(super) fn is_stdin(file: &SourceFile, inputs: &[PathBuf]) -> bool {
    file.name() == "stdin" && inputs.iter().any(|input| input.as_os_str() == "-")
}

fn changed_meanwhile(path: &Path) -> CliError {
    CliError::usage(
        format!("`{}` was changed while it was being read", path.display()),
        "run the command again",
    )
}

impl From<EditError> for CliError {
    fn from(problem: EditError) -> Self {
        let help = problem.help();
        match problem {
            EditError::Spec(diagnostics) => Self::Spec(diagnostics),
            other => Self::usage(other.to_string(), &help),
        }
    }
}
