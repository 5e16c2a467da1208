//! A word of the command line → what it stands for: the standard input, a path, or a revision with a path in it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::below;
use super::problem::InputError;
use crate::spec::printable;

/// What a word stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Argument {
    /// `-`.
    Stdin,
    /// Something on the disk, or nothing.
    Path(PathBuf),
    /// `REV:path`.
    Revision {
        /// The revision as it was typed.
        revision: String,
        /// What of it.
        place: Place,
    },
}

/// A path at a revision, as git reads it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// From the root of the repository.
    Root(String),
    /// From the current directory: it begins with `./` or `../`.
    Here(String),
}

/// What a word stands for. What is on the disk wins.
///
/// # Errors
/// If it is meant as `REV:path` and cannot be that.
pub(super) fn parse(argument: &OsStr, start: &Path) -> Result<Argument, InputError> {
    if argument == "-" {
        return Ok(Argument::Stdin);
    }
    let path = below(start, Path::new(argument));
    let bytes = argument.as_encoded_bytes();
    let Some(colon) = colon(bytes).filter(|at| path.symlink_metadata().is_err() && !is_drive(bytes, *at))
    else {
        return Ok(Argument::Path(path));
    };
    let Some(text) = argument.to_str() else {
        return Err(InputError::problem(
            format!("`{}` is not UTF-8", printable(&argument.to_string_lossy())),
            "check the file out and name it by its path",
        ));
    };
    let (revision, path) = (&text[..colon], &text[colon + 1..]);
    if revision.is_empty() || revision.starts_with(['-', '^']) {
        return Err(InputError::problem(
            format!("`{}` is no file, and `{}` names no revision", printable(text), printable(revision)),
            "say a branch, a tag or a commit before the colon: `main:crabwalk.yaml`",
        ));
    }
    Ok(Argument::Revision { revision: revision.to_owned(), place: place(path) })
}

/// The colon that ends a revision: the first one outside of braces, as git has it (`main@{1 day ago 10:00}:crabwalk.yaml`).
fn colon(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    bytes.iter().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *byte == b':' && depth == 0
    })
}

/// Whether the colon stands behind the letter of a drive.
fn is_drive(bytes: &[u8], colon: usize) -> bool {
    cfg!(windows) && colon == 1 && bytes.get(2).is_some_and(|next| matches!(next, b'/' | b'\\'))
}

fn place(path: &str) -> Place {
    let first = path.split('/').next().unwrap_or_default();
    if matches!(first, "." | "..") { Place::Here(path.to_owned()) } else { Place::Root(path.to_owned()) }
}

/// Why a word with a colon cannot be read, where it is no file either: the user may have meant the one or the other.
pub(super) fn neither(argument: &OsStr, problem: InputError) -> InputError {
    let InputError::Problem { message, help } = problem else { return problem };
    let argument = argument.to_string_lossy();
    InputError::Problem {
        message: format!("there is no file `{}`, and {message}", printable(&argument)),
        help,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Place)> {
        match parse(OsStr::new(text), Path::new("/nowhere at all")) {
            Ok(Argument::Revision { revision, place }) => Some((revision, place)),
            _ => None,
        }
    }

    #[test]
    fn a_revision_ends_where_git_ends_it() {
        let root = |path: &str| Place::Root(path.to_owned());
        let here = |path: &str| Place::Here(path.to_owned());
        let cases = [
            ("main:a.yaml", "main", root("a.yaml")),
            ("main:", "main", root("")),
            ("main:a:b.yaml", "main", root("a:b.yaml")),
            ("main@{1 day ago 10:00}:a", "main@{1 day ago 10:00}", root("a")),
            ("HEAD^{/fix: it}:a", "HEAD^{/fix: it}", root("a")),
            ("v1:./a", "v1", here("./a")),
            ("v1:../a", "v1", here("../a")),
            ("v1:.hidden/a", "v1", root(".hidden/a")),
        ];
        for (text, revision, place) in cases {
            assert_eq!(read(text), Some((revision.to_owned(), place)), "{text}");
        }
    }

    #[test]
    fn what_would_be_an_option_is_no_revision() {
        for text in ["--output=x:a", "-x:foo", ":a", "^main:a"] {
            assert!(parse(OsStr::new(text), Path::new("/nowhere at all")).is_err(), "{text}");
        }
        assert_eq!(parse(OsStr::new("-x"), Path::new("/n")).expect("a path"), Argument::Path("/n/-x".into()));
    }
}
