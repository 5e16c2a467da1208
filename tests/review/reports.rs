//! What people read of a review: text, Markdown and pictures, as they are for the worked example and for two real topologies.

use crabwalk::findings::Review;
use crabwalk::report::Theme;
use crabwalk::report::review::{dot, github, gitlab, junit, markdown, mermaid, sarif, text, text_within};
use crabwalk::report::wire::write_diff_json;
use serde_json::{Value, json};

use crate::support::review_pages::{context, judge, load, spec};

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

/// JSON with the first items of long lists: those that come after are like them.
fn shortened(value: &Value) -> Value {
    const FIRST: usize = 3;
    match value {
        Value::Array(items) => {
            let mut first: Vec<Value> = items.iter().take(FIRST).map(shortened).collect();
            let left = items.len() - first.len();
            first.extend((left > 0).then(|| json!(format!("and {left} more"))));
            Value::Array(first)
        }
        Value::Object(all) => {
            Value::Object(all.iter().map(|(key, value)| (key.clone(), shortened(value))).collect())
        }
        other => other.clone(),
    }
}

/// What machines read of a review, under such a name.
fn assert_machine_formats(name: &str, review: &Review) {
    let pretty = |value: &Value| format!("{value:#}").replace(env!("CARGO_PKG_VERSION"), "[VERSION]");
    let mut json = Vec::new();
    write_diff_json(review, &context(), &mut json).expect("memory");
    let json: Value = serde_json::from_slice(&json).expect("JSON");
    insta::assert_snapshot!(format!("{name}_github"), github(review, &context()));
    insta::assert_snapshot!(format!("{name}_gitlab"), pretty(&gitlab(review, &context())));
    insta::assert_snapshot!(format!("{name}_junit"), junit(review, &context()));
    insta::assert_snapshot!(
        format!("{name}_sarif"),
        pretty(&shortened(&sarif(review, &context())["runs"][0]["results"]))
    );
    insta::assert_snapshot!(format!("{name}_json"), pretty(&shortened(&json)));
}

#[test]
fn the_worked_example() {
    let review = example();
    insta::assert_snapshot!("example_text", shown(&review));
    insta::assert_snapshot!("example_styles", text(&review, &context()).replace('\u{1b}', "^"));
    insta::assert_snapshot!("example_markdown", markdown(&review, &context()));
    insta::assert_snapshot!("example_mermaid", mermaid(&review, &context()));
    insta::assert_snapshot!("example_dot", dot(&review, &context(), Theme::Light));
    insta::assert_snapshot!("example_dot_dark", dot(&review, &context(), Theme::Dark));
}

#[test]
fn a_support_desk_that_drops_an_approval_and_gains_an_agent() {
    let review = desk();
    insta::assert_snapshot!("desk_text", shown(&review));
    insta::assert_snapshot!("desk_markdown", markdown(&review, &context()));
    insta::assert_snapshot!("desk_mermaid", mermaid(&review, &context()));
    assert_machine_formats("desk", &review);
    insta::assert_snapshot!("desk_dot", dot(&review, &context(), Theme::Light));
}

#[test]
fn a_concierge_whose_web_search_joins_the_session() {
    let review = concierge();
    insta::assert_snapshot!("concierge_text", shown(&review));
    insta::assert_snapshot!("concierge_markdown", markdown(&review, &context()));
    insta::assert_snapshot!("concierge_mermaid", mermaid(&review, &context()));
    assert_machine_formats("concierge", &review);
    insta::assert_snapshot!("concierge_dot", dot(&review, &context(), Theme::Light));
}

/// The same words, in lines of a terminal.
#[test]
fn a_terminal_of_eighty_columns_breaks_no_line_itself() {
    for (review, most) in [(example(), 80), (desk(), 80), (desk(), 100), (concierge(), 60)] {
        let narrow = plain(&text_within(&review, &context(), Some(most)));
        let too_wide = |line: &&str| unicode_width(line) > most;
        assert_eq!(narrow.lines().find(too_wide), None);
        // Nothing is lost by it. Of a line of the spec less may be shown.
        let wide = shown(&review);
        let rest = wide.lines().filter(|line| !line.contains(" | "));
        let missing = rest.flat_map(str::split_whitespace).find(|word| !narrow.contains(word));
        assert_eq!(missing, None);
        assert!(narrow.lines().count() > wide.lines().count());
    }
    insta::assert_snapshot!("desk_text_80", plain(&text_within(&desk(), &context(), Some(80))));
}

/// Columns of text without wide characters.
fn unicode_width(line: &str) -> usize {
    line.chars().count()
}

/// Nodes and edges that came and went, and what is declared otherwise, are in the picture with their signs.
#[test]
fn a_picture_shows_what_came_what_went_and_what_is_otherwise() {
    let base = spec(
        "a.yaml",
        "version: 1\nzones: {low: {}, high: {}}\nagents:\n  a: {zone: low, invoke: [{target: b, guards: quarantine}]}\n  b: {zone: high}\n  \
         old: {zone: low, write: [b]}\n  c: {zone: low, critical: true, write: [d]}\n  d: {zone: low}\n",
    );
    let head = spec(
        "a.yaml",
        "version: 1\nzones: {low: {}, high: {}}\nagents:\n  a: {zone: low, invoke: [b]}\n  b: {zone: high}\n  \
         new: {zone: low, read: [c]}\n  c: {zone: low}\n  d: {zone: low}\n",
    );
    let review = judge(&base, &head);
    let dot = dot(&review, &context(), Theme::Light);
    let chart = mermaid(&review, &context());
    for sign in ["+ read by", "± invokes", "− writes"] {
        assert!(dot.contains(sign), "{sign} is not in {dot}");
        assert!(chart.contains(sign), "{sign} is not in {chart}");
    }
    assert!(dot.contains("dashed") && dot.contains("removed") && chart.contains("stroke-dasharray"), "{dot}");
    assert!(dot.contains("critical true → false"), "{dot}");
    let legend = ["added", "declared otherwise", "removed", "thick border"];
    assert!(
        legend.iter().all(|entry| dot.contains(&format!("&#160;{entry}")) || dot.contains(entry)),
        "{dot}"
    );
    insta::assert_snapshot!("all_signs_mermaid", chart);
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
    assert!(review.open().all(|finding| finding.level < crabwalk::model::Level::Error));
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
