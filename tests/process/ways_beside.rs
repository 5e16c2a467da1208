//! More ways round the gate: files beside files, links, repositories inside of repositories, and what git makes of them.

use std::fs;
use std::path::Path;

use crate::support::program;
use crate::support::repository::{Repository, git};
use crate::support::ways;
use crate::support::ways::{BASE, run};

fn opened() -> String {
    ways::opened(BASE)
}

fn repository(path: &str) -> Repository {
    ways::committed(path, BASE)
}

#[track_caller]
fn gives(start: &Path, arguments: &[&str], code: i32, wanted: &str) {
    let (found, answer, said) = run(start, arguments);
    assert_eq!(found, code, "{arguments:?}: {answer}{said}");
    assert!((answer.clone() + &said).contains(wanted), "{arguments:?} has no {wanted}: {answer}{said}");
}

#[test]
fn of_two_names_nobody_knows_which_one_is_meant() {
    let repository = repository("crabwalk.yml");
    let root = repository.root();
    fs::copy(root.join("crabwalk.yml"), root.join("crabwalk.yaml")).expect("copied");
    repository.write("crabwalk.yml", &opened());
    for arguments in [&["diff", "HEAD"][..], &["check"], &["matrix", "."], &["diff", "HEAD:", "."]] {
        gives(&root, arguments, 2, "stands beside");
    }
    // Both in a revision; and the one that is named.
    repository.commit();
    gives(&root, &["diff", "HEAD:", "HEAD~1:"], 2, "stands beside");
    gives(&root, &["diff", "HEAD~1", "crabwalk.yml"], 1, "CW001");
}

/// What lies beside the spec is part of it, so that no part can be moved out of sight.
#[test]
fn specs_beside_each_other_are_one() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", "version: 1\nzones: {edge: , core: }\nsources: {mail: {zone: edge}}\nagents: {desk: {zone: edge, read: mail}}\n");
    let part =
        "version: 1\nagents:\n  clerk: {zone: edge, read: mail}\n  pay: {zone: core, critical: true}\n";
    repository.write("pay.crabwalk.yaml", part);
    repository.commit();
    let root = repository.root();
    gives(&root, &["check"], 0, "4 nodes");
    gives(&root, &["diff", "HEAD"], 0, "no change");
    // The part is moved away, and opens something there.
    fs::create_dir(root.join("elsewhere")).expect("a folder");
    repository.git(&["mv", "pay.crabwalk.yaml", "elsewhere/pay.yaml"]);
    repository.write("elsewhere/pay.yaml", &part.replace("read: mail}", "read: mail, invoke: pay}"));
    gives(&root, &["diff", "HEAD"], 1, "CW001");
    repository.git(&["add", "--all"]);
    gives(&root, &["diff", "HEAD"], 1, "holds a part of the base that was moved");
    // A spec in a directory alone that is empty but for its name is one that says nothing.
    let alone = Repository::new();
    alone.write("agents.crabwalk.yaml", BASE);
    gives(&alone.root(), &["check"], 0, "3 nodes");
}

/// A nearer spec that is new would take the place of the one that was looked at so far.
#[test]
fn a_new_spec_does_not_step_before_the_old_one() {
    let repository = repository("crabwalk.yaml");
    repository.write("jobs/readme.md", "where the job runs");
    repository.commit();
    repository.write("crabwalk.yaml", &opened());
    let jobs = repository.root().join("jobs");
    gives(&jobs, &["diff", "HEAD"], 1, "CW001");
    repository.write("jobs/crabwalk.yaml", "version: 1\nagents: {harmless: }\n");
    gives(&jobs, &["diff", "HEAD"], 2, "nearer");
    gives(&jobs, &["diff", "HEAD", "../crabwalk.yaml"], 1, "CW001");
}

#[cfg(unix)]
#[test]
fn links_lead_to_what_git_tracks_and_nowhere_else() {
    let link = |repository: &Repository, to: &str, at: &str| {
        let at = repository.root().join(at);
        let _ = fs::remove_file(&at);
        std::os::unix::fs::symlink(to, at).expect("a link can be made");
    };
    let repository = repository("crabwalk.yaml");
    let root = repository.root();
    let base = repository.git(&["rev-parse", "HEAD"]);
    let secret = "aws_secret_access_key = SECRETVALUE\n";
    fs::write(repository.beside("credentials"), secret).expect("written");
    repository.write("token.txt", secret);
    repository.write(".gitignore", "token.txt\n");
    let beside = repository.beside("credentials");
    let out = [
        beside.to_str().expect("UTF-8"),
        "../credentials",
        "/etc/passwd",
        "/proc/self/environ",
        ".git/config",
        "token.txt",
    ];
    for target in out {
        link(&repository, target, "crabwalk.yaml");
        repository.git(&["add", "--all"]);
        for arguments in [
            &["check"][..],
            &["check", "crabwalk.yaml"],
            &["check", "."],
            &["matrix", "crabwalk.yaml"],
            &["diff", &base, "crabwalk.yaml"],
            &["diff", &base],
            &["diff", &base, "--format", "markdown"],
            &["diff", &format!("{base}:crabwalk.yaml"), ":crabwalk.yaml"],
        ] {
            let (code, answer, said) = run(&root, arguments);
            assert_eq!(code, 2, "{target} {arguments:?}: {answer}{said}");
            let all = answer + &said;
            for leak in ["SECRETVALUE", "root:x", "PATH=", "repositoryformatversion"] {
                assert!(!all.contains(leak), "{target} {arguments:?}: {all}");
            }
            assert!(all.contains("link"), "{target} {arguments:?}: {all}");
        }
    }
    // A linked directory of the path is no other way out.
    link(&repository, "..", "agents");
    gives(&root, &["check", "agents/credentials"], 2, "leads out of the repository");
    // To what git tracks a link may lead, and what it opens is found on both sides.
    repository.write("real.yaml", &opened());
    link(&repository, "real.yaml", "crabwalk.yaml");
    repository.git(&["add", "--all"]);
    gives(&root, &["diff", &base], 1, "CW001");
    gives(&root, &["diff", &format!("{base}:crabwalk.yaml"), ":crabwalk.yaml"], 1, "CW001");
    repository.commit();
    gives(&root, &["diff", &format!("{base}:crabwalk.yaml"), "HEAD:crabwalk.yaml"], 1, "CW001");
}

#[cfg(unix)]
#[test]
fn a_linked_directory_counts_on_both_sides_or_on_none() {
    let repository = Repository::new();
    repository.write("svc/crabwalk.yaml", "version: 1\nagents: {desk: {read: mail}}\n");
    repository.write("shared/s.crabwalk.yaml", "version: 1\nsources: {mail: }\n");
    let root = repository.root();
    std::os::unix::fs::symlink("../shared", root.join("svc/shared")).expect("a link");
    std::os::unix::fs::symlink("..", root.join("shared/circle")).expect("a link");
    std::os::unix::fs::symlink("/", root.join("svc/root")).expect("a link");
    repository.commit();
    gives(&root, &["check", "svc"], 0, "2 nodes");
    gives(&root, &["diff", "HEAD", "svc"], 0, "no change");
    gives(&root, &["diff", "HEAD:svc", ":svc"], 0, "no change");
    gives(&root, &["check", "svc"], 0, "`svc/root` is a link that leads out of the repository");
}

/// Ignored files count on no side, untracked ones as what the next commit will have.
#[test]
fn the_disk_is_what_git_would_commit() {
    let repository = repository("crabwalk.yaml");
    let root = repository.root();
    repository.write(".gitignore", "node_modules/\nlocal.crabwalk.yaml\n");
    repository.write("node_modules/x/crabwalk.yaml", "version: 1\nagents: {other: }\n");
    repository.write("local.crabwalk.yaml", "version: 1\nagents: {mine: }\n");
    for arguments in [&["diff", "HEAD"][..], &["diff", "HEAD:", "."]] {
        gives(&root, arguments, 0, "no change");
    }
    gives(&root, &["check", "."], 0, "3 nodes");
    repository.write("new.crabwalk.yaml", "version: 1\nagents: {bot: {read: mail, invoke: pay}}\n");
    for arguments in [&["diff", "HEAD"][..], &["diff", "HEAD:", "."]] {
        gives(&root, arguments, 1, "CW001");
    }
    // A directory that is ignored and named is meant.
    gives(&root, &["check", "node_modules"], 0, "1 node");
}

#[test]
fn a_repository_inside_is_somebody_elses() {
    let repository = repository("crabwalk.yaml");
    let root = repository.root();
    let inner = root.join("vendor");
    fs::create_dir(&inner).expect("a folder");
    git(&inner, &["init", "-q", "-b", "main"]);
    fs::write(inner.join("crabwalk.yaml"), "version: 1\nagents: {theirs: }\n").expect("written");
    gives(&root, &["diff", "HEAD:", "."], 0, "no change");
    gives(&root, &["check", "."], 0, "`./vendor` is a repository of its own");
    gives(&root, &["diff", "HEAD", "vendor"], 2, "a submodule");
    gives(&root, &["check", "vendor"], 0, "1 node");
    // The spec itself becomes one.
    fs::remove_file(root.join("crabwalk.yaml")).expect("removed");
    fs::rename(&inner, root.join("crabwalk.yaml")).expect("moved");
    gives(&root, &["diff", "HEAD"], 1, "CW013");
    let hash = repository.git(&["rev-parse", "HEAD"]);
    repository.git(&["rm", "-q", "--cached", "crabwalk.yaml"]);
    repository.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{hash},crabwalk.yaml")]);
    gives(&root, &["diff", "HEAD:crabwalk.yaml", ":crabwalk.yaml"], 2, "is a submodule");
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_and_things_that_are_no_files_are_refused_by_name() {
    use std::os::unix::ffi::OsStrExt as _;
    let repository = repository("crabwalk.yaml");
    let root = repository.root();
    let name = std::ffi::OsStr::from_bytes(b"sp\xe9c.crabwalk.yaml");
    fs::write(root.join(name), "version: 1\nagents: {bot: {invoke: pay}}\n").expect("written");
    for arguments in [&["diff", "HEAD"][..], &["check"], &["check", "."]] {
        gives(&root, arguments, 2, "is not UTF-8");
    }
    repository.commit();
    gives(&root, &["diff", "HEAD:", "HEAD~1:"], 2, "is not UTF-8");
    fs::remove_file(root.join(name)).expect("removed");
    fs::create_dir(root.join("d")).expect("a folder");
    let made = std::process::Command::new("mkfifo").arg(root.join("d/p.crabwalk.yaml")).status();
    assert!(made.expect("mkfifo runs").success());
    fs::write(root.join("d/crabwalk.yaml"), BASE).expect("written");
    gives(&root, &["check", "d"], 2, "is no regular file");
    gives(&root, &["check", "/dev/zero"], 2, "is a device");
}

/// What a shell makes of `<(…)` is a pipe that somebody has named.
#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_may_be_read() {
    let folder = program::folder();
    let spec = folder.path().join("s.yaml");
    fs::write(&spec, BASE).expect("written");
    let line = format!("{} check <(cat {})", env!("CARGO_BIN_EXE_crabwalk"), spec.display());
    let Ok(output) = std::process::Command::new("bash").args(["-c", &line]).output() else { return };
    let answer = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(answer.contains("3 nodes"), "{answer}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn worktrees_merges_and_first_commits_have_their_sides() {
    let repository = repository("crabwalk.yaml");
    let root = repository.root();
    // A worktree of its own.
    repository.git(&["worktree", "add", "-q", "-b", "topic", "../second"]);
    let second = repository.beside("second");
    fs::write(second.join("crabwalk.yaml"), opened()).expect("written");
    gives(&second, &["diff"], 1, "CW001");
    git(&second, &["commit", "-qam", "opened"]);
    gives(&second, &["diff"], 1, "CW001");
    // A merge: against either parent what came by it is new.
    repository.write("readme.md", "main goes on");
    repository.commit();
    repository.git(&["merge", "-q", "--no-edit", "topic"]);
    gives(&root, &["diff", "HEAD^1"], 1, "CW001");
    gives(&root, &["diff", "HEAD^2"], 0, "no change");
    // A force-push took the base away.
    gives(&root, &["diff", "1234567890123456789012345678901234567890"], 2, "no revision");
    // Before the first commit, and with an orphan that has nothing of it.
    let first = Repository::new();
    first.write("crabwalk.yaml", &opened());
    gives(&first.root(), &["diff", "HEAD"], 1, "CW001");
    repository.git(&["checkout", "-q", "--orphan", "fresh"]);
    gives(&root, &["diff", "HEAD"], 2, "no revision `HEAD`");
    gives(&root, &["diff", "main"], 0, "no change");
}

/// An acceptance goes where its spec goes; what it accepts stays the same.
#[test]
fn an_acceptance_follows_its_spec() {
    let repository = Repository::new();
    let accepted = opened()
        + "accept:\n  - {from: desk, to: pay, reason: agreed}\n  - {from: mail, to: pay, reason: agreed}\n";
    repository.write("crabwalk.yaml", &(BASE.to_owned() + "accept:\n  - {from: desk, to: pay, reason: agreed}\n  - {from: mail, to: pay, reason: agreed}\n"));
    repository.commit();
    repository.git(&["mv", "crabwalk.yaml", "agents.crabwalk.yaml"]);
    repository.write("agents.crabwalk.yaml", &accepted);
    repository.git(&["add", "--all"]);
    gives(&repository.root(), &["diff", "HEAD"], 0, "accepted");
}

#[test]
fn directories_have_bounds() {
    let folder = program::folder();
    let mut deep = folder.path().to_owned();
    for _ in 0..210 {
        deep.push("d");
    }
    fs::create_dir_all(&deep).expect("folders");
    fs::write(folder.path().join("crabwalk.yaml"), BASE).expect("written");
    let path = folder.path().to_str().expect("UTF-8");
    gives(folder.path(), &["check", path], 2, "levels deep");
    gives(folder.path(), &["check"], 0, "3 nodes");
}
