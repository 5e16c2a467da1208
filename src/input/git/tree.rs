//! A commit, or the index, as a tree.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{Commit, Repository, command};
use crate::input::names::is_visible;
use crate::input::problem::InputError;
use crate::input::tree::{Entry, Kind, Scope, Tree};
use crate::model::printable;

/// What git holds of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::input) enum Source {
    /// A commit, with what the user calls it; a hash calls itself.
    Commit(Commit, Option<String>),
    /// What the next commit will hold.
    Index,
}

impl Source {
    /// `main@4be10d2`, or the hash alone; nothing for the index, which a colon stands for.
    pub(in crate::input) fn name(&self) -> String {
        let Self::Commit(commit, label) = self else { return String::new() };
        let is_hash = |word: &&String| word.len() >= 4 && commit.hash.starts_with(&word.to_ascii_lowercase());
        match label.as_ref().filter(|word| !is_hash(word)) {
            Some(word) => format!("{word}@{}", commit.short),
            None => commit.short.clone(),
        }
    }

    /// A path as it would be typed: `main@4be10d2:crabwalk.yaml`, `:crabwalk.yaml`.
    pub(in crate::input) fn shown(&self, path: &str) -> String {
        format!("{}:{path}", self.name())
    }
}

/// A tree that git holds. Nothing of it is checked out.
#[derive(Debug)]
pub(in crate::input) struct GitTree<'r> {
    repository: &'r Repository,
    source: Source,
    /// The names of contents, by path, as far as they were seen.
    objects: RefCell<HashMap<String, String>>,
}

impl<'r> GitTree<'r> {
    pub(in crate::input) fn new(repository: &'r Repository, source: Source) -> Self {
        Self { repository, source, objects: RefCell::default() }
    }

    /// The contents of files, in their order.
    ///
    /// # Errors
    /// If one is not there, not in this clone, or larger than a spec can be.
    pub(in crate::input) fn contents(&self, paths: &[String]) -> Result<Vec<Vec<u8>>, InputError> {
        let mut objects = Vec::with_capacity(paths.len());
        for path in paths {
            if !self.objects.borrow().contains_key(path) {
                self.kind(path)?;
            }
            objects.extend(self.objects.borrow().get(path).cloned());
        }
        self.repository.contents(&objects)
    }

    /// All that stands below these paths, or at them: a slash at the end of one means what a directory holds.
    fn list(&self, path: &str, recursive: bool) -> Result<Vec<Entry>, InputError> {
        let answer = match &self.source {
            Source::Commit(commit, _) => {
                let mut question = vec!["ls-tree", "-z", "--full-tree"];
                question.extend(recursive.then_some("-r"));
                question.extend(["--", commit.hash.as_str()]);
                question.extend((!path.is_empty()).then_some(path));
                self.repository.ask(&question)?
            }
            Source::Index => {
                let mut question = vec!["ls-files", "-z", "--stage", "--full-name", "--"];
                question.extend((!path.is_empty()).then_some(path));
                self.repository.ask_at_root(&question)?
            }
        };
        let answer = answer.expected()?;
        let lines = answer.output.split(|byte| *byte == 0).filter(|line| !line.is_empty());
        lines.map(|line| self.entry(line)).collect()
    }

    /// `MODE TYPE OBJECT<tab>PATH` of a commit, `MODE OBJECT STAGE<tab>PATH` of the index.
    fn entry(&self, line: &[u8]) -> Result<Entry, InputError> {
        let tab = line.iter().position(|byte| *byte == b'\t').ok_or_else(command::unclear)?;
        let head = std::str::from_utf8(&line[..tab]).map_err(|_| command::unclear())?;
        let words: Vec<&str> = head.split(' ').collect();
        let [mode, second, third] = words[..] else { return Err(command::unclear()) };
        let kind = match mode {
            "040000" => Kind::Directory,
            "120000" => Kind::Link,
            "160000" => Kind::Repository,
            _ => Kind::File,
        };
        let text = std::str::from_utf8(&line[tab + 1..]);
        let is_text = text.is_ok();
        let path =
            text.map_or_else(|_| String::from_utf8_lossy(&line[tab + 1..]).into_owned(), str::to_owned);
        let object = match self.source {
            Source::Commit(..) => third,
            Source::Index if third == "0" => second,
            Source::Index => {
                return Err(InputError::problem(
                    format!("`{}` is unmerged in the index", printable(&path)),
                    "finish the merge first: resolve the conflict and `git add` the file",
                ));
            }
        };
        if is_text {
            self.objects.borrow_mut().insert(path.clone(), object.to_owned());
        }
        Ok(Entry { path, is_text, kind })
    }
}

impl Tree for GitTree<'_> {
    fn kind(&self, path: &str) -> Result<Option<Kind>, InputError> {
        if path.is_empty() {
            return Ok(Some(Kind::Directory));
        }
        let entries = self.list(path, false)?;
        let found = entries.iter().find(|entry| entry.path == path).map(|entry| entry.kind);
        let inside = format!("{path}/");
        let is_directory = || entries.iter().any(|entry| entry.path.starts_with(&inside));
        Ok(found.or_else(|| is_directory().then_some(Kind::Directory)))
    }

    fn target(&self, link: &str) -> Result<String, InputError> {
        let bytes = self.contents(&[link.to_owned()])?.pop().unwrap_or_default();
        String::from_utf8(bytes).map_err(|_| {
            InputError::problem(
                format!("the link `{}` leads to a name that is not UTF-8", printable(&self.shown(link))),
                "rename what it leads to",
            )
        })
    }

    fn children(&self, directory: &str) -> Result<Vec<Entry>, InputError> {
        let path = if directory.is_empty() { String::new() } else { format!("{directory}/") };
        let is_child = |entry: &Entry| !entry.path[path.len().min(entry.path.len())..].contains('/');
        Ok(self.list(&path, false)?.into_iter().filter(is_child).collect())
    }

    fn below(&self, directory: &str) -> Result<Vec<Entry>, InputError> {
        let path = if directory.is_empty() { String::new() } else { format!("{directory}/") };
        let is_meant = |entry: &Entry| is_visible(entry.path.get(path.len()..).unwrap_or_default());
        Ok(self.list(&path, true)?.into_iter().filter(is_meant).collect())
    }

    fn unseen(&self, _: &str, _: Scope) -> Result<Vec<String>, InputError> {
        Ok(Vec::new())
    }

    fn forbids(&self, _: &str) -> Result<Option<String>, InputError> {
        Ok(None)
    }

    fn shown(&self, path: &str) -> String {
        self.source.shown(path)
    }

    fn bounds(&self) -> &'static str {
        "the repository"
    }
}

/// A path as a user writes it, from the root and without `.` and `..`.
///
/// # Errors
/// If it is absolute or leaves the repository.
pub(in crate::input) fn normal(path: &str) -> Result<String, InputError> {
    let mut parts: Vec<&str> = Vec::new();
    let mut leaves = path.starts_with('/');
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => leaves |= parts.pop().is_none(),
            _ => parts.push(part),
        }
    }
    if leaves {
        return Err(InputError::problem(
            format!("`{}` leads out of the repository", printable(path)),
            "a path behind a revision begins at the root of the repository: `main:agents/crabwalk.yaml`",
        ));
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_at_the_root_and_stays_below_it() {
        for (path, wanted) in
            [("", ""), ("a", "a"), ("./a//b/", "a/b"), ("a/../b", "b"), ("sub/./../x", "x"), ("a/..", "")]
        {
            assert_eq!(normal(path).expect("below"), wanted, "{path}");
        }
        for path in ["/etc/passwd", "..", "a/../../b", "/"] {
            assert!(normal(path).is_err(), "{path}");
        }
    }
}
