//! Finding specs: below a directory, or from a directory upwards.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::files::cannot_read;
use super::hidden::printable;
use super::sink::Sink;

/// The names of a spec that is found without being named.
pub(crate) const OWN_NAMES: &[&str] = &["crabwalk.yaml", "crabwalk.yml"];

/// Whether a path is a directory, links followed.
pub(super) fn is_directory(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_dir())
}

/// Whether a file of this name in a directory is a spec.
pub(crate) fn is_spec(name: &str) -> bool {
    OWN_NAMES.contains(&name) || name.ends_with(".crabwalk.yaml") || name.ends_with(".crabwalk.yml")
}

/// Every spec below a directory. Hidden directories are left out, and each directory is entered once, whatever links lead
/// to it.
pub(super) fn specs_below(root: &Path, sink: &mut Sink) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entered = HashSet::new();
    let mut left = vec![root.to_owned()];
    let mut readable = true;
    while let Some(directory) = left.pop() {
        if !entered.insert(fs::canonicalize(&directory).unwrap_or_else(|_| directory.clone())) {
            continue;
        }
        match children(&directory) {
            Ok(children) => {
                let (directories, files): (Vec<_>, Vec<_>) =
                    children.into_iter().partition(|path| is_directory(path));
                found.extend(files.into_iter().filter(|path| file_name(path).is_some_and(is_spec)));
                left.extend(directories.into_iter().rev().filter(|path| !is_hidden(path)));
            }
            Err(error) => {
                readable = false;
                sink.names_missing = true;
                sink.push(cannot_read(&directory.to_string_lossy(), &error));
            }
        }
    }
    if found.is_empty() && readable {
        sink.names_missing = true;
        sink.push(
            Diagnostic::new(Code::NoSpec, format!("there is no spec below `{}`", printable(&root.to_string_lossy())))
                .help("specs in a directory are called `crabwalk.yaml` or end in `.crabwalk.yaml`; `crabwalk init` writes one"),
        );
    }
    found
}

/// What a directory holds, sorted, so that the same tree always gives the same spec.
fn children(directory: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut children = fs::read_dir(directory)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    children.sort();
    Ok(children)
}

fn file_name(path: &Path) -> Option<&str> {
    path.file_name().and_then(|name| name.to_str())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| is_hidden_name(&name.to_string_lossy()))
}

/// Whether a directory of this name is left out.
pub(crate) fn is_hidden_name(name: &str) -> bool {
    name.starts_with('.')
}

/// The nearest spec from a directory upwards, not beyond the root of its repository. Outside of a repository only the
/// directory itself counts: what lies around further up belongs to somebody else.
pub(crate) fn nearest_spec(start: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(start).unwrap_or_else(|_| start.to_owned());
    let levels =
        real.ancestors().position(|directory| directory.join(".git").exists()).map_or(1, |up| up + 1);
    let mut directory = if start == Path::new(".") { PathBuf::new() } else { start.to_owned() };
    for _ in 0..levels {
        let found = OWN_NAMES.iter().map(|name| directory.join(name)).find(|path| path.is_file());
        if found.is_some() {
            return found;
        }
        directory.push("..");
    }
    None
}

/// The nearest spec; none is reported.
pub(super) fn nearest(start: &Path, sink: &mut Sink) -> Option<PathBuf> {
    let found = nearest_spec(start);
    if found.is_some() {
        return found;
    }
    sink.names_missing = true;
    sink.push(
        Diagnostic::new(
            Code::NoSpec,
            "there is no `crabwalk.yaml` here nor above, up to the root of the repository",
        )
        .help("name a spec or a directory of specs, or let `crabwalk init` write one"),
    );
    None
}
