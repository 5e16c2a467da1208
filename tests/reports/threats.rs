//! What people and machines read of a judged topology: all shipped specs, the desk with a finding on every surface, its twin without one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crabwalk::findings::{Assessment, Recall, Surface, ThreatModel, surfaces};
use crabwalk::graph::CapabilityGraph;
use crabwalk::hardening::{By, Hardening, Question};
use crabwalk::input::load;
use crabwalk::model::{Level, Plane, Rule, Spec};
use crabwalk::report::{
    AssessmentContext, PageStyle, assessment_github, assessment_gitlab, assessment_junit, assessment_sarif,
    assessment_text, features_page, memory_page, threat_model_markdown,
};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 25);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("specs")
}

fn graph(name: &str) -> CapabilityGraph {
    let path = folder().join(name);
    let spec = load(std::slice::from_ref(&path)).unwrap_or_else(|problem| panic!("{name}: {problem}"));
    CapabilityGraph::build(spec)
}

fn plain(text: &str) -> String {
    let text = anstream::adapter::strip_str(text).to_string();
    text.replace(&format!("{}/", folder().display()), "specs/")
}

fn context() -> AssessmentContext {
    AssessmentContext { command: "check", again: "crabwalk check".to_owned(), fail_on: Some(Level::Error) }
}

/// Read through one by one for false alarms: whoever changes a rule reads the difference.
#[test]
fn the_findings_of_all_shipped_specs() {
    let mut specs: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("it is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    specs.sort();
    let mut all = String::new();
    for path in specs {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let graph = graph(&name);
        let text = plain(&assessment_text(&Assessment::of(&graph, TODAY), Some(Level::Error)));
        let shown = text.lines().filter(|line| {
            let is_finding = ["error[", "warning[", "note["].iter().any(|start| line.starts_with(start));
            is_finding || line.contains("= fix:")
        });
        all += &format!("== {name}\n");
        for line in shown {
            all += &format!("{}\n", line.trim_start());
        }
    }
    insta::assert_snapshot!("all_specs", all);
}

#[test]
fn the_desk_has_a_finding_on_every_surface_and_its_twin_none_at_all() {
    let desk = graph("support-desk.yaml");
    let assessment = Assessment::of(&desk, TODAY);
    let adopted = surfaces(&assessment);
    assert_eq!(adopted.iter().map(|one| one.surface).collect::<Vec<_>>(), Surface::ALL);
    for one in &adopted {
        assert!(!one.findings.is_empty(), "{:?} has none", one.surface);
    }
    let twin = graph("support-desk-hardened.yaml");
    let assessment = Assessment::of(&twin, TODAY);
    assert_eq!(assessment.findings, []);
    let adopted = surfaces(&assessment);
    assert_eq!(adopted.iter().map(|one| one.surface).collect::<Vec<_>>(), Surface::ALL);
}

#[test]
fn the_pages_of_the_desk() {
    let desk = graph("support-desk.yaml");
    let assessment = Assessment::of(&desk, TODAY);
    insta::assert_snapshot!("desk_text", plain(&assessment_text(&assessment, Some(Level::Error))));
    insta::assert_snapshot!(
        "desk_surfaces",
        plain(&features_page(&assessment, &surfaces(&assessment), PageStyle::Text))
    );
    insta::assert_snapshot!(
        "desk_surfaces_markdown",
        features_page(&assessment, &surfaces(&assessment), PageStyle::Markdown)
    );
    let memory = desk.spec().node_id("case-memory").expect("declared");
    let recall = Recall::of(&desk, memory);
    assert!(recall.is_open_to_untrusted());
    insta::assert_snapshot!("desk_memory", plain(&memory_page(&recall, PageStyle::Text)));
    let (from, to) = (Question::untrusted(desk.spec()), Question::precious(desk.spec()));
    let question = Question::new(Plane::Influence, By::Guards, &from, &to);
    let answer = (Hardening::compute(&desk, question, &()), "crabwalk harden --by guards".to_owned());
    let model = threat_model_markdown(&ThreatModel::of(&assessment), Some(&[answer]));
    insta::assert_snapshot!("desk_model", plain(&model));
}

#[test]
fn machines_read_every_finding() {
    let desk = graph("support-desk.yaml");
    let assessment = Assessment::of(&desk, TODAY);
    let count = assessment.findings.len();
    let sarif = assessment_sarif(&assessment, &context());
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), count);
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    for (result, finding) in results.iter().zip(&assessment.findings) {
        assert_eq!(result["ruleId"], finding.rule.id());
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(rules[index]["id"], finding.rule.id());
        let flows = result["codeFlows"].as_array().map_or(0, Vec::len);
        assert_eq!(flows, finding.evidence().len(), "{}", finding.id());
        assert!(result.get("baselineState").is_none(), "nothing is compared");
    }
    let issues = assessment_gitlab(&assessment, &context());
    assert_eq!(issues.as_array().map(Vec::len), Some(count));
    let junit = assessment_junit(&assessment, &context());
    let read = junit_parser::from_reader(junit.as_bytes()).expect("it is JUnit");
    let errors = assessment.count(Level::Error) as u64;
    assert_eq!((read.failures, read.suites[0].failures), (errors, errors));
    let found: BTreeSet<_> = assessment.findings.iter().map(|finding| finding.rule).collect();
    // Beside those of topologies, two rules judge acceptances.
    let asked = Rule::of_topologies().count() + 2;
    assert_eq!(read.tests, (count + asked - found.len()) as u64, "rules that found nothing pass");
    let annotations = assessment_github(&assessment, &context());
    assert_eq!(annotations.lines().filter(|line| line.starts_with("::error ")).count() as u64, errors);
    assert!(annotations.lines().all(|line| line.starts_with("::")));
}

/// What is accepted is told everywhere, and counts nowhere.
#[test]
fn an_acceptance_silences_and_is_seen() {
    let text = std::fs::read_to_string(folder().join("support-desk.yaml")).expect("it is there");
    let desk = graph("support-desk.yaml");
    let before = Assessment::of(&desk, TODAY);
    let id = before.findings.first().expect("some").id();
    let text =
        format!("{text}accept: [{{finding: '{id}', reason: known since the audit, expires: 2026-12-31}}]\n");
    let graph = CapabilityGraph::build(Spec::from_text("desk.yaml", &text).expect("a right spec"));
    let after = Assessment::of(&graph, TODAY);
    assert_eq!(after.accepted().count(), 1);
    assert_eq!(after.open().count(), before.open().count() - 1);
    let page = plain(&assessment_text(&after, Some(Level::Error)));
    assert!(page.contains("accepted[") && page.contains("known since the audit"), "{page}");
    let model = threat_model_markdown(&ThreatModel::of(&after), Some(&[]));
    assert!(model.contains("known since the audit") && model.contains("2026-12-31"), "{model}");
    let sarif = assessment_sarif(&after, &context());
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let suppressed =
        results.iter().filter(|result| !result["suppressions"].as_array().is_none_or(Vec::is_empty));
    assert_eq!(suppressed.count(), 1);
}
