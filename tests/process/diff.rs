//! `crabwalk diff` as a process: pipes that close, disks that are full, files that are written whole, and odd input.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::support::program::{crabwalk, folder};

const BASE: &str = "tests/fixtures/review/base.yaml";
const HEAD: &str = "tests/fixtures/review/head.yaml";
const FORMATS: [&str; 9] =
    ["text", "markdown", "json", "sarif", "github", "gitlab", "junit", "dot", "mermaid"];

fn run(arguments: &[&str]) -> Output {
    crabwalk(arguments).output().expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it exits by itself")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("output is UTF-8")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// A ring of agents, closed by the head.
fn ring(folder: &Path, agents: usize) -> [String; 2] {
    [false, true].map(|is_closed| {
        let mut spec = String::from("version: 1\nagents:\n");
        for agent in 0..agents {
            let next = if agent + 1 < agents { Some(agent + 1) } else { is_closed.then_some(0) };
            let write = next.map_or(String::new(), |next| format!("write: [agent-{next}]"));
            spec += &format!("  agent-{agent}: {{{write}}}\n");
        }
        let file = folder.join(format!("ring-{is_closed}.yaml"));
        fs::write(&file, spec).expect("writable");
        path(&file).to_owned()
    })
}

#[test]
fn a_reader_that_goes_away_opens_no_gate_and_takes_no_other_answer_along() {
    let folder = folder();
    let [base, head] = ring(folder.path(), 60);
    for format in ["json", "sarif"] {
        let file = folder.path().join(format!("{format}.xml"));
        let arguments = [
            "diff",
            &base,
            &head,
            "--fail-on",
            "warning",
            "-f",
            format,
            "-o",
            "-",
            "-f",
            "junit",
            "-o",
            path(&file),
        ];
        let mut child =
            crabwalk(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut stdout = child.stdout.take().expect("piped");
        stdout.read_exact(&mut [0]).expect("it prints something");
        drop(stdout);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(text(&output.stderr), "", "{format}");
        assert_eq!(code(&output), 1, "{format}");
        assert!(fs::read_to_string(&file).expect("written").ends_with("</testsuites>\n"), "{format}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_in_every_format() {
    for format in FORMATS {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let child = crabwalk(&["diff", BASE, HEAD, "-f", format]).stdout(full).stderr(Stdio::piped()).spawn();
        let output = child.expect("it starts").wait_with_output().expect("it ends");
        assert_eq!(code(&output), 2, "{format}");
        assert!(
            text(&output.stderr).contains("cannot write to the standard output"),
            "{}",
            text(&output.stderr)
        );
        let output = run(&["diff", BASE, HEAD, "-f", format, "-o", "/dev/full"]);
        assert_eq!(code(&output), 2, "{format}");
    }
}

#[test]
fn all_formats_at_once_are_those_that_come_one_by_one() {
    let folder = folder();
    let files: Vec<String> =
        FORMATS.iter().map(|format| path(&folder.path().join(format)).to_owned()).collect();
    let mut arguments = vec!["diff", BASE, HEAD];
    for (format, file) in FORMATS.iter().zip(&files) {
        arguments.extend(["-f", format, "-o", file]);
    }
    let output = run(&arguments);
    assert_eq!((code(&output), text(&output.stdout), text(&output.stderr)), (1, "", ""));
    for (format, file) in FORMATS.iter().zip(&files) {
        let alone = run(&["diff", BASE, HEAD, "-f", format]);
        assert_eq!(code(&alone), 1);
        assert_eq!(fs::read_to_string(file).expect("written"), text(&alone.stdout), "{format}");
    }
}

#[test]
fn a_wrong_spec_leaves_what_was_there() {
    let folder = folder();
    let (wrong, answer) = (folder.path().join("wrong.yaml"), folder.path().join("answer.md"));
    fs::write(&wrong, "version: 1\nagents: {a: {read: [nobody]}}\n").expect("writable");
    fs::write(&answer, "before").expect("writable");
    let output = run(&["diff", BASE, path(&wrong), "-o", path(&answer)]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty() && text(&output.stderr).contains("E203"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&answer).expect("still there"), "before");
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 2, "no temporary file is left");
}

/// Whether the interrupt comes while closures are compared or while the answer is written.
#[test]
#[cfg(unix)]
fn an_interrupt_leaves_what_was_there() {
    let folder = folder();
    let [base, head] = ring(folder.path(), 2_000);
    for wait in [50, 400] {
        let answer = folder.path().join(format!("answer-{wait}.json"));
        fs::write(&answer, "before").expect("writable");
        let mut child = crabwalk(&["diff", &base, &head, "-o", path(&answer)]).spawn().expect("it starts");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        assert!(child.try_wait().expect("a child").is_none(), "it was too fast to be interrupted");
        let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.expect("kill is there").success());
        assert!(!child.wait().expect("it ends").success());
        assert_eq!(fs::read_to_string(&answer).expect("still there"), "before");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 4, "no temporary file is left");
}

#[test]
fn a_spec_of_nothing_and_names_as_long_as_they_get_are_reviewed_in_every_format() {
    let folder = folder();
    let (nothing, long) = (folder.path().join("nothing.yaml"), folder.path().join("long.yaml"));
    fs::write(&nothing, "version: 1\n").expect("writable");
    let names: Vec<String> =
        ('a'..'k').map(|first| format!("\"{first}{}\"", "|`$(id) ".repeat(24))).collect();
    let mut spec = String::from("version: 1\nzones: {low: {}, high: {}}\nagents:\n");
    for pair in names.windows(2) {
        spec += &format!("  {}: {{zone: low, invoke: [{}]}}\n", pair[0], pair[1]);
    }
    spec += &format!("  {}: {{zone: high}}\n", names[names.len() - 1]);
    fs::write(&long, spec).expect("writable");
    let (nothing, long) = (path(&nothing), path(&long));
    for (base, head) in [(nothing, nothing), (nothing, long), (long, nothing), (long, long)] {
        for format in FORMATS {
            let output = run(&["diff", base, head, "--fail-on", "never", "-f", format]);
            assert_eq!(code(&output), 0, "{format}: {}", text(&output.stderr));
            // A log of commands and a list of issues may be empty; all else says something.
            assert!(!output.stdout.is_empty() || format == "github", "{format}");
        }
    }
}

#[test]
fn a_picture_is_drawn_where_graphviz_is() {
    let output = run(&["diff", BASE, HEAD, "-f", "svg"]);
    if text(&output.stderr).contains("needs Graphviz") {
        assert!(std::env::var_os("CRABWALK_REQUIRE_DOT").is_none(), "{}", text(&output.stderr));
        return eprintln!("there is no `dot` here: no review was drawn");
    }
    assert_eq!(code(&output), 1);
    let picture = text(&output.stdout);
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let parsed = roxmltree::Document::parse_with_options(picture, options).expect("it is XML");
    let words: Vec<&str> = parsed.descendants().filter_map(|node| node.text()).map(str::trim).collect();
    for word in ["payments", "+ invokes", "− writes", "now reachable from 2 more", "reaches 9 → 10"] {
        assert!(
            words.iter().any(|text| text.replace('\u{a0}', " ").contains(word)),
            "{word} is not in {words:?}"
        );
    }
}

/// What is printed fits the terminal that is said to be there, and a file has no such limit.
#[test]
fn a_narrow_terminal_gets_narrow_lines_and_a_file_none() {
    let folder = folder();
    let file = folder.path().join("review.txt");
    let diff = ["diff", "specs/support-desk.yaml", "tests/fixtures/review/support-desk-head.yaml"];
    let narrow = crabwalk(&diff).env("COLUMNS", "80").output().expect("it starts");
    assert!(text(&narrow.stdout).lines().all(|line| line.chars().count() <= 80), "{}", text(&narrow.stdout));
    let output = crabwalk(&diff).args(["-o", path(&file)]).env("COLUMNS", "80").output().expect("it starts");
    assert_eq!(code(&output), 1);
    assert_eq!(fs::read_to_string(&file).expect("written"), text(&run(&diff).stdout));
}
