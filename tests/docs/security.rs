//! What `SECURITY.md` promises: every promise has tests that are there; and what no other test can see, the sources say themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(project().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// The rows of the tables under "What is promised": the promise, and its tests.
fn promises() -> Vec<(String, Vec<String>)> {
    let text = read("SECURITY.md");
    let (_, promised) = text.split_once("\n## What is promised\n").expect("the section is there");
    let promised = promised.split("\n## ").next().expect("it has a beginning");
    let rows =
        promised.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.rsplit_once(" | "));
    let rows = rows.filter(|(promise, _)| *promise != "promise");
    let tests = |cell: &str| cell.split(", ").map(|test| test.trim_matches('`').to_owned()).collect();
    rows.map(|(promise, cell)| (promise.to_owned(), tests(cell))).collect()
}

#[test]
fn every_promise_has_its_tests() {
    let promises = promises();
    assert!(promises.len() >= 25, "{}", promises.len());
    for (promise, tests) in promises {
        assert!(!tests.is_empty(), "{promise}");
        for test in tests {
            let (file, name) =
                test.rsplit_once("::").unwrap_or_else(|| panic!("{promise}: `{test}` is no test"));
            let text = read(&format!("tests/{}.rs", file.replace("::", "/")));
            let (before, _) = text
                .split_once(&format!("\nfn {name}() {{"))
                .or_else(|| text.split_once(&format!("\n    fn {name}(")))
                .unwrap_or_else(|| panic!("{promise}: there is no test `{test}`"));
            let attributes: Vec<&str> = before.lines().rev().take(3).map(str::trim).collect();
            assert!(
                attributes.contains(&"#[test]") && !attributes.contains(&"#[ignore]"),
                "{test}: {attributes:?}"
            );
        }
    }
}

/// Every source of the program, with its path.
fn sources() -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    let mut left = vec![project().join("src")];
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(directory).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                sources.push((path.strip_prefix(project()).expect("inside").to_owned(), text));
            }
        }
    }
    assert!(sources.len() > 100);
    sources
}

/// The sources that hold one of these words.
fn holding(words: &[&str]) -> BTreeSet<String> {
    let sources = sources().into_iter().filter(|(_, text)| words.iter().any(|word| text.contains(word)));
    sources.map(|(path, _)| path.to_string_lossy().into_owned()).collect()
}

/// Whoever adds a command that listens changes this test, and reads the rules for it first.
#[test]
fn nothing_connects_and_nothing_listens() {
    let sockets =
        ["std::net", "os::unix::net", "TcpStream", "TcpListener", "UdpSocket", "UnixStream", "UnixListener"];
    assert_eq!(holding(&sockets), BTreeSet::new());
    let lock = read("Cargo.lock");
    for name in
        ["socket2", "mio", "tokio", "hyper", "reqwest", "ureq", "curl", "rustls", "openssl", "native-tls"]
    {
        assert!(!lock.contains(&format!("\nname = \"{name}\"\n")), "{name} opens connections");
    }
}

#[test]
fn two_programs_are_started_and_no_other() {
    let wanted = ["src/input/git/command.rs", "src/report/picture/svg.rs"].map(str::to_owned);
    assert_eq!(holding(&["process::Command", "Command::new(\""]), BTreeSet::from(wanted));
    let starts: Vec<String> = sources()
        .iter()
        .flat_map(|(_, text)| text.split("Command::new(").skip(1))
        .map(|rest| rest.split(')').next().unwrap_or_default().to_owned())
        .collect();
    let mut sorted = starts.clone();
    sorted.sort();
    assert_eq!(sorted, ["\"dot\"", "\"git\""]);
}

#[test]
fn there_is_no_unsafe_code() {
    assert!(read("Cargo.toml").contains("\nunsafe_code = \"forbid\"\n"));
    assert_eq!(holding(&["unsafe {", "unsafe fn", "unsafe impl", "allow(unsafe_code"]), BTreeSet::new());
}
