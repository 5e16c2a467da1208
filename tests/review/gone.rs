//! A spec that is gone: one finding that says how much went with it, whatever else the head's file says, and who may accept it.

use crate::support::review_pages::{context, judge, spec};
use crabwalk::compare::Comparison;
use crabwalk::findings::{About, AcceptFrom, Finding, GoneSpec, HeadGone, Policy, Review, accepted_deletion};
use crabwalk::model::{Accepted, Level, Rule, Spec};
use crabwalk::report::review::{github, gitlab, junit, markdown, sarif, text};
use crabwalk::report::wire::{OutputSchema, output_schema, write_diff_json};
use jiff::civil::date;

const BASE: &str = "version: 1
zones: {edge: , core: }
guards: {dlp: {stops: exposure}}
agents:
  desk: {zone: edge, read: mail, invoke: [{target: pay, guards: human-approval}]}
tools: {pay: {zone: core, critical: true}}
sources: {mail: }
stores: {books: {sensitivity: secret}}
review: {levels: {CW005: error}}
rules:
  - {name: people pay, why: people pay, deny: {from: mail, to: pay}}
  - {why: books stay, expect: {row: books, influence: []}}
accept:
  - {from: desk, to: pay, reason: refunds}
";

fn policy(accept_from: AcceptFrom) -> Policy {
    Policy { accept_from, today: date(2026, 10, 1) }
}

fn knowing(base: &str, head: &Spec, gone: HeadGone) -> Review {
    let comparison = Comparison::of(&spec("crabwalk.yaml", base), head).expect("no renames");
    Review::knowing(comparison, policy(AcceptFrom::Base), gone)
}

fn emptied(base: &str, head: &str) -> Review {
    judge(&spec("crabwalk.yaml", base), &spec("crabwalk.yaml", head))
}

fn rules(review: &Review) -> Vec<Rule> {
    review.open().map(|finding| finding.rule).collect()
}

fn gone(review: &Review) -> &Finding {
    let found = review.findings.iter().find(|finding| finding.rule == Rule::SpecGone);
    found.unwrap_or_else(|| panic!("{:?}", rules(review)))
}

fn lost(review: &Review) -> &GoneSpec {
    let About::SpecGone(lost) = &gone(review).about else { panic!("{:?}", gone(review).about) };
    lost
}

const ALL: GoneSpec = GoneSpec {
    path: None,
    nodes: 4,
    critical: 1,
    private: 1,
    zones: 2,
    guards: 1,
    levels: 1,
    contracts: 2,
    acceptances: 1,
};

/// One cause is one finding, beside the note of what is closed, whether the file is gone or says nothing any more.
#[test]
fn all_that_went_is_one_error() {
    for head in [Spec::default(), spec("crabwalk.yaml", "version: 1\n")] {
        let review = judge(&spec("crabwalk.yaml", BASE), &head);
        assert_eq!(rules(&review), [Rule::SpecGone, Rule::ClosedPath]);
        assert_eq!(*lost(&review), ALL);
        assert!(review.fails(Level::Error));
    }
}

/// The file is there: that is where to look. Else it is where the spec was.
#[test]
fn it_stands_where_the_file_is_or_was() {
    let at = |review: &Review| {
        let place = gone(review).place.expect("a place");
        let joint = review.comparison.joint();
        (joint.side_of(place).as_str(), joint.spec(crabwalk::compare::Side::Head).location(place))
    };
    assert_eq!(at(&emptied(BASE, "version: 1\n")), ("head", "crabwalk.yaml:1".to_owned()));
    let review = judge(&spec("crabwalk.yaml", BASE), &Spec::default());
    assert_eq!(at(&review), ("base", "crabwalk.yaml:1".to_owned()));
}

/// What the emptied file still says is not gone; what it says otherwise is a finding of its own.
#[test]
fn what_is_left_of_it_is_compared() {
    let kept = "version: 1
zones: {edge: , core: }
guards: {dlp: {stops: exposure}}
review: {levels: {CW005: error}}
";
    let review = emptied(BASE, kept);
    assert_eq!(rules(&review), [Rule::SpecGone, Rule::ClosedPath]);
    assert_eq!(*lost(&review), GoneSpec { zones: 0, guards: 0, levels: 0, ..ALL });
    let disarmed = kept.replace("{CW005: error}", "{CW001: 'off'}").replace("exposure", "influence");
    assert_eq!(
        rules(&emptied(BASE, &disarmed)),
        [Rule::ProtectionLowered, Rule::SpecGone, Rule::GuardWeakened, Rule::ClosedPath]
    );
}

/// The base's own level of the rule holds, and no head lowers it.
#[test]
fn its_level_is_the_bases() {
    let with = |level: &str| BASE.replace("CW005: error", &format!("spec-gone: {level}"));
    let level = |head: &str| gone(&emptied(&with("warning"), head)).level;
    assert_eq!(level("version: 1\n"), Level::Warning);
    assert_eq!(level("version: 1\nreview: {levels: {CW013: note}}\n"), Level::Warning);
    assert_eq!(level("version: 1\nreview: {levels: {CW013: error}}\n"), Level::Error);
    let lowered = emptied(BASE, "version: 1\nreview: {levels: {CW013: 'off'}}\n");
    assert_eq!(gone(&lowered).level, Level::Error);
}

#[test]
fn what_is_asked_for_by_name_is_no_finding() {
    let review = knowing(BASE, &Spec::default(), HeadGone { on_purpose: true, ..HeadGone::default() });
    assert_eq!(rules(&review), [Rule::ClosedPath]);
    // A base without nodes had none to lose, but what it says is missed all the same.
    let only_rules = "version: 1\nreview: {levels: {CW005: error}}\n";
    assert_eq!(rules(&emptied(only_rules, "version: 1\n")), [Rule::ProtectionLowered]);
    let review = knowing(only_rules, &Spec::default(), HeadGone { on_purpose: true, ..HeadGone::default() });
    assert_eq!(rules(&review), []);
    assert_eq!(rules(&emptied("version: 1\n", "version: 1\n")), []);
}

/// The entry of another spec, as the caller finds it, silences the finding, and stands in the reports.
#[test]
fn a_spec_that_remains_accepts_it() {
    let other = "version: 1\naccept:\n  - {spec: agents/crabwalk.yaml, reason: moved away, owner: ops}\n";
    let other = [spec("other.yaml", other)];
    let accepted = accepted_deletion("agents/crabwalk.yaml", &other, &other, policy(AcceptFrom::Base));
    let about = HeadGone { path: Some("agents/crabwalk.yaml".to_owned()), accepted, ..HeadGone::default() };
    let review = knowing(BASE, &Spec::default(), about.clone());
    assert_eq!(rules(&review), [Rule::ClosedPath]);
    let entry = gone(&review).accepted.expect("it is accepted");
    let joint = review.comparison.joint();
    assert_eq!(joint.acceptance(entry).reason, "moved away");
    let place = joint.acceptance(entry).place;
    assert_eq!(joint.spec(crabwalk::compare::Side::Head).location(place), "other.yaml:3");
    let shown = anstream::adapter::strip_str(&text(&review, &context())).to_string();
    assert!(
        shown.contains("accepted[CW013]: the spec is gone") && shown.contains("moved away (by ops)"),
        "{shown}"
    );
    // What the emptied file brings along besides is not accepted with it.
    let disarmed = spec("crabwalk.yaml", "version: 1\nreview: {levels: {CW001: 'off'}}\n");
    assert_eq!(rules(&knowing(BASE, &disarmed, about)), [Rule::ProtectionLowered, Rule::ClosedPath]);
}

/// Whose entry counts, and until when.
#[test]
fn an_acceptance_counts_as_the_base_and_the_head_have_it() {
    let of = |entry: &str| vec![spec("other.yaml", &format!("version: 1\naccept: [{entry}]\n"))];
    let nothing: Vec<Spec> = Vec::new();
    let entry = of("{spec: a/b.yaml, reason: seen}");
    let until = |day: &str| of(&format!("{{spec: a/b.yaml, reason: seen, expires: {day}}}"));
    let counts = |base: &[Spec], head: &[Spec], from: AcceptFrom| {
        accepted_deletion("a/b.yaml", base, head, policy(from)).is_some()
    };
    assert!(counts(&entry, &entry, AcceptFrom::Base));
    // The change cannot bring it along, and what it takes out does not count.
    assert!(!counts(&nothing, &entry, AcceptFrom::Base));
    assert!(counts(&nothing, &entry, AcceptFrom::Head));
    assert!(!counts(&entry, &nothing, AcceptFrom::Base) && !counts(&entry, &nothing, AcceptFrom::Head));
    // Of two dates the earlier one holds.
    assert!(counts(&until("2026-10-01"), &entry, AcceptFrom::Base));
    assert!(!counts(&until("2026-09-30"), &until("2999-01-01"), AcceptFrom::Base));
    assert!(!counts(&until("2999-01-01"), &until("2026-09-30"), AcceptFrom::Base));
    // It says which spec, in one spelling.
    let other = of("{spec: a/c.yaml, reason: seen}");
    assert!(!counts(&other, &other, AcceptFrom::Base));
    let folder = of("{spec: a/b/, reason: seen}");
    assert!(accepted_deletion("a/b", &folder, &folder, policy(AcceptFrom::Base)).is_some());
}

/// Where there is no other spec, the spec's own entry counts for as long as its file is there.
#[test]
fn a_spec_accepts_that_its_nodes_go() {
    let entry = "accept:\n  - {spec: crabwalk.yaml, reason: retired}\n";
    let base = BASE.replace("accept:\n", entry);
    let with_path = |path: &str| HeadGone { path: Some(path.to_owned()), ..HeadGone::default() };
    let head = spec("crabwalk.yaml", &format!("version: 1\n{entry}"));
    assert_eq!(rules(&knowing(&base, &head, with_path("crabwalk.yaml"))), [Rule::ClosedPath]);
    assert_eq!(rules(&knowing(&base, &head, with_path("other.yaml"))), [Rule::SpecGone, Rule::ClosedPath]);
    assert_eq!(rules(&knowing(&base, &head, HeadGone::default())), [Rule::SpecGone, Rule::ClosedPath]);
    // It cannot come with the change, and goes with the file.
    let new = knowing(BASE, &head, with_path("crabwalk.yaml"));
    assert_eq!(rules(&new), [Rule::SpecGone, Rule::AcceptanceNew, Rule::ClosedPath]);
    let deleted = knowing(&base, &Spec::default(), with_path("crabwalk.yaml"));
    assert_eq!(rules(&deleted), [Rule::SpecGone, Rule::ClosedPath]);
    // By itself it is an acceptance like others, and never unused.
    assert_eq!(rules(&emptied(BASE, &base)), [Rule::AcceptanceNew]);
    assert_eq!(rules(&emptied(&base, &base)), []);
}

/// The path is no part of what the finding is known by, and the nodes are.
#[test]
fn its_fingerprint_is_that_of_its_nodes() {
    let hash = |base: &str, path: &str| {
        let about = HeadGone { path: Some(path.to_owned()), ..HeadGone::default() };
        gone(&knowing(base, &Spec::default(), about)).fingerprint.clone()
    };
    assert_eq!(hash(BASE, "a.yaml"), hash(BASE, "b/a.yaml"));
    assert_ne!(hash(BASE, "a.yaml"), hash(&BASE.replace("books", "ledger"), "a.yaml"));
    // Such an acceptance is in use for as long as the spec has these nodes.
    let id = format!("CW013:{}", hash(BASE, "a.yaml"));
    let accepted = BASE.replace("accept:\n", &format!("accept:\n  - {{finding: '{id}', reason: x}}\n"));
    assert_eq!(rules(&emptied(&accepted, &accepted)), []);
    let more = accepted.replace("sources: {mail: }", "sources: {mail: , fax: }");
    assert_eq!(rules(&emptied(&accepted, &more)), [Rule::AcceptanceUnused]);
}

#[test]
fn every_format_tells_of_it() {
    let about = HeadGone { path: Some("agents/it's \u{202e}.yaml".to_owned()), ..HeadGone::default() };
    let review = knowing(BASE, &Spec::default(), about);
    let title = "the spec is gone, and with it 4 nodes (1 critical, 1 private), 2 zones, 1 guard, 2 rules, 1 review level and 1 acceptance";
    let plain = anstream::adapter::strip_str(&text(&review, &context())).to_string();
    let machine = [sarif(&review, &context()), gitlab(&review, &context())].map(|value| value.to_string());
    let mut json = Vec::new();
    write_diff_json(&review, &context(), &mut json).expect("memory");
    let json = String::from_utf8(json).expect("UTF-8");
    let all = [
        plain,
        markdown(&review, &context()),
        github(&review, &context()),
        junit(&review, &context()),
        json.clone(),
    ];
    for format in all.iter().chain(&machine) {
        assert!(format.contains(title), "{format}");
        assert!(!format.contains('\u{202e}'), "{format}");
    }
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let validator = jsonschema::draft7::new(&output_schema(OutputSchema::Diff)).expect("a schema");
    assert!(validator.is_valid(&value));
    let clear = value["findings"][0]["clear"].as_str().expect("there is a way out");
    assert!(clear.contains("- {spec: \"agents/it's \\u202e.yaml\", reason: \"...\"}"), "{clear}");
    // What is to be written into another spec loads there, as that path.
    let entry = clear.split('`').nth(1).expect("code").trim_start_matches("- ");
    let other = spec("other.yaml", &format!("version: 1\naccept: [{entry}]\n"));
    assert_eq!(other.accept[0].what, Accepted::Spec { path: "agents/it's \u{202e}.yaml".to_owned() });
}
