//! `crabwalk init`: a right spec where there is none, and nothing beside one that it would be taken for.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::program::{crabwalk, folder};

fn init(folder: &Path, arguments: &[&str]) -> Output {
    crabwalk(&[&["init"], arguments].concat()).current_dir(folder).output().expect("it runs")
}

const OWN: &str = "version: 1\nagents: {mine: }\n";

/// Every pair of names where the new spec would be read instead of the old one, or with it.
#[test]
fn it_names_the_spec_that_is_there() {
    for (there, new) in [
        ("crabwalk.yaml", "crabwalk.yaml"),
        ("crabwalk.yml", "crabwalk.yaml"),
        ("crabwalk.yaml", "crabwalk.yml"),
        ("desk.crabwalk.yaml", "crabwalk.yaml"),
        ("desk.crabwalk.yml", "crabwalk.yaml"),
        ("desk.crabwalk.yaml", "crabwalk.yml"),
        ("crabwalk.yaml", "desk.crabwalk.yaml"),
        ("crabwalk.yml", "desk.crabwalk.yml"),
    ] {
        let folder = folder();
        fs::create_dir(folder.path().join("sub")).expect("writable");
        for directory in ["", "sub/"] {
            let (there, new) = (format!("{directory}{there}"), format!("{directory}{new}"));
            fs::write(folder.path().join(&there), OWN).expect("writable");
            let output = init(folder.path(), &["-o", &new]);
            assert_eq!(output.status.code(), Some(2), "{new} beside {there}");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(said.contains(&format!("error: `{there}` is ")) && said.contains("help: "), "{said}");
            assert_eq!(fs::read_to_string(folder.path().join(&there)).expect("there"), OWN);
            assert!(new == there || !folder.path().join(&new).exists());
        }
    }
}

#[test]
fn it_writes_beside_what_is_read_alone() {
    for (there, new) in [
        ("notes.yaml", "crabwalk.yaml"),
        ("crabwalk.yaml.orig", "crabwalk.yaml"),
        ("crabwalk.yaml", "notes.yaml"),
        ("sub/crabwalk.yaml", "crabwalk.yaml"),
    ] {
        let folder = folder();
        fs::create_dir(folder.path().join("sub")).expect("writable");
        fs::write(folder.path().join(there), OWN).expect("writable");
        let output = init(folder.path(), &["-o", new]);
        assert!(output.status.success(), "{new} beside {there}: {}", String::from_utf8_lossy(&output.stderr));
        let check = crabwalk(&["check", "--fail-on", "never", new]).current_dir(folder.path()).output();
        assert!(check.expect("it runs").status.success(), "{new}");
    }
}

/// A link that leads nowhere is a name that is taken: what it would make lies elsewhere.
#[test]
#[cfg(unix)]
fn it_writes_through_no_link() {
    let folder = folder();
    std::os::unix::fs::symlink("elsewhere.yaml", folder.path().join("crabwalk.yaml")).expect("writable");
    assert_eq!(init(folder.path(), &[]).status.code(), Some(2));
    assert!(!folder.path().join("elsewhere.yaml").exists());
}
