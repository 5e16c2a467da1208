//! Ways round the gate: each takes the spec out of its sight, or its marks out of the spec, and opens what may not be opened. None is
//! green: exit 1 with a finding, or exit 2 with the reason.

use std::fs;
use std::path::Path;

use crate::support::program;
use crate::support::program::crabwalk;
use crate::support::repository;
use crate::support::repository::Repository;
use crate::support::ways;
use crate::support::ways::{BASE, run};

const RULE: &str = "rules:
  - {name: people-pay, why: people pay, deny: {from: untrusted, to: pay}}
";

/// The desk may invoke what is critical, and the rule is broken.
fn opened() -> String {
    ways::opened(BASE) + RULE
}

fn repository(path: &str) -> Repository {
    ways::committed(path, &(BASE.to_owned() + RULE))
}

fn diff(start: &Path, arguments: &[&str]) -> (i32, String, String) {
    run(start, &[&["diff"], arguments].concat())
}

#[track_caller]
fn found(start: &Path, arguments: &[&str], wanted: &[&str]) {
    let (code, answer, said) = diff(start, arguments);
    assert_eq!(code, 1, "{arguments:?}: {answer}{said}");
    for wanted in wanted {
        assert!(answer.contains(wanted), "{arguments:?} has no {wanted}: {answer}{said}");
    }
}

#[track_caller]
fn refused(start: &Path, arguments: &[&str], wanted: &[&str]) {
    let (code, answer, said) = diff(start, arguments);
    assert_eq!((code, answer.as_str()), (2, ""), "{arguments:?}: {said}");
    for wanted in wanted {
        assert!(said.contains(wanted), "{arguments:?} has no {wanted}: {said}");
    }
}

/// Whether git was told of the move or not, and by whatever words the gate is asked.
#[test]
fn a_spec_that_is_moved_is_followed() {
    for (from, to) in [
        ("crabwalk.yaml", "topology.crabwalk.yaml"),
        ("crabwalk.yaml", "agents/crabwalk.yaml"),
        ("crabwalk.yaml", "Crabwalk.yaml"),
        ("crabwalk.yaml", "notes/agents.txt"),
        ("agents/crabwalk.yaml", "crabwalk.yaml"),
        ("agents/crabwalk.yaml", "fleet/a.crabwalk.yaml"),
    ] {
        let repository = repository(from);
        let root = repository.root();
        fs::create_dir_all(root.join(to).parent().expect("a parent")).expect("a folder");
        repository.git(&["mv", from, to]);
        repository.write(to, &opened());
        repository.git(&["add", "--all"]);
        found(&root, &["HEAD", from], &["CW001", "people pay"]);
        // Whoever names the directory finds what is called like a spec.
        if to.ends_with("crabwalk.yaml") {
            found(&root, &["HEAD:", "."], &["CW001", "people pay"]);
        }
        if !from.contains('/') {
            found(&root, &["HEAD"], &["CW001", "people pay"]);
            found(&root, &[&format!("HEAD:{from}")], &["CW001"]);
        }
        found(&root, &["HEAD", to], &["CW001", "people pay"]);
        let commit = repository.commit();
        found(&root, &[&format!("HEAD~1:{from}"), &format!("{commit}:{from}")], &["CW001"]);
        found(&root, &["HEAD~1", from], &["CW001"]);
    }
}

/// git does not take a small file with much else in it for the same; its nodes tell.
#[test]
fn a_spec_that_git_does_not_know_again_is_known_by_its_nodes() {
    let rewritten = |repository: &Repository, to: &str| {
        fs::remove_file(repository.root().join("crabwalk.yaml")).expect("removed");
        let padding: String = (0..200).map(|line| format!("# {line}: another text altogether\n")).collect();
        let text = "version: 1\nsources: {mail: }\nagents: {pay: {critical: true}, desk: {read: mail, invoke: pay}}\n";
        repository.write(to, &(padding + text));
    };
    for to in ["fleet.crabwalk.yaml", "agents/crabwalk.yaml"] {
        // Untracked, added, committed.
        let repository = repository("crabwalk.yaml");
        let root = repository.root();
        rewritten(&repository, to);
        found(&root, &["HEAD"], &["CW001"]);
        found(&root, &["HEAD", "crabwalk.yaml"], &["CW001"]);
        found(&root, &["HEAD", to], &["CW001"]);
        repository.git(&["add", "--all"]);
        found(&root, &["HEAD:crabwalk.yaml", ":crabwalk.yaml"], &["CW001"]);
        repository.commit();
        found(&root, &["HEAD~1", to], &["CW001"]);
        found(&root, &["HEAD~1:crabwalk.yaml", "HEAD:crabwalk.yaml"], &["CW001"]);
    }
}

#[test]
fn a_spec_that_is_gone_is_an_error_however_it_went() {
    type Change = fn(&Repository);
    let ways: [(&str, Change); 8] = [
        ("deleted", |repository| fs::remove_file(repository.root().join("crabwalk.yaml")).expect("removed")),
        ("not in git any more", |repository| {
            repository.git(&["rm", "-q", "crabwalk.yaml"]);
        }),
        ("emptied", |repository| repository.write("crabwalk.yaml", "version: 1\n")),
        ("emptied, and another one beside", |repository| {
            repository.write("crabwalk.yaml", "version: 1\n");
            repository.write("other/crabwalk.yaml", "version: 1\nagents: {someone: }\n");
        }),
        ("a directory with nothing in it", |repository| {
            fs::remove_file(repository.root().join("crabwalk.yaml")).expect("removed");
            repository.write("crabwalk.yaml/readme.md", "gone");
        }),
        ("renamed to what is ignored", |repository| {
            repository.write(".gitignore", "local/\n");
            repository.write("local/crabwalk.yaml", &opened());
            fs::remove_file(repository.root().join("crabwalk.yaml")).expect("removed");
        }),
        ("some of it left elsewhere", |repository| {
            repository.write("other/crabwalk.yaml", "version: 1\nsources: {mail: }\n");
            fs::remove_file(repository.root().join("crabwalk.yaml")).expect("removed");
        }),
        ("hidden", |repository| {
            repository.write(".hidden/crabwalk.yaml", "version: 1\nagents: {someone: }\n");
            fs::remove_file(repository.root().join("crabwalk.yaml")).expect("removed");
        }),
    ];
    for (way, change) in ways {
        let repository = repository("crabwalk.yaml");
        let root = repository.root();
        change(&repository);
        found(&root, &["HEAD", "crabwalk.yaml"], &["CW013"]);
        found(&root, &["main:crabwalk.yaml"], &["CW013"]);
        let (code, answer, said) = diff(&root, &["HEAD"]);
        assert!(code == 1 && answer.contains("CW013"), "{way}: {answer}{said}");
        // Said on purpose, it is a question like any other.
        assert_eq!(diff(&root, &["HEAD", "--head", "none"]).0, 0, "{way}");
    }
}

/// Two steps: the first takes the spec away, the second brings another one. The first is held.
#[test]
fn a_deletion_is_accepted_by_another_spec_of_the_base_and_by_nothing_else() {
    let repository = repository("crabwalk.yaml");
    let root = repository.root();
    let accepting = "version: 1\nagents: {other: }\naccept:\n  - {spec: crabwalk.yaml, reason: moved to another repository}\n";
    repository.write("other/crabwalk.yaml", accepting);
    fs::remove_file(root.join("crabwalk.yaml")).expect("removed");
    // In the same change it is no acceptance yet, unless somebody says so.
    found(&root, &["HEAD", "crabwalk.yaml"], &["CW013"]);
    assert_eq!(diff(&root, &["HEAD", "crabwalk.yaml", "--accept-from", "head"]).0, 0);
    repository.git(&["add", "other"]);
    repository.git(&["commit", "-q", "-m", "accepted"]);
    let (code, answer, said) = diff(&root, &["HEAD", "crabwalk.yaml"]);
    assert_eq!(code, 0, "{answer}{said}");
    // What the change takes out does not count any more.
    repository.write("other/crabwalk.yaml", "version: 1\nagents: {other: }\n");
    found(&root, &["HEAD", "crabwalk.yaml"], &["CW013"]);
}

#[test]
fn what_cannot_be_read_is_no_side() {
    let repository = repository("crabwalk.yaml");
    let root = repository.root();
    repository.write("crabwalk.yaml", &opened());
    repository.git(&["branch", "staging"]);
    repository.write("staging/readme.md", "a directory of that name");
    for (arguments, wanted) in [
        (&["origin/main"][..], &["no revision `origin/main`", "git fetch"][..]),
        (&["v1.0"], &["no revision `v1.0`"]),
        (&["main...HEAD"], &["is a range", "crabwalk diff main"]),
        (&["main..topic", "crabwalk.yaml"], &["is a range", "topic:crabwalk.yaml"]),
        (&["staging"], &["`staging` is a directory and a revision", "refs/heads/staging"]),
        (&["main:crabwlak.yaml", "crabwalk.yaml"], &["no spec at", "--base none"]),
        (&["main:crabwalk.yaml", "crabwlak.yaml"], &["no file `crabwlak.yaml`", "--head none"]),
        (&["main:crabwlak.yaml"], &["on either side"]),
        (&["HEAD~1"], &["no revision `HEAD~1`", "--base none"]),
        (&["gone/", "crabwalk.yaml"], &["no file `gone/`"]),
        (&["staging/", "crabwalk.yaml"], &["no spec below `staging/`"]),
        (&["--base", "none", "--head", "none"], &["nothing to compare"]),
        (&["a.yaml", "b.yaml"], &["no file `a.yaml`"]),
    ] {
        refused(&root, arguments, wanted);
        // And no less so where nobody wants to hear remarks.
        refused(&root, &[arguments, &["-q"]].concat(), wanted);
    }
    found(&root, &["refs/heads/staging"], &["CW001"]);
}

#[test]
fn without_git_or_its_leave_no_revision_is_empty() {
    let repository = repository("crabwalk.yaml");
    repository.write("crabwalk.yaml", &opened());
    let root = repository.root();
    let nowhere = program::folder();
    for word in ["HEAD", "main", "origin/main", "main:crabwalk.yaml", ":crabwalk.yaml"] {
        let output = crabwalk(&["diff", word])
            .current_dir(&root)
            .env("PATH", nowhere.path())
            .output()
            .expect("it starts");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{word}: {said}");
        assert!(said.contains("there is no such program"), "{word}: {said}");
    }
    // A repository that git refuses: it asks for an owner who is somebody else.
    let output = crabwalk(&["diff", "HEAD"])
        .current_dir(&root)
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        .output()
        .expect("it starts");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("dubious ownership") && said.contains("safe.directory"), "{said}");
}

#[test]
fn a_sparse_checkout_and_a_shallow_clone_hide_nothing() {
    let repository = repository("a/crabwalk.yaml");
    let root = repository.root();
    repository.write("b/readme.md", "what is checked out");
    repository.commit();
    repository.write("a/crabwalk.yaml", &opened());
    repository.commit();
    repository.git(&["sparse-checkout", "set", "--cone", "b"]);
    for arguments in [
        &["HEAD~1", "a/crabwalk.yaml"][..],
        &["HEAD~1:a/crabwalk.yaml"],
        &["HEAD~1:a/", "a/"],
        &["HEAD~1:", "."],
    ] {
        refused(&root, arguments, &["not checked out", "sparse-checkout"]);
    }
    found(&root, &["HEAD~1:a/crabwalk.yaml", "HEAD:a/crabwalk.yaml"], &["CW001"]);
    repository.git(&["sparse-checkout", "disable"]);
    let url = format!("file://{}", root.display());
    repository::git(&root, &["clone", "-q", "--depth=1", &url, "../shallow"]);
    refused(&repository.beside("shallow"), &["HEAD~1", "a/crabwalk.yaml"], &["shallow"]);
}
