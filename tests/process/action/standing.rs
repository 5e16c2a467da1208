//! The spec as it stands, beside what the change does to it: shown at any rate, and red where the workflow says so.

use super::checkout::{Forge, assert_ended};
use super::has_tools;

/// A spec that has findings, whatever a change does to it; one of them is an error.
fn standing() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/confused-deputy.yaml");
    std::fs::read_to_string(path).expect("part of the project")
}

#[test]
fn what_was_there_before_is_shown_and_fails_where_it_is_asked_to() {
    if !has_tools() {
        return;
    }
    let forge = Forge::new("crabwalk.yaml", &standing());
    forge.commit_on("topic", "notes.txt", "nothing of the spec");
    for (level, code, check) in [
        (None, 0, "clear"),
        (Some("never"), 0, "clear"),
        (Some("error"), 1, "open"),
        (Some("warn"), 2, "failed"),
    ] {
        let mut job = forge.pull_request("topic");
        job.inputs.extend(level.map(|level| ("check-fail-on", level.to_owned())));
        job.inputs.push(("check-sarif", "standing.sarif".to_owned()));
        let outcome = job.run();
        assert_ended(&outcome, code, "clear");
        assert_eq!(outcome.output("check"), check, "{level:?}: {}", outcome.log);
        assert!(outcome.summary.contains("<code>crabwalk check</code>"), "{}", outcome.summary);
        let comment = std::fs::read_to_string(outcome.output("markdown")).expect("it is there");
        assert!(!comment.contains("crabwalk check"), "the comment is about the change: {comment}");
        let annotated = outcome.log.lines().filter(|line| line.starts_with("::error file=")).count();
        assert_eq!(annotated > 0, check == "open", "{}", outcome.log);
        if check == "failed" {
            assert_eq!(outcome.output("check-sarif"), "");
            continue;
        }
        assert!(outcome.summary.contains("\n    error[CW101]"), "{}", outcome.summary);
        assert_eq!(
            outcome.output("check-sarif"),
            job.workspace.join("standing.sarif").to_str().expect("UTF-8")
        );
        let sarif = std::fs::read(job.workspace.join("standing.sarif")).expect("written");
        let sarif: serde_json::Value = serde_json::from_slice(&sarif).expect("JSON");
        let results = sarif["runs"][0]["results"].as_array().expect("a list");
        assert!(results.iter().any(|result| result["ruleId"] == "CW101"), "{results:?}");
    }
}

/// Whatever the spec says is code in the summary, and no command to the runner.
#[test]
fn what_a_spec_says_steers_nothing() {
    if !has_tools() {
        return;
    }
    let hostile = standing().replace("private-code", "\"</details>::error::@everyone\"");
    let forge = Forge::new("crabwalk.yaml", &hostile);
    forge.commit_on("topic", "notes.txt", "nothing of the spec");
    let mut job = forge.pull_request("topic");
    job.inputs.push(("check-fail-on", "error".to_owned()));
    let outcome = job.run();
    assert_ended(&outcome, 1, "clear");
    assert!(!outcome.log.lines().any(|line| line.trim_start().starts_with("::error::@everyone")));
    let section = outcome.summary.split("<code>crabwalk check</code> says</summary>").nth(1).expect("there");
    let said: Vec<&str> = section.lines().filter(|line| line.contains("@everyone")).collect();
    assert!(!said.is_empty() && said.iter().all(|line| line.starts_with("    ")), "{said:?}");
}

/// A spec in a directory of its own is found from where the job says it is.
#[test]
fn a_directory_has_its_own_spec() {
    if !has_tools() {
        return;
    }
    let forge = Forge::new("services/desk/crabwalk.yaml", &standing());
    forge.commit_on("topic", "notes.txt", "nothing of the spec");
    for inputs in
        [[("directory", "services/desk"), ("spec", "")], [("directory", "."), ("spec", "services/desk")]]
    {
        let mut job = forge.pull_request("topic");
        job.inputs.extend(inputs.map(|(name, value)| (name, value.to_owned())));
        let outcome = job.run();
        assert_ended(&outcome, 0, "clear");
        assert_eq!(outcome.output("check"), "clear", "{}", outcome.log);
    }
}
