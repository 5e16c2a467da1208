//! The hooks as pre-commit itself runs them, in commits of a real repository.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::repository;
use crate::support::repository::Repository;
use crate::support::tools;

const BASE: &str = "version: 1\nzones: {edge: , core: }\nagents:\n  a: {zone: edge}\n  b: {zone: core}\n";
const OPENED: &str =
    "version: 1\nzones: {edge: , core: }\nagents:\n  a: {zone: edge, invoke: [b]}\n  b: {zone: core}\n";

fn has_tools() -> bool {
    tools::present(&["pre-commit"], "CRABWALK_REQUIRE_PRE_COMMIT")
}

fn project_file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("part of the project")
}

/// A repository with the hooks of this project installed in it.
struct Hooked {
    work: Repository,
    /// Programs that are found before those of the machine.
    programs: PathBuf,
}

impl Hooked {
    /// `edit` makes of the example's configuration the one that is tested.
    fn new(edit: impl Fn(String) -> String) -> Self {
        let work = Repository::new();
        let hooks = work.beside("hooks");
        let programs = work.beside("bin");
        fs::create_dir(&hooks).and_then(|()| fs::create_dir(&programs)).expect("made");
        fs::write(hooks.join(".pre-commit-hooks.yaml"), project_file(".pre-commit-hooks.yaml"))
            .expect("written");
        let git = |arguments: &[&str]| repository::git(&hooks, arguments);
        git(&["init", "-q"]);
        git(&["add", "--all"]);
        git(&["commit", "-q", "-m", "the hooks"]);
        let revision = git(&["rev-parse", "HEAD"]);
        let example = project_file("examples/ci/pre-commit-config.yaml")
            .replace("https://github.com/OWNER/crabwalk", hooks.to_str().expect("UTF-8"))
            .replace("v0.1.0", &revision);
        assert!(example.contains(&revision), "{example}");
        work.write(".pre-commit-config.yaml", &edit(example));
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_crabwalk"), programs.join("crabwalk"))
            .expect("linked");
        work.commit();
        let hooked = Self { work, programs };
        let (installed, said) = hooked.run("pre-commit", &["install"]);
        assert!(installed, "{said}");
        hooked
    }

    /// Runs a program in the repository: whether it succeeded, and what it said.
    fn run(&self, program: &str, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT")) {
            command.env_remove(name);
        }
        let path = std::env::var("PATH").expect("it is set");
        command
            .args(arguments)
            .current_dir(self.work.root())
            .env("PATH", format!("{}:{path}", self.programs.display()))
            .env("PRE_COMMIT_HOME", self.work.beside("pre-commit"))
            .env("PRE_COMMIT_COLOR", "never")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{who}_NAME"), "somebody")
                .env(format!("GIT_{who}_EMAIL"), "s@example.com");
        }
        let output = command.output().expect("it starts");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// Commits what is staged.
    fn commit(&self) -> (bool, String) {
        self.run("git", &["commit", "-m", "a change"])
    }

    fn stage(&self, path: &str, text: &str) {
        self.work.write(path, text);
        self.work.git(&["add", "--all"]);
    }
}

#[test]
fn a_commit_that_opens_what_may_not_land_is_stopped_and_no_other() {
    if !has_tools() {
        return;
    }
    let hooked = Hooked::new(|config| config);
    // What is new is compared with nothing.
    hooked.stage("crabwalk.yaml", BASE);
    let (passes, said) = hooked.commit();
    assert!(passes && said.contains("Passed"), "{said}");
    hooked.stage("crabwalk.yaml", OPENED);
    let (passes, said) = hooked.commit();
    assert!(!passes && said.contains("error[CW001]") && said.contains("--> crabwalk.yaml:4:28"), "{said}");
    // What is not staged is not part of the commit.
    hooked.stage("crabwalk.yaml", &format!("# a remark\n{BASE}"));
    hooked.work.write("crabwalk.yaml", OPENED);
    let (passes, said) = hooked.commit();
    assert!(passes && said.contains("Passed"), "{said}");
    hooked.work.git(&["checkout", "-q", "crabwalk.yaml"]);
    hooked.stage("notes.txt", "not about the spec");
    let (passes, said) = hooked.commit();
    assert!(passes && said.contains("Passed") && said.contains("no files to check"), "{said}");
    // A spec with mistakes cannot be reviewed.
    hooked.stage("crabwalk.yaml", "version: 1\nagnets: {}\n");
    let (passes, said) = hooked.commit();
    assert!(!passes && said.contains("agnets"), "{said}");
    let (passes, said) = hooked.run("git", &["log", "--oneline"]);
    assert!(passes && said.lines().count() == 4, "{said}");
}

/// pre-commit names no files that are deleted, and of those that are moved the new names alone: the hook runs whatever is committed.
#[test]
fn a_commit_that_deletes_or_moves_the_spec_is_looked_at() {
    if !has_tools() {
        return;
    }
    let hooked = Hooked::new(|config| config);
    hooked.stage("crabwalk.yaml", BASE);
    assert!(hooked.commit().0);
    hooked.work.git(&["rm", "-q", "crabwalk.yaml"]);
    let (passes, said) = hooked.commit();
    assert!(!passes && said.contains("error[CW013]"), "{said}");
    for name in ["topology.crabwalk.yaml", "notes/anything.crabwalk.yaml"] {
        hooked.work.git(&["reset", "-q", "--hard"]);
        fs::create_dir_all(hooked.work.root().join("notes")).expect("made");
        hooked.work.git(&["mv", "crabwalk.yaml", name]);
        hooked.stage(name, OPENED);
        let (passes, said) = hooked.commit();
        assert!(!passes && said.contains("error["), "{name}: {said}");
    }
}

/// What is wrong with the spec as it stands is shown where a spec is in the commit, and stops nothing.
#[test]
fn the_spec_as_it_stands_is_shown() {
    if !has_tools() {
        return;
    }
    let hooked = Hooked::new(|config| config);
    hooked.stage("crabwalk.yaml", BASE);
    assert!(hooked.commit().0);
    let hook = "what is wrong with the agent topology";
    let flawed = "version: 1\nzones: {edge: , core: }\nsources: {mail: }\nagents:\n  a: {zone: edge, read: mail}\n  b: {zone: core}\n";
    hooked.stage("crabwalk.yaml", flawed);
    let (passes, said) = hooked.commit();
    let (_, shown) = said.split_once(hook).expect("it runs");
    assert!(passes && shown.contains("Passed") && shown.contains("note[CW"), "{said}");
    hooked.stage("crabwalk.yaml", "version: 1\nagnets: {}\n");
    let (passes, said) = hooked.commit();
    let (_, shown) = said.split_once(hook).expect("it runs");
    assert!(!passes && shown.contains("agnets"), "{said}");
}

#[test]
fn another_spec_and_another_level_are_arguments() {
    if !has_tools() {
        return;
    }
    let hooked = Hooked::new(|config| {
        let shown = config.replace("# args:", "args:").replace("# files:", "files:");
        assert!(
            shown.contains("  args: [HEAD, agents/fleet.yaml") && shown.contains("  files: ^agents"),
            "{shown}"
        );
        shown
    });
    hooked.stage("agents/fleet.yaml", BASE);
    let (passes, said) = hooked.commit();
    assert!(passes && said.contains("Passed"), "{said}");
    let beside = BASE.replace("a: {zone: edge}", "a: {zone: edge, invoke: [c]}\n  c: {zone: edge}");
    hooked.stage("agents/fleet.yaml", &beside);
    let (passes, said) = hooked.commit();
    assert!(!passes && said.contains("warning[CW005]") && !said.contains("error["), "{said}");
}

/// cargo itself would take minutes: a stand-in puts the program where `cargo install` would.
#[test]
fn the_hook_that_builds_runs_what_cargo_installs() {
    if !has_tools() {
        return;
    }
    // Where Rust lies in the home directory, pre-commit would download one of its own.
    let built = "id: crabwalk
        language_version: system";
    let hooked = Hooked::new(|config| {
        let checked = built.replace("id: crabwalk", "id: crabwalk-check");
        config.replace("id: crabwalk-system", built).replace("id: crabwalk-check-system", &checked)
    });
    fs::remove_file(hooked.programs.join("crabwalk")).expect("removed");
    let install = format!(
        "#!/bin/sh\nwhile [ $# -gt 0 ]; do [ \"$1\" = --root ] && root=$2; shift; done\n\
         mkdir -p \"$root/bin\" && ln -s '{}' \"$root/bin/crabwalk\"\n",
        env!("CARGO_BIN_EXE_crabwalk")
    );
    let cargo = hooked.programs.join("cargo");
    fs::write(&cargo, install).expect("written");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("a program");
    hooked.stage("crabwalk.yaml", BASE);
    let (passes, said) = hooked.commit();
    assert!(passes && said.contains("Passed"), "{said}");
    hooked.stage("crabwalk.yaml", OPENED);
    let (passes, said) = hooked.commit();
    assert!(!passes && said.contains("error[CW001]"), "{said}");
}
