//! A spec that a change opens, in a repository, and what the program says of it there.

use std::path::Path;

use super::program::crabwalk;
use super::repository::Repository;

/// Whoever writes a mail steers the desk, and nobody gets at what is critical.
pub(crate) const BASE: &str = "version: 1
zones: {edge: , core: }
sources: {mail: {zone: edge}}
agents:
  desk: {zone: edge, read: mail}
  pay: {zone: core, critical: true}
";

/// The desk may invoke what is critical: CW001.
pub(crate) fn opened(text: &str) -> String {
    assert!(text.contains("read: mail}"), "{text}");
    text.replace("read: mail}", "read: mail, invoke: pay}")
}

/// A repository with the spec committed at this path.
pub(crate) fn committed(path: &str, text: &str) -> Repository {
    let repository = Repository::new();
    repository.write(path, text);
    repository.write("readme.md", "agents");
    repository.commit();
    repository
}

/// What the program says in a directory: the exit code, what it answers, and what it says besides.
pub(crate) fn run(start: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = crabwalk(arguments).current_dir(start).output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("it exits"), text(output.stdout), text(output.stderr))
}
