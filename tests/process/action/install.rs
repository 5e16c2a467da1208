//! The program that the action takes: by checksum, and nothing of it is run before that was compared.

use std::fs;
use std::path::Path;

use super::github::{self, GitHub};
use super::has_tools;
use super::job::{Job, Outcome};
use super::release::{VERSION, archive, archive_name, path, sha256, sums};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// An archive whose program leaves a mark if it is ever run.
fn marking(folder: &Path) -> Vec<u8> {
    let program = folder.join("crabwalk");
    fs::write(&program, "#!/bin/sh\ntouch ran\necho crabwalk 0\n").expect("written");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&program, mode).expect("made a program");
    archive(folder)
}

fn install(github: &GitHub, folder: &Path, inputs: &[(&'static str, &str)]) -> Outcome {
    job(github, folder, inputs).run_until(Some("install"))
}

fn job(github: &GitHub, folder: &Path, inputs: &[(&'static str, &str)]) -> Job {
    Job {
        workspace: folder.to_owned(),
        temp: folder.join("temp"),
        inputs: inputs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
        event_name: "push",
        event: serde_json::json!({}),
        server: github.url.clone(),
        token: github::TOKEN.to_owned(),
        variables: Vec::new(),
    }
}

#[test]
fn a_release_is_taken_if_its_checksum_is_the_one_of_the_release() {
    if !has_tools() {
        return;
    }
    let (github, folder) = (GitHub::start(), folder());
    let (archive, name) = (marking(folder.path()), archive_name());
    github.state().files.extend([
        (path(VERSION, &name), archive.clone()),
        (path(VERSION, "SHA256SUMS"), sums(&[("other.tar.gz", b"x"), (&name, &archive)])),
        (path("v9.9.9", &name), archive.clone()),
    ]);
    let outcome = install(&github, folder.path(), &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.log);
    assert!(folder.path().join("temp/crabwalk/crabwalk").exists());
    assert!(!folder.path().join("ran").exists(), "installing runs nothing");
    // A checksum that the user says goes before the one of the release, and needs none there.
    let checksum = sha256(&archive).to_uppercase();
    let outcome = install(&github, folder.path(), &[("version", "v9.9.9"), ("sha256", &checksum)]);
    assert_eq!(outcome.code, 0, "{}", outcome.log);
}

#[test]
fn whatever_has_another_checksum_or_none_is_refused_and_not_unpacked() {
    if !has_tools() {
        return;
    }
    let (github, folder) = (GitHub::start(), folder());
    let (archive, name) = (marking(folder.path()), archive_name());
    let of = |version: &str, file: &str| path(version, file);
    github.state().files.extend([
        (of("v1", &name), archive.clone()),
        (of("v1", "SHA256SUMS"), sums(&[(&name, b"another archive")])),
        (of("v2", &name), archive.clone()),
        (of("v2", "SHA256SUMS"), sums(&[("other.tar.gz", &archive)])),
        (of("v3", &name), archive.clone()),
        (of("v4", &name), archive.clone()),
        (of("v4", "SHA256SUMS"), format!("$(touch ran)  {name}\n").into_bytes()),
    ]);
    let wrong = sha256(b"another archive");
    let cases: [(&[(&'static str, &str)], &str); 9] = [
        (&[("version", "v1")], "refused: "),
        (&[("version", "v2")], "no checksum of"),
        (&[("version", "v3")], "has no SHA256SUMS"),
        (&[("version", "v4")], "no checksum of"),
        (&[("version", "v2"), ("sha256", &wrong)], "refused: "),
        (&[("version", "v2"), ("sha256", "../x")], "no checksum of"),
        (&[("version", "v404")], "in the release v404"),
        (&[("version", "v1/../v2")], "version is no version"),
        (&[("version", "$(touch ran)")], "version is no version"),
    ];
    for (inputs, why) in cases {
        let outcome = install(&github, folder.path(), inputs);
        assert_eq!(outcome.code, 2, "{inputs:?}: {}", outcome.log);
        let error = outcome.log.lines().find(|line| line.starts_with("::error title=crabwalk::"));
        assert!(error.is_some_and(|line| line.contains(why)), "{inputs:?}: {}", outcome.log);
        assert!(!folder.path().join("temp/crabwalk/crabwalk").exists(), "{inputs:?}: nothing is unpacked");
        assert!(!folder.path().join("ran").exists(), "{inputs:?}: nothing is run");
    }
}

#[test]
fn a_machine_without_a_release_is_told_to_build() {
    if !has_tools() {
        return;
    }
    let (github, folder) = (GitHub::start(), folder());
    let mut job = job(&github, folder.path(), &[]);
    job.variables.push(("RUNNER_ARCH", "RISCV".to_owned()));
    let outcome = job.run_until(Some("install"));
    assert_eq!(outcome.code, 2);
    assert!(outcome.log.contains("RISCV: use version: build"), "{}", outcome.log);
    assert_eq!(github.state().asked, Vec::<String>::new());
}

/// cargo itself would take minutes: a stand-in says what it was asked for.
#[test]
fn building_takes_the_actions_own_sources_with_their_lock_file() {
    if !has_tools() {
        return;
    }
    let (github, folder) = (GitHub::start(), folder());
    let programs = folder.path().join("bin");
    fs::create_dir(&programs).expect("made");
    let cargo = programs.join("cargo");
    fs::write(&cargo, "#!/bin/sh\necho \"cargo $*\"\n[ -z \"$CARGO_FAILS\" ]\n").expect("written");
    fs::set_permissions(&cargo, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a program");
    let mut job = job(&github, folder.path(), &[("version", "build")]);
    job.variables.push(("PATH", format!("{}:{}", programs.display(), std::env::var("PATH").expect("set"))));
    let outcome = job.run_until(Some("install"));
    assert_eq!(outcome.code, 0, "{}", outcome.log);
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let wanted = format!("cargo build --release --locked --quiet --manifest-path {}", manifest.display());
    assert!(outcome.log.contains(&wanted), "{}", outcome.log);
    job.variables.push(("CARGO_FAILS", "1".to_owned()));
    let outcome = job.run_until(Some("install"));
    assert_eq!(outcome.code, 2);
    assert!(outcome.log.contains("::error title=crabwalk::crabwalk could not be built"), "{}", outcome.log);
    assert_eq!(github.state().asked, Vec::<String>::new());
}
