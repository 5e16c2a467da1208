//! The gate: for each rule a change that it finds, the smallest change that it does not, and what nobody can disarm.

use crabwalk::compare::{Comparison, Side};
use crabwalk::findings::{About, AcceptFrom, Finding, Policy, Review, edge_fingerprint};
use crabwalk::model::{Level, Rule, Spec, Verb};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 25);

const DESK: &str = "version: 1
zones: {edge: {}, core: {}, vault: {}}
guards: {dlp: {stops: exposure}}
sources: {inbox: {kind: email, zone: edge}}
agents:
  triage: {zone: edge, read: [inbox]}
  writer: {zone: core, invoke: [{target: pay, guards: [human-approval]}], read: [ledger]}
  helper: {zone: core}
tools:
  pay: {zone: vault}
  post: {zone: core}
stores: {ledger: {zone: core, sensitivity: secret}}
sinks: {outside: {}}
";

fn spec(name: &str, text: &str) -> Spec {
    Spec::from_text(name, text).unwrap_or_else(|problem| panic!("{problem:?}"))
}

fn review_from(base: &str, head: &str, accept_from: AcceptFrom) -> Review {
    let comparison =
        Comparison::of(&spec("base.yaml", base), &spec("head.yaml", head)).expect("no wrong renames");
    Review::of(comparison, Policy { accept_from, today: TODAY })
}

fn review(base: &str, head: &str) -> Review {
    review_from(base, head, AcceptFrom::Base)
}

/// The desk with some of its text replaced.
fn desk(from: &str, to: &str) -> String {
    assert!(DESK.contains(from), "{from}");
    DESK.replace(from, to)
}

fn rules(review: &Review) -> Vec<Rule> {
    let mut rules: Vec<Rule> = review.open().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn the(review: &Review, rule: Rule) -> &Finding {
    let mut found = review.findings.iter().filter(|finding| finding.rule == rule);
    let first = found.next().unwrap_or_else(|| panic!("{rule:?} in {:?}", rules(review)));
    assert!(found.next().is_none(), "one finding of {rule:?}");
    first
}

fn pairs(review: &Review, finding: &Finding) -> Vec<String> {
    let name = |node| review.comparison.joint().name(node);
    finding.pairs.iter().map(|pair| format!("{} → {}", name(pair.from), name(pair.to))).collect()
}

#[test]
fn nothing_is_found_where_nothing_changes() {
    assert!(review(DESK, DESK).findings.is_empty());
    let described = desk("helper: {zone: core}", "helper: {zone: core, description: helps, owner: me}");
    assert!(review(DESK, &described).findings.is_empty());
}

#[test]
fn a_new_path_up_is_one_finding_with_all_its_pairs() {
    let head =
        desk("triage: {zone: edge, read: [inbox]}", "triage: {zone: edge, read: [inbox], invoke: [writer]}");
    let found = review(DESK, &head);
    let up = the(&found, Rule::NewPathUp);
    assert_eq!(up.level, Level::Error);
    let expected = [
        "inbox → writer",
        "inbox → pay",
        "inbox → ledger",
        "triage → writer",
        "triage → pay",
        "triage → ledger",
    ];
    for pair in expected {
        assert!(pairs(&found, up).contains(&pair.to_owned()), "{pair} in {:?}", pairs(&found, up));
    }
    assert!(found.fails(Level::Error));
    assert_eq!(up.fingerprint, edge_fingerprint(Rule::NewPathUp, "triage", Verb::Invoke, "writer"));
}

#[test]
fn a_path_inside_a_zone_is_elsewhere_until_the_target_is_critical() {
    let head = desk("helper: {zone: core}", "helper: {zone: core, invoke: [post]}");
    let elsewhere = review(DESK, &head);
    assert_eq!(rules(&elsewhere), [Rule::NewPath]);
    assert!(!elsewhere.fails(Level::Error) && elsewhere.fails(Level::Warning));
    let critical = |text: &str| text.replace("post: {zone: core}", "post: {zone: core, critical: true}");
    let up = review(&critical(DESK), &critical(&head));
    assert!(rules(&up).contains(&Rule::NewPathUp));
    // Critical in the base alone counts too, and to take that away is a finding of its own.
    let disarmed = review(&critical(DESK), &head);
    assert!(
        rules(&disarmed).contains(&Rule::NewPathUp) && rules(&disarmed).contains(&Rule::ProtectionLowered)
    );
}

#[test]
fn guards_that_are_walked_around_are_told_from_shorter_ways() {
    let head = desk("helper: {zone: core}", "helper: {zone: core, invoke: [pay]}")
        .replace("writer: {zone: core, ", "writer: {zone: core, write: [helper], ");
    let around = review(DESK, &head);
    assert!(rules(&around).contains(&Rule::FewerGuardsUp), "{:?}", rules(&around));
    let long = desk("helper: {zone: core}", "helper: {zone: core, invoke: [pay]}")
        .replace("triage: {zone: edge, ", "triage: {zone: edge, write: [helper], ");
    let short = long.replace(
        "triage: {zone: edge, write: [helper], ",
        "triage: {zone: edge, write: [helper], invoke: [pay], ",
    );
    let nearer = review(&long, &short);
    assert!(rules(&nearer).contains(&Rule::NearerPathUp) && !rules(&nearer).contains(&Rule::FewerGuardsUp));
    assert_eq!(the(&nearer, Rule::NearerPathUp).level, Level::Warning);
}

#[test]
fn what_takes_the_guards_away_is_named_and_not_what_only_shortens() {
    let base = "version: 1
zones: {edge: {}, vault: {}}
agents:
  clerk: {zone: edge, invoke: [{target: pay, guards: [human-approval]}]}
  desk: {zone: edge, invoke: [clerk]}
  triage: {zone: edge, invoke: [desk]}
tools: {pay: {zone: vault}}
";
    // A way past the guard that is as long as before, and a shorter one past as many guards.
    let shorter = base.replace("invoke: [desk]}", "invoke: [desk, {target: pay, guards: [human-approval]}]}");
    let head =
        shorter.replace("edge, invoke: [{target: pay, guards: [human-approval]}]", "edge, invoke: [pay]");
    let found = review(base, &head);
    let finding = the(&found, Rule::FewerGuardsUp);
    let About::Paths { changes, causes } = &finding.about else { panic!("{finding:?}") };
    let lines: Vec<String> = changes
        .iter()
        .map(|id| found.comparison.joint().spec(Side::Head).location(found.comparison.change(*id).place))
        .collect();
    assert_eq!(lines, ["head.yaml:4"]);
    assert!(causes.iter().all(|cause| found.comparison.cause(*cause).is_necessary));
    assert_eq!(rules(&review(base, &shorter)), [Rule::NearerPathUp]);
}

#[test]
fn a_guard_is_weakened_on_its_edge_its_result_or_where_it_is_defined() {
    let guarded = "invoke: [{target: pay, guards: [human-approval]}]";
    for (to, is_weaker) in [
        ("invoke: [pay]", true),
        ("invoke: [{target: pay, guards: [quarantine]}]", true),
        ("invoke: [{target: pay, guards: [human-approval, quarantine]}]", false),
        ("invoke: [{target: pay, guards: [human-approval], returns: false}]", false),
    ] {
        let found = review(DESK, &desk(guarded, to));
        assert_eq!(rules(&found).contains(&Rule::GuardWeakened), is_weaker, "{to}");
    }
    let no_result = desk(guarded, "invoke: [{target: pay, guards: [human-approval], returns: false}]");
    assert!(
        rules(&review(&no_result, DESK)).contains(&Rule::GuardWeakened),
        "a result that comes back again"
    );
    let redefined = desk(
        "guards: {dlp: {stops: exposure}}",
        "guards: {dlp: {stops: exposure}, human-approval: {stops: influence}}",
    );
    assert!(rules(&review(DESK, &redefined)).contains(&Rule::GuardWeakened));
    assert!(!rules(&review(&redefined, DESK)).contains(&Rule::GuardWeakened));
}

#[test]
fn a_way_out_needs_an_exit_and_something_private() {
    let out = desk("read: [ledger]}", "read: [ledger], write: [outside]}");
    let found = review(DESK, &out);
    let way = the(&found, Rule::NewWayOut);
    assert_eq!((way.level, pairs(&found, way)), (Level::Error, vec!["outside → ledger".to_owned()]));
    let public = |text: &str| text.replace("sensitivity: secret", "sensitivity: public");
    assert!(!rules(&review(&public(DESK), &public(&out))).contains(&Rule::NewWayOut));
    // To call it public together with the way out is of no use.
    assert!(rules(&review(DESK, &public(&out))).contains(&Rule::NewWayOut));
    // A tool that content reached already becomes an exit.
    let tool = desk("read: [ledger]}", "read: [ledger], write: [post]}");
    let tool = tool.replace("write: [post]", "invoke: [{target: post, returns: false}]");
    let tool = tool.replace("invoke: [{target: pay, guards: [human-approval]}], ", "");
    let opened = tool.replace("post: {zone: core}", "post: {zone: core, egress: true}");
    let exit = review(&tool, &opened);
    assert_eq!(pairs(&exit, the(&exit, Rule::NewWayOut)), ["post → ledger"]);
    // A guard that stood on the way out and stands there no more.
    let guarded = out.replace("write: [outside]", "write: [{target: outside, guards: [dlp]}]");
    assert!(rules(&review(&guarded, &out)).contains(&Rule::NewWayOut));
    assert!(!rules(&review(&out, &guarded)).contains(&Rule::NewWayOut));
}

#[test]
fn loops_are_named_once_with_what_closes_them() {
    let one = desk("helper: {zone: core}", "helper: {zone: core, write: [writer]}");
    let both = one.replace("writer: {zone: core, ", "writer: {zone: core, write: [helper], ");
    let found = review(&one, &both);
    let About::Loop { nodes, cause } = &the(&found, Rule::NewLoop).about else { panic!("a loop") };
    assert_eq!(nodes.len(), 2);
    assert_eq!(found.comparison.cause(*cause).changes.len(), 1);
    assert!(!rules(&review(&both, &both)).contains(&Rule::NewLoop));
}

#[test]
fn what_protects_is_not_lowered_unseen() {
    for (from, to) in [
        ("pay: {zone: vault}", "pay: {zone: core}"),
        ("pay: {zone: vault}", "pay: {}"),
        ("sensitivity: secret", "sensitivity: internal"),
        ("pay: {zone: vault}", "pay: {zone: vault, isolation: shared}"),
        ("post: {zone: core}", "post: {zone: core, general: true}"),
        ("version: 1\n", "version: 1\nreview: {levels: {new-path-up: warning}}\n"),
        ("version: 1\n", "version: 1\nreview: {levels: {CW009: \"off\"}}\n"),
    ] {
        let (there, back) = (review(DESK, &desk(from, to)), review(&desk(from, to), DESK));
        assert!(rules(&there).contains(&Rule::ProtectionLowered), "{from} → {to}");
        assert!(!rules(&back).contains(&Rule::ProtectionLowered), "{to} → {from}");
    }
    for (from, to) in [
        ("helper: {zone: core}", "helper: {zone: core, model: other}"),
        ("zones: {edge: {}, core: {}, vault: {}}", "zones: {edge: {}, gate: {}, core: {}, vault: {}}"),
    ] {
        assert!(review(DESK, &desk(from, to)).findings.is_empty(), "{from} → {to}");
    }
}

#[test]
fn an_attacker_that_is_called_trusted_is_noticed() {
    let base =
        desk("triage: {zone: edge, read: [inbox]}", "triage: {zone: edge, read: [inbox], invoke: [writer]}");
    let head = base.replace("triage: {zone: edge,", "triage: {zone: vault,");
    let found = review(&base, &head);
    let About::Lowered { disarms, .. } = the(&found, Rule::ProtectionLowered).about else {
        panic!("lowered")
    };
    assert!(disarms >= 2, "triage → writer and triage → pay count no more: {disarms}");
    let swapped =
        base.replace("zones: {edge: {}, core: {}, vault: {}}", "zones: {vault: {}, core: {}, edge: {}}");
    assert!(rules(&review(&base, &swapped)).contains(&Rule::ProtectionLowered));
}

#[test]
fn levels_are_the_stricter_ones_of_both_sides() {
    let opening = |text: &str| text.replace("helper: {zone: core}", "helper: {zone: core, invoke: [post]}");
    let levels = |level: &str| {
        DESK.replace("version: 1\n", &format!("version: 1\nreview: {{levels: {{CW005: {level}}}}}\n"))
    };
    for (base, head, expected) in [
        (DESK.to_owned(), DESK.to_owned(), Level::Warning),
        (DESK.to_owned(), levels("note"), Level::Warning),
        (levels("note"), levels("note"), Level::Note),
        (levels("note"), levels("error"), Level::Error),
        (levels("error"), levels("note"), Level::Error),
    ] {
        let found = review(&base, &opening(&head));
        assert_eq!(the(&found, Rule::NewPath).level, expected);
    }
    let off = levels("\"off\"");
    let silent = review(&off, &opening(&off));
    assert!(!rules(&silent).contains(&Rule::NewPath));
}

const OPENED: (&str, &str) = ("helper: {zone: core}", "helper: {zone: core, invoke: [pay]}");

fn accepting(text: &str, entry: &str) -> String {
    format!("{text}accept:\n  - {{{entry}, reason: because}}\n")
}

#[test]
fn an_acceptance_counts_once_it_is_in_the_base() {
    let head = desk(OPENED.0, OPENED.1);
    let edge = "edge: {from: helper, verb: invoke, to: pay}";
    let finding =
        format!("finding: \"CW001:{}\"", edge_fingerprint(Rule::NewPathUp, "helper", Verb::Invoke, "pay"));
    for entry in [edge, &finding, "from: helper, to: pay"] {
        let (base, head) = (accepting(DESK, entry), accepting(&head, entry));
        let landed = review(&base, &head);
        let accepted = the(&landed, Rule::NewPathUp);
        assert!(!accepted.is_open() && !accepted.pairs.is_empty(), "{entry}");
        let own = review(DESK, &head);
        assert!(own.fails(Level::Error) && rules(&own).contains(&Rule::AcceptanceNew), "{entry}");
        assert!(!review_from(DESK, &head, AcceptFrom::Head).fails(Level::Error), "{entry}");
        // What the head took out counts no more.
        assert!(review(&base, &desk(OPENED.0, OPENED.1)).fails(Level::Error), "{entry}");
    }
}

#[test]
fn an_acceptance_of_one_pair_leaves_the_others() {
    let head =
        desk("triage: {zone: edge, read: [inbox]}", "triage: {zone: edge, read: [inbox], invoke: [writer]}");
    let entry = "from: triage, to: writer";
    let found = review(&accepting(DESK, entry), &accepting(&head, entry));
    let up = the(&found, Rule::NewPathUp);
    assert!(up.is_open() && up.accepted_pairs == 1);
    assert!(!pairs(&found, up).contains(&"triage → writer".to_owned()));
}

#[test]
fn an_acceptance_ends_with_its_day_and_with_what_it_speaks_of() {
    let head = desk(OPENED.0, OPENED.1);
    for (expires, fails) in [("2026-11-24", true), ("2026-11-25", false), ("2026-11-26", false)] {
        let entry = format!("from: helper, to: pay, expires: {expires}");
        let found = review(&accepting(DESK, &entry), &accepting(&head, &entry));
        assert_eq!(found.fails(Level::Error), fails, "{expires}");
        assert_eq!(rules(&found).contains(&Rule::AcceptanceExpired), fails, "{expires}");
    }
    // A later day is a new acceptance.
    let (before, after) =
        ("from: helper, to: pay, expires: 2026-11-24", "from: helper, to: pay, expires: 2027-11-24");
    assert!(review(&accepting(DESK, before), &accepting(&head, after)).fails(Level::Error));
    for (entry, is_used) in [
        ("from: helper, to: pay", false),
        ("from: writer, to: pay", true),
        ("from: nobody, to: pay", false),
        ("edge: {from: writer, verb: read, to: ledger}", true),
        ("edge: {from: helper, verb: read, to: ledger}", false),
        ("finding: \"CW001:0123456789abcdef\"", false),
    ] {
        let text = accepting(DESK, entry);
        assert_eq!(!rules(&review(&text, &text)).contains(&Rule::AcceptanceUnused), is_used, "{entry}");
    }
    let landed =
        format!("finding: \"CW005:{}\"", edge_fingerprint(Rule::NewPath, "writer", Verb::Read, "ledger"));
    let text = accepting(DESK, &landed);
    assert!(review(&text, &text).findings.is_empty(), "what was accepted and has landed is still there");
}

#[test]
fn an_acceptance_may_land_before_what_it_is_for() {
    let opened = desk(OPENED.0, OPENED.1);
    let hash = edge_fingerprint(Rule::NewPathUp, "helper", Verb::Invoke, "pay");
    let finding = format!("finding: \"CW001:{hash}\"");
    for entry in ["edge: {from: helper, verb: invoke, to: pay}", &finding, "from: helper, to: pay"] {
        // By itself, in a change of its own, it is new and nothing else: what it is for is not there yet.
        let accepted = accepting(DESK, entry);
        assert_eq!(rules(&review(DESK, &accepted)), [Rule::AcceptanceNew], "{entry}");
        // Whoever lets it count at once is told that it does nothing.
        let counted = review_from(DESK, &accepted, AcceptFrom::Head);
        assert_eq!(rules(&counted), [Rule::AcceptanceUnused], "{entry}");
        // The change that it is for, every change after that, and the one that takes it all back.
        let landed = accepting(&opened, entry);
        let silent = review(&accepted, &landed);
        assert!(!silent.fails(Level::Error) && silent.accepted().count() > 0, "{entry}");
        assert!(!rules(&silent).iter().any(|rule| *rule >= Rule::AcceptanceNew), "{entry}");
        assert_eq!(rules(&review(&landed, &landed)), [], "{entry}");
        assert_eq!(rules(&review(&landed, &accepted)), [Rule::ClosedPath, Rule::AcceptanceUnused], "{entry}");
    }
}

#[test]
fn an_acceptance_of_a_finding_is_in_use_for_as_long_as_what_was_found_is_there() {
    let looped = desk("helper: {zone: core}", "helper: {zone: core, write: [writer]}")
        .replace("writer: {zone: core, ", "writer: {zone: core, write: [helper], ");
    for (head, rule) in [
        (desk("pay: {zone: vault}", "pay: {zone: vault, isolation: shared}"), Rule::ProtectionLowered),
        (desk("sensitivity: secret", "sensitivity: internal"), Rule::ProtectionLowered),
        (desk("guards: {dlp: {stops: exposure}}", "guards: {dlp: {stops: influence}}"), Rule::GuardWeakened),
        (desk("version: 1\n", "version: 1\nreview: {levels: {CW001: warning}}\n"), Rule::ProtectionLowered),
        (
            desk("helper: {zone: core}", "helper: {zone: core}\n  aide: {zone: edge, invoke: [pay]}"),
            Rule::NewPathUp,
        ),
        (looped, Rule::NewLoop),
    ] {
        let found = review(DESK, &head);
        let finding = found.findings.iter().find(|finding| finding.rule == rule).expect("found");
        let entry = format!("finding: \"{}\"", finding.id());
        let landed = accepting(&head, &entry);
        assert_eq!(rules(&review(&landed, &landed)), [], "{rule:?}");
    }
}

#[test]
fn a_new_agent_neither_vanishes_nor_drowns_the_rest() {
    let head = desk("helper: {zone: core}", "helper: {zone: core}\n  intern: {zone: edge, invoke: [pay]}");
    let found = review(DESK, &head);
    let up = the(&found, Rule::NewPathUp);
    assert!(!up.pairs.is_empty() && up.pairs.iter().all(|pair| pair.is_of_other_node));
    // Through the new agent somebody who was there before gains: those pairs come first.
    let through = head
        .replace("invoke: [pay]}", "invoke: [pay], write: [helper]}")
        .replace("triage: {zone: edge, ", "triage: {zone: edge, write: [intern], ");
    let found = review(DESK, &through);
    let up = the(&found, Rule::NewPathUp);
    assert!(!up.pairs[0].is_of_other_node && up.pairs.iter().any(|pair| pair.is_of_other_node));
}

#[test]
fn a_spec_that_is_new_or_gone_is_compared_with_nothing() {
    let nothing = Spec::default();
    let judge = |base: &Spec, head: &Spec| {
        let comparison = Comparison::of(base, head).expect("no renames");
        Review::of(comparison, Policy { accept_from: AcceptFrom::Base, today: TODAY })
    };
    let desk = spec("desk.yaml", DESK);
    assert_eq!(rules(&judge(&desk, &nothing)), [Rule::ClosedPath, Rule::SpecGone]);
    let new = judge(&nothing, &desk);
    // Which line opens what tells nobody anything where all lines are new: a finding a rule, on the edge that its best path takes.
    let up = the(&new, Rule::NewPathUp);
    assert!(up.changes(&new.comparison).is_empty() && up.pairs.len() > 1);
    let place = up.place.expect("an edge");
    assert!(
        new.comparison
            .joint()
            .spec(crabwalk::compare::Side::Head)
            .edges
            .iter()
            .any(|edge| edge.place == place)
    );
    let by_rule = new.findings.iter().map(|finding| finding.rule).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(by_rule.len(), new.findings.len());
    assert!(
        new.findings
            .iter()
            .all(|finding| finding.rule != Rule::GuardWeakened && finding.rule != Rule::ProtectionLowered)
    );
    assert!(judge(&nothing, &nothing).findings.is_empty());
}

#[test]
fn a_rename_has_to_be_one() {
    let head = desk("helper: {zone: core}", "aide: {zone: core, was: helper}");
    assert!(review(DESK, &head).findings.is_empty());
    let unsaid = review(DESK, &desk("helper: {zone: core}", "aide: {zone: core}"));
    assert!(unsaid.comparison.changes().len() == 2);
    for wrong in
        ["aide: {zone: core, was: nobody}", "helper: {zone: core}\n  aide: {zone: core, was: helped}"]
    {
        let head = spec("head.yaml", &desk("helper: {zone: core}", wrong));
        let problem = Comparison::of(&spec("base.yaml", DESK), &head).expect_err("no such node in the base");
        assert!(problem.to_string().contains("the base has no"), "{problem}");
    }
    // Once it has landed the old name says nothing any more.
    assert!(review(&head, &head).findings.is_empty());
}
