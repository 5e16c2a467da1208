//! The diff driver as git itself calls it: in `git diff`, `git log` and `git show`, over files that are new, gone, renamed, broken.

use std::fs;

use crate::support::program;
use crate::support::program::crabwalk;
use crate::support::repository;
use crate::support::repository::Repository;

const BASE: &str = "version: 1\nzones: {edge: , core: }\nagents:\n  a: {zone: edge}\n  b: {zone: core}\n";
const HEAD: &str =
    "version: 1\nzones: {edge: , core: }\nagents:\n  a: {zone: edge, invoke: [b]}\n  b: {zone: core}\n";

/// A repository that is set up as the documentation says.
fn repository() -> Repository {
    let repository = Repository::new();
    let driver = format!("'{}' git-diff-driver", env!("CARGO_BIN_EXE_crabwalk"));
    repository.git(&["config", "diff.crabwalk.command", &driver]);
    repository.write(".gitattributes", "crabwalk.yaml diff=crabwalk\n*.crabwalk.yaml diff=crabwalk\n");
    repository.write("desk/crabwalk.yaml", BASE);
    repository.write("notes.txt", "one\n");
    repository.commit();
    repository
}

#[test]
fn git_diff_shows_the_review_between_the_other_files() {
    let repository = repository();
    repository.write("desk/crabwalk.yaml", HEAD);
    repository.write("notes.txt", "two\n");
    let hash = repository.git(&["rev-parse", "--short=7", "HEAD:desk/crabwalk.yaml"]);
    let second = repository.beside("second");
    repository.git(&["worktree", "add", "-q", "--detach", "../second"]);
    fs::write(second.join("desk/crabwalk.yaml"), HEAD).expect("written");
    fs::write(second.join("notes.txt"), "two\n").expect("written");
    for start in [repository.root(), repository.root().join("desk"), second] {
        let diff = repository::git(&start, &["diff"]);
        assert!(diff.starts_with("crabwalk diff desk/crabwalk.yaml\n"), "{diff}");
        assert!(
            diff.contains("error[CW001]: 1 new path from edge into core\n --> desk/crabwalk.yaml:4:28"),
            "{diff}"
        );
        assert!(
            diff.contains(&format!("compared   desk/crabwalk.yaml@{hash} → desk/crabwalk.yaml\n")),
            "{diff}"
        );
        // git goes on behind it, whatever was found.
        assert!(diff.contains("diff --git a/notes.txt b/notes.txt"), "{diff}");
        assert!(!diff.contains('\u{1b}'), "no colour into a pipe: {diff}");
    }
    let lines = repository.git(&["diff", "--no-ext-diff"]);
    assert!(lines.contains("+  a: {zone: edge, invoke: [b]}"), "{lines}");
    // What is staged has its hash too, and no change is none.
    repository.git(&["add", "--all"]);
    let head = repository.git(&["rev-parse", "--short=7", ":desk/crabwalk.yaml"]);
    let staged = repository.git(&["diff", "--cached"]);
    assert!(staged.contains(&format!("@{hash} → desk/crabwalk.yaml@{head}\n")), "{staged}");
    repository.write("desk/crabwalk.yaml", &format!("# a remark\n{HEAD}"));
    let same = repository.git(&["diff"]);
    assert!(same.contains("declare the same topology"), "{same}");
}

#[test]
fn history_is_read_to_its_end_over_new_renamed_broken_and_deleted_specs() {
    let repository = repository();
    repository.git(&["mv", "desk/crabwalk.yaml", "desk/a.crabwalk.yaml"]);
    repository.write("desk/a.crabwalk.yaml", &HEAD.replace("version", "# moved\nversion"));
    repository.commit();
    repository.write("desk/a.crabwalk.yaml", &HEAD.replace("[b]", "[bb]"));
    repository.commit();
    repository.write("desk/a.crabwalk.yaml", HEAD);
    repository.commit();
    repository.git(&["rm", "-q", "desk/a.crabwalk.yaml"]);
    repository.commit();
    let log = repository.git(&[
        "log",
        "-p",
        "--ext-diff",
        "--find-renames=20%",
        "--reverse",
        "--format=tformat:commit",
    ]);
    let commits: Vec<&str> = log.split("commit\n").collect();
    assert_eq!(commits.len(), 6, "{log}");
    let wanted = [
        ("crabwalk diff desk/crabwalk.yaml (new)", "+2 −0 nodes"),
        ("crabwalk diff desk/a.crabwalk.yaml (was desk/crabwalk.yaml)", "error[CW001]"),
        ("crabwalk diff desk/a.crabwalk.yaml\n", "`bb` is not declared"),
        ("crabwalk diff desk/a.crabwalk.yaml\n", "not reviewed: `git diff --no-ext-diff` shows the lines"),
        ("crabwalk diff desk/a.crabwalk.yaml (deleted)", "+0 −2 nodes"),
    ];
    for (shown, (title, found)) in commits[1..].iter().zip(wanted) {
        assert!(shown.contains(title) && shown.contains(found), "{title}, {found}: {shown}");
    }
    assert!(commits[3].contains("crabwalk diff HEAD desk`"), "how to review a spec of several files: {log}");
}

#[test]
fn a_merge_that_is_not_resolved_and_what_is_no_file_are_said_in_a_line() {
    let repository = repository();
    repository.git(&["checkout", "-q", "-b", "topic"]);
    repository.write("desk/crabwalk.yaml", HEAD);
    repository.commit();
    repository.git(&["checkout", "-q", "main"]);
    repository.write("desk/crabwalk.yaml", &BASE.replace("a: {zone: edge}", "a: {zone: core}"));
    repository.commit();
    let root = repository.root();
    let merge = std::process::Command::new("git").args(["merge", "-q", "topic"]).current_dir(&root).output();
    assert!(!merge.expect("git runs").status.success(), "they conflict");
    let diff = repository.git(&["diff", "--ours"]);
    assert!(diff.contains("crabwalk diff desk/crabwalk.yaml: unmerged, nothing to review yet"), "{diff}");
    #[cfg(unix)]
    {
        repository.git(&["reset", "-q", "--hard"]);
        fs::remove_file(root.join("desk/crabwalk.yaml")).expect("removed");
        std::os::unix::fs::symlink("../notes.txt", root.join("desk/crabwalk.yaml")).expect("linked");
        repository.git(&["add", "--all"]);
        let diff = repository.git(&["diff", "--cached"]);
        assert!(diff.contains("not reviewed: a link or a submodule is no spec"), "{diff}");
    }
}

#[test]
fn colour_goes_where_git_sends_its_own() {
    let folder = program::folder();
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let (old, new) = (path("old", BASE), path("new", HEAD));
    let zero = "0".repeat(40);
    let mut arguments = vec!["git-diff-driver", "x.yaml", &old, &zero, "100644", &new, &zero, "100644"];
    let is_coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = crabwalk(arguments);
        command.env_remove("GIT_PAGER_IN_USE").env("TERM", "xterm").envs(variables.iter().copied());
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout.contains(&0x1b)
    };
    let paged = ("GIT_PAGER_IN_USE", "true");
    assert!(!is_coloured(&arguments, &[]));
    assert!(is_coloured(&arguments, &[paged]));
    assert!(!is_coloured(&arguments, &[paged, ("NO_COLOR", "1")]));
    assert!(!is_coloured(&arguments, &[paged, ("TERM", "dumb")]));
    arguments.splice(0..1, ["git-diff-driver", "--color", "never"]);
    assert!(!is_coloured(&arguments, &[paged]));
}

#[test]
fn another_number_of_arguments_is_a_wrong_call() {
    for arguments in [&["git-diff-driver", "a", "b"][..], &["git-diff-driver"]] {
        let output = crabwalk(arguments).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        assert!(!output.stderr.is_empty() && output.stdout.is_empty());
    }
}
