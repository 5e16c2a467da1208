//! A word of the command line → what it stands for: the standard input, a path, a revision, or a path at one.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::git::{Commit, Repository, Source};
use super::problem::InputError;
use crate::model::printable;

/// What a word stands for.
#[derive(Debug)]
pub(super) enum Argument {
    /// `-`.
    Stdin,
    /// Something on the disk, or what looks as if it should be there.
    Path(PathBuf),
    /// A revision alone.
    Revision(Commit),
    /// `HEAD`, before the first commit.
    Unborn,
    /// `REV:path`, or `:path` in the index.
    At {
        /// Where.
        source: Source,
        /// The path from the root of the repository, as it was typed.
        path: String,
    },
}

/// What a word stands for. A word that is something on the disk and a revision too is refused: only the user knows which.
///
/// # Errors
/// If it stands for nothing, with git's reason and what to type; and if it is both.
pub(super) fn parse(argument: &OsStr, start: &Path) -> Result<Argument, InputError> {
    if argument == "-" {
        return Ok(Argument::Stdin);
    }
    let path = below(start, Path::new(argument));
    let is_there = path.symlink_metadata().is_ok();
    let bytes = argument.as_encoded_bytes();
    if let Some(colon) = colon(bytes).filter(|at| !is_there && !is_drive(bytes, *at)) {
        return at_revision(argument, colon, start);
    }
    let word = argument.to_str().filter(|word| !looks_like_path(word, is_there));
    let Some(word) = word else { return Ok(Argument::Path(path)) };
    let commit = Repository::open(start).and_then(|repository| revision(&repository, word));
    match (commit, is_there) {
        (Ok(_), true) => Err(both(word, &path)),
        (Ok(found), false) => Ok(found),
        (Err(_), true) => Ok(Argument::Path(path)),
        (Err(problem), false) => Err(neither(word, problem)),
    }
}

/// Whether a word can be meant as a path alone: by its slashes, or since it is called like a spec.
fn looks_like_path(word: &str, is_there: bool) -> bool {
    let is_rooted =
        word.starts_with(['/', '.']) || word.ends_with(['/', '\\']) || Path::new(word).is_absolute();
    let ending = Path::new(word).extension().and_then(OsStr::to_str);
    let is_file =
        ending.is_some_and(|ending| ["yaml", "yml", "json"].contains(&ending)) && !word.contains("..");
    is_rooted || is_file || (is_there && word.starts_with('-'))
}

/// A revision alone.
fn revision(repository: &Repository, word: &str) -> Result<Argument, InputError> {
    match repository.find_commit(word)? {
        Some(commit) => Ok(Argument::Revision(commit)),
        None if word == "HEAD" && repository.is_unborn()? => Ok(Argument::Unborn),
        None => Err(unknown(repository, word)),
    }
}

/// That a word is no revision, and what may have been meant.
pub(super) fn unknown(repository: &Repository, word: &str) -> InputError {
    if let Some((one, other)) = word.split_once("..") {
        let (one, other) = (printable(one), printable(other.trim_start_matches('.')));
        let head = if other.is_empty() || other == "HEAD" {
            String::new()
        } else {
            format!(" {other}:crabwalk.yaml")
        };
        return InputError::problem(
            format!("`{}` is a range, and a side of a comparison is one revision", printable(word)),
            &format!(
                "name both sides: `crabwalk diff {one}:crabwalk.yaml{head}`; `crabwalk diff {one}` takes the work tree as the head"
            ),
        );
    }
    repository.unknown(word)
}

/// What stands before and behind a colon.
fn at_revision(argument: &OsStr, colon: usize, start: &Path) -> Result<Argument, InputError> {
    let Some(text) = argument.to_str() else {
        return Err(InputError::problem(
            format!("`{}` is not UTF-8", printable(&argument.to_string_lossy())),
            "check the file out and name it by its path",
        ));
    };
    let (word, path) = (&text[..colon], &text[colon + 1..]);
    if word.starts_with(['-', '^']) {
        return Err(InputError::problem(
            format!("`{}` is no file, and `{}` names no revision", printable(text), printable(word)),
            "say a branch, a tag or a commit before the colon: `main:crabwalk.yaml`",
        ));
    }
    let repository = Repository::open(start).map_err(|problem| neither(text, problem))?;
    let source = match word {
        "" => Source::Index,
        _ => match repository.find_commit(word)? {
            Some(commit) => Source::Commit(commit, Some(word.to_owned())),
            None => return Err(neither(text, unknown(&repository, word))),
        },
    };
    let first = path.split('/').next().unwrap_or_default();
    let path = match first {
        "." | ".." => repository.path_from_here(path)?,
        _ => path.to_owned(),
    };
    Ok(Argument::At { source, path })
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

/// A word that is something on the disk and a revision.
fn both(word: &str, path: &Path) -> InputError {
    let what = if path.is_dir() { "a directory" } else { "a file" };
    let word = printable(word);
    InputError::problem(
        format!("`{word}` is {what} and a revision"),
        &format!("say which: `./{word}`, or `refs/heads/{word}` for a branch, `refs/tags/{word}` for a tag"),
    )
}

/// Why a word cannot be read as a revision, where it is no file either: the user may have meant the one or the other.
fn neither(word: &str, problem: InputError) -> InputError {
    let InputError::Problem { message, help } = problem else { return problem };
    InputError::Problem { message: format!("there is no file `{}`, and {message}", printable(word)), help }
}

/// A path as it is found from `start`. From the current directory it stays as it was typed, and so do the names in messages.
fn below(start: &Path, path: &Path) -> PathBuf {
    if start == Path::new(".") { path.to_owned() } else { start.join(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_ends_where_git_ends_it() {
        let cases = [
            ("main:a.yaml", Some(4)),
            ("main:", Some(4)),
            ("main:a:b.yaml", Some(4)),
            ("main@{1 day ago 10:00}:a", Some(22)),
            ("HEAD^{/fix: it}:a", Some(15)),
            (":a", Some(0)),
            ("main", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(colon(text.as_bytes()), wanted, "{text}");
        }
    }

    #[test]
    fn what_would_be_an_option_is_no_revision() {
        for text in ["--output=x:a", "-x:foo", "^main:a"] {
            assert!(parse(OsStr::new(text), Path::new("/nowhere at all")).is_err(), "{text}");
        }
    }

    #[test]
    fn a_word_is_a_path_by_its_slashes_and_its_ending() {
        for path in
            ["./staging", "../x", "/x", "gone/", "crabwalk.yaml", "a.crabwalk.yml", "base.json", ".hidden"]
        {
            assert!(looks_like_path(path, false), "{path}");
        }
        for word in ["main", "v1.0", "origin/main", "main...HEAD", "main..x.yaml", "HEAD~1"] {
            assert!(!looks_like_path(word, false), "{word}");
        }
    }
}
