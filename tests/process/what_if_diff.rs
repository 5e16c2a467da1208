//! Changes that are tried on the head of a comparison: the answer is that for a head edited by hand, and says that it is none.

use std::path::Path;

use crate::support::program;
use serde_json::Value;

const DESK: &str = "tests/fixtures/review/base.yaml";
const CHANGED: &str = "tests/fixtures/review/head.yaml";

fn run(arguments: &[&str]) -> std::process::Output {
    program::crabwalk(arguments).output().expect("the program starts")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the answer is UTF-8")
}

/// A review as JSON, without what the head is called and what was tried on it.
fn review(arguments: &[&str]) -> (Value, Option<i32>) {
    let output = run(&[&["diff", "-f", "json", "--today", "2026-11-25"], arguments].concat());
    assert!(output.stderr.is_empty(), "{arguments:?}: {}", text(output.stderr));
    let mut review: Value = serde_json::from_slice(&output.stdout).expect("the answer is JSON");
    let head = review["head"].as_object_mut().expect("the head is an object");
    head.retain(|key, _| key != "name" && key != "what_if");
    // Where the edited head is another file, only its name differs.
    let named = serde_json::to_string(&review).expect("JSON is text again");
    let named = regular(&named, arguments.get(1).copied().unwrap_or_default());
    let mut review = serde_json::from_str(&named).expect("still JSON");
    forget_columns(&mut review);
    (review, output.status.code())
}

/// An edge with guards is written longer, so that it stands elsewhere in its line.
fn forget_columns(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|key, _| key != "column");
            entries.values_mut().for_each(forget_columns);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_columns),
        _ => {}
    }
}

/// The name of the head's file as one that both heads have.
fn regular(text: &str, head: &str) -> String {
    text.replace(head, "HEAD")
}

/// The head with some parts of its text replaced, none of which moves a line.
fn edited(name: &str, edits: &[(&str, &str)]) -> String {
    let text = std::fs::read_to_string(CHANGED).expect("the fixture is there");
    let text = edits.iter().fold(text, |text, (before, after)| {
        assert_eq!(text.matches(before).count(), 1, "`{before}` stands once in the head");
        text.replace(before, after)
    });
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("what-if-diff-{name}.yaml"));
    std::fs::write(&path, text).expect("the folder of tests can be written to");
    // As answers name it: below the root of the repository, and whole where Cargo's target is elsewhere.
    let named = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&path);
    named.to_string_lossy().into_owned()
}

#[test]
fn what_is_tried_on_the_head_is_the_head_edited_by_hand() {
    let guarded = "invoke: [{target: payments, guards: human-approval}]";
    let answers = "invoke: [{target: payments, returns: {guards: redaction}}]";
    type Try<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a str)]);
    let tries: [Try<'_>; 6] = [
        ("without", &["--without", "support-bot:invoke:payments"], &[("invoke: [payments]", "invoke: []")]),
        (
            "guard",
            &["--with-guard", "support-bot:invoke:payments=human-approval"],
            &[("invoke: [payments]", guarded)],
        ),
        (
            "answer",
            &["--with-guard", "support-bot:invoke:payments:result=redaction"],
            &[("invoke: [payments]", answers)],
        ),
        ("isolate", &["--isolate", "auditor"], &[("observe: [deployer, payments]", "observe: []")]),
        (
            "two",
            &["--without", "inbox-triage:invoke:support-bot", "--without", "coder:invoke:reviewer"],
            &[("invoke: [support-bot]", "invoke: []"), ("invoke: [reviewer]", "invoke: []")],
        ),
        (
            "all",
            &[
                "--isolate",
                "auditor",
                "--with-guard",
                "support-bot:invoke:payments=human-approval",
                "--without",
                "coder:invoke:reviewer",
            ],
            &[
                ("observe: [deployer, payments]", "observe: []"),
                ("invoke: [payments]", guarded),
                ("invoke: [reviewer]", "invoke: []"),
            ],
        ),
    ];
    let as_it_stands = review(&[DESK, CHANGED]);
    for (name, flags, edits) in tries {
        let tried = review(&[&[DESK, CHANGED], flags].concat());
        let by_hand = review(&[DESK, &edited(name, edits)]);
        // The whole of them would fill pages.
        assert!(tried == by_hand, "{name}: {:#}\n{:#}", tried.0["changes"], by_hand.0["changes"]);
        assert!(tried != as_it_stands, "{name}: it makes a difference");
    }
}

#[test]
fn the_gate_passes_where_the_line_that_opens_is_dropped() {
    assert_eq!(run(&["diff", DESK, CHANGED]).status.code(), Some(1));
    let tried = ["diff", DESK, CHANGED, "--without", "support-bot:invoke:payments"];
    assert_eq!(run(&tried).status.code(), Some(0));
}

/// In its answer, or on the standard error where the format holds findings alone.
#[test]
fn every_format_says_what_was_tried_on_the_head() {
    let flags = ["--without", "support-bot:invoke:payments", "--isolate", "auditor"];
    let said = ["without support-bot:invoke:payments", "auditor isolated"];
    for format in ["text", "markdown", "json", "dot", "mermaid", "junit", "sarif", "github", "gitlab"] {
        for base in [DESK, CHANGED] {
            let output =
                run(&[&["diff", base, CHANGED, "--fail-on", "never", "-f", format], &flags[..]].concat());
            let findings_alone = ["sarif", "github", "gitlab"].contains(&format);
            let place = text(if findings_alone { output.stderr } else { output.stdout });
            let words = place.replace("&#160;", " ");
            assert!(said.iter().all(|said| words.contains(said)), "{format}:\n{place}");
            assert!(
                format == "json" || words.contains("what if, not the head as it stands"),
                "{format}:\n{place}"
            );
        }
    }
    // A comparison of equals, once the change is made.
    let unchanged = text(run(&["diff", DESK, DESK, "--without", "auditor:observe:payments"]).stdout);
    assert!(unchanged.contains("what if, not the head as it stands"), "{unchanged}");
}

/// The comment ends with the command that gives the same answer.
#[test]
fn the_command_to_reproduce_a_comment_tries_the_same() {
    let flags = ["--with-guard", "support-bot:invoke:payments:result=redaction", "--isolate", "auditor"];
    let asked = [&["diff", DESK, CHANGED], &flags[..]].concat();
    let comment = text(run(&[&asked[..], &["-f", "markdown"]].concat()).stdout);
    let (_, command) = comment.rsplit_once("reproduce: `crabwalk ").expect("a command");
    let (command, _) = command.split_once('`').expect("its end");
    let words: Vec<String> = command.split(' ').map(|word| word.trim_matches('\'').to_owned()).collect();
    assert_eq!(words, asked);
}

#[test]
fn an_edge_that_the_head_does_not_have_is_an_error() {
    for (flag, word, said) in [
        ("--without", "summariser:write:planner", "`summariser` declares no `write` on `planner`"),
        ("--without", "support-bot:invoke:payment", "did you mean `payments`?"),
        ("--with-guard", "support-bot:invoke:payments=approval", "there is no guard `approval`"),
        ("--isolate", "tag:none", "there is no tag `none`"),
    ] {
        let output = run(&["diff", DESK, CHANGED, flag, word]);
        let error = text(output.stderr);
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(said), "{word}: {error}");
        assert!(
            flag == "--isolate" || error.contains("(in the head, `tests/fixtures/review/head.yaml`)"),
            "{error}"
        );
    }
}

/// A matrix that was saved from a what-if says so when it is compared.
#[test]
fn a_saved_what_if_says_what_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let saved = folder.path().join("what-if.json");
    let saved = saved.to_str().expect("UTF-8");
    let spec = "specs/confused-deputy.yaml";
    assert!(run(&["matrix", spec, "--without", "github:read:public-issues", "-o", saved]).status.success());
    let output = run(&["diff", spec, saved, "-f", "github"]);
    assert_eq!(
        text(output.stderr),
        "what if, not the head as it stands: without github:read:public-issues\n"
    );
    let said = text(output.stdout);
    assert!(
        said.starts_with("::notice title=CW009 8 pairs closed::8 pairs closed.%0AIf public-issues is"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}
