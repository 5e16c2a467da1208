//! Which files make a spec: files, directories, the standard input, the search upwards.

use std::fs;
use std::path::{Path, PathBuf};

use crabwalk::spec::{Code, Diagnostics, Spec, load_from};

/// A directory with these files.
fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a directory can be made");
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("a directory can be made");
        fs::write(path, text).expect("a file can be written");
    }
    root
}

fn load(inputs: &[PathBuf]) -> Result<Spec, Diagnostics> {
    load_from(Path::new("."), inputs, &mut &b""[..])
}

const A: &str = "version: 1\nzones: {core: }\nagents: {a: {zone: core, read: s}}\n";
const S: &str = "version: 1\nstores: {s: {zone: core}}\n";

#[test]
fn a_directory_holds_a_spec_in_parts() {
    let root = tree(&[
        ("desk/b/stores.crabwalk.yml", S),
        ("desk/a/agents.crabwalk.yaml", A),
        ("desk/c/crabwalk.yaml", "version: 1\ntools: {t: }\n"),
        ("desk/.git/hidden.crabwalk.yaml", "nonsense"),
        ("desk/notes.yaml", "nonsense"),
    ]);
    let directory = root.path().join("desk");
    let spec = load(std::slice::from_ref(&directory)).expect("it loads");
    assert_eq!(spec.name, "desk");
    assert_eq!(spec.nodes.keys().collect::<Vec<_>>(), ["a", "s", "t"]);
    assert!(spec.files.iter().map(|file| file.name()).is_sorted());
    // A file that is named and found is read once; the order of the arguments does not matter.
    let twice = [directory.join("c/crabwalk.yaml"), directory.join("b/../b/stores.crabwalk.yml"), directory];
    let spec = load(&twice).expect("it loads");
    assert_eq!(spec.nodes.len(), 3);
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_are_entered_once() {
    let root = tree(&[("desk/agents.crabwalk.yaml", A), ("desk/sub/stores.crabwalk.yaml", S)]);
    let link = |name: &str| {
        std::os::unix::fs::symlink(root.path().join("desk"), root.path().join(name))
            .expect("a link can be made");
    };
    link("desk/sub/back");
    link("desk/again");
    assert_eq!(load(&[root.path().join("desk")]).expect("it loads").nodes.len(), 2);
}

#[test]
fn a_spec_without_a_name_has_that_of_its_file() {
    let root = tree(&[("desk/crabwalk.yaml", A), ("x.crabwalk.yaml", S), ("y.json", "{\"version\": 1}")]);
    let name = |path: &str| load(&[root.path().join(path), root.path().join("y.json")]).map(|spec| spec.name);
    assert_eq!(name("y.json").expect("it loads"), "y");
    assert_eq!(load(&[root.path().join("y.json")]).expect("it loads").name, "y");
    let both = [root.path().join("x.crabwalk.yaml"), root.path().join("desk/crabwalk.yaml")];
    assert_eq!(load(&both).expect("it loads").name, "desk");
    let stdin =
        load_from(Path::new("."), &[PathBuf::from("-")], &mut &b"version: 1\n"[..]).expect("it loads");
    assert_eq!(stdin.name, "stdin");
}

#[test]
fn without_arguments_the_nearest_spec_of_the_repository_counts() {
    let root = tree(&[
        ("crabwalk.yaml", "nonsense"),
        ("repo/.git/HEAD", ""),
        ("repo/crabwalk.yml", "version: 1\nname: found\n"),
        ("repo/src/deep/x", ""),
        ("empty/.git", ""),
        ("empty/src/x", ""),
    ]);
    let nearest = |start: &str| load_from(&root.path().join(start), &[], &mut &b""[..]);
    assert_eq!(nearest("repo/src/deep").expect("it loads").name, "found");
    assert_eq!(nearest("repo").expect("it loads").name, "found");
    let found = nearest("empty/src").expect_err("it is not beyond the repository");
    assert_eq!(found.items.iter().map(|item| item.code).collect::<Vec<_>>(), [Code::NoSpec]);
}

#[test]
fn a_missing_file_does_not_hide_the_mistakes_of_others() {
    let root = tree(&[("a.yaml", "version: 1\nagents: {a: {read: elsewhere, isolation: no}}\n")]);
    let found =
        load(&[root.path().join("a.yaml"), root.path().join("gone.yaml")]).expect_err("one is missing");
    let codes: Vec<Code> = found.items.iter().map(|item| item.code).collect();
    assert_eq!(codes, [Code::CannotRead, Code::UnknownValue]);
}
