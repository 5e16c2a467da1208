//! What this process has read → whether an answer would be written over it.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::CliError;
use crate::model::SourceFile;

/// What was named, and what was read of it. One for the process, as its answer must not go over either of two sides, whichever
/// command reads them.
static READ: Mutex<(Vec<PathBuf>, Vec<SourceFile>)> = Mutex::new((Vec::new(), Vec::new()));

/// Remembers what the user named as an input.
pub(super) fn named<'p>(inputs: impl IntoIterator<Item = &'p Path>) {
    lock().0.extend(inputs.into_iter().map(Path::to_owned));
}

/// Remembers the files that were read from the disk.
pub(super) fn files(files: &[SourceFile]) {
    lock().1.extend(files.iter().filter(|file| file.has_text()).cloned());
}

/// Refuses to write where something was read, by whatever name, link or second name it is reached.
///
/// # Errors
/// If the file was read.
pub(super) fn refuse(target: &Path) -> Result<(), CliError> {
    let Some(file) = Identity::of(target) else { return Ok(()) };
    let read = lock();
    let files = read.1.iter().map(|file| Path::new(file.name()));
    let is_it = |path: &&Path| Identity::of(input(path)).is_some_and(|other| other == file);
    if !read.0.iter().map(PathBuf::as_path).chain(files).any(|path| is_it(&path)) {
        return Ok(());
    }
    Err(CliError::usage(
        format!("`{}` was read for this answer, which would be written over it", target.display()),
        "name another file with -o",
    ))
}

/// The path of an input: what came in by the standard input has one too, where the system gives it one.
fn input(path: &Path) -> &Path {
    if path.as_os_str() == "-" { Path::new("/dev/stdin") } else { path }
}

fn lock() -> MutexGuard<'static, (Vec<PathBuf>, Vec<SourceFile>)> {
    READ.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a regular file is known by under all of its names.
#[derive(PartialEq, Eq)]
struct Identity(PathBuf, Option<(u64, u64)>);

impl Identity {
    /// Of what a path leads to, if that is a regular file.
    fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok().filter(Metadata::is_file)?;
        Some(match numbers(&found) {
            Some(numbers) => Self(PathBuf::new(), Some(numbers)),
            None => Self(fs::canonicalize(path).ok()?, None),
        })
    }
}

/// Device and number of a file.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn numbers(found: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn numbers(_: &Metadata) -> Option<(u64, u64)> {
    None
}
