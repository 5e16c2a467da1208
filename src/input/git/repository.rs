//! The repository around a directory: its root, its commits by their names, and how git is asked in it.

use std::path::{Path, PathBuf};

use super::command;
use crate::input::problem::InputError;
use crate::model::printable;

/// The repository that holds a directory.
#[derive(Debug)]
pub(in crate::input) struct Repository {
    pub(super) start: PathBuf,
    /// The root of the work tree, once it was asked for.
    root: std::cell::OnceCell<PathBuf>,
    /// The directory from the root of the work tree, with a slash at the end; empty at the root.
    pub(in crate::input) prefix: String,
    /// Whether there is a work tree around the directory.
    pub(in crate::input) has_work_tree: bool,
    /// Whether the history has been cut off.
    pub(in crate::input) is_shallow: bool,
}

/// A commit by its full and its short hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::input) struct Commit {
    pub(in crate::input) hash: String,
    pub(in crate::input) short: String,
}

impl Repository {
    /// The repository that holds a directory.
    ///
    /// # Errors
    /// If there is none, or if there is no `git` to ask.
    pub(in crate::input) fn open(start: &Path) -> Result<Self, InputError> {
        let asked = ["rev-parse", "--is-shallow-repository", "--is-inside-work-tree", "--show-prefix"];
        let answer = command::run(start, &asked)?;
        if !answer.succeeded {
            let said = answer.said();
            // git's own advice; it takes the whole of it to type.
            let help = match said.split_once("dubious ownership in repository at ") {
                Some((_, at)) => format!(
                    "it belongs to another user; if you trust it: `git config --global --add safe.directory {at}`"
                ),
                None => "name files, or run it inside of the repository".to_owned(),
            };
            return Err(InputError::problem(
                format!("no git repository can be read from here ({said})"),
                &help,
            ));
        }
        let text = answer.text();
        let mut lines = text.splitn(3, '\n');
        let mut line = || lines.next().unwrap_or_default();
        Ok(Self {
            start: start.to_owned(),
            root: std::cell::OnceCell::new(),
            is_shallow: line() == "true",
            has_work_tree: line() == "true",
            prefix: line().trim_end_matches('\n').to_owned(),
        })
    }

    /// The commit that a revision names, if it names one. What would be an option to git names none.
    ///
    /// # Errors
    /// If git cannot be asked.
    pub(in crate::input) fn find_commit(&self, revision: &str) -> Result<Option<Commit>, InputError> {
        if revision.is_empty() || revision.starts_with(['-', '^']) {
            return Ok(None);
        }
        let peeled = format!("{revision}^{{commit}}");
        let found = self.ask(&["rev-parse", "--verify", "--quiet", &peeled])?;
        let hash = found.text().trim().to_owned();
        if !found.succeeded || hash.is_empty() {
            return Ok(None);
        }
        let short = self.ask(&["rev-parse", "--short", &hash])?.text().trim().to_owned();
        Ok(Some(Commit { hash, short }))
    }

    /// Whether there is no commit yet on what is checked out, and none elsewhere.
    ///
    /// # Errors
    /// If git cannot be asked.
    pub(in crate::input) fn is_unborn(&self) -> Result<bool, InputError> {
        let answer = self.ask(&["rev-list", "-n", "1", "--all"])?.expected()?;
        Ok(answer.output.is_empty() && self.find_commit("HEAD")?.is_none())
    }

    /// That a revision is not there, and how it can be had.
    pub(in crate::input) fn unknown(&self, revision: &str) -> InputError {
        let help = if self.is_shallow {
            "the clone is shallow: fetch its history (`fetch-depth: 0` in a checkout step, `git fetch --unshallow` by hand)"
        } else if revision.contains(['~', '^']) {
            "check its name; what comes before the first commit is nothing, which is `--base none`"
        } else {
            "check its name; the branch of a remote is there after `git fetch`, as `origin/main`"
        };
        InputError::problem(format!("the repository has no revision `{}`", printable(revision)), help)
    }

    /// A path that is meant from the current directory, from the root of the repository.
    ///
    /// # Errors
    /// If there is no current directory in the work tree.
    pub(in crate::input) fn path_from_here(&self, path: &str) -> Result<String, InputError> {
        if self.has_work_tree {
            return Ok(format!("{}{path}", self.prefix));
        }
        Err(InputError::problem(
            format!("`{}` begins in the current directory, which is not in a work tree", printable(path)),
            "name the path from the root of the repository, without `./`",
        ))
    }

    /// The root of the work tree, links followed.
    ///
    /// # Errors
    /// If there is none.
    pub(in crate::input) fn root(&self) -> Result<PathBuf, InputError> {
        if let Some(root) = self.root.get() {
            return Ok(root.clone());
        }
        let answer = self.ask(&["rev-parse", "--show-toplevel"])?;
        let text = answer.text();
        let path = Path::new(text.strip_suffix('\n').unwrap_or(&text));
        let root = path.canonicalize().ok().filter(|_| answer.succeeded).ok_or_else(|| {
            InputError::problem(
                "the repository has no work tree to take the head from".to_owned(),
                "name both sides: `crabwalk diff main:crabwalk.yaml topic:crabwalk.yaml`",
            )
        })?;
        Ok(self.root.get_or_init(|| root).clone())
    }

    /// Asks git in the root of the work tree: paths begin there.
    pub(super) fn ask_at_root(&self, arguments: &[&str]) -> Result<command::Answer, InputError> {
        command::run(&self.root()?, arguments)
    }

    /// Asks git.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<command::Answer, InputError> {
        command::run(&self.start, arguments)
    }
}
