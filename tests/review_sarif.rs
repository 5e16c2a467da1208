//! SARIF as code scanning takes it: checked by Microsoft's validator, and against the limits of GitHub that it does not know.

#[expect(dead_code, reason = "its specs are wanted here, not its answers")]
mod oracle;
#[path = "support/reviews.rs"]
mod reviews;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crabwalk::report::review::sarif;
use crabwalk::review::Review;
use oracle::generate;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reviews::{cases, context, review, spec, worked};
use serde_json::{Value, json};

/// The validator, pinned: what it asks for may change with any version.
const VALIDATOR: &str = "@microsoft/sarif-multitool@5.7.0";

fn log(review: &Review) -> Value {
    sarif(review, &context())
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn results(log: &Value) -> &[Value] {
    list(&log["runs"][0], "results")
}

/// Reviews of random specs.
fn random(count: usize) -> Vec<Review> {
    let mut runner = TestRunner::deterministic();
    let mut text = || generate::spec().new_tree(&mut runner).expect("a spec").current();
    (0..count).map(|_| review(&spec("base.yaml", &text()), &spec("head.yaml", &text()))).collect()
}

#[test]
fn the_worked_example() {
    let text = format!("{:#}\n", log(&worked().review));
    insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"));
}

/// What the validator says of some logs: errors, warnings and notes, a line each.
fn validate(logs: &[(String, Value)]) -> Option<Vec<String>> {
    let directory = tempfile::tempdir().expect("a directory");
    let inputs: Vec<PathBuf> = logs
        .iter()
        .map(|(name, log)| {
            let path = directory.path().join(format!("{name}.sarif"));
            std::fs::write(&path, log.to_string()).expect("a writable directory");
            path
        })
        .collect();
    let output = directory.path().join("said.json");
    let status = validator(directory.path(), &inputs, &output)?;
    let said =
        std::fs::read_to_string(&output).unwrap_or_else(|_| panic!("the validator wrote nothing: {status}"));
    let said: Value = serde_json::from_str(said.trim_start_matches('\u{feff}')).expect("its answer is SARIF");
    let mut lines = Vec::new();
    for result in results(&said) {
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        lines.push(format!("{} {} {} {}", result["ruleId"], result["level"], place, result["message"]));
    }
    // A file that it cannot read is told beside the results.
    for notice in list(&said["runs"][0]["invocations"][0], "toolExecutionNotifications") {
        lines.push(notice.to_string());
    }
    Some(lines)
}

/// Runs the validator; nothing where it is not asked for.
fn validator(directory: &Path, inputs: &[PathBuf], output: &Path) -> Option<String> {
    if std::env::var_os("CRABWALK_REQUIRE_SARIF").is_none() {
        eprintln!("CRABWALK_REQUIRE_SARIF is not set: SARIF was not sent through {VALIDATOR}");
        return None;
    }
    let cache = std::env::var_os("npm_config_cache").map_or_else(|| directory.join("npm"), PathBuf::from);
    let done = Command::new("npx")
        .args(["--yes", VALIDATOR, "validate", "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note"])
        .args(["--kind", "Fail;Review;Open", "--log", "ForceOverwrite", "--output"])
        .arg(output)
        .args(inputs)
        .env("npm_config_cache", cache)
        .output()
        .expect("npx runs: it comes with Node.js");
    Some(format!("{}\n{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)))
}

#[test]
fn a_validator_finds_nothing_and_would() {
    let mut logs: Vec<(String, Value)> =
        cases().into_iter().map(|case| (case.name.to_owned(), log(&case.review))).collect();
    logs.extend(random(6).iter().enumerate().map(|(at, review)| (format!("random-{at}"), log(review))));
    let Some(said) = validate(&logs) else { return };
    assert_eq!(said, [""; 0]);
    let broken = |at: &str, wrong: Value| {
        let mut log = log(&worked().review);
        *log.pointer_mut(at).expect("is there") = wrong;
        (at.replace('/', "-"), log)
    };
    let logs = [
        broken("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(-1)),
        broken("/runs/0/results/0/ruleIndex", json!(99)),
        broken("/runs/0/results/0/locations", json!([])),
        broken("/runs/0/results/0/level", json!("grave")),
    ];
    let said = validate(&logs).expect("it ran before").join("\n");
    for (name, _) in logs {
        assert!(said.contains(&name), "{name} is not in {said}");
    }
}
