//! What stands at a path of a commit, and what lies below a directory of it.

use super::{Commit, Repository};
use crate::input::problem::InputError;
use crate::spec::printable;

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::input) enum Found {
    /// Nothing.
    Missing,
    /// A file, with the name of its content.
    File(String),
    /// A directory, with the name of its tree.
    Directory(String),
}

/// An entry of a tree.
#[derive(Debug)]
pub(in crate::input) struct Entry {
    /// What it is.
    pub(in crate::input) kind: Kind,
    /// The name of its content.
    pub(in crate::input) object: String,
    /// Its path in the tree. It is text nearly always; it is looked up by `object`, so that a doubtful character does no harm.
    pub(in crate::input) path: String,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::input) enum Kind {
    File,
    Directory,
    Link,
    Submodule,
}

impl Repository {
    /// What stands at a path of a commit. The path is meant from the root; `.` and `..` in it are followed.
    ///
    /// # Errors
    /// If the path leaves the repository, or leads over a link or into a submodule.
    pub(in crate::input) fn find(&self, commit: &Commit, path: &str) -> Result<Found, InputError> {
        let mut tree = format!("{}^{{tree}}", commit.hash);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        for (position, part) in parts.iter().enumerate() {
            let entries = self.entries(&tree, false)?;
            let Some(entry) = entries.into_iter().find(|entry| entry.path == *part) else {
                return Ok(Found::Missing);
            };
            let is_last = position + 1 == parts.len();
            match entry.kind {
                Kind::Directory => tree = entry.object,
                Kind::File if is_last => return Ok(Found::File(entry.object)),
                Kind::File => return Ok(Found::Missing),
                Kind::Link | Kind::Submodule => {
                    return Err(elsewhere(entry.kind, &parts[..=position], commit));
                }
            }
        }
        Ok(Found::Directory(tree))
    }

    /// Everything below a tree but directories.
    ///
    /// # Errors
    /// If the tree cannot be read.
    pub(in crate::input) fn below(&self, tree: &str) -> Result<Vec<Entry>, InputError> {
        self.entries(tree, true)
    }

    fn entries(&self, tree: &str, recursive: bool) -> Result<Vec<Entry>, InputError> {
        let mut question = vec!["ls-tree", "-z", "--full-tree"];
        question.extend(recursive.then_some("-r"));
        question.push(tree);
        let answer = self.ask(&question)?.expected()?;
        Ok(answer.output.split(|byte| *byte == 0).filter_map(entry).collect())
    }
}

/// `MODE TYPE OBJECT<tab>PATH`.
fn entry(line: &[u8]) -> Option<Entry> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let head = std::str::from_utf8(&line[..tab]).ok()?;
    let mut words = head.split(' ');
    let kind = match words.next()? {
        "040000" => Kind::Directory,
        "120000" => Kind::Link,
        "160000" => Kind::Submodule,
        _ => Kind::File,
    };
    let object = words.nth(1)?.to_owned();
    Some(Entry { kind, object, path: String::from_utf8_lossy(&line[tab + 1..]).into_owned() })
}

/// The path from the root, without `.` and `..`.
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

/// That what is meant does not stand in this commit.
fn elsewhere(kind: Kind, parts: &[&str], commit: &Commit) -> InputError {
    let path = printable(&parts.join("/"));
    let at = &commit.short;
    if kind == Kind::Submodule {
        return InputError::problem(
            format!("`{path}` is a submodule at {at}: its files are in another repository"),
            "run it inside of the submodule, with a revision of that",
        );
    }
    InputError::problem(
        format!("`{path}` is a symbolic link at {at}, and links are not followed there"),
        "name the path that it leads to",
    )
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
