//! Where machines are told that findings stand: the path from the root of the repository, however the file was named and wherever
//! the program ran; and which file it is tells the findings of two specs apart.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::program;
use crate::support::program::crabwalk;
use crate::support::repository::{Repository, git};
use serde_json::Value;

const BASE: &str = "version: 1
zones: {edge: , core: }
sources: {mail: {zone: edge, untrusted: true}}
agents: {desk: {zone: edge, read: [mail]}}
tools: {pay: {zone: core, critical: true}}
";

/// The same with a way from the untrusted mail to what is critical.
fn opened() -> String {
    BASE.replace("read: [mail]}", "read: [mail], invoke: [pay]}")
}

/// What a call in a directory prints; it finds something.
fn found(directory: &Path, words: &[&str]) -> String {
    let output = crabwalk(words).current_dir(directory).output().expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{words:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|problem| panic!("{problem}: {text}"))
}

/// All files that a report names.
fn files(format: &str, report: &str) -> BTreeSet<String> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut named = BTreeSet::new();
    match format {
        "github" => {
            let places = report.split("file=").skip(1);
            named.extend(places.map(|rest| rest.split(',').next().expect("a property").to_owned()));
        }
        "junit" => {
            let places = report.lines().filter_map(|line| line.strip_prefix("At "));
            named.extend(places.map(|place| place.rsplit_once(':').expect("a line").0.to_owned()));
        }
        "gitlab" => {
            named.extend(
                json(report).as_array().expect("issues").iter().map(|one| text(&one["location"]["path"])),
            );
        }
        _ => {
            let key = if format == "sarif" { "uri" } else { "file" };
            collect(&json(report), key, &mut named);
        }
    }
    named
}

fn collect(value: &Value, key: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            into.extend(fields.get(key).and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect(value, key, into));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, key, into)),
        _ => {}
    }
}

/// Every format for machines of `check` and `diff` names this file, and no other.
fn assert_named(directory: &Path, base: &str, head: &str, expected: &str) {
    for format in ["github", "gitlab", "sarif", "junit", "json"] {
        for words in [vec!["diff", base, head], vec!["check", head]] {
            let report = found(directory, &[&words[..], &["-f", format]].concat());
            let files = files(format, &report);
            assert_eq!(
                files,
                BTreeSet::from([expected.to_owned()]),
                "{words:?} -f {format} from {directory:?}"
            );
        }
    }
}

#[test]
fn a_file_is_named_from_the_root_of_its_repository() {
    let repository = Repository::new();
    repository.write("team/desk/crabwalk.yaml", BASE);
    repository.commit();
    repository.write("team/desk/crabwalk.yaml", &opened());
    let (root, file) = (repository.root(), "team/desk/crabwalk.yaml");
    let base = format!("HEAD:{file}");
    for typed in [
        file,
        ".//team/desk/crabwalk.yaml",
        "././team//desk/crabwalk.yaml",
        "team/../team/desk/crabwalk.yaml",
    ] {
        assert_named(&root, &base, typed, file);
    }
    assert_named(&root.join("team/desk"), &base, "crabwalk.yaml", file);
    assert_named(&root.join("team"), &base, "desk/crabwalk.yaml", file);
    let whole = root.join(file);
    assert_named(&root.join("team"), &base, whole.to_str().expect("UTF-8"), file);
    // Whoever reads a text finds what was typed.
    let text = found(&root.join("team"), &["check", ".//desk/crabwalk.yaml"]);
    assert!(text.contains("--> .//desk/crabwalk.yaml:5:"), "{text}");
}

#[test]
fn a_file_is_the_same_by_the_name_of_its_directory() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &opened());
    let report = found(&repository.root(), &["check", "../work/crabwalk.yaml", "-f", "gitlab"]);
    assert_eq!(files("gitlab", &report), BTreeSet::from(["crabwalk.yaml".to_owned()]));
}

#[test]
fn worktrees_and_submodules_have_roots_of_their_own() {
    let repository = Repository::new();
    repository.write("a/crabwalk.yaml", BASE);
    repository.commit();
    let worktree = repository.beside("tree");
    repository.git(&["worktree", "add", "-q", worktree.to_str().expect("UTF-8")]);
    std::fs::write(worktree.join("a/crabwalk.yaml"), opened()).expect("written");
    assert_named(&worktree.join("a"), "HEAD:a/crabwalk.yaml", "crabwalk.yaml", "a/crabwalk.yaml");

    let source = repository.root();
    let source = source.to_str().expect("UTF-8");
    let outer = repository.beside("outer");
    std::fs::create_dir(&outer).expect("made");
    git(&outer, &["init", "-q"]);
    git(&outer, &["-c", "protocol.file.allow=always", "submodule", "add", "-q", source, "inner"]);
    std::fs::write(outer.join("inner/a/crabwalk.yaml"), opened()).expect("written");
    let report = found(&outer, &["check", "inner/a/crabwalk.yaml", "-f", "gitlab"]);
    assert_eq!(files("gitlab", &report), BTreeSet::from(["a/crabwalk.yaml".to_owned()]));
}

#[test]
fn without_a_repository_a_file_is_named_from_here() {
    let folder = program::folder();
    std::fs::create_dir(folder.path().join("a")).expect("made");
    std::fs::write(folder.path().join("a/x.yaml"), opened()).expect("written");
    std::fs::write(folder.path().join("a/old.yaml"), BASE).expect("written");
    assert_named(folder.path(), "a/old.yaml", "./a//x.yaml", "a/x.yaml");
    let outside = found(&folder.path().join("a"), &["check", "../a/x.yaml", "-f", "gitlab"]);
    assert_eq!(files("gitlab", &outside), BTreeSet::from(["x.yaml".to_owned()]));
}

#[test]
fn two_specs_of_a_repository_share_no_fingerprint_and_an_acceptance_follows_a_rename() {
    let repository = Repository::new();
    repository.write("old.yaml", BASE);
    for file in ["prod/crabwalk.yaml", "staging/crabwalk.yaml"] {
        repository.write(file, &opened());
    }
    let run = |file: &str, format: &str| {
        json(&found(&repository.root(), &["diff", "old.yaml", file, "-f", format]))
    };
    let gitlab = |file: &str| -> BTreeSet<String> {
        let report = run(file, "gitlab");
        report.as_array().expect("issues").iter().map(|issue| issue["fingerprint"].to_string()).collect()
    };
    let sarif = |file: &str| -> BTreeSet<String> {
        let report = run(file, "sarif");
        let results = report["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect()
    };
    let [prod, staging] = ["prod/crabwalk.yaml", "staging/crabwalk.yaml"];
    for prints in [[gitlab(prod), gitlab(staging)], [sarif(prod), sarif(staging)]] {
        assert!(!prints[0].is_empty() && prints[0].is_disjoint(&prints[1]), "{prints:?}");
    }
    assert_eq!(gitlab(prod), gitlab("./prod//crabwalk.yaml"), "a file has one path");
    assert!(
        sarif(prod).iter().all(|print| !print.contains("primaryLocationLineHash")),
        "GitHub computes that"
    );
    // What an acceptance names is the finding, wherever its spec lies.
    let ids = |file: &str| -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        collect(&run(file, "json"), "id", &mut ids);
        ids.retain(|id| id.starts_with("CW"));
        ids
    };
    assert!(!ids(prod).is_empty() && ids(prod) == ids(staging), "{:?}", ids(prod));
}
