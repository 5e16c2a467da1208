//! The program as a process of its own, and nothing of the environment that could change what it prints.

use std::process::{Command, Stdio};

/// Variables that change the look of an answer, or how many threads it takes.
const STEERING: [&str; 6] =
    ["COLUMNS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "RAYON_NUM_THREADS"];

/// A call of the program from the project's folder, without a standard input.
pub(crate) fn crabwalk(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crabwalk"));
    command.args(arguments).stdin(Stdio::null()).current_dir(env!("CARGO_MANIFEST_DIR"));
    for name in STEERING {
        command.env_remove(name);
    }
    command
}

/// A folder that is removed at the end.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}
