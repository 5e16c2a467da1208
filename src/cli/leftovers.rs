//! Temporary files and directories: made beside what they become, under a name that says whose they are, and locked while they are
//! written. What a killed run left is known by its lock being free, and removed.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile, TempDir};

/// How the names begin and end: `.crabwalk-PID-START-RANDOM.tmp`.
const PREFIX: &str = ".crabwalk-";
const SUFFIX: &str = ".tmp";

/// How many random characters a name has.
const RANDOM: usize = 8;

/// An unfinished directory, locked for as long as this lives.
pub(super) struct Folder {
    pub(super) directory: TempDir,
    _lock: Option<File>,
}

impl AsRef<Path> for Folder {
    fn as_ref(&self) -> &Path {
        self.directory.path()
    }
}

/// A temporary file in a directory. Where it is to be as open as files usually are, it is so from the beginning; else it is its owner's.
///
/// # Errors
/// If none can be made there; the message does not name it, for the user has named another.
pub(super) fn file(directory: &Path, is_usual: bool) -> io::Result<NamedTempFile> {
    loop {
        let made = named(&mut Builder::new(), is_usual.then_some(0o666))
            .tempfile_in(directory)
            .map_err(without_name)?;
        // Where files cannot be locked, nobody sweeps.
        let _ = made.as_file().lock();
        if is_linked(made.as_file()) {
            sweep(directory, made.as_file().metadata());
            return Ok(made);
        }
        // Between making and locking somebody took it for a leftover, and has removed it.
        drop(made);
    }
}

/// A temporary directory in a directory.
///
/// # Errors
/// If none can be made there.
pub(super) fn folder(parent: &Path) -> io::Result<Folder> {
    loop {
        let made = named(&mut Builder::new(), Some(0o777)).tempdir_in(parent).map_err(without_name)?;
        let lock = File::open(made.path()).ok();
        if let Some(lock) = &lock {
            let _ = lock.lock();
        }
        if lock.is_none() || made.path().exists() {
            sweep(parent, fs::metadata(made.path()));
            return Ok(Folder { directory: made, _lock: lock });
        }
    }
}

/// A name that says whose it is, and the permissions.
fn named<'b>(
    builder: &'b mut Builder<'static, 'static>,
    mode: Option<u32>,
) -> &'b mut Builder<'static, 'static> {
    static NAME: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let own = NAME.get_or_init(|| {
        let process = std::process::id();
        format!("{PREFIX}{process}-{}-", started(process).unwrap_or_default())
    });
    builder.prefix(own.as_str()).suffix(SUFFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    if let Some(mode) = mode {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

/// The name of the temporary file says nothing to the user, who named another.
fn without_name(problem: io::Error) -> io::Error {
    io::Error::new(problem.kind(), problem.kind().to_string())
}

/// Whether an open file still has a name.
#[cfg(unix)]
fn is_linked(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().map_or(true, |found| found.nlink() > 0)
}

#[cfg(not(unix))]
fn is_linked(_: &File) -> bool {
    true
}

/// Removes what killed runs of the same user left in a directory; whose that is, says what this run has made there. Nothing of it is
/// worth a word, nor a failure.
fn sweep(directory: &Path, made: io::Result<Metadata>) {
    let (Ok(entries), Ok(made)) = (fs::read_dir(directory), made) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if let Some((process, start)) = name.to_str().and_then(whose)
            && started(process) != Some(start)
        {
            remove_if_free(&entry.path(), &made);
        }
    }
}

/// The process and its start, of a name that we give.
fn whose(name: &str) -> Option<(u32, u64)> {
    let inner = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let mut parts = inner.splitn(3, '-');
    let (process, start, random) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    let is_random = random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_random.then_some((process, start))
}

/// When a process was started, in ticks since the machine was; nothing where there is no such process, or the system does not say.
fn started(process: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The second field is the program's name, which may hold anything; the start is the 22nd.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_ascii_whitespace().nth(19)?.parse().ok()
}

/// Removes a leftover, unless another process holds its lock, or it is somebody else's.
#[cfg(unix)]
fn remove_if_free(path: &Path, made: &Metadata) {
    use std::os::unix::fs::MetadataExt as _;
    let is_ours = |found: &Metadata| {
        found.uid() == made.uid() && (found.is_dir() || (found.is_file() && found.nlink() == 1))
    };
    let Some(found) = fs::symlink_metadata(path).ok().filter(is_ours) else { return };
    let Ok(file) = File::open(path) else { return };
    if file.try_lock().is_err() {
        return;
    }
    // Nobody who makes one goes on with it once it has lost its name.
    let _ = if found.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

/// Elsewhere an open file cannot be removed, and a leftover stays.
#[cfg(not(unix))]
fn remove_if_free(_: &Path, _: &Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whose_it_is() {
        assert_eq!(whose(".crabwalk-12-345-aB3dE5gH.tmp"), Some((12, 345)));
        for other in [
            ".crabwalk-12-345-aB3dE5gH",
            ".crabwalk-12-345-aB3dE5g.tmp",
            ".crabwalk-12-aB3dE5gH.tmp",
            ".crabwalk-x-345-aB3dE5gH.tmp",
            ".crabwalk-12-345-aB3-E5gH.tmp",
            "crabwalk-12-345-aB3dE5gH.tmp",
            ".crabwalk-notes.tmp",
        ] {
            assert_eq!(whose(other), None, "{other}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn what_nobody_holds_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let free = at(".crabwalk-4194305-1-aaaaaaaa.tmp");
        let held = at(".crabwalk-4194305-1-bbbbbbbb.tmp");
        let others = at(".crabwalk-4194305-1-notes.tmp");
        let linked = at(".crabwalk-4194305-1-cccccccc.tmp");
        let directory = at(".crabwalk-4194305-1-dddddddd.tmp");
        for path in [&free, &held, &others] {
            fs::write(path, "x").expect("writable");
        }
        fs::create_dir(&directory).expect("writable");
        fs::write(directory.join("part"), "x").expect("writable");
        std::os::unix::fs::symlink(&others, &linked).expect("writable");
        let lock = File::open(&held).expect("there");
        lock.lock().expect("free");
        let made = file(folder.path(), true).expect("writable");
        assert!(!free.exists() && !directory.exists());
        assert!(held.exists() && others.exists() && linked.is_symlink());
        sweep(folder.path(), fs::metadata(folder.path()));
        assert!(made.path().exists(), "this process holds it");
    }
}
