//! A marked node that is gone while a new one has its edges: who renames it and takes the marks off is found, by every way round.

use crate::support::review_pages::{context, judge, spec};
use crabwalk::compare::What;
use crabwalk::findings::{About, GoneNode, Review};
use crabwalk::model::{Level, Rule};
use crabwalk::report::review::{markdown, text};

const BASE: &str = "version: 1
zones: {edge: , core: }
sources: {mail: }
agents:
  desk: {read: mail, invoke: [{target: pay, guards: human-approval}]}
  clerk: {read: books}
tools: {pay: {zone: core, critical: true, read: books}}
stores: {books: }
credentials: {key: {opens: pay}}
";

fn review(head: &str) -> Review {
    judge(&spec("base.yaml", BASE), &spec("head.yaml", head))
}

/// The base with some of its text replaced.
fn changed(replaced: &[(&str, &str)]) -> String {
    replaced.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

fn over(review: &Review) -> Vec<&GoneNode> {
    let over = review.open().filter_map(|finding| match &finding.about {
        About::MarkedNodeGone(over) => Some(&**over),
        _ => None,
    });
    over.collect()
}

/// What is found: who is gone, who has its edges, and how many of them.
fn found(review: &Review) -> Vec<String> {
    let name = |node| review.comparison.joint().name(node);
    let row = |over: &&GoneNode| {
        format!("{} → {}: {} of {}, +{}", name(over.gone), name(over.by), over.kept, over.edges, over.others)
    };
    over(review).iter().map(row).collect()
}

const RENAMED: &[(&str, &str)] = &[
    ("target: pay", "target: till"),
    ("{pay: {zone: core, critical: true, ", "{till: {"),
    ("opens: pay", "opens: till"),
];

#[test]
fn a_rename_that_takes_the_marks_off_is_an_error() {
    let review = review(&changed(RENAMED));
    assert_eq!(found(&review), ["pay → till: 3 of 3, +0"]);
    let over = over(&review)[0];
    assert_eq!((over.critical, over.private, over.zone.as_deref()), (true, false, Some("core")));
    let finding = review.open().find(|finding| finding.rule == Rule::MarkedNodeGone).expect("it is found");
    assert_eq!(finding.level, Level::Error);
    let head = review.comparison.joint().spec(crabwalk::compare::Side::Head);
    assert_eq!(head.location(finding.place.expect("a place")), "head.yaml:7");
    assert_eq!(finding.changes(&review.comparison).len(), 2);
}

#[test]
fn the_way_out_is_was_or_an_acceptance_of_the_base() {
    // With `was` the marks are compared: dropped, they are found as such, one by one.
    let mut said = RENAMED.to_vec();
    said[1].1 = "{till: {was: pay, ";
    let dropped = review(&changed(&said));
    assert_eq!(found(&dropped), [""; 0]);
    let lowered = dropped.open().filter(|finding| finding.rule == Rule::ProtectionLowered);
    assert_eq!(lowered.count(), 2);
    said[1].1 = "{till: {was: pay, zone: core, critical: true, ";
    assert_eq!(review(&changed(&said)).open().count(), 0);
    // Accepted by its id, in the base.
    let found = review(&changed(RENAMED));
    let id = found.open().find(|finding| finding.rule == Rule::MarkedNodeGone).expect("it is found").id();
    let entry = format!("accept: [{{finding: '{id}', reason: another till}}]\n");
    let with = |text: &str| spec("crabwalk.yaml", &format!("{text}{entry}"));
    let accepted = judge(&with(BASE), &with(&changed(RENAMED)));
    assert!(accepted.open().all(|finding| finding.rule != Rule::MarkedNodeGone));
    let new = judge(&spec("crabwalk.yaml", BASE), &with(&changed(RENAMED)));
    assert!(new.open().any(|finding| finding.rule == Rule::MarkedNodeGone));
}

/// Any edge will do, in either direction.
#[test]
fn one_edge_is_enough() {
    let caller = [
        ("target: pay", "target: till"),
        ("{pay: {zone: core, critical: true, read: books}}", "{till: }"),
        ("{key: {opens: pay}}", "{}"),
    ];
    assert_eq!(found(&review(&changed(&caller))), ["pay → till: 1 of 3, +0"]);
    let read = [
        (", invoke: [{target: pay, guards: human-approval}]", ""),
        ("pay: {zone: core, critical: true, ", "till: {"),
        ("{key: {opens: pay}}", "{}"),
    ];
    assert_eq!(found(&review(&changed(&read))), ["pay → till: 1 of 3, +0"]);
    let opened = [
        (", invoke: [{target: pay, guards: human-approval}]", ""),
        ("{pay: {zone: core, critical: true, read: books}}", "{till: }"),
        ("opens: pay", "opens: till"),
    ];
    assert_eq!(found(&review(&changed(&opened))), ["pay → till: 1 of 3, +0"]);
}

/// The edges are shared out among several: the one that has most is named, of equals the first.
#[test]
fn several_that_share_the_edges_are_told_of_together() {
    let shared = [
        ("[{target: pay, guards: human-approval}]", "[{target: till, guards: human-approval}]"),
        ("{pay: {zone: core, critical: true, read: books}}", "{slip: {read: books}, till: }"),
        ("opens: pay", "opens: till"),
    ];
    assert_eq!(found(&review(&changed(&shared))), ["pay → till: 2 of 3, +1"]);
    let equal = [shared[0], shared[1], ("{key: {opens: pay}}", "{}")];
    assert_eq!(found(&review(&changed(&equal))), ["pay → slip: 1 of 3, +1"]);
}

/// Each mark by itself; and a node without one may go.
#[test]
fn each_mark_counts() {
    let with = |mark: &str| {
        let base = BASE.replace("{pay: {zone: core, critical: true, ", &format!("{{pay: {{{mark}"));
        judge(&spec("base.yaml", &base), &spec("head.yaml", &changed(RENAMED)))
    };
    for mark in ["critical: true, ", "zone: edge, ", "sensitivity: secret, ", "sensitivity: confidential, "] {
        assert_eq!(found(&with(mark)), ["pay → till: 3 of 3, +0"], "{mark}");
    }
    for mark in ["", "sensitivity: internal, ", "untrusted: true, "] {
        assert_eq!(found(&with(mark)), [""; 0], "{mark}");
    }
    // A credential is private whatever it says.
    let key = [("{key: {opens: pay}}", "{}"), ("tools: {", "tools: {proxy: {invoke: pay}, ")];
    assert_eq!(found(&review(&changed(&key))), [""; 0]);
    let key = [("{key: {opens: pay}}", "{pass: {opens: pay}}")];
    assert_eq!(found(&review(&changed(&key))), ["key → pass: 1 of 1, +0"]);
}

/// Whoever renames the callers too is found by those that stay, or, where none does, by the shape of what is new.
#[test]
fn callers_that_are_renamed_too() {
    let both = [
        ("desk: {read: mail, invoke: [{target: pay", "front: {read: mail, invoke: [{target: till"),
        ("{pay: {zone: core, critical: true, read: books}}", "{till: }"),
        ("{key: {opens: pay}}", "{}"),
    ];
    assert_eq!(found(&review(&changed(&both))), ["pay → till: 1 of 3, +0"]);
    // An agent that has nothing of the old caller is no successor of it, nor what it calls one of what that called.
    let unlike = [both[0], both[1], both[2], ("front: {read: mail", "front: {write: books")];
    assert_eq!(found(&review(&changed(&unlike))), [""; 0]);
    // Everything has another name.
    let base =
        "version: 1\nagents: {one: {invoke: two}, two: {invoke: pay}}\ntools: {pay: {critical: true}}\n";
    let all = "version: 1\nagents: {eins: {invoke: zwei}, zwei: {invoke: zahl}}\ntools: {zahl: }\n";
    let renamed = judge(&spec("base.yaml", base), &spec("head.yaml", all));
    assert_eq!(found(&renamed), ["pay → zahl: 1 of 1, +0"]);
    let other = "version: 1\nagents: {eins: {read: zahl}}\nstores: {zahl: }\n";
    assert_eq!(found(&judge(&spec("base.yaml", base), &spec("head.yaml", other))), [""; 0]);
}

/// A node that says it was another one is new for the edges that it did not have.
#[test]
fn another_was_does_not_help() {
    let base = BASE.replace("tools: {", "tools: {junk: , ");
    let head = base
        .replace("target: pay", "target: till")
        .replace("junk: , pay: {zone: core, critical: true, read: books}", "till: {was: junk}")
        .replace("{key: {opens: pay}}", "{}");
    let renamed = judge(&spec("base.yaml", &base), &spec("head.yaml", &head));
    assert_eq!(found(&renamed), ["pay → till: 1 of 3, +0"]);
    // What it had already is its own.
    let base = BASE.replace("tools: {", "tools: {junk: {read: books}, ");
    let head = "version: 1\nsources: {mail: }\nagents: {desk: {read: mail}, clerk: {read: books}}\ntools: {till: {was: junk, read: books}}\nstores: {books: }\n";
    assert_eq!(found(&judge(&spec("base.yaml", &base), &spec("head.yaml", head))), [""; 0]);
}

#[test]
fn what_just_goes_is_no_finding() {
    let gone = [
        (", invoke: [{target: pay, guards: human-approval}]", ""),
        ("tools: {pay: {zone: core, critical: true, read: books}}\n", ""),
        ("credentials: {key: {opens: pay}}\n", ""),
    ];
    assert_eq!(found(&review(&changed(&gone))), [""; 0]);
    // Something new elsewhere has nothing to do with it; nor has a node that was there before.
    let mut elsewhere = gone.to_vec();
    elsewhere.push(("stores: {", "sinks: {out: }\nstores: {log: , "));
    elsewhere.push(("clerk: {", "clerk: {write: [log, out], "));
    assert_eq!(found(&review(&changed(&elsewhere))), [""; 0]);
    let known = [("invoke: [{target: pay, guards: human-approval}]", "write: books"), gone[1], gone[2]];
    assert_eq!(found(&review(&changed(&known))), [""; 0]);
}

/// The same name in another section is the same node: its marks are compared.
#[test]
fn a_node_of_another_kind_keeps_its_marks_or_is_found() {
    let other = [
        ("tools: {pay: {zone: core, critical: true, read: books}}\n", ""),
        ("agents:\n", "agents:\n  pay: {isolation: per-call, read: books}\n"),
    ];
    let lowered =
        |review: &Review| review.open().filter(|finding| finding.rule == Rule::ProtectionLowered).count();
    let replaced = review(&changed(&other));
    assert_eq!((found(&replaced).len(), lowered(&replaced)), (0, 2));
    let by_kind = |store: &str| {
        let head = [("credentials: {key: {opens: pay}}\n", ""), ("books: }", store)];
        review(&changed(&head)).comparison.changes().iter().any(|change| match &change.what {
            What::Attribute(_, attribute) => attribute.key == "kind" && attribute.lowers,
            _ => false,
        })
    };
    assert!(by_kind("books: , key: }"));
    assert!(!by_kind("books: , key: {sensitivity: secret}}"));
}

#[test]
fn it_is_told_with_names_that_are_only_names() {
    let hostile = "<b>@all`x";
    let base = BASE.replace("pay", &format!("'{hostile}'"));
    let review = judge(&spec("base.yaml", &base), &spec("head.yaml", &changed(RENAMED)));
    let comment = markdown(&review, &context());
    // In a block of code a name is text already.
    let prose: String = comment.split("```").step_by(2).collect();
    assert!(!prose.contains("<b>") && !prose.contains("@all"), "{comment}");
    let plain = anstream::adapter::strip_str(&text(&review, &context())).to_string();
    let title =
        format!("{hostile}, which was critical and in zone core, is gone, and till has 3 of its 3 edges");
    assert!(plain.contains(&format!("error[CW014]: {title}\n")), "{plain}");
}
