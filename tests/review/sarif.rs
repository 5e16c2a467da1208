//! SARIF as code scanning takes it: checked by Microsoft's validator, and against the limits of GitHub that it does not know.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::reviews::{cases, closed_as_warning, context, review, spec, worked};
use crabwalk::findings::Review;
use crabwalk::report::review::sarif;
use oracle::generate;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// The validator, pinned: what it asks for may change with any version.
const VALIDATOR: &str = "@microsoft/sarif-multitool@5.7.0";

/// What it would like and is left out on purpose: messages by id (2002), excerpts (2010, 2011), and addresses on the network that
/// nobody has given yet or that it tries to open (2003, 2005, 2006, 2012).
const NOT_WANTED: [&str; 7] =
    ["SARIF2002", "SARIF2003", "SARIF2005", "SARIF2006", "SARIF2010", "SARIF2011", "SARIF2012"];

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
            let file = PathBuf::from(format!("{name}.sarif"));
            std::fs::write(directory.path().join(&file), log.to_string()).expect("a writable directory");
            file
        })
        .collect();
    let status = validator(directory.path(), &inputs, "said.json")?;
    let said = std::fs::read_to_string(directory.path().join("said.json"))
        .unwrap_or_else(|_| panic!("the validator wrote nothing: {status}"));
    let said: Value = serde_json::from_str(said.trim_start_matches('\u{feff}')).expect("its answer is SARIF");
    let mut lines = Vec::new();
    for result in results(&said) {
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let rule = result["ruleId"].as_str().expect("a rule");
        if !NOT_WANTED.contains(&rule) {
            lines.push(format!("{rule} {place} {}", result["message"]));
        }
    }
    // A file that it cannot read is told beside the results.
    for kind in ["toolExecutionNotifications", "toolConfigurationNotifications"] {
        lines.extend(list(&said["runs"][0]["invocations"][0], kind).iter().map(Value::to_string));
    }
    assert!(status.contains(&format!("{} files scanned", logs.len())), "{status}");
    Some(lines)
}

/// Runs the validator; nothing where it is not asked for.
#[expect(clippy::print_stderr, reason = "a skipped test should say so")]
fn validator(directory: &Path, inputs: &[PathBuf], output: &str) -> Option<String> {
    if std::env::var_os("CRABWALK_REQUIRE_SARIF").is_none() {
        eprintln!("CRABWALK_REQUIRE_SARIF is not set: SARIF was not sent through {VALIDATOR}");
        return None;
    }
    let cache = std::env::var_os("npm_config_cache").map_or_else(|| directory.join("npm"), PathBuf::from);
    // Its wrapper hands arguments to a shell as they are: what a shell would read is quoted once more, and paths stay plain by
    // being relative.
    let done = Command::new("npx")
        .args([
            "--yes",
            VALIDATOR,
            "validate",
            "--rule-kind",
            "'Sarif;Ghas'",
            "--level",
            "'Error;Warning;Note'",
        ])
        .args(["--kind", "'Fail;Review;Open'", "--output"])
        .arg(output)
        .args(inputs)
        .current_dir(directory)
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
        let name: String = at.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
        (format!("broken{name}"), log)
    };
    let logs = [
        broken("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(-1)),
        broken("/runs/0/results/0/ruleIndex", json!(99)),
        broken("/runs/0/results/0/locations", json!([])),
        broken("/runs/0/results/0/message", json!({})),
        broken(
            "/runs/0/results/0/codeFlows/0/threadFlows/0/locations/0/location/physicalLocation/artifactLocation/uri",
            json!("a b"),
        ),
    ];
    let said = validate(&logs).expect("it ran before").join("\n");
    for (name, _) in logs {
        assert!(said.contains(&name), "{name} is not in {said}");
    }
}

/// Every string below a key, anywhere.
fn texts<'v>(value: &'v Value, key: &str, into: &mut Vec<&'v str>) {
    match value {
        Value::Object(all) => {
            for (name, value) in all {
                if let (true, Some(text)) = (name == key, value.as_str()) {
                    into.push(text);
                }
                texts(value, key, into);
            }
        }
        Value::Array(all) => all.iter().for_each(|value| texts(value, key, into)),
        _ => {}
    }
}

fn assert_within_limits(name: &str, log: &Value) {
    let run = &log["runs"][0];
    let rules = list(&run["tool"]["driver"], "rules");
    let mut said = Vec::new();
    texts(log, "text", &mut said);
    assert!(said.iter().all(|text| !text.is_empty() && text.chars().count() <= 1024), "{name}");
    let mut prints = BTreeSet::new();
    for result in results(log) {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"], "{name}");
        assert!(
            prints.insert((result["ruleId"].to_string(), result["partialFingerprints"].to_string())),
            "{name}"
        );
        assert_eq!(list(result, "locations").len(), 1, "{name}");
        assert!(
            list(result, "relatedLocations").len() <= 100 && list(result, "codeFlows").len() <= 10,
            "{name}"
        );
        for flow in list(result, "codeFlows") {
            let locations = list(&flow["threadFlows"][0], "locations").len();
            assert!((2..=1000).contains(&locations), "{name}: {locations}");
        }
    }
    let mut uris = Vec::new();
    texts(&run["results"], "uri", &mut uris);
    let plain =
        |uri: &&str| uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte));
    assert!(uris.iter().all(plain), "{name}: {uris:?}");
}

#[test]
fn everything_is_within_what_code_scanning_takes_and_shows() {
    let mut seen = 0;
    for case in cases() {
        let log = log(&case.review);
        assert_within_limits(case.name, &log);
        seen += results(&log).len();
    }
    for review in random(80) {
        assert_within_limits("random", &log(&review));
    }
    assert!(seen > 30, "{seen} results");
}

/// A chain of agents, the first link of which is new; and names as long as names get.
#[test]
fn a_path_of_two_thousand_hops_and_long_names_stay_within_it_too() {
    let text = |first: bool| {
        let mut text = "version: 1\nzones: {low: {}, high: {}}\nagents:\n".to_owned();
        for at in 0..2000 {
            let zone = if at == 1999 { "high" } else { "low" };
            let edge = if at == 1999 || at == 0 && !first {
                String::new()
            } else {
                format!(", write: [n{}]", at + 1)
            };
            text.push_str(&format!("  n{at}: {{zone: {zone}{edge}}}\n"));
        }
        text
    };
    let long = review(&spec("crabwalk.yaml", &text(false)), &spec("crabwalk.yaml", &text(true)));
    let told = log(&long);
    assert_within_limits("chain", &told);
    let longest = results(&told).iter().flat_map(|result| list(result, "codeFlows"));
    let longest = longest.map(|flow| list(&flow["threadFlows"][0], "locations")).max_by_key(|all| all.len());
    let longest = longest.expect("a flow");
    assert_eq!(longest.len(), 1000);
    assert_eq!(longest[0]["location"]["message"]["text"], "n0 (zone low) is compromised");
    assert_eq!(longest[999]["location"]["message"]["text"], "n1998 writes n1999");

    let names = |edges: bool| {
        let target = "b".repeat(200);
        let edge = if edges { format!("write: [{target}]") } else { String::new() };
        let agent = |first: char| format!("  \"{first}{}\": {{{edge}}}\n", "a{".repeat(99));
        let agents: String = ('c'..='j').map(agent).collect();
        format!("version: 1\nagents:\n{agents}  {target}: {{}}\n")
    };
    let long = review(&spec("crabwalk.yaml", &names(false)), &spec("crabwalk.yaml", &names(true)));
    assert!(!results(&log(&long)).is_empty());
    assert_within_limits("names", &log(&long));
}

#[test]
fn too_many_results_are_cut_and_it_is_said() {
    let mut review = worked().review;
    let first = review.findings[0].clone();
    let made = (0..25_003).map(|at| crabwalk::findings::Finding {
        fingerprint: format!("{at:016x}"),
        pairs: Vec::new(),
        ..first.clone()
    });
    review.findings = made.collect();
    let log = log(&review);
    assert_eq!(results(&log).len(), 25_000);
    let said = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(said.as_str().is_some_and(|text| text.starts_with("3 further findings are left out")), "{said}");
}

#[test]
fn what_is_accepted_is_suppressed_with_its_reason_and_what_is_not_is_not() {
    let mut seen = 0;
    for case in cases() {
        let told: Vec<_> =
            case.review.findings.iter().filter(|finding| finding.rule.id() != "CW009").collect();
        let log = log(&case.review);
        assert_eq!(results(&log).len(), told.len(), "{}", case.name);
        for (finding, result) in told.into_iter().zip(results(&log)) {
            assert_eq!(result["properties"]["id"], finding.id());
            let suppressions = list(result, "suppressions");
            assert_eq!(suppressions.len(), usize::from(!finding.is_open()), "{}", case.name);
            seen += suppressions.len();
            let is_so = |one: &Value| {
                one["status"] == "accepted"
                    && one["justification"].as_str().is_some_and(|why| !why.is_empty())
            };
            assert!(suppressions.iter().all(is_so));
        }
    }
    assert!(seen > 0, "none of the reviews has an accepted finding");
}

/// Alerts show where all their lines are in the head.
#[test]
fn a_result_stands_on_the_line_that_causes_it() {
    let log = log(&worked().review);
    let place = &results(&log)[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"], json!({"uri": "crabwalk.yaml", "uriBaseId": "%SRCROOT%"}));
    assert_eq!(place["region"], json!({"startLine": 17, "startColumn": 14, "endLine": 17, "endColumn": 22}));
}

/// It is gone from the head, so it stands on its first line and says where it stood.
#[test]
fn a_closed_path_is_told_where_the_spec_makes_more_of_it_than_a_note() {
    let closed =
        |review: &Review| results(&log(review)).iter().find(|result| result["ruleId"] == "CW009").cloned();
    assert_eq!(closed(&worked().review), None);
    let told = closed(&closed_as_warning()).expect("it is a warning now");
    assert_eq!(told["locations"][0]["physicalLocation"]["region"], json!({"startLine": 1}));
    let text = told["message"]["text"].as_str().expect("a text");
    assert!(text.contains("It stood in the base, at crabwalk.yaml:36."), "{text}");
}
