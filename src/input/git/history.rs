//! How commits and paths hang together: merge bases, and files that were moved.

use super::{Commit, Repository};
use crate::input::problem::InputError;

impl Repository {
    /// The best common ancestor of two commits, if this clone has one.
    ///
    /// # Errors
    /// If git cannot be asked.
    pub(in crate::input) fn merge_base(
        &self,
        one: &Commit,
        other: &Commit,
    ) -> Result<Option<Commit>, InputError> {
        let answer = self.ask(&["merge-base", &one.hash, &other.hash])?;
        let text = answer.text();
        match text.lines().next().filter(|_| answer.succeeded) {
            Some(hash) => self.find_commit(hash),
            None => Ok(None),
        }
    }

    /// Where a file of the work tree was at a commit, if git takes it for one that was moved. A file that git has not been
    /// told of is never one.
    ///
    /// # Errors
    /// If git cannot be asked.
    pub(in crate::input) fn moved_from(
        &self,
        commit: &Commit,
        path: &str,
    ) -> Result<Option<String>, InputError> {
        let question =
            ["diff-index", "-z", "--find-renames", "--diff-filter=R", "--name-status", &commit.hash, "--"];
        let answer = self.ask(&question)?.expected()?;
        let text = answer.text();
        let words: Vec<&str> = text.split('\0').collect();
        let moved = words.chunks_exact(3).find(|entry| entry[0].starts_with('R') && entry[2] == path);
        Ok(moved.map(|entry| entry[1].to_owned()))
    }
}
