//! The word behind `-o` → what is written to: a file that is replaced whole, a device that is opened as it is, or a
//! descriptor that this process was given.

use std::io;
use std::path::{Path, PathBuf};

/// What is written to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A regular file, or one that is not there yet: the path with no link left in it.
    File(PathBuf),
    /// A device, a pipe with a name: opened and written to, never replaced.
    Device(PathBuf),
    /// A descriptor of this process by its number. What is behind it may be a regular file, and still is written to as it
    /// is: whoever opened it has written before, and goes on behind.
    #[cfg_attr(not(unix), expect(dead_code, reason = "paths lead to none there"))]
    Descriptor(u32),
}

/// What a path leads to. Links are followed to their end, and where that is not there yet, it is what will be made.
///
/// # Errors
/// If it leads to a directory, into one that is not there, or nowhere.
#[cfg(unix)]
pub(super) fn resolve(typed: &Path) -> io::Result<Target> {
    use std::fs;
    use std::os::unix::fs::FileTypeExt as _;
    let mut path = typed.to_owned();
    for _ in 0..MOST_LINKS {
        let place = place(&path)?;
        if let Some(number) = descriptor(&place) {
            return Ok(Target::Descriptor(number));
        }
        let found = match fs::symlink_metadata(&place) {
            Ok(found) => found.file_type(),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(Target::File(place)),
            Err(problem) => return Err(problem),
        };
        match found {
            kind if kind.is_symlink() => path = next(&place)?,
            kind if kind.is_file() => return Ok(Target::File(place)),
            kind if kind.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            kind if kind.is_socket() => return Err(io::Error::other("it is a socket")),
            _ => return Ok(Target::Device(place)),
        }
    }
    Err(io::Error::other("its links lead round in a circle"))
}

/// As many links as Linux follows.
#[cfg(unix)]
const MOST_LINKS: usize = 40;

/// Where a link leads. A link that the system does not let us follow, such as a stranger's in a folder that all may write to, is not
/// followed by reading it either.
#[cfg(unix)]
fn next(link: &Path) -> io::Result<PathBuf> {
    use std::fs;
    if let Err(problem) = fs::metadata(link)
        && problem.kind() == io::ErrorKind::PermissionDenied
    {
        return Err(problem);
    }
    let to = fs::read_link(link)?;
    Ok(link.parent().map_or_else(|| to.clone(), |parent| parent.join(&to)))
}

/// The directory without links, and the name in it.
#[cfg(unix)]
fn place(path: &Path) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStrExt as _;
    let names_directory = path.as_os_str().as_bytes().ends_with(b"/");
    let name = path.file_name().filter(|_| !names_directory).ok_or(io::ErrorKind::IsADirectory)?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let parent = std::fs::canonicalize(parent).map_err(|problem| match problem.kind() {
        io::ErrorKind::NotFound => io::Error::new(problem.kind(), "its directory is not there"),
        _ => problem,
    })?;
    Ok(parent.join(name))
}

/// The number of the descriptor that a place stands for: `/dev/fd/N`, which Linux has in `/proc`.
#[cfg(unix)]
fn descriptor(place: &Path) -> Option<u32> {
    let parent = place.parent()?.to_str()?;
    let own = format!("/proc/{}/", std::process::id());
    let is_own = parent == "/dev/fd" || parent.strip_prefix(&own).is_some_and(|rest| rest.ends_with("fd"));
    place.file_name()?.to_str()?.parse().ok().filter(|_| is_own)
}

/// What a path leads to.
///
/// # Errors
/// If it leads to a directory.
#[cfg(not(unix))]
pub(super) fn resolve(typed: &Path) -> io::Result<Target> {
    match std::fs::metadata(typed) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => Ok(Target::Device(typed.to_owned())),
        // A link stays a link: what it points to is replaced.
        _ => Ok(Target::File(std::fs::canonicalize(typed).unwrap_or_else(|_| typed.to_owned()))),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_path_leads_to_a_file_a_device_or_a_descriptor() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = fs::canonicalize(folder.path()).expect("it is there");
        let at = |name: &str| root.join(name);
        fs::write(at("file"), "").expect("writable");
        fs::create_dir(at("directory")).expect("writable");
        symlink("file", at("link")).expect("writable");
        symlink("link", at("further")).expect("writable");
        symlink("directory/made", at("dangling")).expect("writable");
        symlink("missing/made", at("nowhere")).expect("writable");
        symlink("round", at("round")).expect("writable");
        symlink("/dev/stdout", at("printed")).expect("writable");
        for name in ["file", "link", "further", "directory/../link"] {
            assert_eq!(resolve(&at(name)).expect(name), Target::File(at("file")), "{name}");
        }
        assert_eq!(resolve(&at("new")).expect("made"), Target::File(at("new")));
        assert_eq!(resolve(&at("dangling")).expect("made"), Target::File(at("directory/made")));
        for name in ["directory", "directory/", "new/", ".", "..", "nowhere", "round", "missing/x", "file/x"]
        {
            assert!(resolve(&at(name)).is_err(), "{name}");
        }
        assert!(resolve(&at(&"x".repeat(300))).is_err());
        assert_eq!(resolve(Path::new("/dev/null")).expect("there"), Target::Device("/dev/null".into()));
        for (path, number) in [
            ("/dev/stdin", 0),
            ("/dev/stdout", 1),
            ("/dev/stderr", 2),
            ("/dev/fd/2", 2),
            ("//dev/./fd/73", 73),
        ] {
            assert_eq!(resolve(Path::new(path)).expect(path), Target::Descriptor(number), "{path}");
        }
        assert_eq!(resolve(&at("printed")).expect("there"), Target::Descriptor(1));
        #[cfg(target_os = "linux")]
        for path in ["/proc/self/fd/9", "/proc/thread-self/fd/9"] {
            assert_eq!(resolve(Path::new(path)).expect(path), Target::Descriptor(9), "{path}");
        }
    }
}
