//! `review`, `accept` and `was`: what they say, and that the JSON Schema takes what the loader takes.

use crabwalk::language::json_schema;
use crabwalk::model::{Accepted, FindingError, Level, Rule, SourceFile, Spec, Verb, date_from_text};

/// The spec that a text makes.
fn load(text: &str) -> Spec {
    Spec::from_text("spec.yaml", text).unwrap_or_else(|found| panic!("{:#?}", found.items))
}

const FULL: &str = "version: 1
review:
  levels:
    CW005: note
    new-loop: error
    cw009: off
accept:
  - {from: support-bot, to: payments, reason: ' refunds up to 50 EUR ', owner: payments-team, ticket: SEC-123, expires: 2027-03-01}
  - {edge: {from: support-bot, verb: invoke, to: payments}, reason: \"it's agreed\"}
  - finding: CW001:9F3C2E1A5B7D4C60
    reason: |
      two lines
      of text
";

#[test]
fn levels_are_given_by_id_or_name() {
    let review = load(FULL).review;
    let given: Vec<(Rule, Level)> =
        review.levels.iter().map(|(rule, setting)| (*rule, setting.level)).collect();
    let expected =
        [(Rule::NewPath, Level::Note), (Rule::NewLoop, Level::Error), (Rule::ClosedPath, Level::Off)];
    assert_eq!(given, expected);
    assert_eq!(review.level(Rule::NewPath), Level::Note);
    assert_eq!(review.level(Rule::NewPathUp), Rule::NewPathUp.default_level());
    let spec = load(FULL);
    assert_eq!(spec.location(spec.review.levels[&Rule::NewLoop].place), "spec.yaml:5");
    for empty in ["", "review:\n", "review: {levels: }\naccept:\n", "review: {}\naccept: []\n"] {
        let spec = load(&format!("version: 1\n{empty}"));
        assert!(spec.review.levels.is_empty() && spec.accept.is_empty(), "{empty}");
    }
}

#[test]
fn acceptances_say_what_they_accept() {
    let spec = load(FULL);
    let [pair, edge, finding] = spec.accept.as_slice() else { panic!("{:#?}", spec.accept) };
    let (from, to) = ("support-bot".to_owned(), "payments".to_owned());
    assert_eq!(pair.what, Accepted::Pair { from: from.clone(), to: to.clone() });
    assert_eq!(pair.reason, "refunds up to 50 EUR");
    assert_eq!(pair.owner.as_deref(), Some("payments-team"));
    assert_eq!(pair.ticket.as_deref(), Some("SEC-123"));
    assert_eq!(pair.expires, date_from_text("2027-03-01"));
    assert!(pair.expires.is_some());
    assert_eq!(spec.location(pair.place), "spec.yaml:8");
    assert_eq!(edge.what, Accepted::Edge { from, verb: Verb::Invoke, to });
    assert_eq!((&edge.owner, &edge.ticket, edge.expires), (&None, &None, None));
    assert_eq!(
        finding.what,
        Accepted::Finding { rule: Rule::NewPathUp, hash: "9f3c2e1a5b7d4c60".to_owned() }
    );
    assert_eq!(finding.reason, "two lines\nof text");
    assert_eq!(spec.location(finding.place), "spec.yaml:10");
}

/// What they name may be gone, and what a text looks like does not matter: names and reasons are texts.
#[test]
fn acceptances_are_not_looked_up() {
    let spec = load(
        "version: 1\naccept: [{from: 007, to: null, reason: 1}, {from: no, to: '@everyone `|<!--', reason: on}]\n",
    );
    let pair = |from: &str, to: &str| Accepted::Pair { from: from.to_owned(), to: to.to_owned() };
    let found: Vec<&Accepted> = spec.accept.iter().map(|acceptance| &acceptance.what).collect();
    assert_eq!(found, [&pair("007", "null"), &pair("no", "@everyone `|<!--")]);
    assert_eq!(spec.accept[1].reason, "on");
}

/// A pair, its mirror and the edges between the two are different things.
#[test]
fn only_the_same_is_the_same() {
    let spec = load(
        "version: 1
accept:
  - {from: a, to: b, reason: x}
  - {from: b, to: a, reason: x}
  - {edge: {from: a, verb: read, to: b}, reason: x}
  - {edge: {from: a, verb: write, to: b}, reason: x}
  - {finding: 'CW001:0000000000000000', reason: x}
  - {finding: 'CW002:0000000000000000', reason: x}
",
    );
    assert_eq!(spec.accept.len(), 6);
}

#[test]
fn acceptances_of_several_files_are_joined_in_their_order() {
    let file = |name: &str, to: &str| {
        let text = format!("version: 1\naccept: [{{from: a, to: {to}, reason: x}}]\n");
        SourceFile::new(name, text)
    };
    let with_review = SourceFile::new("m.yaml", "version: 1\nreview: {levels: {CW001: off}}\n".to_owned());
    let spec = Spec::from_files(vec![file("z.yaml", "second"), with_review, file("b.yaml", "first")])
        .expect("it loads");
    let places: Vec<String> = spec.accept.iter().map(|acceptance| spec.location(acceptance.place)).collect();
    assert_eq!(places, ["b.yaml:2", "z.yaml:2"]);
    assert_eq!(spec.review.level(Rule::NewPathUp), Level::Off);
}

#[test]
fn findings_and_dates_have_one_spelling() {
    let found = Accepted::finding("cw012:ABCDEF0123456789").expect("it is one");
    assert_eq!(
        found,
        Accepted::Finding { rule: Rule::AcceptanceExpired, hash: "abcdef0123456789".to_owned() }
    );
    let wrong = ["", ":", "CW001", "CW001:", "CW001:0123456789abcde", "CW001:0123456789abcdef0"];
    for text in
        wrong.into_iter().chain(["CW001:0123456789abcdeg", "CW001: 123456789abcdef", "CW001:éééééééé"])
    {
        assert_eq!(Accepted::finding(text), Err(FindingError::Shape), "{text}");
    }
    let unknown = Accepted::finding("CW099:0123456789abcdef");
    assert_eq!(unknown, Err(FindingError::UnknownRule("CW099".to_owned())));
    assert!(date_from_text("2028-02-29").is_some());
    let no_days = ["2027-02-29", "2027-2-3", "20270203", "2027-02-03T10:00", " 2027-02-03", "+2027-02-3", ""];
    for text in no_days {
        assert_eq!(date_from_text(text), None, "{text}");
    }
}

#[test]
fn former_names_are_kept() {
    let spec = load("version: 1\nstores: {case-notes: {was: notes}, log: {was: journal}}\n");
    assert_eq!(spec.nodes["case-notes"].declared.text("was"), Some("notes"));
    // What was renamed may be written with any text that a name can be.
    assert_eq!(load("version: 1\nagents: {a: {was: 007}}\n").nodes["a"].declared.text("was"), Some("007"));
}

#[test]
fn the_schema_takes_what_the_loader_takes() {
    let schema = json_schema();
    let validator = jsonschema::draft7::new(&schema).expect("the schema is a schema");
    let value = |text: &str| serde_yaml::from_str::<serde_json::Value>(text).expect("YAML");
    let full = value(FULL);
    let mistakes: Vec<String> = validator.iter_errors(&full).map(|error| error.to_string()).collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    for empty in ["review:\naccept:\n", "review: {levels: }\naccept: []\n"] {
        assert!(validator.is_valid(&value(&format!("version: 1\n{empty}"))), "{empty}");
    }
    for path in ["crabwalk.yaml", "a/.b/c..d/", "7", "..a/b", "'a b'"] {
        let text = format!("version: 1\naccept: [{{spec: {path}, reason: x}}]\n");
        assert!(validator.is_valid(&value(&text)), "{path}");
        assert_eq!(load(&text).accept.len(), 1, "{path}");
    }
    let wrong = [
        "review: {levels: {CW999: note}}",
        "review: {levels: {CW001: fatal}}",
        "review: {rules: {}}",
        "accept: {}",
        "accept: [{from: a, to: b}]",
        "accept: [{from: a, to: b, reason: ' '}]",
        "accept: [{from: a, reason: x}]",
        "accept: [{reason: x}]",
        "accept: [{from: a, to: b, finding: 'CW001:0123456789abcdef', reason: x}]",
        "accept: [{from: a, edge: {from: a, verb: read, to: b}, reason: x}]",
        "accept: [{edge: {from: a, to: b}, reason: x}]",
        "accept: [{edge: {from: a, verb: call, to: b}, reason: x}]",
        "accept: [{finding: CW001, reason: x}]",
        "accept: [{spec: ../a.yaml, reason: x}]",
        "accept: [{spec: /a.yaml, reason: x}]",
        "accept: [{spec: ./a.yaml, reason: x}]",
        "accept: [{spec: a//b.yaml, reason: x}]",
        "accept: [{spec: '', reason: x}]",
        "accept: [{spec: 'a\\b.yaml', reason: x}]",
        "accept: [{spec: a.yaml, from: a, to: b, reason: x}]",
        "accept: [{from: a, to: b, reason: x, expires: tomorrow}]",
        "accept: [{from: a, to: b, reason: x, until: 2027-01-01}]",
    ];
    for text in wrong {
        let text = format!("version: 1\n{text}\n");
        assert!(!validator.is_valid(&value(&text)), "{text}");
        assert!(Spec::from_text("spec.yaml", &text).is_err(), "{text}");
    }
}
