//! The job for GitLab: its lines run in a shell, in a clone as GitLab makes it.

#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::repository::{Repository, git};
use crate::support::tools;
use serde_json::Value;

const BASE: &str = "version: 1\nzones: {edge: , core: }\nagents:\n  a: {zone: edge}\n  b: {zone: core}\n";

fn job() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ci/gitlab.yml");
    let jobs: Value = serde_yaml::from_str(&fs::read_to_string(path).expect("there")).expect("it is YAML");
    jobs["topology"].clone()
}

fn lines(job: &Value, section: &str) -> Vec<String> {
    let lines = job[section].as_array().expect("a list of commands");
    lines.iter().map(|line| line.as_str().expect("a command is text").to_owned()).collect()
}

/// The clone of a merge request's branch that does this, and the commit that GitLab calls its base.
fn clone(work: &Repository, change: impl FnOnce(&Repository)) -> (PathBuf, String) {
    work.write("crabwalk.yaml", BASE);
    work.commit();
    let base = work.git(&["rev-parse", "HEAD"]);
    work.git(&["checkout", "-q", "-b", "topic"]);
    change(work);
    work.commit();
    let (origin, target) = (format!("file://{}", work.root().display()), work.beside("clone"));
    git(&work.root(), &["clone", "-q", "--depth=1", "-b", "topic", &origin, target.to_str().expect("UTF-8")]);
    (target, base)
}

/// Runs the script of the job over such a clone.
fn review(directory: &Path, base: &str) -> (Option<i32>, String) {
    let variables = [
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base),
        ("CI_PROJECT_URL", "https://gitlab.example/acme/agents"),
        ("CI_COMMIT_SHA", "0123456"),
    ];
    run(directory, &lines(&job(), "script"), &variables)
}

/// Runs commands as a runner does: one after the other in one shell, until one fails.
fn run(directory: &Path, commands: &[String], variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let programs = Path::new(env!("CARGO_BIN_EXE_crabwalk")).parent().expect("it lies in a directory");
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").expect("it is set"));
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", &commands.join("\n")]).current_dir(directory).env("PATH", path);
    shell.env("GIT_CONFIG_GLOBAL", "/dev/null").envs(variables.iter().copied());
    let output = shell.output().expect("sh runs");
    (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn a_merge_request_is_reviewed_and_leaves_the_reports_that_the_job_collects() {
    let job = job();
    let opened = BASE.replace("a: {zone: edge}", "a: {zone: edge, invoke: [b]}");
    for (head, code) in [(opened, Some(1)), (format!("{BASE}  c: {{zone: core}}\n"), Some(0))] {
        let work = Repository::new();
        let (directory, base) = clone(&work, |work| work.write("crabwalk.yaml", &head));
        let (ended, log) = review(&directory, &base);
        assert_eq!(ended, code, "{log}");
        assert!(log.contains(&base[..7]), "it is compared with the base of the merge request: {log}");
        let read = |file: &Value| {
            fs::read_to_string(directory.join(file.as_str().expect("a name")))
                .unwrap_or_else(|why| panic!("{file}: {why}"))
        };
        let artifacts = &job["artifacts"];
        let findings: Value =
            serde_json::from_str(&read(&artifacts["reports"]["codequality"])).expect("JSON");
        assert_eq!(findings.as_array().is_some_and(|all| !all.is_empty()), code == Some(1), "{findings}");
        assert!(read(&artifacts["reports"]["junit"]).contains("<testsuite"));
        assert!(read(&artifacts["paths"][0]).starts_with("<!-- crabwalk:crabwalk.yaml -->"));
    }
}

/// Wherever the spec goes, the job looks: it does not wait for a file of a name.
#[test]
fn every_merge_request_is_looked_at_and_the_spec_as_it_stands_with_it() {
    let rules = job()["rules"].clone();
    assert!(rules.as_array().is_some_and(|rules| rules.iter().all(|rule| rule.get("changes").is_none())));
    let opened = BASE.replace("a: {zone: edge}", "a: {zone: edge, invoke: [b]}");
    type Change<'c> = Box<dyn FnOnce(&Repository) + 'c>;
    let cases: Vec<(Change<'_>, Option<i32>, &str)> = vec![
        (Box::new(|work| work.write("notes.txt", "")), Some(0), "note[CW183]"),
        (Box::new(|work| drop(work.git(&["rm", "-q", "crabwalk.yaml"]))), Some(1), "error[CW013]"),
        (
            Box::new(|work| {
                work.git(&["mv", "crabwalk.yaml", "desk.crabwalk.yaml"]);
                work.write("desk.crabwalk.yaml", &opened);
            }),
            Some(1),
            "error[CW001]",
        ),
        (Box::new(|work| work.write("crabwalk.yaml", "version: 1\nagnets: {}\n")), Some(2), "agnets"),
        (Box::new(|work| work.write("crabwalk.yml", BASE)), Some(2), "`crabwalk.yml`"),
    ];
    for (change, code, what) in cases {
        let work = Repository::new();
        let (directory, base) = clone(&work, change);
        let (ended, log) = review(&directory, &base);
        assert_eq!(ended, code, "{what}: {log}");
        assert!(log.contains(what), "{what}: {log}");
    }
}

#[test]
fn the_program_is_not_unpacked_unless_its_checksum_is_the_one_that_was_reviewed() {
    if !tools::present(&["curl", "sha256sum"], "CRABWALK_REQUIRE_ACTION") {
        return;
    }
    let commands = lines(&job(), "before_script");
    assert!(commands.last().is_some_and(|last| last.starts_with("tar ")), "{commands:?}");
    // Not what changes the machine.
    let changes = |command: &&String| command.starts_with("apt-get") || command.starts_with("tar ");
    let commands: Vec<String> = commands.iter().filter(|command| !changes(command)).cloned().collect();
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("archive"), "abc").expect("written");
    let url = format!("file://{}/archive", folder.path().display());
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    for (checksum, code) in [(abc, Some(0)), (&"0".repeat(64), Some(1))] {
        let (ended, log) =
            run(folder.path(), &commands, &[("CRABWALK_URL", &url), ("CRABWALK_SHA256", checksum)]);
        assert_eq!(ended, code, "{log}");
    }
}
