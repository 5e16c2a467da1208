//! Asking for sides of a comparison, and what they hold.

use std::ffi::OsStr;
use std::path::Path;

use crabwalk::input::{InputError, Topology, read, sides_in};
use crabwalk::model::SourceFile;

/// A spec with one agent of this name.
pub(crate) fn agent(name: &str) -> String {
    format!("version: 1\nagents:\n  {name}: \n")
}

pub(crate) fn nothing(_: &str) -> Option<String> {
    None
}

pub(crate) fn one(argument: &str, start: &Path) -> Result<Topology, InputError> {
    read(OsStr::new(argument), start, &mut std::io::empty())
}

/// Base and head, without variables of a CI system.
pub(crate) fn sides(
    base: Option<&str>,
    head: Option<&str>,
    start: &Path,
) -> Result<(Topology, Topology), InputError> {
    sides_in(base.map(Path::new), head.map(Path::new), start, &mut std::io::empty(), &nothing)
}

pub(crate) fn names(topology: &Topology) -> Vec<&str> {
    topology.spec.nodes.keys().map(String::as_str).collect()
}

pub(crate) fn files(topology: &Topology) -> Vec<&str> {
    topology.spec.files.iter().map(SourceFile::name).collect()
}

/// What is wrong, and what to do.
pub(crate) fn problem(found: Result<impl std::fmt::Debug, InputError>) -> (String, String) {
    match found {
        Err(InputError::Problem { message, help }) => (message, help),
        other => panic!("it cannot be read: {other:?}"),
    }
}
