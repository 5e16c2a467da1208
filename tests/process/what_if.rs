//! A what-if on the command line: whatever is asked, and in whatever format, the answer says that it is one.

use crate::support::program::crabwalk;

fn run(arguments: &[&str]) -> std::process::Output {
    crabwalk(arguments).output().expect("the program starts")
}

/// Each format of each command says that it is a what-if.
#[test]
fn every_answer_says_that_it_is_a_what_if() {
    let flags = ["--without", "resolver:invoke:web-search", "--isolate", "tag:none"];
    let spec = "specs/support-desk.yaml";
    let calls: [&[&str]; 14] = [
        &["check", spec, "--fail-on", "never"],
        &["check", spec, "-f", "json", "--fail-on", "never"],
        &["matrix", spec],
        &["matrix", spec, "-f", "markdown"],
        &["matrix", spec, "-f", "html"],
        &["matrix", spec, "-f", "json"],
        &["matrix", spec, "--sizes-only"],
        &["matrix", spec, "--sizes-only", "-f", "json"],
        &["blast", "ticket-hook", "--spec", spec],
        &["blast", "ticket-hook", "--spec", spec, "-f", "mermaid"],
        &["path", "ticket-hook", "payments", "--spec", spec],
        &["path", "ticket-hook", "payments", "--spec", spec, "-f", "dot"],
        &["graph", spec],
        &["self-check", spec],
    ];
    for call in calls {
        let output = run(&[call, &flags[..2]].concat());
        assert!(output.status.success(), "{call:?}: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let words = text.replace("&#160;", " ");
        assert!(words.contains("without resolver:invoke:web-search"), "{call:?}:\n{text}");
    }
    let csv = run(&[&["matrix", spec, "-f", "csv"], &flags[..2]].concat());
    let note = String::from_utf8(csv.stderr).unwrap();
    assert!(
        note.contains("what if, not the spec as it stands: without resolver:invoke:web-search"),
        "{note}"
    );
    let wrong = run(&[&["check", spec], &flags[2..]].concat());
    assert_eq!(wrong.status.code(), Some(2));
}
