//! `crabwalk accept`: which file it writes to, that it writes it whole, and what it refuses.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::support::program::{crabwalk, folder};

const SPEC: &str = "version: 1
zones: {edge: , core: }
agents: {bot: {zone: edge, invoke: pay}}
tools: {pay: {zone: core}}
";

/// The entry that `--pair bot pay` makes.
const ENTRY: &str = "{from: bot, to: pay, reason: \"refunds up to 50 EUR\"}";

/// Accepts the pair in this spec, with more arguments.
fn accept(spec: &Path, more: &[&str]) -> Output {
    let spec = spec.to_str().expect("a plain path");
    let mut arguments =
        vec!["accept", "--pair", "bot", "pay", "--reason", "refunds up to 50 EUR", "-s", spec];
    arguments.extend(more);
    crabwalk(&arguments).output().expect("it runs")
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it is there")
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it has a parent")).expect("a directory can be made");
    fs::write(path, text).expect("it can be written");
}

#[test]
fn the_entry_is_added_and_nothing_else_changes() {
    let root = folder();
    let spec = root.path().join("crabwalk.yaml");
    write(&spec, SPEC);
    let done = accept(&spec, &["--owner", "pay-team", "--ticket", "SEC-1", "--expires", "9999-12-31"]);
    assert!(done.status.success(), "{}", err(&done));
    let entry = ENTRY.replace('}', ", owner: pay-team, ticket: SEC-1, expires: 9999-12-31}");
    assert_eq!(read(&spec), format!("{SPEC}accept:\n  - {entry}\n"));
    let said = err(&done);
    assert!(said.contains(&format!("`- {entry}` to {}:6;", spec.display())), "{said}");
    assert!(said.contains("once it is in the base") && said.contains("--accept-from head"), "{said}");
    assert_eq!((said.lines().count(), out(&done).as_str()), (1, ""));
    // The same twice is a mistake, and the file stays as it is.
    let before = read(&spec);
    let again = accept(&spec, &[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        err(&again).contains("accepted already") && err(&again).contains("crabwalk.yaml:6"),
        "{}",
        err(&again)
    );
    assert_eq!(read(&spec), before);
    assert!(crabwalk(&["check", spec.to_str().expect("plain")]).output().expect("it runs").status.success());
}

#[test]
fn an_edge_and_a_finding_are_accepted_too() {
    let root = folder();
    let spec = root.path().join("crabwalk.yaml");
    write(&spec, SPEC);
    let path = spec.to_str().expect("plain");
    let edge =
        crabwalk(&["accept", "--edge", "bot", "invoke", "pay", "--reason", "it is so", "-s", path, "-q"]);
    let edge = { edge }.output().expect("it runs");
    assert!(edge.status.success() && edge.stderr.is_empty(), "{}", err(&edge));
    let finding =
        crabwalk(&["accept", "cw001:9F3C2E1A5B7D4C60", "--reason", "it is so", "-s", path]).output();
    assert!(finding.expect("it runs").status.success());
    let expected = "accept:
  - {edge: {from: bot, verb: invoke, to: pay}, reason: \"it is so\"}
  - {finding: \"CW001:9f3c2e1a5b7d4c60\", reason: \"it is so\"}
";
    assert_eq!(read(&spec), format!("{SPEC}{expected}"));
}

#[test]
fn that_another_spec_is_deleted_is_accepted_by_its_path() {
    let root = folder();
    let spec = root.path().join("crabwalk.yaml");
    write(&spec, SPEC);
    let accept = |path: &str| {
        let arguments = ["accept", "--deletion", path, "--reason", "moved away", "-s"];
        crabwalk(&arguments).arg(&spec).output().expect("it runs")
    };
    for wrong in ["../other.yaml", "/other.yaml", "./other.yaml", "a//b", ""] {
        let refused = accept(wrong);
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
        assert!(err(&refused).contains("not a path from the root of the repository"), "{}", err(&refused));
    }
    let done = accept("other/crabwalk.yaml");
    assert!(done.status.success() && err(&done).contains("once it is in the base"), "{}", err(&done));
    let expected = "accept:\n  - {spec: other/crabwalk.yaml, reason: \"moved away\"}\n";
    assert_eq!(read(&spec), format!("{SPEC}{expected}"));
    // A slash at the end is the same path.
    assert!(err(&accept("other/crabwalk.yaml/")).contains("accepted already"));
}

/// A directory of three files, with this text in the third.
fn parts(third: &str) -> tempfile::TempDir {
    let root = folder();
    write(&root.path().join("a.crabwalk.yaml"), "version: 1\nzones: {edge: , core: }\n");
    write(&root.path().join("b.crabwalk.yaml"), "version: 1\nagents: {bot: {zone: edge, invoke: pay}}\n");
    write(&root.path().join("c.crabwalk.yaml"), third);
    root
}

#[test]
fn of_several_files_the_right_one_gets_it() {
    let with_key = "version: 1\ntools: {pay: {zone: core}}\naccept: []\n";
    let without = "version: 1\ntools: {pay: {zone: core}}\n";
    let written = |root: &Path| -> Vec<&str> {
        ["a", "b", "c"]
            .into_iter()
            .filter(|name| read(&root.join(format!("{name}.crabwalk.yaml"))).contains("reason"))
            .collect()
    };
    let root = parts(with_key);
    assert!(accept(root.path(), &[]).status.success());
    assert_eq!(written(root.path()), ["c"], "it has the key");
    let root = parts(without);
    assert!(accept(root.path(), &[]).status.success());
    assert_eq!(written(root.path()), ["b"], "it declares the first node");
    let path = |root: &tempfile::TempDir| root.path().to_str().expect("plain").to_owned();
    for what in [["--edge", "bot", "invoke", "pay"].as_slice(), &["--edge", "bot", "read", "pay"]] {
        let root = parts(without);
        let path = path(&root);
        let arguments = [&["accept"], what, &["--reason", "x", "-s", &path]].concat();
        assert!(crabwalk(&arguments).output().expect("it runs").status.success());
        assert_eq!(written(root.path()), ["b"], "it declares the edge, or the actor");
    }
    let root = parts(without);
    let path = path(&root);
    let arguments = ["accept", "CW001:9f3c2e1a5b7d4c60", "--reason", "x", "-s", &path];
    assert!(crabwalk(&arguments).output().expect("it runs").status.success());
    assert_eq!(written(root.path()), ["a"], "the first");
    // What another file accepts counts as accepted.
    let again = crabwalk(&arguments).output().expect("it runs");
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("a.crabwalk.yaml:4"), "{}", err(&again));
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let root = folder();
    let real = root.path().join("real/desk.yaml");
    write(&real, SPEC);
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("it is ours");
    let link = root.path().join("crabwalk.yaml");
    symlink("real/desk.yaml", &link).expect("a link can be made");
    assert!(accept(&link, &[]).status.success());
    assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
    assert!(read(&real).contains(ENTRY));
    assert_eq!(fs::metadata(&real).expect("it is there").permissions().mode() & 0o777, 0o640);
    let left: Vec<_> = fs::read_dir(root.path().join("real")).expect("it is there").collect();
    assert_eq!(left.len(), 1, "nothing else is left behind");
}

#[test]
fn the_standard_input_is_printed_anew() {
    let arguments = ["accept", "--pair", "bot", "pay", "--reason", "refunds up to 50 EUR", "-s", "-"];
    let mut child = crabwalk(&arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("piped").write_all(SPEC.as_bytes()).expect("it reads");
    let done = child.wait_with_output().expect("it ends");
    assert_eq!(out(&done), format!("{SPEC}accept:\n  - {ENTRY}\n"));
    assert!(err(&done).contains("stdin:6"), "{}", err(&done));
}

#[test]
fn a_dry_run_writes_nothing() {
    let root = folder();
    let spec = root.path().join("crabwalk.yaml");
    write(&spec, SPEC);
    let done = accept(&spec, &["--dry-run"]);
    assert_eq!(out(&done), format!("- {ENTRY}\n  would be written to {}:6\n", spec.display()));
    assert_eq!(read(&spec), SPEC);
    assert_eq!(err(&done), "");
}

#[test]
fn nodes_that_are_not_there_are_remarked_on() {
    let root = folder();
    let spec = root.path().join("crabwalk.yaml");
    write(&spec, SPEC);
    let path = spec.to_str().expect("plain");
    let gone = crabwalk(&["accept", "--pair", "bot", "ledger\u{202e}", "--reason", "x", "-s", path]).output();
    let gone = gone.expect("it runs");
    assert!(gone.status.success());
    assert!(err(&gone).contains("no node of the spec is called `ledger\u{fffd}`"), "{}", err(&gone));
    assert!(read(&spec).contains("to: \"ledger\\u202e\""), "{}", read(&spec));
}

/// Everything that is refused leaves the file as it was.
#[test]
fn mistakes_are_said_and_change_nothing() {
    let root = folder();
    let spec = root.path().join("crabwalk.yaml");
    let path = spec.to_str().expect("plain");
    write(&spec, SPEC);
    let cases: [(&[&str], &str); 13] = [
        (&["--reason", "x"], "required"),
        (&["--pair", "bot", "pay"], "--reason"),
        (&["CW001:9f3c2e1a5b7d4c60", "--pair", "bot", "pay", "--reason", "x"], "cannot be used with"),
        (&["--pair", "bot", "--reason", "x"], "2 values are required for"),
        (&["CW001:123", "--reason", "x"], "`CW001:123` is not a finding"),
        (&["CW099:9f3c2e1a5b7d4c60", "--reason", "x"], "there is no rule `CW099`"),
        (&["--edge", "bot", "call", "pay", "--reason", "x"], "`call` is not a verb"),
        (&["--pair", "zone:edge", "pay", "--reason", "x"], "a name cannot begin with `zone:`"),
        (&["--pair", "bot", "pay", "--reason", " "], "`reason` says nothing"),
        (&["--pair", "bot", "pay", "--reason", "a\nb"], "holds a line break"),
        (&["--pair", "bot", "pay", "--reason", "x", "--expires", "2020-01-01"], "2020-01-01 is over"),
        (&["--pair", "bot", "pay", "--reason", "x", "--expires", "1.1.2099"], "`1.1.2099` is not a date"),
        (&["--pair", "bot", "pay", "--reason", "x", "--owner", ""], "`owner` says nothing"),
    ];
    for (what, said) in cases {
        let done = crabwalk(&[&["accept"], what, &["-s", path]].concat()).output().expect("it runs");
        assert_eq!(done.status.code(), Some(2), "{what:?}");
        assert!(err(&done).contains(said), "{what:?}: {}", err(&done));
        assert!(done.stdout.is_empty());
        assert_eq!(read(&spec), SPEC, "{what:?}");
    }
    for (text, said) in [
        ("version: 1\nagents: {bot: {read: nowhere}}\n", "E203"),
        ("version: 1\nagents: {bot: {tags: &t []}, pay: }\naccept: *t\n", "alias or a merge key"),
        ("{version: 1, agents: {bot: , pay: }, accept}", "by hand: `- {from: bot"),
    ] {
        write(&spec, text);
        let done = accept(&spec, &[]);
        assert_eq!(done.status.code(), Some(2), "{text}");
        assert!(err(&done).contains(said), "{text}: {}", err(&done));
        assert_eq!(read(&spec), text);
    }
}
