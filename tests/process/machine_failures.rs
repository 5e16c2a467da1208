//! A command that could not run writes its reports for machines too, with what is wrong as findings, so that a report of yesterday is
//! not taken for today's; and reports are what the schemas of their readers ask for.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::junit_schema::assert_schema;
use crate::support::program::{crabwalk, folder};
use serde_json::Value;

/// Line 3 names a target that is not there, line 4 a zone.
const WRONG: &str = "version: 1
sources: {mail: }
agents: {desk: {read: [mail], invoke: [pya]}}
tools: {pay: {zone: core}}
";
const RIGHT: &str = "version: 1
sources: {mail: {untrusted: true}}
agents: {desk: {read: [mail], invoke: [pay]}}
tools: {pay: {critical: true}}
";
const FORMATS: [&str; 5] = ["json", "sarif", "github", "gitlab", "junit"];

fn run(directory: &Path, words: &[&str]) -> Output {
    crabwalk(words).current_dir(directory).output().expect("it runs")
}

/// What each format writes of a call that cannot run, over a file of yesterday.
fn failed(directory: &Path, words: &[&str]) -> Vec<String> {
    let mut all: Vec<&str> = words.to_vec();
    for format in FORMATS {
        fs::write(directory.join(format), "yesterday").expect("written");
        all.extend(["-f", format, "-o", format]);
    }
    let output = run(directory, &all);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{words:?}: {errors}");
    assert!(!errors.is_empty() && output.stdout.is_empty(), "it is said in a terminal too");
    FORMATS.iter().map(|format| fs::read_to_string(directory.join(format)).expect("written")).collect()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|problem| panic!("{problem}: {text}"))
}

fn texts<'v>(values: &'v Value, pointer: &str) -> Vec<&'v str> {
    let values = values.as_array().expect("a list").iter();
    values.map(|value| value.pointer(pointer).and_then(Value::as_str).expect("a text")).collect()
}

#[test]
fn the_mistakes_of_a_spec_are_the_results() {
    let folder = folder();
    fs::write(folder.path().join("s.yaml"), WRONG).expect("written");
    fs::write(folder.path().join("b.yaml"), RIGHT).expect("written");
    for words in [&["check", "s.yaml"][..], &["diff", "b.yaml", "s.yaml"], &["diff", "s.yaml", "b.yaml"]] {
        let [diagnostics, sarif, github, gitlab, junit] = &failed(folder.path(), words)[..] else {
            unreachable!("there are five")
        };
        let diagnostics = json(diagnostics);
        assert_eq!(diagnostics["schema"], "crabwalk/diagnostics/1");
        assert_eq!(texts(&diagnostics["diagnostics"], "/code"), ["E203", "E204"]);

        let run = &json(sarif)["runs"][0];
        assert_eq!(run["invocations"][0]["executionSuccessful"], false);
        assert_eq!(texts(&run["results"], "/ruleId"), ["E203", "E204"]);
        assert_eq!(texts(&run["results"], "/level"), ["error", "error"]);
        assert_eq!(texts(&run["tool"]["driver"]["rules"], "/id"), ["E203", "E204"]);
        let place = &run["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "s.yaml");
        assert_eq!(place["region"]["startLine"], 3);
        assert!(
            run["results"][0]["message"]["text"].as_str().is_some_and(|text| text.contains("`pya`")),
            "{run}"
        );

        let commands: Vec<&str> = github.lines().collect();
        assert_eq!(commands.len(), 2, "{github}");
        assert!(
            commands[0].starts_with("::error file=s.yaml,line=3,endLine=3,col=40,endColumn=43,title=E203 "),
            "{github}"
        );
        assert!(commands[1].starts_with("::error file=s.yaml,line=4,"), "{github}");

        let gitlab = json(gitlab);
        assert_eq!(texts(&gitlab, "/check_name"), ["E203", "E204"]);
        assert_eq!(texts(&gitlab, "/location/path"), ["s.yaml", "s.yaml"]);
        assert_eq!(gitlab[0]["location"]["lines"]["begin"], 3);
        assert_ne!(gitlab[0]["fingerprint"], gitlab[1]["fingerprint"]);

        assert_schema(junit);
        assert_eq!(junit.matches("<error ").count(), 2, "{junit}");
        assert!(junit.contains("errors=\"2\"") && junit.contains("At s.yaml:3"), "{junit}");
    }
}

#[test]
fn what_cannot_be_read_is_a_result_without_a_place() {
    let folder = folder();
    fs::write(folder.path().join("s.yaml"), RIGHT).expect("written");
    for words in [
        &["check", "none.yaml"][..],
        &["diff", "nowhere", "s.yaml"],
        &["diff", "nowhere:x.yaml", "s.yaml"],
        &["check", "s.yaml", "--isolate", "nobody"],
    ] {
        let [diagnostics, sarif, github, gitlab, junit] = &failed(folder.path(), words)[..] else {
            unreachable!("there are five")
        };
        let file = if words.contains(&"none.yaml") { "none.yaml" } else { "s.yaml" };
        let diagnostics = json(diagnostics);
        assert_eq!(texts(&diagnostics["diagnostics"], "/code"), ["E001"], "{words:?}");
        assert_eq!(diagnostics["diagnostics"][0]["places"], Value::Array(Vec::new()));
        let run = &json(sarif)["runs"][0];
        assert_eq!(run["invocations"][0]["executionSuccessful"], false);
        assert_eq!(texts(&run["results"], "/ruleId"), ["E001"]);
        assert!(github.starts_with("::error title=E001 cannot read::"), "{github}");
        assert_eq!(texts(&json(gitlab), "/location/path"), [file], "it shows nothing without a file");
        assert_schema(junit);
        assert_eq!(junit.matches("<error ").count(), 1, "{junit}");
    }
}

#[test]
fn a_report_of_a_threat_model_says_so_too() {
    let folder = folder();
    fs::write(folder.path().join("s.yaml"), WRONG).expect("written");
    let output = run(folder.path(), &["report", "s.yaml", "-f", "sarif"]);
    assert_eq!(output.status.code(), Some(2));
    let report = json(&String::from_utf8_lossy(&output.stdout));
    assert_eq!(texts(&report["runs"][0]["results"], "/ruleId"), ["E203", "E204"]);
    let output = run(folder.path(), &["report", "s.yaml", "-f", "markdown"]);
    assert!(output.stdout.is_empty(), "a page for people is not made of mistakes");
}

#[test]
fn findings_keep_to_the_schema_of_jenkins() {
    let folder = folder();
    let accepted = format!("{RIGHT}accept: [{{from: mail, to: pay, reason: \"it is agreed\"}}]\n");
    let quiet = "version: 1\nagents: {desk: }\n";
    for (at, text) in [RIGHT, &accepted, quiet].into_iter().enumerate() {
        fs::write(folder.path().join("s.yaml"), text).expect("written");
        fs::write(folder.path().join("b.yaml"), quiet).expect("written");
        for words in [
            &["check", "s.yaml", "-f", "junit"][..],
            &["diff", "b.yaml", "s.yaml", "-f", "junit", "--accept-from", "head"],
        ] {
            let output = run(folder.path(), words);
            let report = String::from_utf8(output.stdout).expect("UTF-8");
            assert_schema(&report);
            assert!(report.contains("<failure ") == (at == 0) || at == 1, "{words:?}: {report}");
            assert_eq!(report.contains("<skipped "), at == 1, "{words:?}: {report}");
        }
    }
}
