//! How commits and paths hang together: merge bases, and files that were moved.

use super::{Commit, Repository, Source};
use crate::input::problem::InputError;

/// The files that git takes for moved between two sides: from where, and where to.
#[derive(Debug, Default)]
pub(in crate::input) struct Renames(Vec<(String, String)>);

impl Renames {
    /// Where a file of the head was in the base.
    pub(in crate::input) fn source(&self, head: &str) -> Option<&str> {
        self.0.iter().find(|(_, to)| to == head).map(|(from, _)| from.as_str())
    }

    /// Where a file of the base is in the head.
    pub(in crate::input) fn target(&self, base: &str) -> Option<&str> {
        self.0.iter().find(|(from, _)| from == base).map(|(_, to)| to.as_str())
    }
}

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

    /// What git takes for moved between a commit and a head: another commit, the index, or (`None`) the work tree. A file whose
    /// content has gone elsewhere counts even where another one has taken its name. Of the work tree git knows what it was told of.
    ///
    /// # Errors
    /// If git cannot be asked.
    pub(in crate::input) fn renames(
        &self,
        base: &Commit,
        head: Option<&Source>,
    ) -> Result<Renames, InputError> {
        const HOW: [&str; 7] = [
            "-z",
            "--no-ext-diff",
            "--break-rewrites",
            "--find-renames",
            "-l10000",
            "--diff-filter=R",
            "--name-status",
        ];
        let mut question = match head {
            Some(Source::Commit(..)) => vec!["diff-tree", "-r", "--no-commit-id"],
            Some(Source::Index) => vec!["diff-index", "--cached"],
            None => vec!["diff-index"],
        };
        question.extend(HOW);
        question.push(&base.hash);
        if let Some(Source::Commit(commit, _)) = head {
            question.push(&commit.hash);
        }
        question.push("--");
        let answer = match head {
            Some(Source::Commit(..)) => self.ask(&question)?,
            _ => self.ask_at_root(&question)?,
        };
        let answer = answer.expected()?;
        let text = answer.text();
        let words: Vec<&str> = text.split('\0').collect();
        let moved = words.chunks_exact(3).filter(|entry| entry[0].starts_with('R'));
        Ok(Renames(moved.map(|entry| (entry[1].to_owned(), entry[2].to_owned())).collect()))
    }
}
