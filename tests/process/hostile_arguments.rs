//! Words of the command line, of the environment and of git, repeated in messages: none of them steers the terminal, or the runner of
//! a job.

use std::fs;
use std::path::Path;

use crate::support::hostile::assert_terminal;
use crate::support::program::{crabwalk, folder};
use crate::support::repository::Repository;

const SPEC: &str = "version: 1
sources: {mail: {untrusted: true}}
agents: {desk: {read: [mail], invoke: [pay]}}
tools: {pay: {critical: true}}
stores: {notes: }
";

/// What a shell passes on as it is, and a terminal or a runner would obey.
const HOSTILE: [&str; 8] = [
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "two\n::error::lines",
    "::add-mask::x",
    "##[error]x",
    "\u{9b}31m",
    "turn\u{202e}around",
    "zero\u{200b}width\r",
];

/// Every place of an argument, `X` for the hostile word. What is at fault is that word.
const CALLS: [&str; 43] = [
    "X",
    "--X",
    "-X",
    "check X",
    "check --X",
    "check s.yaml X",
    "check X/none.yaml",
    "check s.yaml --today X",
    "check s.yaml -f X",
    "check s.yaml --fail-on X",
    "check s.yaml -o X",
    "check s.yaml --memory-limit X",
    "check s.yaml --jobs X",
    "check s.yaml --color X",
    "check s.yaml --without X",
    "check s.yaml --without desk:read:X",
    "check s.yaml --with-guard X",
    "check s.yaml --with-guard desk:read:mail=X",
    "check s.yaml --isolate X",
    "path X pay -s s.yaml",
    "path mail X -s s.yaml",
    "path mail pay -s X",
    "blast X -s s.yaml",
    "blast zone:X -s s.yaml",
    "memory X -s s.yaml",
    "respond X -s s.yaml",
    "harden s.yaml --from X",
    "harden s.yaml --to tag:X",
    "matrix s.yaml --zone X",
    "matrix s.yaml --kind X",
    "matrix s.yaml --shard X",
    "matrix s.yaml --bless --row X",
    "graph s.yaml --zone X -o X.svg",
    "diff X s.yaml",
    "diff s.yaml X",
    "diff X:s.yaml s.yaml",
    "diff HEAD^X:s.yaml s.yaml",
    "accept X --reason y -s s.yaml",
    "accept --edge desk X pay --reason y -s s.yaml",
    "accept --pair desk pay --reason y --expires X -s s.yaml",
    "explain X",
    "gen X",
    "schema X",
];

fn assert_said(directory: &Path, words: &[String], color: &str) {
    let all: Vec<&str> = words.iter().map(String::as_str).chain(["--color", color]).collect();
    let output = crabwalk(&all).current_dir(directory).output().expect("it runs");
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{words:?}: {errors}");
    assert!(errors.contains("error") || errors.contains('×'), "{words:?}: {errors}");
    assert_terminal(&errors, color == "always");
    assert!(output.stdout.is_empty(), "{words:?}");
}

#[test]
fn arguments_are_repeated_and_do_nothing() {
    let repository = Repository::new();
    repository.write("s.yaml", SPEC);
    repository.commit();
    for (at, call) in CALLS.iter().enumerate() {
        for word in HOSTILE.iter().cycle().skip(at).take(4) {
            let words: Vec<String> = call.split(' ').map(|part| part.replace('X', word)).collect();
            assert_said(&repository.root(), &words, "never");
            assert_said(&repository.root(), &words, "always");
        }
    }
}

/// Where the answer is given, what was typed stands in it: the commands to try, and what is compared.
#[test]
fn names_of_files_do_nothing_in_answers() {
    let folder = folder();
    for word in HOSTILE {
        let file = format!("{}.yaml", word.replace('/', "_"));
        fs::write(folder.path().join(&file), SPEC).expect("written");
        fs::write(folder.path().join("base.yaml"), SPEC.replace(", invoke: [pay]", "")).expect("written");
        let spec = ["-s", file.as_str()];
        for words in [
            &["diff", "base.yaml", &file][..],
            &["check", &file],
            &["harden", &file],
            &["-v", "matrix", &file],
            &[&["respond", "mail"], &spec[..]].concat(),
            &[&["accept", "--pair", "desk", "notes", "--reason", "x", "--dry-run"], &spec[..]].concat(),
            &["matrix", &file, "--bless"],
            &[
                &["accept", "--pair", "mail", "nobody", "--reason", word.split('\n').next().expect("a line")],
                &spec[..],
            ]
            .concat(),
        ] {
            let output = crabwalk(words).current_dir(folder.path()).output().expect("it runs");
            for bytes in [output.stdout, output.stderr] {
                assert_terminal(&String::from_utf8(bytes).expect("UTF-8"), false);
            }
        }
    }
}

/// What git says, and what the environment says to git, is repeated as a text.
#[test]
fn messages_of_git_do_nothing() {
    let repository = Repository::new();
    repository.write("s.yaml", SPEC);
    repository.write("dir\u{1b}[31m/::error::x.yaml", SPEC);
    repository.commit();
    repository.git(&["branch", "feature/@octocat-#1"]);
    repository.write("s.yaml", &SPEC.replace("pay]", "pay, mail]"));
    for words in [
        &["diff", "HEAD:dir\u{1b}[31m", "s.yaml"][..],
        &["diff", "HEAD:##[error]\u{1b}[31m.yaml", "s.yaml"],
        &["diff", "feature/@octocat-#1:s.yaml", "s.yaml"],
        &["diff", "feature/@octocat-#1", "dir\u{1b}[31m"],
        &["diff", "HEAD~\u{1b}[31m:s.yaml", "s.yaml"],
        &["diff", "no/such/##[error]x", "s.yaml"],
        &["diff", "HEAD^{/\u{1b}]0;x\u{7}}:s.yaml", "s.yaml"],
    ] {
        let output = crabwalk(words).current_dir(repository.root()).output().expect("it runs");
        for bytes in [output.stdout, output.stderr] {
            assert_terminal(&String::from_utf8(bytes).expect("UTF-8"), false);
        }
    }
    for variable in ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "GIT_DIR", "COLUMNS"] {
        for value in HOSTILE {
            let mut command = crabwalk(&["diff"]);
            let output =
                command.env(variable, value).current_dir(repository.root()).output().expect("it runs");
            for bytes in [output.stdout, output.stderr] {
                assert_terminal(&String::from_utf8(bytes).expect("UTF-8"), false);
            }
        }
    }
}

/// git hands the names of files to a driver, which a branch of a stranger chose.
#[test]
fn the_driver_says_no_name_as_it_is() {
    let folder = folder();
    fs::write(folder.path().join("old"), SPEC).expect("written");
    fs::write(folder.path().join("new"), SPEC.replace("pay]", "pay, nobody]")).expect("written");
    for word in HOSTILE {
        let (path, other) = (format!("{word}/x.yaml"), format!("::error::{word}"));
        let hash = "0123456789";
        for words in [
            vec!["git-diff-driver", &path],
            vec!["git-diff-driver", &path, "old", hash, "100644", "old", hash, "100644"],
            vec!["git-diff-driver", &path, "old", hash, "100644", "new", hash, "100644"],
            vec![
                "git-diff-driver",
                &path,
                "old",
                hash,
                "100644",
                "none",
                hash,
                "100644",
                &other,
                "similarity",
            ],
        ] {
            let output = crabwalk(&words).current_dir(folder.path()).output().expect("it runs");
            let answer = String::from_utf8(output.stdout).expect("UTF-8");
            assert!(answer.starts_with("crabwalk diff "), "{words:?}: {answer}");
            assert_terminal(&answer, false);
            assert_terminal(&String::from_utf8_lossy(&output.stderr), false);
        }
    }
}
