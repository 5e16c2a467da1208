//! Rules of the spec's own: each kind by a topology that breaks it, the same with the smallest fix, and a near miss; what is said of a
//! broken rule, what is accepted of it, and what its fingerprint depends on.

use crabwalk::findings::{Assessment, Finding};
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{Level, Rule, Spec};
use crabwalk::report::assessment_text;
use jiff::civil::date;

/// The graph of a topology with rules.
fn graph(topology: &str, rules: &str) -> CapabilityGraph {
    let text = format!("version: 1\n{topology}\nrules:\n{rules}\n");
    let spec =
        Spec::from_text("case.yaml", &text).unwrap_or_else(|found| panic!("{:#?}\n{text}", found.items));
    CapabilityGraph::build(spec)
}

/// The broken rules, accepted ones too.
fn broken(topology: &str, rules: &str) -> Vec<Finding> {
    let graph = graph(topology, rules);
    let findings = Assessment::of(&graph, date(2026, 11, 25)).findings;
    findings.into_iter().filter(|finding| finding.rule >= Rule::DenyBroken).collect()
}

/// What `check` prints of the broken rules.
fn printed(topology: &str, rules: &str) -> String {
    of_graph(&graph(topology, rules))
}

/// The same of a whole spec.
fn of_spec(text: &str) -> String {
    of_graph(&CapabilityGraph::build(Spec::from_text("crabwalk.yaml", text).expect("it loads")))
}

fn of_graph(graph: &CapabilityGraph) -> String {
    let mut assessment = Assessment::of(graph, date(2026, 11, 25));
    assessment.findings.retain(|finding| finding.rule >= Rule::DenyBroken);
    let text = anstream::adapter::strip_str(&assessment_text(&assessment, Some(Level::Error))).to_string();
    text.split("\n\n").filter(|block| block.starts_with("error[CW2")).collect::<Vec<_>>().join("\n\n")
}

/// A rule that one topology breaks and the others do not.
fn hold(rule: Rule, term: &str, breaks: &str, fixed: &str, near: &str) {
    let entry = format!("  - {{why: a test, {term}}}");
    let found = broken(breaks, &entry);
    assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [rule], "{term}\n{breaks}");
    assert_eq!(found[0].level, Level::Error);
    assert_eq!(broken(fixed, &entry), [], "{term}\n{fixed}");
    assert_eq!(broken(near, &entry), [], "{term}\n{near}");
}

#[test]
fn deny() {
    hold(
        Rule::DenyBroken,
        "deny: {from: untrusted, to: pay}",
        "sources: {mail: }\nagents: {desk: {read: mail, invoke: pay}}\ntools: {pay: }",
        "sources: {mail: }\nagents: {desk: {read: mail, invoke: {target: pay, guards: human-approval}}}\ntools: {pay: }",
        // What the tool answers comes to the desk, and nothing of it to the mail.
        "sources: {mail: }\nagents: {desk: {invoke: pay}}\ntools: {pay: }",
    );
    hold(
        Rule::DenyBroken,
        "deny: {from: untrusted, to: pay, guards: 1}",
        "sources: {mail: }\nagents: {desk: {read: mail, invoke: {target: pay, guards: human-approval}}}\ntools: {pay: }",
        "sources: {mail: }\nagents: {desk: {read: {target: mail, guards: quarantine}, invoke: {target: pay, guards: human-approval}}}\ntools: {pay: }",
        // A guard that does not stop influence does not count, and nothing leads there anyway.
        "sources: {mail: }\nagents: {desk: {read: {target: mail, guards: quarantine}, invoke: {target: pay, guards: [human-approval, redaction]}}}\ntools: {pay: }",
    );
    hold(
        Rule::DenyBroken,
        "deny: {from: intern, to: payroll, by: exposure}",
        "agents: {intern: {read: wiki}, clerk: {read: payroll, write: wiki}}\nstores: {wiki: , payroll: }",
        "agents: {intern: {read: {target: wiki, guards: redaction}}, clerk: {read: payroll, write: wiki}}\nstores: {wiki: , payroll: }",
        // The intern steers the payroll, which is another thing.
        "agents: {intern: {write: payroll}, clerk: {read: payroll}}\nstores: {wiki: , payroll: }",
    );
    hold(
        Rule::DenyBroken,
        "deny: {from: a, to: t, by: [write, invoke]}",
        "agents: {a: {invoke: b}, b: {invoke: t}}\ntools: {t: }",
        "agents: {a: {invoke: b}, b: {read: t}}\ntools: {t: }",
        "agents: {a: {invoke: {target: b, guards: quarantine, returns: false}}, b: {invoke: t}}\ntools: {t: }",
    );
}

#[test]
fn only_through() {
    hold(
        Rule::OnlyThroughBroken,
        "only-through: {from: mail, to: ledger, through: importer}",
        "sources: {mail: }\nagents: {importer: {read: mail, write: ledger}, clerk: {read: mail, write: ledger}}\nstores: {ledger: }",
        "sources: {mail: }\nagents: {importer: {read: mail, write: ledger}, clerk: {write: ledger}}\nstores: {ledger: }",
        // The clerk reads what the importer wrote.
        "sources: {mail: }\nagents: {importer: {read: mail, write: [ledger, notes]}, clerk: {read: notes, write: ledger}}\nstores: {ledger: , notes: }",
    );
    // Other guards on the way round do not help, unless the rule says so.
    let round = "sources: {mail: }\nagents: {importer: {read: mail, write: ledger}, clerk: {read: mail, write: {target: ledger, guards: quarantine}}}\nstores: {ledger: }";
    let rule = |guards: &str| {
        format!("  - {{why: x, only-through: {{from: mail, to: ledger, through: importer{guards}}}}}")
    };
    assert_eq!(broken(round, &rule("")).len(), 1);
    assert_eq!(broken(round, &rule(", guards: 0")), []);
    hold(
        Rule::OnlyThroughBroken,
        "only-through: {from: mail, to: pay, guard: human-approval}",
        "sources: {mail: }\nagents: {desk: {read: mail, invoke: [{target: pay, guards: human-approval}, helper]}, helper: {invoke: {target: pay, guards: quarantine}}}\ntools: {pay: }",
        "sources: {mail: }\nagents: {desk: {read: mail, invoke: [{target: pay, guards: human-approval}, helper]}, helper: {invoke: {target: pay, guards: [quarantine, human-approval]}}}\ntools: {pay: }",
        // The same guard, on the first hop instead.
        "sources: {mail: }\nagents: {desk: {read: {target: mail, guards: human-approval}, invoke: pay}}\ntools: {pay: }",
    );
    // Guards on the result stand on what comes back, and on nothing else.
    let answers = "agents: {desk: {invoke: {target: web, guards: quarantine, returns: GUARDS}}}\ntools: {web: {untrusted: true}}";
    let rule = "  - {why: x, only-through: {from: web, to: desk, guard: quarantine}}";
    assert_eq!(broken(&answers.replace("GUARDS", "{guards: quarantine}"), rule), []);
    assert_eq!(broken(&answers.replace("GUARDS", "true"), rule).len(), 1);
}

#[test]
fn independent() {
    hold(
        Rule::IndependentBroken,
        "independent: [north, [south, southwest]]",
        "agents: {north: {read: board}, south: , southwest: {write: board}}\nstores: {board: }",
        "agents: {north: {read: {target: board, guards: quarantine}}, south: , southwest: {write: board}}\nstores: {board: }",
        // Inside of a group they may do as they like.
        "agents: {north: , south: {read: board}, southwest: {write: board}}\nstores: {board: }",
    );
}

#[test]
fn layers() {
    hold(
        Rule::LayersBroken,
        "layers: {order: [low, middle, high], flow: down}",
        "agents: {low: {write: box}, middle: , high: {read: box}}\nstores: {box: }",
        "agents: {low: {read: box}, middle: , high: {write: box}}\nstores: {box: }",
        "agents: {low: {write: box}, middle: , high: {read: {target: box, guards: quarantine}}}\nstores: {box: }",
    );
    // The zones are layers; equally trusted ones are one.
    hold(
        Rule::LayersBroken,
        "layers: {flow: up, by: exposure}",
        "zones: {outside: , inside: }\nagents: {spy: {zone: outside, read: plans}}\nstores: {plans: {zone: inside}}",
        "zones: {outside: , inside: }\nagents: {spy: {zone: inside, read: plans}}\nstores: {plans: {zone: inside}}",
        "zones: {outside: {trust: 1}, inside: {trust: 1}}\nagents: {spy: {zone: outside, read: plans}}\nstores: {plans: {zone: inside}}",
    );
}

#[test]
fn limit() {
    hold(
        Rule::LimitBroken,
        "limit: {of: kind:agent, to: 1}",
        "agents: {a: {write: [b, c]}, b: , c: }",
        "agents: {a: {write: b}, b: , c: }",
        "agents: {a: {write: [b, {target: c, guards: quarantine}]}, b: , c: }",
    );
    hold(
        Rule::LimitBroken,
        "limit: {of: a, to: 50%, kind: store}",
        "agents: {a: {write: [s, t]}}\nstores: {s: , t: , u: }",
        "agents: {a: {write: s}}\nstores: {s: , t: , u: }",
        // Two of four; agents do not count.
        "agents: {a: {write: [s, t], invoke: b}, b: }\nstores: {s: , t: , u: , v: }",
    );
}

#[test]
fn expect() {
    hold(
        Rule::ExpectBroken,
        "expect: {row: a, influence: [b]}",
        "agents: {a: {write: [b, c]}, b: , c: }",
        "agents: {a: {write: b}, b: , c: }",
        "agents: {a: {write: b}, b: , c: {write: b}}",
    );
    hold(
        Rule::ExpectBroken,
        "expect: {column: t, invoke: [{a: 1}], influence: {a: 1}}",
        "agents: {a: {invoke: t}}\ntools: {t: }",
        "agents: {a: {invoke: {target: t, guards: human-approval}}}\ntools: {t: }",
        "agents: {a: {invoke: {target: t, guards: [human-approval, redaction]}}, b: }\ntools: {t: }",
    );
    // What is expected and missing breaks it too, in any row; selectors take what is not named.
    hold(
        Rule::ExpectBroken,
        "expect: {influence: {a: [{s: 1}, kind:store]}}",
        "agents: {a: {write: [{target: s, guards: quarantine}, t]}}\nstores: {s: , t: , u: }",
        "agents: {a: {write: [{target: s, guards: quarantine}, t, u]}}\nstores: {s: , t: , u: }",
        "agents: {a: {write: [{target: s, guards: quarantine}, t]}}\nstores: {s: , t: }",
    );
}

#[test]
fn what_is_said_of_broken_rules() {
    let topology = "zones: {edge: , core: }
sources: {mail: {zone: edge}}
agents:
  desk: {zone: edge, read: mail, invoke: [{target: pay, guards: human-approval}, helper]}
  helper: {zone: core, invoke: pay, read: notes}
  clerk: {zone: core, write: notes, read: key}
tools: {pay: {zone: core}, bank: {zone: core}}
stores: {notes: {zone: core}}
credentials: {key: {opens: bank}}";
    let rules = "  - {name: people pay, why: refunds are paid by people, deny: {from: untrusted, to: [pay, bank], by: [influence, invoke]}}
  - {why: the desk checks, only-through: {from: mail, to: pay, through: clerk, guard: [human-approval, quarantine]}}
  - {why: two offices, independent: [desk, clerk, helper]}
  - {why: orders come from above, layers: {flow: down}}
  - {why: small teams, limit: {of: [desk, kind:source], to: 1, kind: tool}}
  - {why: small teams, limit: {of: [desk, kind:source], to: 1}}
  - {why: agreed, expect: {row: desk, influence: [pay, clerk], invoke: [helper]}}
  - {why: agreed, expect: {column: bank, invoke: []}}
  - {why: agreed, expect: {exposure: {}}}";
    insta::assert_snapshot!("broken_rules", printed(topology, rules));
}

#[test]
fn names_and_reasons_of_others_stay_inert() {
    let topology = "agents: {\"a\\u202eb\": {write: '`x`|<!-- @all'}}\nstores: {'`x`|<!-- @all': }";
    let rules = "  - {name: \"::error::\\u2066|`\", why: \"<script> ]( @team\\u202e\", deny: {from: \"a\\u202eb\", to: '`x`|<!-- @all'}}";
    let text = printed(topology, rules);
    assert!(
        text.contains("error[CW201]") && !text.contains('\u{202e}') && !text.contains('\u{2066}'),
        "{text}"
    );
}

/// A pair that is accepted breaks nothing; a rule of which nothing else is left is accepted as a whole.
#[test]
fn accepted_pairs_and_rules() {
    let topology = |accept: &str| {
        format!("agents: {{a: {{write: [s, t]}}, b: {{write: s}}}}\nstores: {{s: , t: }}\naccept:\n{accept}")
    };
    let rule = "  - {why: x, deny: {from: [a, b], to: [s, t]}}";
    let pair = |from: &str, to: &str| format!("  - {{from: {from}, to: {to}, reason: seen}}\n");
    let none = broken(&topology(""), rule);
    assert!(none[0].is_open());
    assert!(none[0].details().len() == 2, "why, and how many: {none:#?}");
    let some = broken(&topology(&pair("a", "s")), rule);
    assert!(some[0].is_open() && some[0].pairs != none[0].pairs, "another pair is the gravest: {some:#?}");
    assert_eq!(some[0].fingerprint, none[0].fingerprint);
    let all = [pair("a", "s"), pair("a", "t"), pair("b", "s")].concat();
    let all = broken(&topology(&all), rule);
    assert_eq!(all.len(), 1);
    assert!(all[0].accepted.is_some(), "{all:#?}");
    let expired = "  - {from: a, to: s, reason: seen, expires: 2026-11-24}\n".to_owned();
    let expired = broken(&topology(&[expired, pair("a", "t"), pair("b", "s")].concat()), rule);
    assert!(expired[0].is_open());
    let whole = format!("  - {{finding: '{}', reason: seen}}\n", none[0].id());
    assert!(!broken(&topology(&whole), rule)[0].is_open());
    // Of an expectation it is the cell, of a limit the node that is got at.
    let accepted = topology(&pair("a", "t"));
    for rule in ["expect: {row: a, influence: s}", "limit: {of: kind:agent, to: 1}"] {
        let rule = format!("  - {{why: x, {rule}}}");
        assert!(broken(&topology(""), &rule)[0].is_open(), "{rule}");
        assert_eq!(
            broken(&accepted, &rule).iter().map(Finding::is_open).collect::<Vec<_>>(),
            [false],
            "{rule}"
        );
    }
}

/// A fingerprint depends on the name of the rule, or on what it says, and not on where it stands or what breaks it.
#[test]
fn fingerprints() {
    let topology = "agents: {a: {write: [s, t]}, b: {write: s}}\nstores: {s: , t: }";
    let other = "agents: {b: {write: t}, a: }\nstores: {t: , s: }";
    let of = |topology: &str, rules: &str| {
        let mut found: Vec<String> = broken(topology, rules).iter().map(Finding::id).collect();
        found.sort();
        found
    };
    let one = "  - {why: x, deny: {from: [a, b], to: [s, t]}}";
    let turned = "  - {deny: {to: [t, s], from: [b, a, a]}, why: another reason}";
    assert_eq!(of(topology, one), of(other, turned));
    let named = "  - {name: n, why: x, deny: {from: [a, b], to: [s, t]}}";
    assert_ne!(of(topology, one), of(topology, named));
    assert_eq!(of(topology, named), of(topology, "  - {name: n, why: x, deny: {from: a, to: s, by: write}}"));
    let both = [one, named].join("\n");
    let turned = [named, one].join("\n");
    assert_eq!(of(topology, &both), of(topology, &turned));
    assert_eq!(of(topology, &both).len(), 2);
    // A row that is written anew is the same rule.
    let row = |cells: &str| format!("  - {{why: x, expect: {{row: a, influence: [{cells}]}}}}");
    assert_eq!(of(topology, &row("")), of(topology, &row("s")));
}

/// The level of a rule is the one that the spec gives it, whatever stands on the way.
#[test]
fn levels() {
    let topology = |review: &str| {
        format!(
            "agents: {{a: {{write: {{target: s, guards: [quarantine, human-approval]}}}}}}\nstores: {{s: }}\n{review}"
        )
    };
    let rule = "  - {why: x, deny: {from: a, to: s, guards: any}}";
    let level = |review: &str| broken(&topology(review), rule).first().map(|finding| finding.level);
    assert_eq!(level(""), Some(Level::Error));
    assert_eq!(level("review: {levels: {deny: note}}"), Some(Level::Note));
    assert_eq!(level("review: {levels: {CW201: off}}"), None);
}

/// `docs/rules.md`: its examples load, and what is printed below them is what `check` prints of their rules. `UPDATE_DOCS=1` writes
/// that.
#[test]
fn the_examples_of_the_page_are_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    let page = std::fs::read_to_string(path).expect("it is there");
    let mut current = String::new();
    let mut shown = 0;
    for (at, part) in page.split("```yaml\n").enumerate() {
        let Some((example, rest)) = part.split_once("```\n").filter(|_| at > 0) else {
            current.push_str(part);
            continue;
        };
        current.push_str(&format!("```yaml\n{example}```\n"));
        let found = of_spec(example);
        let rest = rest
            .strip_prefix("\n@check\n")
            .or_else(|| rest.strip_prefix("\n```text\n")?.split_once("```\n").map(|(_, rest)| rest));
        match rest {
            Some(rest) => {
                shown += 1;
                assert!(!found.is_empty(), "it is broken: {example}");
                current.push_str(&format!("\n```text\n{found}\n```\n{rest}"));
            }
            None => {
                assert_eq!(found, "", "it holds: {example}");
                current.push_str(part.split_once("```\n").map_or("", |(_, rest)| rest));
            }
        }
    }
    assert_eq!(shown, 6, "one example for each kind");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &current).expect("it can be written");
    }
    assert!(page == current, "docs/rules.md is stale: UPDATE_DOCS=1 cargo test --test review rules");
}
