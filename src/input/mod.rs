//! What the user names → a topology: files, directories, the standard input, saved matrices, and all of these at a revision of
//! the repository.
//!
//! Revisions are read through the `git` program. Nothing is checked out, written or fetched.

mod argument;
mod branch;
mod content;
mod git;
mod own_base;
mod problem;
mod revision;
mod saved;
mod sides;

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::spec::{self, Spec, printable};
use argument::{Argument, Place};
use git::Repository;
pub use problem::InputError;
pub use sides::{sides, sides_in};

/// One side of a comparison.
#[derive(Debug, Clone)]
pub struct Topology {
    /// What is declared.
    pub spec: Spec,
    /// What messages call it: `main@4be10d2:crabwalk.yaml`, `crabwalk.yaml`, `-`.
    pub name: String,
    /// The short hash of the commit it was read from.
    pub commit: Option<String>,
    /// `false` where there is no spec on this side: the topology is empty then.
    pub exists: bool,
    /// Remarks for the user, a line each: what was taken as empty, what a shallow clone lacks.
    pub notices: Vec<String>,
}

impl Topology {
    /// A topology that was read.
    fn found(name: String, spec: Spec) -> Self {
        Self { spec, name, commit: None, exists: true, notices: Vec::new() }
    }

    /// The empty topology, with why it is that.
    fn missing(name: String, why: String) -> Self {
        Self { spec: Spec::default(), name, commit: None, exists: false, notices: vec![why] }
    }
}

/// Reads one side: a file, a directory, `-` for the standard input, or `REV:path` in the repository that holds `start`. A file
/// may be a spec or a saved matrix. What is there wins over what can be read as a revision, and what is not there is empty.
///
/// # Errors
/// Every mistake of a spec, or what else keeps it from being read.
pub fn read(argument: &OsStr, start: &Path, stdin: &mut dyn Read) -> Result<Topology, InputError> {
    match argument::parse(argument, start)? {
        Argument::Stdin => Ok(Topology::found("-".to_owned(), content::spec("stdin", stdin)?)),
        Argument::Path(path) => on_disk(argument, &path, start),
        Argument::Revision { revision, place } => {
            let repository =
                Repository::open(start).map_err(|problem| argument::neither(argument, problem))?;
            let commit =
                repository.commit(&revision).map_err(|problem| argument::neither(argument, problem))?;
            let path = match place {
                Place::Root(path) => path,
                Place::Here(path) => repository.path_from_here(&path)?,
            };
            revision::topology(&repository, &commit, Some(&revision), &path)
        }
    }
}

/// Reads a file under another name: what a program that made it calls it. The null device is the empty topology.
///
/// # Errors
/// Every mistake of the spec, or what else keeps it from being read.
pub fn read_named(file: &Path, name: &str) -> Result<Topology, InputError> {
    if is_null_device(file) {
        let why = format!("`{}` is not there on one side: an empty topology", printable(name));
        return Ok(Topology::missing(name.to_owned(), why));
    }
    let opened = std::fs::File::open(file)
        .map_err(|problem| problem::cannot_read(&file.to_string_lossy(), &problem))?;
    Ok(Topology::found(name.to_owned(), content::spec(name, opened)?))
}

fn is_null_device(file: &Path) -> bool {
    file == Path::new("/dev/null") || file.as_os_str().eq_ignore_ascii_case("nul")
}

/// What stands at a path of the disk. `typed` is what the user calls it.
fn on_disk(typed: &OsStr, path: &Path, start: &Path) -> Result<Topology, InputError> {
    let name = typed.to_string_lossy().into_owned();
    if path.is_dir() {
        return directory(name, path, start);
    }
    match std::fs::File::open(path) {
        Ok(file) => Ok(Topology::found(name, content::spec(&path.to_string_lossy(), file)?)),
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => missing_file(typed, name, start),
        Err(problem) => Err(problem::cannot_read(&name, &problem)),
    }
}

/// A directory; one without a spec in it is empty.
fn directory(name: String, path: &Path, start: &Path) -> Result<Topology, InputError> {
    match spec::load_from(start, &[path.to_owned()], &mut std::io::empty()) {
        Ok(spec) => Ok(Topology::found(name, spec)),
        Err(mistakes) if mistakes.items.iter().all(|item| item.code == spec::Code::NoSpec) => {
            let why = format!("there is no spec below `{}`: taken as an empty topology", printable(&name));
            Ok(Topology::missing(name, why))
        }
        Err(mistakes) => Err(mistakes.into()),
    }
}

/// A file that is not there is empty; a revision without a path is a slip, and so is a word that looks like no path: taken for an
/// empty head, it would close everything and pass every gate.
fn missing_file(typed: &OsStr, name: String, start: &Path) -> Result<Topology, InputError> {
    let is_revision = |word: &str| Repository::open(start).is_ok_and(|found| found.commit(word).is_ok());
    if let Some(word) = typed.to_str().filter(|word| is_revision(word)) {
        return Err(InputError::problem(
            format!("`{}` is a revision, and does not say which file of it is meant", printable(word)),
            &format!("name the path in it: `{}:crabwalk.yaml`", printable(word)),
        ));
    }
    let path = Path::new(typed);
    if path.extension().is_none() && !name.contains(['/', '\\']) {
        return Err(InputError::problem(
            format!("`{}` is neither a file nor a revision", printable(&name)),
            "check how it is written; of a directory that is gone say so with a slash at its end",
        ));
    }
    let why = format!("there is no file `{}`: taken as an empty topology", printable(&name));
    Ok(Topology::missing(name, why))
}

/// A path as it is found from `start`. From the current directory it stays as it was typed, and so do the names in messages.
fn below(start: &Path, path: &Path) -> PathBuf {
    if start == Path::new(".") { path.to_owned() } else { start.join(path) }
}
