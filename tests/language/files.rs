//! Which files make a spec: files, directories, the standard input, the search upwards.

use std::fs;
use std::path::{Path, PathBuf};

use crabwalk::input::load_from;
use crabwalk::language::{Code, Diagnostics};
use crabwalk::model::Spec;

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

/// Loads a directory with so many threads.
fn load_with(threads: usize, directory: &Path) -> Result<Spec, Diagnostics> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| load(&[directory.to_owned()]))
}

/// A directory of 64 files that is large enough to be read on several threads. Each has 600 agents with this body, and
/// `special` says what else some files hold.
fn large(body: &str, special: impl Fn(usize) -> String) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a directory can be made");
    for file in 0..64 {
        let mut text = String::from("version: 1\nagents:\n");
        for agent in 0..600 {
            let next = (file * 600 + agent + 1) % 38_400;
            text += &format!("  a{}: {}\n", file * 600 + agent, body.replace("NEXT", &format!("a{next}")));
        }
        text += &special(file);
        fs::write(root.path().join(format!("{file:02}.crabwalk.yaml")), text).expect("a file can be written");
    }
    root
}

#[test]
fn threads_change_nothing_in_a_spec() {
    let shared = |file: usize| if file == 40 { "zones: {core: }\n" } else { "" }.to_owned();
    let root = large("{zone: core, tags: [x, y], read: [{target: NEXT, guards: redaction}]}", shared);
    let one = load_with(1, root.path()).expect("it loads");
    assert_eq!((one.nodes.len(), one.edges.len(), one.files.len()), (38_400, 38_400, 64));
    let eight = load_with(8, root.path()).expect("it loads");
    assert_eq!(format!("{one:?}"), format!("{eight:?}"));
}

/// Mistakes come in the order of the files, as many as are kept, and so are the suggestions looked for.
#[test]
fn threads_change_nothing_in_what_is_wrong() {
    let special = |file: usize| match file {
        3 => "tols: {t: }\n".to_owned(),
        30 => "stores: {s: [}\n".to_owned(),
        31 => "sinks: {s: {zone: nowhere}}\n".to_owned(),
        _ => String::new(),
    };
    let root = large(
        "{sensitivty: secret, descripton: x, isolaton: shared, isolation: percall, read: NEXT}",
        special,
    );
    fs::write(root.path().join("33x.crabwalk.yaml"), b"version: 1\nname: \xff\n").expect("it can be written");
    let one = load_with(1, root.path()).expect_err("it is full of mistakes");
    let eight = load_with(8, root.path()).expect_err("it is full of mistakes");
    assert_eq!(format!("{:?}", one.items), format!("{:?}", eight.items));
    assert_eq!(one.files.len(), 65);
    let slips: Vec<bool> = one
        .items
        .iter()
        .filter(|item| item.code == Code::UnknownKey)
        .map(|item| item.help.as_deref().is_some_and(|help| help.starts_with("did you mean")))
        .collect();
    // Ten thousand are kept, from several files, and the rest is counted: four mistakes an agent of the files that can be read, a
    // section, and what the other two files are.
    let beyond = 63 * 600 * 4 + 3 - 10_000;
    let (rest, kept) = one.items.split_last().expect("there are mistakes");
    assert_eq!((kept.len(), rest.code), (10_000, Code::TooMuch));
    assert_eq!(rest.message, format!("{beyond} more mistakes were found and are not kept"));
    assert!(slips.len() > 6_000, "{}", slips.len());
    assert!(slips.iter().all(|suggested| *suggested), "there is work left for all that are kept");
}
