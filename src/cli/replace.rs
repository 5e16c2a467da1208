//! A file with other content: written beside it and moved into its place, so that readers see the old content or the new one. Its
//! mode and its owner stay.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::interrupt::Unfinished;
use super::leftovers;

/// Replaces a file, or makes it. `path` is no link.
///
/// # Errors
/// If the file may not be written, nothing can be made beside it, or what is to be written fails: what was there stays.
pub(super) fn replace(path: &Path, produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let before = fs::metadata(path).ok();
    if before.is_some() {
        // To be moved over, a file need not be one that we may write to. Whoever protected it meant that too.
        OpenOptions::new().write(true).open(path)?;
    }
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let make = || leftovers::file(directory, before.is_none()).map_err(|problem| beside(directory, &problem));
    let (_unfinished, mut file) = Unfinished::create(make)?;
    {
        let mut out = BufWriter::with_capacity(1 << 16, file.as_file_mut());
        produce(&mut out)?;
        out.flush()?;
    }
    if let Some(before) = before {
        keep(file.as_file(), &before)?;
    }
    file.persist(path).map(drop).map_err(|problem| in_place(problem.error))
}

/// Why a file cannot be moved over another. A container that is given a single file has it as a mount, which nothing can take the place of.
fn in_place(problem: io::Error) -> io::Error {
    match problem.kind() {
        io::ErrorKind::ResourceBusy => io::Error::new(
            problem.kind(),
            "it is mounted by itself and cannot be replaced; mount its directory",
        ),
        _ => problem,
    }
}

/// Why nothing can be made in a directory. Of the file that is named, the same words would say something else.
fn beside(directory: &Path, problem: &io::Error) -> io::Error {
    let why = format!("no file can be made beside it, in `{}`: {problem}", directory.display());
    io::Error::new(problem.kind(), why)
}

/// Gives a file the owner, the group and the mode of another. Who may not give files away keeps it, and then it is no more open to
/// the new group than it was to all, and runs as nobody else.
#[cfg(unix)]
fn keep(file: &File, before: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let now = file.metadata()?;
    let (user, group) = (before.uid(), before.gid());
    let mut mode = before.mode() & 0o7777;
    if (now.uid(), now.gid()) != (user, group) && fchown(file, Some(user), Some(group)).is_err() {
        mode &= 0o777;
        if now.gid() != group && fchown(file, None, Some(group)).is_err() {
            mode = without_group(mode);
        }
    }
    // After the owner: a file that is given away loses what runs as its owner.
    file.set_permissions(fs::Permissions::from_mode(mode))
}

/// A mode that lets the group do what everybody may do, and no more.
#[cfg(unix)]
fn without_group(mode: u32) -> u32 {
    mode & (0o707 | (mode & 0o007) << 3)
}

#[cfg(not(unix))]
fn keep(file: &File, before: &Metadata) -> io::Result<()> {
    file.set_permissions(before.permissions())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_a_mount_is_told_apart() {
        let busy = in_place(io::ErrorKind::ResourceBusy.into());
        assert!(busy.to_string().contains("mount its directory"), "{busy}");
        assert_eq!(in_place(io::ErrorKind::StorageFull.into()).kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn another_group_may_do_no_more_than_everybody() {
        for (mode, narrowed) in
            [(0o664, 0o644), (0o660, 0o600), (0o666, 0o666), (0o640, 0o600), (0o755, 0o755)]
        {
            assert_eq!(without_group(mode), narrowed, "{mode:o}");
        }
    }
}
