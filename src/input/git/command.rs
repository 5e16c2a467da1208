//! Running `git`: without a shell, without a pager, with nothing that writes, asks the user or asks the network.

use std::borrow::Cow;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::input::problem::InputError;
use crate::model::printable;

/// How many characters of what git says are repeated.
const LONGEST: usize = 200;

/// What git answers.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) succeeded: bool,
    pub(super) output: Vec<u8>,
    errors: Vec<u8>,
}

impl Answer {
    /// The answer as text.
    pub(super) fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.output)
    }

    /// What git says is wrong, in its own words.
    pub(super) fn said(&self) -> String {
        let text = String::from_utf8_lossy(&self.errors);
        let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("git gives no reason");
        let line = line.trim().trim_start_matches("fatal: ");
        printable(&line.chars().take(LONGEST).collect::<String>())
    }

    /// The answer of a question that has one.
    pub(super) fn expected(self) -> Result<Self, InputError> {
        if self.succeeded {
            return Ok(self);
        }
        Err(InputError::problem(format!("git cannot read the repository: {}", self.said()), "try `git fsck`"))
    }
}

/// git with these arguments, in a directory. Arguments that come from a user must not begin with a dash.
pub(super) fn command(start: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    // A file system monitor would be a program of the repository's choosing.
    command.args(["--no-pager", "-c", "core.fsmonitor=false"]).args(arguments).current_dir(start);
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    // Paths stand for themselves, and what git says is compared with nothing but shown as it is.
    command.env("GIT_LITERAL_PATHSPECS", "1").env("LC_ALL", "C");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs git to its end.
///
/// # Errors
/// If it cannot be started.
pub(super) fn run(start: &Path, arguments: &[&str]) -> Result<Answer, InputError> {
    finish(start, command(start, arguments))
}

/// Runs a prepared git to its end.
///
/// # Errors
/// If it cannot be started.
pub(super) fn finish(start: &Path, mut git: Command) -> Result<Answer, InputError> {
    let output = git.output().map_err(|problem| not_started(start, &problem))?;
    Ok(Answer { succeeded: output.status.success(), output: output.stdout, errors: output.stderr })
}

/// Why git cannot be started. A directory that is not there is also "not found".
pub(super) fn not_started(start: &Path, problem: &std::io::Error) -> InputError {
    if problem.kind() == std::io::ErrorKind::NotFound && start.is_dir() {
        return InputError::problem(
            "a revision is read with `git`, and there is no such program here".to_owned(),
            "install git, or name files",
        );
    }
    InputError::problem(format!("`git` cannot be started: {problem}"), "check that `git --version` runs here")
}

/// What git answered is of no form that this program knows.
pub(super) fn unclear() -> InputError {
    InputError::problem(
        "git gave an answer that cannot be understood".to_owned(),
        "try another version of git",
    )
}
