//! What platforms read of a review: GitHub's workflow commands, GitLab's code quality and JUnit, each read back by its own rules,
//! with names that try to be more than names.

use std::collections::BTreeSet;

use crate::support::reviews::{cases, closed_as_warning, context, review, spec, worked};
use crabwalk::compare::Side;
use crabwalk::findings::{Finding, Review};
use crabwalk::model::{Level, Rule};
use crabwalk::report::review::{Context, github, gitlab, junit};
use oracle::generate;
use proptest::test_runner::{Config, TestRunner};
use serde::Deserialize;

/// Tries a format on every review, and on random ones.
fn on_all(test: impl Fn(&str, &Review)) {
    cases().iter().for_each(|case| test(case.name, &case.review));
    let config = Config { cases: 80, failure_persistence: None, ..Config::default() };
    let run = |(base, head): (String, String)| {
        test("random", &review(&spec("base.yaml", &base), &spec("head.yaml", &head)));
        Ok(())
    };
    TestRunner::new(config)
        .run(&(generate::spec(), generate::spec()), run)
        .unwrap_or_else(|problem| panic!("{problem}"));
}

#[test]
fn the_worked_example() {
    let review = worked().review;
    insta::assert_snapshot!("github", github(&review, &context()));
    insta::assert_snapshot!("gitlab", format!("{:#}", gitlab(&review, &context())));
    insta::assert_snapshot!("junit", junit(&review, &context()));
}

#[test]
fn names_stay_names() {
    let hostile = cases().into_iter().find(|case| case.name == "hostile").expect("one of the cases").review;
    insta::assert_snapshot!("hostile_github", github(&hostile, &context()));
    insta::assert_snapshot!("hostile_junit", junit(&hostile, &context()));
}

/// A workflow command, read as the runner does: up to the first `::` the command with its properties, behind it the message.
#[derive(Debug)]
struct Read {
    command: String,
    properties: Vec<(String, String)>,
    message: String,
}

impl Read {
    fn of(line: &str) -> Self {
        let (head, message) =
            line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
        let (command, properties) = head.split_once(' ').unwrap_or((head, ""));
        let properties = properties.split(',').map(|property| {
            let (key, value) = property.split_once('=').expect("a property");
            (key.to_owned(), unescaped(value))
        });
        Self { command: command.to_owned(), properties: properties.collect(), message: unescaped(message) }
    }

    fn get(&self, key: &str) -> Option<&str> {
        let mut all = self.properties.iter().filter(|(name, _)| name == key);
        let found = all.next().map(|(_, value)| value.as_str());
        assert!(all.next().is_none(), "`{key}` stands twice");
        found
    }
}

/// The percent sign last, or what was escaped would be read twice.
fn unescaped(text: &str) -> String {
    let all = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
    all.iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        _ => "notice",
    }
}

#[test]
fn every_open_finding_is_one_annotation_with_what_it_says() {
    on_all(|name, review| {
        let text = github(review, &context());
        let commands: Vec<Read> = text.lines().map(Read::of).collect();
        for level in [Level::Error, Level::Warning, Level::Note] {
            let of_level: Vec<&Read> =
                commands.iter().filter(|read| read.command == command(level)).collect();
            let findings: Vec<&Finding> = review.open().filter(|finding| finding.level == level).collect();
            assert!(of_level.len() <= 10, "{name}");
            assert_eq!(of_level.len(), findings.len().min(10), "{name}");
            let told = if findings.len() > 10 { 9 } else { findings.len() };
            for (read, finding) in of_level.iter().zip(&findings[..told]) {
                assert!(
                    read.get("title").is_some_and(|title| title.starts_with(finding.rule.id())),
                    "{name}: {read:?}"
                );
                assert!(!read.message.is_empty());
                let known = ["file", "line", "endLine", "col", "endColumn", "title"];
                assert!(
                    read.properties.iter().all(|(key, _)| known.contains(&key.as_str())),
                    "{name}: {read:?}"
                );
                if read.get("line") != read.get("endLine") {
                    assert_eq!((read.get("col"), read.get("endColumn")), (None, None), "{name}: {read:?}");
                }
            }
            if findings.len() > 10 {
                let more = format!("{} more findings", findings.len() - 9);
                assert!(of_level[9].message.starts_with(&more), "{name}: {:?}", of_level[9]);
                assert_eq!(of_level[9].get("file"), None);
            }
        }
        let levels: Vec<&str> = commands.iter().map(|read| read.command.as_str()).collect();
        assert!(
            levels
                .is_sorted_by_key(|level| ["error", "warning", "notice"].iter().position(|one| one == level)),
            "{name}"
        );
    });
}

#[test]
fn of_eleven_findings_nine_are_shown_and_two_counted() {
    for (count, lines) in [(10, 10), (11, 10), (200, 10)] {
        let mut review = worked().review;
        let first = review.findings[0].clone();
        review.findings = vec![first; count];
        let text = github(&review, &context());
        assert_eq!(text.lines().count(), lines);
        let last = Read::of(text.lines().last().expect("a line"));
        assert_eq!(last.message.contains(&format!("{} more findings", count.saturating_sub(9))), count > 10);
    }
}

#[test]
fn an_annotation_stands_on_the_edge_that_causes_it() {
    let text = github(&worked().review, &context());
    let read = Read::of(text.lines().next().expect("a finding"));
    assert_eq!(read.command, "error");
    let place = ["file", "line", "endLine", "col", "endColumn"].map(|key| read.get(key).unwrap_or_default());
    assert_eq!(place, ["crabwalk.yaml", "17", "17", "14", "22"]);
}

/// GitHub shows an annotation beside a line that the pull request changes: that of the attribute, not of the name above it. What the
/// base alone has no line in the head, and neither has its annotation.
#[test]
fn an_annotation_stands_on_the_attribute_that_changed_and_on_nothing_that_is_gone() {
    let text = |zone: &str, guard: &str, rest: &str| {
        format!(
            "version: 1\nzones: {{low: {{}}, high: {{}}}}\nagents:\n  a:\n    zone: low\n    invoke:\n      - target: b\n        \
             guards:\n          - {guard}\n  b:\n    owner: somebody\n    zone: {zone}\n{rest}"
        )
    };
    let base = text("high", "human-approval", "    critical: true\n  c: {invoke: [a]}\n");
    let head = text("low", "quarantine", "  c: {}\n");
    let found = github(&review(&spec("crabwalk.yaml", &base), &spec("crabwalk.yaml", &head)), &context());
    let found: Vec<Read> = found.lines().map(Read::of).collect();
    let place = |words: &str| {
        let all = found.iter().filter(|read| read.get("title").is_some_and(|title| title.contains(words)));
        let places: Vec<_> = all.map(|read| (read.get("file"), read.get("line"), read.get("col"))).collect();
        assert_eq!(places.len(), 1, "{words}: {found:#?}");
        places[0]
    };
    let file = Some("crabwalk.yaml");
    assert_eq!(place("zone high → low"), (file, Some("12"), Some("5")));
    assert_eq!(place("guards human-approval → quarantine"), (file, Some("8"), Some("9")));
    // Its line is gone: what is left to point at is the node.
    assert_eq!(place("critical true → false"), (file, Some("10"), Some("3")));
    let closed = github(&worked().review, &context());
    let closed = Read::of(closed.lines().last().expect("a note"));
    assert_eq!((closed.command.as_str(), closed.get("file"), closed.get("line")), ("notice", None, None));
    on_all(|name, review| {
        let shown: Vec<Read> = github(review, &context()).lines().map(Read::of).collect();
        let gone = review.open().filter(|finding| {
            finding.place.is_none_or(|place| review.comparison.joint().side_of(place) == Side::Base)
        });
        let more = shown.iter().filter(|read| read.message.contains("more finding")).count();
        if more == 0 {
            assert_eq!(
                shown.iter().filter(|read| read.get("file").is_none()).count(),
                gone.count(),
                "{name}"
            );
        }
    });
}

/// As GitLab documents a code quality report: everything that it needs, and no more.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: Severity,
    location: Location,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Info,
    Minor,
    Major,
    Critical,
    Blocker,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    begin: usize,
}

#[test]
fn gitlab_gets_a_list_of_issues_each_with_a_fingerprint_of_its_own() {
    on_all(|name, review| {
        let issues: Vec<Issue> = serde_json::from_value(gitlab(review, &context())).expect("as documented");
        let open: Vec<&Finding> = review.open().filter(|finding| finding.rule != Rule::ClosedPath).collect();
        assert_eq!(issues.len(), open.len(), "{name}");
        let prints: BTreeSet<&String> = issues.iter().map(|issue| &issue.fingerprint).collect();
        assert_eq!(prints.len(), issues.len(), "{name}");
        for (issue, finding) in issues.iter().zip(open) {
            let severity = match finding.level {
                Level::Error => Severity::Critical,
                Level::Warning => Severity::Major,
                _ => Severity::Info,
            };
            assert_eq!(issue.severity, severity, "{name}");
            assert_eq!(issue.check_name, finding.rule.id());
            assert!(issue.description.starts_with(&format!("{}: ", finding.rule.id())), "{name}");
            assert!(!issue.description.contains('\n'));
            assert!(!issue.location.path.starts_with("./") && issue.location.lines.begin > 0, "{name}");
        }
    });
}

#[test]
fn what_has_the_same_fingerprint_twice_is_told_apart() {
    let mut review = worked().review;
    let first = review.findings[0].clone();
    review.findings = vec![first; 3];
    let report = gitlab(&review, &context());
    let prints = report.as_array().expect("a list").iter().map(|issue| issue["fingerprint"].to_string());
    assert_eq!(prints.collect::<BTreeSet<_>>().len(), 3);
    let report = junit(&review, &context());
    let document = roxmltree::Document::parse(&report).expect("XML");
    let names = document
        .descendants()
        .filter_map(|node| node.attribute("name").filter(|_| node.has_tag_name("testcase")));
    let names: Vec<&str> = names.collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

/// A JUnit report as two parsers have it, the one strict about XML, the other about test cases.
fn read(text: &str) -> (junit_parser::TestSuites, usize) {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|problem| panic!("{problem}: {text}"));
    let allowed =
        |sign: char| matches!(sign, '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    assert!(text.chars().all(allowed), "XML 1.0 does not allow everything in {text}");
    let tags: BTreeSet<&str> = document
        .descendants()
        .filter(roxmltree::Node::is_element)
        .map(|node| node.tag_name().name())
        .collect();
    let known = ["testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"];
    assert!(tags.iter().all(|tag| known.contains(tag)), "{tags:?}");
    let count = document.descendants().filter(|node| node.has_tag_name("testcase")).count();
    (junit_parser::from_reader(text.as_bytes()).unwrap_or_else(|problem| panic!("{problem}: {text}")), count)
}

#[test]
fn junit_has_one_suite_with_a_case_for_each_finding_and_each_silent_rule() {
    for fail_on in [None, Some(Level::Note), Some(Level::Warning), Some(Level::Error)] {
        on_all(|name, review| {
            let context = Context { fail_on, ..context() };
            let (suites, count) = read(&junit(review, &context));
            let [suite] = &suites.suites[..] else { panic!("{name}: not one suite") };
            let fails = |finding: &&Finding| fail_on.is_some_and(|level| finding.level >= level);
            let failures = review.open().filter(fails).count() as u64;
            let skipped = review.accepted().count() as u64;
            assert_eq!((suite.failures, suite.skipped, suite.errors), (failures, skipped, 0), "{name}");
            assert_eq!((suites.failures, suites.tests), (failures, count as u64), "{name}");
            assert_eq!((suite.tests, suite.cases.len()), (count as u64, count), "{name}");
            let found: BTreeSet<Rule> = review.findings.iter().map(|finding| finding.rule).collect();
            let silent = Rule::of_changes().filter(|rule| !found.contains(rule)).count();
            assert_eq!(count, review.findings.len() + silent, "{name}");
            for (finding, case) in review.findings.iter().zip(&suite.cases) {
                assert!(
                    case.original_name.ends_with(&finding.fingerprint)
                        || case.original_name.contains(&format!("{}:", finding.fingerprint)),
                    "{name}"
                );
                assert_eq!(case.status.is_failure(), finding.is_open() && fails(&finding), "{name}");
                assert_eq!(case.status.is_skipped(), !finding.is_open(), "{name}");
            }
            let passed = suite.cases[review.findings.len()..].iter().all(|case| case.status.is_success());
            assert!(passed, "{name}");
        });
    }
}

#[test]
fn a_name_comes_through_junit_as_it_can_be_shown() {
    let hostile = cases().into_iter().find(|case| case.name == "hostile").expect("one of the cases").review;
    let context = Context { fail_on: Some(Level::Note), ..context() };
    let text = junit(&hostile, &context);
    // The parser of test cases drops escaped signs from texts, so the other one reads them.
    let document = roxmltree::Document::parse(&text).expect("XML");
    let said: String = document.descendants().filter_map(|node| node.text()).collect();
    for name in ["]]><failure/>", "<!-- --><script>alert(1)</script>", "::error file=x::pwned"] {
        assert!(said.contains(name), "{name} is not in {said}");
    }
    assert!(!said.contains('\u{202e}') && !said.contains('\u{ffff}'));
}

#[test]
fn a_closed_path_is_an_issue_where_the_spec_makes_more_of_it_than_a_note() {
    let rules = |review: &Review| {
        let report = gitlab(review, &context());
        let names = report.as_array().expect("a list").iter().map(|issue| issue["check_name"].to_string());
        names.collect::<BTreeSet<_>>()
    };
    assert!(!rules(&worked().review).contains("\"CW009\""));
    assert!(rules(&closed_as_warning()).contains("\"CW009\""));
}
