//! Files of the disk → bytes. What is opened is a regular file of bounded size, or a pipe that the user has named.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::locate::Stands;
use crate::input::problem;
use crate::language::{Code, Diagnostic, LARGEST};
use crate::model::printable;

/// Opens what stands at a path that was named.
///
/// # Errors
/// What it is, if it is nothing to read.
pub(in crate::input) fn open(path: &Path, name: &str, stands: Stands) -> Result<File, Diagnostic> {
    if stands == Stands::Device {
        let shown = printable(name);
        return Err(Diagnostic::new(Code::Refused, format!("`{shown}` is a device, and is not opened"))
            .help("name a file, or `-` for the standard input"));
    }
    let file = File::open(path).map_err(|problem| cannot_read(name, &problem))?;
    let found = file.metadata().map_err(|problem| cannot_read(name, &problem))?;
    // It may have become another thing since it was looked at.
    if stands == Stands::File && !found.is_file() {
        return Err(cannot_read(name, &io::Error::other("it is no regular file any more")));
    }
    if found.len() > LARGEST as u64 {
        return Err(problem::too_large(name));
    }
    Ok(file)
}

/// All bytes of something that was opened, but hardly more than a spec can have: a file may grow while it is read. Without the memory,
/// growing says so.
///
/// # Errors
/// If it cannot be read, or is too large.
pub(in crate::input) fn read(from: impl Read, name: &str, expected: u64) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    let expected = usize::try_from(expected).unwrap_or(LARGEST).min(LARGEST);
    // One byte more than expected: the end is found without growing.
    let _ = bytes.try_reserve(expected + 1);
    from.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|problem| cannot_read(name, &problem))?;
    if bytes.len() > LARGEST { Err(problem::too_large(name)) } else { Ok(bytes) }
}

/// Refuses files that are together larger than a spec can be, before one is read. What cannot be asked for its size cannot be read
/// either, which is said then.
///
/// # Errors
/// If they are.
pub(in crate::input) fn budget<'p>(paths: impl Iterator<Item = &'p Path>) -> Result<(), Diagnostic> {
    let sizes = paths.map(|path| path.metadata().map_or(0, |found| found.len()));
    let total = sizes.fold(0u64, u64::saturating_add);
    if total <= LARGEST as u64 {
        return Ok(());
    }
    let message =
        format!("these files are together larger than a spec can be ({} of 1 GiB)", gibibytes(total));
    Err(Diagnostic::new(Code::TooMuch, message).help("name a directory with fewer of them"))
}

fn gibibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) >> 30;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A file that cannot be read, and why.
pub(in crate::input) fn cannot_read(name: &str, error: &io::Error) -> Diagnostic {
    let name = printable(name);
    let (why, help) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("there is no such file", "check the path; `crabwalk init` writes a first spec")
        }
        io::ErrorKind::PermissionDenied => ("permission denied", "give yourself the right to read it"),
        _ => return Diagnostic::new(Code::CannotRead, format!("cannot read `{name}`: {error}")),
    };
    Diagnostic::new(Code::CannotRead, format!("cannot read `{name}`: {why}")).help(help)
}
