//! Files of the spec with other text: each replaced whole or not at all, and only while it holds what the change was made of. Who
//! comes second waits, reads what the first has written, and makes the change of that.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::global::GlobalArgs;
use super::output::OutputArgs;
use super::replace::replace;
use super::target;
use super::target::Target;
use crate::model::SourceFile;

/// How often a change is made anew, where programs that lock nothing write into its files.
const ATTEMPTS: usize = 5;

/// A file with its new text.
pub(super) struct Change {
    /// What was read.
    pub(super) file: SourceFile,
    /// What is to be there instead.
    pub(super) text: String,
}

/// Makes changes of what the spec says now, and writes them where it came from: over its files, or to the standard output for what came
/// in by the standard input. `make` reads the spec each time it is called; its second value is that of the changes that were written.
pub(super) fn apply<T>(
    inputs: &[PathBuf],
    global: &GlobalArgs,
    mut make: impl FnMut() -> Result<(Vec<Change>, T), CliError>,
) -> Result<T, CliError> {
    let mut held: Vec<Held> = Vec::new();
    for _ in 0..ATTEMPTS {
        let (changes, value) = make()?;
        let (printed, written): (Vec<_>, Vec<_>) =
            changes.into_iter().partition(|change| is_stdin(&change.file, inputs));
        if !written.iter().all(|change| held.iter().any(|held| held.is_of(&change.file))) {
            held = hold(&mut held, &written, global)?;
        }
        if unchanged(&written)? {
            for change in &written {
                write(change)?;
            }
            for change in printed {
                OutputArgs { output: None }.stream(|out| out.write_all(change.text.as_bytes()))?;
            }
            return Ok(value);
        }
        // Somebody came before. What is held stays so, that nobody comes before again.
    }
    Err(CliError::usage(
        "the spec changes faster than it can be read".to_owned(),
        "wait for what writes into it, and run the command again",
    ))
}

/// Whether a file is what came in by the standard input.
pub(super) fn is_stdin(file: &SourceFile, inputs: &[PathBuf]) -> bool {
    file.name() == "stdin" && inputs.iter().any(|input| input.as_os_str() == "-")
}

/// Whether all files hold what was read of them.
fn unchanged(changes: &[Change]) -> Result<bool, CliError> {
    for change in changes {
        let path = Path::new(change.file.name());
        let now = fs::read(path).map_err(|problem| CliError::write(path, problem))?;
        if now != change.file.text().as_bytes() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn write(change: &Change) -> Result<(), CliError> {
    let path = Path::new(change.file.name());
    let written = target::resolve(path).and_then(|target| match target {
        Target::File(file) => replace(&file, |out| out.write_all(change.text.as_bytes())),
        Target::Device(_) | Target::Descriptor(_) => {
            Err(io::Error::other("it is not a file that can be replaced"))
        }
    });
    written.map_err(|problem| CliError::write(path, problem))
}

/// A file that no other crabwalk changes for as long as this lives.
struct Held {
    /// The path with no link left in it.
    path: PathBuf,
    _file: Option<File>,
}

impl Held {
    fn is_of(&self, file: &SourceFile) -> bool {
        fs::canonicalize(file.name()).is_ok_and(|path| path == self.path)
    }
}

/// Holds the files of some changes, and lets go of those that were held before. All take them in the same order, so that no two wait for
/// each other.
fn hold(before: &mut Vec<Held>, changes: &[Change], global: &GlobalArgs) -> Result<Vec<Held>, CliError> {
    before.clear();
    let mut paths = Vec::with_capacity(changes.len());
    for change in changes {
        let path = Path::new(change.file.name());
        paths.push(fs::canonicalize(path).map_err(|problem| CliError::write(path, problem))?);
    }
    paths.sort_unstable();
    paths.dedup();
    let held = paths.into_iter().map(|path| {
        let file = lock(&path, global).map_err(|problem| CliError::write(&path, problem))?;
        Ok(Held { path, _file: file })
    });
    held.collect()
}

/// Locks a file. Who had it before has put another in its place, so that what the path leads to is looked at again.
#[cfg(unix)]
fn lock(path: &Path, global: &GlobalArgs) -> io::Result<Option<File>> {
    use std::fs::{OpenOptions, TryLockError};
    loop {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                super::interrupt::hear();
                if global.verbose {
                    global.note(&format!("waiting for who else writes into `{}`", path.display()));
                }
                file.lock()?;
            }
            // A file system without locks: that the file holds what was read is all that can be asked.
            Err(TryLockError::Error(_)) => return Ok(None),
        }
        if is_at(&file, path) {
            return Ok(Some(file));
        }
    }
}

/// Elsewhere a file that is locked can neither be read nor be replaced: that it holds what was read is all that can be asked.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "other systems open it")]
fn lock(_: &Path, _: &GlobalArgs) -> io::Result<Option<File>> {
    Ok(None)
}

/// Whether a path still leads to an open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let number = |found: fs::Metadata| (found.dev(), found.ino());
    file.metadata().map(number).ok() == fs::metadata(path).map(number).ok()
}
