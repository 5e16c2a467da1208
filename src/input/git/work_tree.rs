//! What git knows of the files of the work tree: which it ignores, which it tracks, which it has not checked out.

use std::collections::HashSet;

use super::{Repository, command};
use crate::input::problem::InputError;

impl Repository {
    /// The files below a directory that git ignores, and the directories that hold nothing else. Paths begin at the root.
    ///
    /// # Errors
    /// If git cannot be asked.
    pub(in crate::input) fn ignored(&self, directory: &str) -> Result<HashSet<String>, InputError> {
        let question = [
            "ls-files",
            "-z",
            "--others",
            "--ignored",
            "--exclude-standard",
            "--directory",
            "--",
            if directory.is_empty() { "." } else { directory },
        ];
        let answer = self.ask_at_root(&question)?.expected()?;
        let text = answer.text();
        let paths = text.split('\0').filter(|path| !path.is_empty());
        Ok(paths.map(|path| path.trim_end_matches('/').to_owned()).collect())
    }

    /// Whether git tracks a file.
    ///
    /// # Errors
    /// If git cannot be asked.
    pub(in crate::input) fn tracks(&self, path: &str) -> Result<bool, InputError> {
        let answer = self.ask_at_root(&["ls-files", "-z", "--", path])?.expected()?;
        Ok(answer.output.split(|byte| *byte == 0).any(|found| found == path.as_bytes()))
    }

    /// The files at or below a path that git tracks and has left out of the work tree: those of a sparse checkout. Of a directory,
    /// only those whose names end like this.
    ///
    /// # Errors
    /// If git cannot be asked.
    pub(in crate::input) fn left_out(&self, path: &str, endings: &[&str]) -> Result<Vec<String>, InputError> {
        let place = if path.is_empty() { String::new() } else { format!("{}/", escaped(path)) };
        let patterns = endings.iter().map(|ending| format!(":(glob){place}**/*{ending}"));
        let mut question: Vec<String> = ["ls-files", "-z", "-t", "--"].map(str::to_owned).to_vec();
        question.extend(patterns);
        question.extend((!path.is_empty()).then(|| format!(":(literal){path}")));
        let question: Vec<&str> = question.iter().map(String::as_str).collect();
        let mut git = command::command(&self.root()?, &question);
        git.env_remove("GIT_LITERAL_PATHSPECS");
        let answer = command::finish(&self.start, git)?.expected()?;
        let text = answer.text();
        Ok(text.split('\0').filter_map(|entry| entry.strip_prefix("S ")).map(str::to_owned).collect())
    }
}

/// A path as a pattern that stands for itself.
fn escaped(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for character in path.chars() {
        if matches!(character, '*' | '?' | '[' | ']' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}
