//! Rules of the spec's own in a review: what a change breaks is found, at the line that breaks it; what it takes away counts all the
//! same, and is found itself.

use crate::support::review_pages::{context, judge, spec};
use crabwalk::findings::{Finding, Review};
use crabwalk::model::{Level, Rule};
use crabwalk::report::review::{github, markdown, text};
use crabwalk::report::wire::{OutputSchema, output_schema, write_diff_json};

const DESK: &str = "version: 1
sources: {mail: {kind: email}}
agents:
  desk: {read: mail}
  helper: {isolation: per-call, invoke: pay}
tools: {pay: }
stores: {notes: }
";

const DENY: &str = "rules:\n  - {name: people pay, why: people pay, deny: {from: untrusted, to: pay}}\n";

fn review(base: &str, head: &str) -> Review {
    judge(&spec("base.yaml", base), &spec("head.yaml", head))
}

/// Rules and titles of what is found about rules of the spec's own, accepted or not.
fn found(review: &Review) -> Vec<(Rule, bool)> {
    let about = |finding: &&Finding| finding.rule.is_contract() || finding.rule == Rule::ProtectionLowered;
    review.findings.iter().filter(about).map(|finding| (finding.rule, finding.is_open())).collect()
}

fn line(review: &Review, rule: Rule) -> String {
    let finding = review.findings.iter().find(|finding| finding.rule == rule).expect("it is found");
    let head = review.comparison.joint().spec(crabwalk::compare::Side::Head);
    head.location(finding.place.expect("it has a place"))
}

/// The head lets the desk call the helper, who pays.
fn opened(text: &str) -> String {
    text.replace("desk: {read: mail}", "desk: {read: mail, invoke: helper}")
}

#[test]
fn a_change_that_breaks_a_rule_is_found_at_its_line() {
    let base = format!("{DESK}{DENY}");
    let broken = review(&base, &opened(&base));
    assert_eq!(found(&broken), [(Rule::DenyBroken, true)]);
    assert_eq!(line(&broken, Rule::DenyBroken), "head.yaml:4");
    assert!(broken.fails(Level::Error));
    // The other way round it is mended, and without a change there is nothing.
    assert_eq!(found(&review(&opened(&base), &base)), []);
    assert_eq!(found(&review(&opened(&base), &opened(&base))), []);
}

#[test]
fn a_rule_that_several_changes_break_is_found_where_it_stands() {
    let base = format!("{DESK}{DENY}").replace(", invoke: pay", "");
    let broken = review(&base, &opened(&format!("{DESK}{DENY}")));
    assert_eq!(found(&broken), [(Rule::DenyBroken, true)]);
    assert_eq!(line(&broken, Rule::DenyBroken), "head.yaml:9");
}

#[test]
fn a_rule_that_the_change_takes_out_counts_and_is_missed() {
    let base = format!("{DESK}{DENY}");
    let taken = review(&base, &opened(DESK));
    assert_eq!(found(&taken), [(Rule::ProtectionLowered, true), (Rule::DenyBroken, true)]);
    assert_eq!(line(&taken, Rule::ProtectionLowered), "base.yaml:9");
    // Without breaking it, it is missed alone.
    assert_eq!(found(&review(&base, DESK)), [(Rule::ProtectionLowered, true)]);
    // The rules of a topology that is gone are told of with it.
    assert_eq!(found(&review(&base, "version: 1\n")), []);
    // A rule that says less counts as it was, and is told of where it stands now.
    let weaker = opened(&base).replace("from: untrusted", "from: helper");
    let weaker = review(&base, &weaker);
    assert_eq!(found(&weaker), [(Rule::ProtectionLowered, true), (Rule::DenyBroken, true)]);
    assert_eq!(line(&weaker, Rule::ProtectionLowered), "head.yaml:9");
}

/// A new rule is for `check`, unless the change breaks it.
#[test]
fn a_new_rule_judges_the_change() {
    let head = format!("{DESK}{DENY}");
    assert_eq!(found(&review(DESK, &head)), []);
    assert_eq!(found(&review(DESK, &opened(&head))), [(Rule::DenyBroken, true)]);
    assert_eq!(found(&review(&opened(DESK), &opened(&head))), []);
}

/// What asks for more, or for the same in other words, lowers nothing.
#[test]
fn what_lowers_a_rule_and_what_does_not() {
    let nodes = "version: 1\nagents: {a: , b: , c: , d: }\nstores: {s: }\n";
    let with = |term: &str| format!("{nodes}rules: [{{name: n, why: x, {term}}}]\n");
    let lowered = |base: &str, head: &str| {
        let found = found(&review(&with(base), &with(head)));
        assert!(found.iter().all(|(rule, _)| *rule == Rule::ProtectionLowered), "{base} {head}");
        !found.is_empty()
    };
    // Stricter and weaker, in this order.
    let ordered = [
        ("deny: {from: [a, b], to: c}", "deny: {from: a, to: c}"),
        ("deny: {from: a, to: c, guards: 1}", "deny: {from: a, to: c}"),
        ("deny: {from: a, to: c, guards: any}", "deny: {from: a, to: c, guards: 7}"),
        ("deny: {from: a, to: c, by: [influence, read]}", "deny: {from: a, to: c}"),
        ("only-through: {from: a, to: c, through: b}", "only-through: {from: a, to: c, through: [b, d]}"),
        (
            "only-through: {from: a, to: c, through: b}",
            "only-through: {from: a, to: c, through: b, guard: quarantine}",
        ),
        (
            "only-through: {from: a, to: c, through: b}",
            "only-through: {from: a, to: c, through: b, guards: 0}",
        ),
        ("independent: [a, b, c]", "independent: [a, b]"),
        ("independent: [[a, d], b]", "independent: [a, b]"),
        ("independent: {groups: [a, b], by: [influence, exposure]}", "independent: [a, b]"),
        ("layers: {order: [a, b, c], flow: up}", "layers: {order: [a, c], flow: up}"),
        ("limit: {of: [a, b], to: 2}", "limit: {of: a, to: 2}"),
        ("limit: {of: a, to: 1}", "limit: {of: a, to: 2}"),
        ("limit: {of: a, to: 10%}", "limit: {of: a, to: 20%}"),
        ("expect: {row: a, influence: [], read: []}", "expect: {row: a, influence: []}"),
    ];
    for (stricter, weaker) in ordered {
        assert!(lowered(stricter, weaker), "{stricter} → {weaker}");
        assert!(!lowered(weaker, stricter), "{weaker} → {stricter}");
    }
    let same = [
        ("deny: {from: [a, b], to: c}", "deny: {to: [c], from: [b, a]}"),
        ("independent: [a, [b, c]]", "independent: {groups: [[c, b], a]}"),
        ("expect: {row: a, influence: []}", "expect: {row: a, influence: }"),
    ];
    for (one, other) in same {
        assert!(!lowered(one, other) && !lowered(other, one), "{one} {other}");
    }
    let other = [
        ("independent: [a, b]", "independent: [[a, b], c]"),
        ("layers: {order: [a, b], flow: up}", "layers: {order: [b, a], flow: up}"),
        ("layers: {order: [a, b], flow: up}", "layers: {order: [a, b], flow: down}"),
        ("limit: {of: a, to: 1}", "limit: {of: a, to: 1, kind: store}"),
        ("limit: {of: a, to: 1}", "deny: {from: a, to: b}"),
        ("expect: {row: a, influence: []}", "expect: {column: a, influence: []}"),
    ];
    for (one, other) in other {
        assert!(lowered(one, other) && lowered(other, one), "{one} {other}");
    }
    // Another name, or none, is no other rule.
    let renamed = with("deny: {from: a, to: c}").replace("name: n, ", "");
    assert_eq!(found(&review(&with("deny: {from: a, to: c}"), &renamed)), []);
}

/// A node that has another name is the same node.
#[test]
fn rules_follow_renamed_nodes() {
    let base = format!("{DESK}{DENY}");
    let renamed = base
        .replace("to: pay", "to: till")
        .replace("tools: {pay: }", "tools: {till: {was: pay}}")
        .replace("invoke: pay", "invoke: till");
    assert_eq!(found(&review(&base, &renamed)), []);
    assert_eq!(found(&review(&base, &opened(&renamed))), [(Rule::DenyBroken, true)]);
    let without = opened(&renamed).split("rules:").next().expect("text").to_owned();
    assert_eq!(found(&review(&base, &without)), [(Rule::ProtectionLowered, true), (Rule::DenyBroken, true)]);
}

/// Acceptances of the base silence a rule, pair by pair or as a whole; those that the change brings do not.
#[test]
fn what_the_base_accepts() {
    let base = format!("{DESK}{DENY}");
    let accepted = |what: &str| format!("{base}accept:\n  - {{{what}, reason: seen}}\n");
    let pair = accepted("from: mail, to: pay");
    let open = |base: &str, head: &str| found(&review(base, head));
    assert_eq!(open(&pair, &opened(&pair)), [(Rule::DenyBroken, false)]);
    assert_eq!(open(&base, &opened(&pair)), [(Rule::DenyBroken, true)]);
    let broken = review(&base, &opened(&base));
    let id = broken.findings.iter().find(|finding| finding.rule == Rule::DenyBroken).expect("found").id();
    let whole = accepted(&format!("finding: '{id}'"));
    assert_eq!(open(&whole, &opened(&whole)), [(Rule::DenyBroken, false)]);
    // The entry is of use for as long as the rule is there.
    let unused =
        |review: &Review| review.findings.iter().any(|finding| finding.rule == Rule::AcceptanceUnused);
    assert!(!unused(&review(&whole, &whole)));
    let other = whole.replace("name: people pay", "name: people");
    assert!(unused(&review(&other, &other)));
    // What `check` judges is for `check` to miss.
    let standing = accepted("finding: 'CW101:0123456789abcdef'");
    assert!(!unused(&review(&standing, &standing)));
}

/// Nodes that a side does not have are none of its nodes.
#[test]
fn nodes_of_the_other_side_do_not_count() {
    let base = "version: 1\nagents: {a: {write: [b, c]}, b: , c: , d: }\nrules:\n  - {why: x, limit: {of: a, to: 70%}}\n  - {why: y, expect: {row: a, influence: 'kind:agent'}}\n";
    // Of three others two are 66 percent, of two others they are a hundred.
    assert_eq!(
        found(&review(
            &base.replace("'kind:agent'", "[b, c]"),
            &base.replace(", d: ", "").replace("'kind:agent'", "[b, c]")
        )),
        [(Rule::LimitBroken, true)]
    );
    let fewer = base.replace(", d: ", "");
    assert_eq!(found(&review(base, &fewer)), [(Rule::LimitBroken, true)]);
    assert_eq!(found(&review(&fewer, base)), [(Rule::ExpectBroken, true)]);
}

/// An expectation that the change writes anew is compared with the one that was agreed.
#[test]
fn a_block_that_the_change_blesses_counts_as_it_was() {
    let base = "version: 1\nagents: {a: {write: b}, b: , c: }\nrules: [{name: a, why: agreed, expect: {row: a, influence: b}}]\n";
    let head = base.replace("write: b", "write: [b, c]").replace("influence: b", "influence: [b, c]");
    assert_eq!(found(&review(base, &head)), [(Rule::ExpectBroken, true)]);
    // What is wrong before and after is for `check` to find.
    assert_eq!(found(&review(base, &base.replace("influence: b", "influence: [b, c]"))), []);
}

#[test]
fn what_is_printed() {
    let base = format!("{DESK}{DENY}  - {{why: books, limit: {{of: desk, to: 1}}}}\n");
    let head = opened(&base).replace("  - {why: books, limit: {of: desk, to: 1}}\n", "");
    let review = review(&base, &head);
    let mut bytes = Vec::new();
    write_diff_json(&review, &context(), &mut bytes).expect("memory");
    let json: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    let validator = jsonschema::draft7::new(&output_schema(OutputSchema::Diff)).expect("a schema");
    let problems: Vec<String> = validator.iter_errors(&json).map(|problem| problem.to_string()).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    insta::assert_snapshot!("text", anstream::adapter::strip_str(&text(&review, &context())).to_string());
    insta::assert_snapshot!("markdown", markdown(&review, &context()));
    insta::assert_snapshot!("github", github(&review, &context()));
}
