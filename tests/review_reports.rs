//! What people read of a review: text, Markdown and pictures, as they are for the worked example and for two real topologies.

use crabwalk::report::Theme;
use crabwalk::report::review::{dot, markdown, mermaid, text};
use crabwalk::review::Review;

#[path = "support/review_pages.rs"]
#[expect(dead_code, reason = "hostile and endless names are for the comment alone")]
mod review_pages;

use review_pages::{context, judge, load, spec};

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

fn shown(review: &Review) -> String {
    plain(&text(review, &context()))
}

fn example() -> Review {
    judge(&load("tests/fixtures/review/base.yaml"), &load("tests/fixtures/review/head.yaml"))
}

fn desk() -> Review {
    judge(&load("specs/support-desk.yaml"), &load("tests/fixtures/review/support-desk-head.yaml"))
}

fn concierge() -> Review {
    judge(&load("specs/travel-concierge.yaml"), &load("tests/fixtures/review/travel-concierge-head.yaml"))
}

#[test]
fn the_worked_example() {
    let review = example();
    insta::assert_snapshot!("example_text", shown(&review));
    insta::assert_snapshot!("example_styles", text(&review, &context()).replace('\u{1b}', "^"));
    insta::assert_snapshot!("example_markdown", markdown(&review, &context()));
    insta::assert_snapshot!("example_mermaid", mermaid(&review, &context()));
    insta::assert_snapshot!("example_dot", dot(&review, &context(), Theme::Light).expect("small"));
    insta::assert_snapshot!("example_dot_dark", dot(&review, &context(), Theme::Dark).expect("small"));
}

#[test]
fn a_support_desk_that_drops_an_approval_and_gains_an_agent() {
    let review = desk();
    insta::assert_snapshot!("desk_text", shown(&review));
    insta::assert_snapshot!("desk_markdown", markdown(&review, &context()));
    insta::assert_snapshot!("desk_mermaid", mermaid(&review, &context()));
    insta::assert_snapshot!("desk_dot", dot(&review, &context(), Theme::Light).expect("small"));
}

#[test]
fn a_concierge_whose_web_search_joins_the_session() {
    let review = concierge();
    insta::assert_snapshot!("concierge_text", shown(&review));
    insta::assert_snapshot!("concierge_markdown", markdown(&review, &context()));
    insta::assert_snapshot!("concierge_mermaid", mermaid(&review, &context()));
    insta::assert_snapshot!("concierge_dot", dot(&review, &context(), Theme::Light).expect("small"));
}

/// What one change does by itself, in a spec with every kind of it.
#[test]
fn every_kind_of_change() {
    let base = spec(
        "a.yaml",
        r#"
version: 1
name: kinds
zones: {low: {}, high: {}}
guards: {check: {stops: [influence, exposure]}, filter: {stops: [exposure]}}
review: {levels: {CW006: error}}
agents:
  reader: {zone: low, invoke: [{target: worker, guards: check, returns: false}]}
  worker: {zone: high, critical: true, write: [{target: notes, guards: check}]}
  gone: {zone: low, invoke: [worker]}
  old-name: {zone: low}
tools:
  web: {zone: low}
stores:
  notes: {zone: high, sensitivity: secret}
accept:
  - {from: web, to: notes, reason: "looked at", expires: 2026-03-01}
  - {from: nobody, to: notes, reason: "long ago"}
"#,
    );
    let head = spec(
        "a.yaml",
        r#"
version: 1
name: kinds
zones: {low: {}, high: {}}
guards: {check: {stops: [influence]}, filter: {stops: [exposure]}}
agents:
  reader: {zone: low, invoke: [{target: worker, as: advisor, logged: false}]}
  worker: {zone: low, write: [{target: notes, guards: filter}], invoke: [web]}
  new-name: {zone: low, was: old-name}
tools:
  web: {zone: low, egress: true, untrusted: true}
stores:
  notes: {zone: high}
accept:
  - {from: web, to: notes, reason: "looked at", expires: 2026-03-01}
  - {edge: {from: worker, verb: invoke, to: web}, reason: "that is what it is for"}
  - {from: nobody, to: notes, reason: "long ago"}
"#,
    );
    let review = judge(&base, &head);
    insta::assert_snapshot!("kinds_text", shown(&review));
    insta::assert_snapshot!("kinds_markdown", markdown(&review, &context()));
}

const ACCEPTED: &str = r#"
accept:
  - {from: a, to: b, reason: "refunds up to 50 EUR, ask @ops", owner: desk-team, ticket: SEC-123, expires: 2027-03-01}
"#;

fn pair(invoke: &str, more: &str) -> String {
    let agents =
        format!("agents:\n  a: {{zone: low, invoke: [{invoke}]}}\n  b: {{zone: high}}\n  c: {{zone: low}}\n");
    format!("version: 1\nname: pair\nzones: {{low: {{}}, high: {{}}}}\n{agents}{more}")
}

#[test]
fn what_is_accepted_is_one_line_and_stays_visible() {
    let target = "{target: b, returns: false}";
    let review = judge(&spec("a.yaml", &pair("", ACCEPTED)), &spec("a.yaml", &pair(target, ACCEPTED)));
    assert!(review.open().all(|finding| finding.level < crabwalk::spec::Level::Error));
    let text = shown(&review);
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("accepted[")).collect();
    let expected = "accepted[CW001]: 1 new path from low into high: refunds up to 50 EUR, ask @ops \
                    (by desk-team, SEC-123, until 2027-03-01)";
    assert_eq!(lines, [expected]);
    assert!(text.ends_with("1 accepted: passes\n"), "{text}");
    let comment = markdown(&review, &context());
    assert!(comment.contains("<summary>Accepted (1 finding)</summary>"), "{comment}");
    assert!(comment.contains("ask &#64;&#8203;ops"), "{comment}");
    assert!(!comment.contains("To clear this check"), "{comment}");
}

#[test]
fn a_change_without_findings_and_no_change_are_one_line() {
    let same = pair("", "");
    let review = judge(&spec("a.yaml", &same), &spec("a.yaml", &same));
    let expected = "no change: main@4be10d2:crabwalk.yaml and crabwalk.yaml declare the same topology \
                    (3 nodes, 0 edges, 0 pairs connected)\n";
    assert_eq!(shown(&review), expected);
    let comment = markdown(&review, &context());
    assert_eq!(comment, "<!-- crabwalk:crabwalk.yaml -->\n✅ Agent topology: no new paths (nothing)\n");

    let twice = "{target: c, guards: human-approval, returns: false}";
    let logged = "{target: c, guards: human-approval, returns: false, as: grader}";
    let review = judge(&spec("a.yaml", &pair(twice, "")), &spec("a.yaml", &pair(logged, "")));
    assert!(review.findings.is_empty());
    let comment = markdown(&review, &context());
    let expected = "✅ Agent topology: no new paths (1 edge declared otherwise)\n";
    assert_eq!(comment.lines().last(), Some(expected.trim_end()));
    assert!(shown(&review).ends_with("no findings: passes\n"));
}

#[test]
fn nothing_is_linked_where_there_is_nothing_to_link_to() {
    let context = crabwalk::report::review::Context { link: None, ..context() };
    let comment = markdown(&example(), &context);
    assert!(!comment.contains("]("), "{comment}");
    assert!(comment.contains("`crabwalk.yaml:17`"), "{comment}");
}
