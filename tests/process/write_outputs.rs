//! Where `-o` writes: devices and descriptors are written to as they are, files are replaced whole with their mode and their owner, and
//! nothing is written over what was read.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::program::{crabwalk, folder};

const SPEC: &str = "version: 1\nsources: {mail: }\nzones: {edge: , core: }\nagents: {desk: {read: mail, invoke: pay}}\ntools: {pay: {critical: true}}\n";

/// A folder with a spec, and what the matrix of it is as CSV.
fn spec() -> (tempfile::TempDir, Vec<u8>) {
    let folder = folder();
    fs::write(folder.path().join("crabwalk.yaml"), SPEC).expect("writable");
    let csv = run(folder.path(), &["matrix", "-f", "csv"]).stdout;
    assert!(csv.starts_with(b"from,to"));
    (folder, csv)
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    crabwalk(arguments).current_dir(folder).output().expect("it runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it exits by itself")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A line of shell with the program as `$C`.
fn shell(folder: &Path, line: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", line]).env("C", env!("CARGO_BIN_EXE_crabwalk")).current_dir(folder);
    command.output().expect("sh is there")
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).expect(name)
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("readable");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_stands_before_and_behind_a_descriptor_stays() {
    let (folder, csv) = spec();
    let all = [&b"before\n"[..], &csv, b"after\n"].concat();
    for (target, number) in
        [("/dev/stdout", 1), ("/dev/fd/1", 1), ("/dev/fd/7", 7), ("link", 1), ("link7", 7)]
    {
        let _ = symlink("/dev/stdout", folder.path().join("link"));
        let _ = symlink("/dev/fd/7", folder.path().join("link7"));
        for redirection in [">", ">>"] {
            fs::write(folder.path().join("log"), "").expect("writable");
            let line = format!(
                "exec {number}{redirection}log; echo before >&{number}; $C matrix -f csv -o {target} || exit; echo after >&{number}"
            );
            let output = shell(folder.path(), &line);
            assert!(output.status.success(), "{target}: {}", said(&output));
            assert_eq!(read(folder.path(), "log"), all, "{redirection} {target}");
        }
    }
    let output =
        shell(folder.path(), "echo before > log; $C matrix -f csv -o /dev/stdout >> log; echo after >> log");
    assert!(output.status.success());
    assert_eq!(read(folder.path(), "log"), all);
    let output = shell(folder.path(), "$C matrix -f csv -o /dev/stderr");
    assert_eq!((output.stdout, output.stderr), (Vec::new(), csv));
}

#[test]
#[cfg(target_os = "linux")]
fn linux_has_other_names_for_a_descriptor_and_ours_are_none() {
    let (folder, csv) = spec();
    for name in ["/proc/self/fd/5", "/proc/thread-self/fd/5"] {
        let output = shell(folder.path(), &format!("exec 5>log; $C matrix -f csv -o {name}"));
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(read(folder.path(), "log"), csv);
    }
    // What the test's own parent may have left open is closed: whatever has these numbers then is the program's own.
    let closed: String = (3..10).map(|number| format!(" {number}>&-")).collect();
    for number in 3..10 {
        let output = shell(folder.path(), &format!("exec{closed}; $C matrix -f csv -o /dev/fd/{number}"));
        assert_eq!(code(&output), 2);
        assert!(said(&output).contains(&format!("descriptor {number} is not open")), "{}", said(&output));
    }
}

#[test]
fn pipes_and_devices_are_written_to() {
    let (folder, csv) = spec();
    let output = shell(folder.path(), "mkfifo pipe; cat pipe > got & $C matrix -f csv -o pipe && wait");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(read(folder.path(), "got"), csv);
    assert_eq!(names(folder.path()), ["crabwalk.yaml", "got", "pipe"]);
    assert_eq!(code(&run(folder.path(), &["matrix", "-f", "csv", "-o", "/dev/null"])), 0);
    assert_eq!(fs::metadata("/dev/null").expect("there").len(), 0);
}

#[test]
fn the_end_of_a_link_is_replaced_or_made() {
    let (folder, csv) = spec();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("there")).expect("writable");
    fs::write(at("there/old"), "old").expect("writable");
    symlink("there/old", at("first")).expect("writable");
    symlink("first", at("second")).expect("writable");
    symlink("there/new", at("dangling")).expect("writable");
    for link in ["second", "dangling"] {
        let output = run(folder.path(), &["matrix", "-f", "csv", "-o", link]);
        assert_eq!(code(&output), 0, "{}", said(&output));
    }
    assert_eq!((read(folder.path(), "there/old"), read(folder.path(), "there/new")), (csv.clone(), csv));
    assert!(["first", "second", "dangling"].iter().all(|link| at(link).is_symlink()));
    assert_eq!(names(&at("there")), ["new", "old"]);
}

#[test]
fn mode_and_owner_stay() {
    let (folder, _) = spec();
    let at = |name: &str| folder.path().join(name);
    let may_give_away = std::os::unix::fs::chown(at("crabwalk.yaml"), Some(4711), Some(4712)).is_ok();
    let owner = |path: &Path| {
        let found = fs::metadata(path).expect("there");
        (found.uid(), found.gid())
    };
    for mode in [0o664, 0o600, 0o666, 0o640, 0o755] {
        fs::write(at("old.csv"), "old").expect("writable");
        for file in ["old.csv", "crabwalk.yaml"] {
            fs::set_permissions(at(file), Permissions::from_mode(mode)).expect("ours");
        }
        let before = owner(&at("crabwalk.yaml"));
        let line = format!(
            "umask 022; $C matrix -f csv -o old.csv && $C accept -q --pair mail desk-{mode} --reason x"
        );
        let output = shell(folder.path(), &line);
        assert!(output.status.success(), "{}", said(&output));
        for file in ["old.csv", "crabwalk.yaml"] {
            assert_eq!(fs::metadata(at(file)).expect("there").permissions().mode() & 0o7777, mode, "{file}");
        }
        assert_eq!(owner(&at("crabwalk.yaml")), before);
        assert!(!may_give_away || before == (4711, 4712));
    }
    for (mask, mode) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        let _ = fs::remove_file(at("new.csv"));
        assert!(shell(folder.path(), &format!("umask {mask}; $C matrix -f csv -o new.csv")).status.success());
        assert_eq!(fs::metadata(at("new.csv")).expect("there").permissions().mode() & 0o7777, mode);
    }
}

/// Another name of the same file keeps what it had: a file is replaced, and not written into.
#[test]
fn a_second_name_keeps_the_old_content() {
    let (folder, csv) = spec();
    fs::write(folder.path().join("one.csv"), "old").expect("writable");
    fs::hard_link(folder.path().join("one.csv"), folder.path().join("two.csv")).expect("writable");
    assert_eq!(code(&run(folder.path(), &["matrix", "-o", "one.csv"])), 0);
    assert_eq!((read(folder.path(), "one.csv"), read(folder.path(), "two.csv")), (csv, b"old".to_vec()));
}

/// Every way in which a file cannot be written leaves what was there and nothing else.
#[test]
fn what_cannot_be_written_is_left_as_it_was() {
    let (folder, _) = spec();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("directory")).expect("writable");
    fs::write(at("old.csv"), "old").expect("writable");
    symlink("round", at("round")).expect("writable");
    let long = format!("{}.csv", "x".repeat(300));
    let before = names(folder.path());
    for target in
        ["directory", "directory/", "new/", "missing/new.csv", "old.csv/new.csv", "round", &long, "."]
    {
        let output = run(folder.path(), &["matrix", "-f", "csv", "-o", target]);
        assert_eq!(code(&output), 2, "{target}");
        assert!(said(&output).contains("error: cannot write to `"), "{target}: {}", said(&output));
        assert!(!said(&output).contains(".crabwalk-"), "{target}: {}", said(&output));
        assert_eq!(names(folder.path()), before, "{target}");
    }
    // As of a full disk: no file may be larger than a block.
    let line = "trap '' XFSZ; ulimit -f 1; $C matrix --from desk --from pay -f html -o old.csv";
    let output = shell(folder.path(), line);
    assert_eq!(code(&output), 2, "{}", said(&output));
    assert_eq!(read(folder.path(), "old.csv"), b"old");
    assert_eq!(names(folder.path()), before);
}

/// As anybody but the superuser, whom no mode keeps out.
#[test]
fn what_is_protected_is_not_replaced() {
    let (folder, _) = spec();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("read-only.csv"), "old").expect("writable");
    fs::create_dir(at("closed")).expect("writable");
    fs::write(at("closed/old.csv"), "old").expect("writable");
    for (name, mode) in [("read-only.csv", 0o444), ("closed/old.csv", 0o666), ("closed", 0o555)] {
        fs::set_permissions(at(name), Permissions::from_mode(mode)).expect("ours");
    }
    if fs::OpenOptions::new().write(true).open(at("read-only.csv")).is_ok() {
        // The superuser writes all the same, and the mode stays.
        assert_eq!(code(&run(folder.path(), &["matrix", "-o", "read-only.csv"])), 0);
        assert_eq!(fs::metadata(at("read-only.csv")).expect("there").permissions().mode() & 0o777, 0o444);
        return;
    }
    for (name, why) in
        [("read-only.csv", "Permission denied"), ("closed/old.csv", "no file can be made beside it")]
    {
        let output = run(folder.path(), &["matrix", "-o", name]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(said(&output).contains(why), "{}", said(&output));
        assert_eq!(read(folder.path(), name), b"old");
    }
    fs::set_permissions(at("closed"), Permissions::from_mode(0o755)).expect("ours");
}

/// Every name by which the spec can be reached.
fn names_of_the_spec(folder: &Path) -> Vec<PathBuf> {
    let at = |name: &str| folder.join(name);
    fs::create_dir_all(at("sub")).expect("writable");
    fs::hard_link(at("crabwalk.yaml"), at("hard")).expect("writable");
    symlink("crabwalk.yaml", at("soft")).expect("writable");
    symlink(folder, at("sub/up")).expect("writable");
    [
        "crabwalk.yaml",
        "./crabwalk.yaml",
        ".//crabwalk.yaml",
        "sub/../crabwalk.yaml",
        "sub/up/crabwalk.yaml",
        "hard",
        "soft",
    ]
    .iter()
    .map(PathBuf::from)
    .chain([at("crabwalk.yaml")])
    .collect()
}

#[test]
fn nothing_is_written_over_what_was_read() {
    let (folder, _) = spec();
    fs::write(folder.path().join("base.yaml"), SPEC.replace("desk", "desk2")).expect("writable");
    let saved = run(folder.path(), &["matrix", "base.yaml", "-o", "saved.json"]);
    assert_eq!(code(&saved), 0);
    let targets = names_of_the_spec(folder.path());
    let commands: &[&[&str]] = &[
        &["matrix", "-f", "csv"],
        &["matrix", "soft", "-f", "json"],
        &["matrix", ".", "--sizes-only", "-f", "csv"],
        &["check", "-f", "sarif", "--fail-on", "never"],
        &["blast", "mail", "-f", "json"],
        &["path", "mail", "pay", "-f", "json"],
        &["graph", "-f", "dot"],
        &["features", "-f", "json"],
        &["report", "-f", "json"],
        &["harden", "-f", "json"],
        &["respond", "mail", "-f", "json"],
        &["self-check", "-f", "json"],
        &["diff", "base.yaml", "crabwalk.yaml", "-f", "json"],
        &["diff", "saved.json", "hard", "-f", "markdown"],
        &["diff", "crabwalk.yaml", "base.yaml", "-f", "sarif"],
        &[
            "diff",
            "base.yaml",
            "crabwalk.yaml",
            "--fail-on",
            "never",
            "-f",
            "json",
            "-o",
            "first.json",
            "-f",
            "sarif",
        ],
    ];
    for command in commands {
        for target in &targets {
            let arguments: Vec<&str> =
                command.iter().copied().chain(["-o", target.to_str().expect("UTF-8")]).collect();
            let output = run(folder.path(), &arguments);
            assert_eq!(code(&output), 2, "{arguments:?}");
            assert!(said(&output).contains("was read for this answer"), "{arguments:?}: {}", said(&output));
            assert_eq!(read(folder.path(), "crabwalk.yaml"), SPEC.as_bytes());
            assert!(
                !folder.path().join("first.json").exists(),
                "either all of the answers are written or none"
            );
        }
    }
    for (command, target) in [("diff", "saved.json"), ("diff", "base.yaml")] {
        let output = run(folder.path(), &[command, "saved.json", "base.yaml", "-f", "json", "-o", target]);
        assert_eq!(code(&output), 2);
    }
    assert_eq!(read(folder.path(), "base.yaml"), SPEC.replace("desk", "desk2").as_bytes());
}

#[test]
fn a_wrong_spec_and_the_standard_input_were_read_too() {
    let (folder, _) = spec();
    let wrong = "version: 1\nagents: {a: {read: nobody}}\n";
    fs::write(folder.path().join("wrong.yaml"), wrong).expect("writable");
    for line in [
        "$C check wrong.yaml -f json -o wrong.yaml",
        "$C check . wrong.yaml -f json -o wrong.yaml",
        "$C check - -f json -o wrong.yaml < wrong.yaml",
        "$C diff crabwalk.yaml wrong.yaml -f sarif -o wrong.yaml",
        "$C matrix crabwalk.yaml -f csv -o /dev/stdout >> crabwalk.yaml",
    ] {
        let output = shell(folder.path(), line);
        assert_eq!(code(&output), 2, "{line}");
        assert!(said(&output).contains("was read for this answer"), "{line}: {}", said(&output));
    }
    assert_eq!(read(folder.path(), "wrong.yaml"), wrong.as_bytes());
    assert_eq!(read(folder.path(), "crabwalk.yaml"), SPEC.as_bytes());
    // What lies beside it was not read.
    assert_eq!(code(&run(folder.path(), &["matrix", "crabwalk.yaml", "-f", "csv", "-o", "wrong.yaml"])), 0);
}

#[test]
fn two_answers_never_go_to_one_file() {
    let (folder, _) = spec();
    symlink("one.json", folder.path().join("two.json")).expect("writable");
    for second in ["one.json", "./one.json", "two.json"] {
        let arguments =
            ["check", "--fail-on", "never", "-f", "json", "-o", "one.json", "-f", "sarif", "-o", second];
        let output = run(folder.path(), &arguments);
        assert_eq!(code(&output), 2, "{second}");
        assert!(said(&output).contains("two formats would be written to"), "{}", said(&output));
        assert!(!folder.path().join("one.json").exists());
    }
}
