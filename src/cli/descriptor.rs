//! The number of a descriptor that this process was given → something to write to, at the place where whoever opened it has
//! got to.

use std::io::{self, Write};

/// A descriptor to write to.
///
/// # Errors
/// If this process was given none of that number, or the system does not let it be taken.
pub(super) fn writer(number: u32) -> io::Result<Box<dyn Write>> {
    match number {
        1 => Ok(Box::new(io::stdout().lock())),
        2 => Ok(Box::new(io::stderr().lock())),
        _ => other(number),
    }
}

/// The same open file under a number of our own: what is written goes on where it stood, and whoever writes next goes on behind.
/// To open its name again, as a path would be, begins at its first byte and writes over what is there.
#[cfg(target_os = "linux")]
fn other(number: u32) -> io::Result<Box<dyn Write>> {
    use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};
    let flags = inherited_flags(number)?;
    let wrong_number = |_| io::Error::from(io::ErrorKind::InvalidInput);
    let own = pidfd_open(getpid(), PidfdFlags::empty()).map_err(io::Error::from);
    let taken = own.and_then(|own| {
        let number = i32::try_from(number).map_err(wrong_number)?;
        Ok(pidfd_getfd(own, number, PidfdGetfdFlags::empty())?)
    });
    match taken {
        Ok(taken) => Ok(Box::new(std::fs::File::from(taken))),
        Err(problem) => opened_again(number, flags, problem),
    }
}

/// Where the system does not let a descriptor be taken (a container may forbid it, an old kernel cannot), its name does as well if
/// nothing depends on a position: of a pipe, a terminal, or a file that is only ever added to.
#[cfg(target_os = "linux")]
fn opened_again(number: u32, flags: u32, problem: io::Error) -> io::Result<Box<dyn Write>> {
    let path = format!("/proc/self/fd/{number}");
    let appends = flags & APPEND != 0;
    if std::fs::metadata(&path)?.is_file() && !appends {
        let why = format!(
            "descriptor {number} cannot be taken ({problem}): let the shell do it, with `>&{number}`"
        );
        return Err(io::Error::other(why));
    }
    Ok(Box::new(std::fs::OpenOptions::new().write(true).append(appends).open(path)?))
}

/// `O_APPEND` and `O_CLOEXEC` as `/proc` shows them.
#[cfg(target_os = "linux")]
const APPEND: u32 = 0o2000;
#[cfg(target_os = "linux")]
const CLOSED_ON_EXEC: u32 = 0o2_000_000;

/// The flags of a descriptor that was given to this process. What this process has opened itself is nobody's to write to, and is
/// known by being closed when another program is started.
#[cfg(target_os = "linux")]
fn inherited_flags(number: u32) -> io::Result<u32> {
    let missing = || io::Error::other(format!("descriptor {number} is not open"));
    let info = std::fs::read_to_string(format!("/proc/self/fdinfo/{number}")).map_err(|_| missing())?;
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:"));
    let flags = flags.and_then(|octal| u32::from_str_radix(octal.trim(), 8).ok()).ok_or_else(missing)?;
    if flags & CLOSED_ON_EXEC == 0 { Ok(flags) } else { Err(missing()) }
}

/// Elsewhere the name of a descriptor is the descriptor.
#[cfg(not(target_os = "linux"))]
fn other(number: u32) -> io::Result<Box<dyn Write>> {
    Ok(Box::new(std::fs::OpenOptions::new().write(true).open(format!("/dev/fd/{number}"))?))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::fd::AsRawFd as _;

    #[test]
    fn a_name_does_only_where_no_position_counts() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log");
        fs::write(&path, "before\n").expect("writable");
        let refusal = || io::Error::from(io::ErrorKind::PermissionDenied);
        let file = fs::OpenOptions::new().append(true).open(&path).expect("writable");
        let number = u32::try_from(file.as_raw_fd()).expect("a number");
        assert!(opened_again(number, 0, refusal()).is_err());
        opened_again(number, APPEND, refusal()).expect("added to").write_all(b"after\n").expect("writable");
        assert_eq!(fs::read_to_string(&path).expect("there"), "before\nafter\n");
        assert!(inherited_flags(number).is_err(), "it is our own");
        assert!(inherited_flags(1).is_ok() && inherited_flags(9_999).is_err());
    }
}
