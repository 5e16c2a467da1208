//! The directory whose specs are meant where nobody names one.

use std::fs;
use std::path::{Path, PathBuf};

use super::locate::repository_of;
use crate::input::names::is_spec;

/// The nearest directory from `start` upwards that holds a spec, not beyond the root of its repository. Outside of a repository only
/// the directory itself counts: what lies around further up belongs to somebody else. As it would be typed: `..`, or nothing for the
/// current directory.
pub(in crate::input) fn nearest(start: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(start).unwrap_or_else(|_| start.to_owned());
    let root = repository_of(&real);
    let levels = real.ancestors().position(|above| Some(above) == root.as_deref()).map_or(1, |up| up + 1);
    let mut directory = if start == Path::new(".") { PathBuf::new() } else { start.to_owned() };
    for above in real.ancestors().take(levels) {
        if holds_spec(above) {
            return Some(directory);
        }
        directory.push("..");
    }
    None
}

/// Whether something in a directory is called like a spec. What it is, is looked at when it is read.
fn holds_spec(directory: &Path) -> bool {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    entries.filter(|entry| is_spec(&entry.file_name().to_string_lossy())).any(|entry| {
        let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
        !is_directory
    })
}
