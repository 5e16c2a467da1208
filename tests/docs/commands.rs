//! Every command as a user types it: what it prints, where, and how it exits. `TRYCMD=overwrite cargo test --test docs commands`
//! writes what is printed now into the pages. Nothing else of the project is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

#[test]
fn commands_print_what_the_pages_say() {
    let before = files();
    let cases = trycmd::TestCases::new();
    for name in ["COLUMNS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"] {
        // What the developer's terminal says must not change what is compared.
        cases.env(name, "");
    }
    cases
        .case("tests/cmd/*.md")
        .case("README.md")
        .case("docs/reading-the-matrix.md")
        .case("docs/review.md")
        .case("docs/scale.md")
        .case("docs/self-check.md")
        .case("docs/what-if.md")
        .case("docs/harden.md")
        .case("docs/respond.md");
    // The cases run when they are dropped.
    drop(cases);
    if std::env::var_os("TRYCMD").is_none() {
        let after = files();
        let changed = before.iter().chain(&after).filter(|(path, _)| before.get(*path) != after.get(*path));
        let changed: Vec<&PathBuf> = changed.map(|(path, _)| path).collect();
        assert!(changed.is_empty(), "a page writes into the project: {changed:?}");
    }
}

/// The files of the project with the time at which each was written, but for what is built and what git keeps.
fn files() -> BTreeMap<PathBuf, SystemTime> {
    let mut files = BTreeMap::new();
    let mut left = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR"))];
    while let Some(directory) = left.pop() {
        let entries =
            fs::read_dir(&directory).expect("readable").map(|entry| entry.expect("readable").path());
        for path in entries.filter(|path| !is_left_out(path)) {
            let found = fs::symlink_metadata(&path).expect("it is there");
            if found.is_dir() {
                left.push(path);
            } else {
                files.insert(path, found.modified().expect("the system says it"));
            }
        }
    }
    files
}

fn is_left_out(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == ".git" || name == "target")
}
