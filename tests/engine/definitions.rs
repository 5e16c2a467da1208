//! The oracle's brute force of what section 6 of the semantics defines beside the matrix, on examples worked out by hand: what
//! findings are compared with has to be right itself.

use std::collections::BTreeSet;

use oracle::topology::{self, Topology};
use oracle::{generate, guards, loops, strangers};
use proptest::prelude::*;

fn read(text: &str) -> Topology {
    topology::read(&format!("version: 1\n{text}"))
}

fn names(topology: &Topology, nodes: impl IntoIterator<Item = usize>) -> Vec<&str> {
    nodes.into_iter().map(|node| topology.nodes[node].name.as_str()).collect()
}

/// Toxic flows by names: stranger, where it meets, private, way out; and the guards.
fn toxic(text: &str) -> Vec<(Vec<String>, u32)> {
    let topology = read(text);
    let found = strangers::toxic(&topology).into_iter();
    let name = |node: usize| topology.nodes[node].name.clone();
    found.map(|((u, z, p, s), guards)| ([u, z, p, s].map(name).to_vec(), guards)).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn strangers_are_the_untrusted_and_webhooks_that_anybody_can_post_to() {
    let topology = read(
        "sources:
  mail: {kind: email}
  own: {kind: feed, untrusted: false}
  hook: {kind: webhook, untrusted: false}
  signed: {kind: webhook, untrusted: false, controls: {signature: true}}
  scheme: {kind: webhook, untrusted: false, controls: {signature: hmac-sha256}}
  unsigned: {kind: webhook, untrusted: false, controls: {signature: false, payload_limit: 9}}
agents: {guest: {untrusted: true}, worker: }
",
    );
    assert_eq!(names(&topology, topology.strangers()), ["mail", "hook", "unsigned", "guest"]);
}

/// A reader of mail with a secret at hand writes to the outside: the guards on all three ways add up.
#[test]
fn guards_on_the_three_ways_of_a_toxic_flow_add_up() {
    let found = toxic(
        "sources: {mail: }
agents:
  desk:
    read: [{target: mail, guards: [typed-output]}, {target: books, guards: [redaction]}]
    write: [{target: out, guards: [quarantine]}]
stores: {books: {sensitivity: secret}, notes: }
sinks: {out: }
",
    );
    assert_eq!(found, [(words(&["mail", "desk", "books", "out"]), 3)], "typed output, redaction, quarantine");
}

/// A helper with a context for each call keeps its callers apart; one with a single context brings them together.
#[test]
fn two_callers_of_a_per_call_node_do_not_meet_in_it() {
    let spec = |helper: &str| {
        format!(
            "sources: {{mail: }}
agents:
  red: {{read: [mail], invoke: [{{target: helper, returns: false}}]}}
  blue: {{read: [books], invoke: [{{target: helper, returns: false}}]}}
  helper: {{{helper}write: [out]}}
stores: {{books: {{sensitivity: secret}}}}
sinks: {{out: }}
"
        )
    };
    assert_eq!(toxic(&spec("isolation: per-call, ")), []);
    assert_eq!(toxic(&spec("")), [(words(&["mail", "helper", "books", "out"]), 0)]);
}

/// What a per-call node brings along meets each caller, and goes out from there.
#[test]
fn a_caller_meets_what_a_per_call_node_brings_along() {
    let found = toxic(
        "sources: {mail: }
agents:
  red: {read: [mail], invoke: [{target: helper, guards: [human-approval], returns: false}]}
  helper: {isolation: per-call, read: [books], write: [out]}
stores: {books: {sensitivity: secret}}
sinks: {out: }
",
    );
    assert_eq!(found, [(words(&["mail", "helper", "books", "out"]), 1)]);
}

/// A key that is sent to the tool that it opens is used; sent to another one it is out.
#[test]
fn a_key_does_not_leave_by_what_it_opens() {
    let spec = |opens: &str| {
        format!(
            "sources: {{mail: }}
agents: {{desk: {{read: [mail, key], invoke: [mailer]}}}}
tools: {{mailer: {{egress: true}}, other: }}
credentials: {{key: {{opens: [{opens}]}}}}
"
        )
    };
    assert_eq!(toxic(&spec("mailer")), []);
    assert_eq!(toxic(&spec("other")), [(words(&["mail", "desk", "key", "mailer"]), 0)]);
}

/// A tool of strangers that says that it lets nothing out is no way out, and a passive tool lets out what it is given alone.
#[test]
fn ways_out() {
    let topology = read(
        "tools:
  never: {untrusted: true, egress: false}
  strange: {untrusted: true}
  mailer: {egress: true}
  plain:
sinks: {out: }
agents: {guest: {untrusted: true}, worker: }
",
    );
    let ways = (0..topology.nodes.len()).filter(|node| !topology.ways_out(*node).is_empty());
    assert_eq!(names(&topology, ways), ["strange", "mailer", "out", "guest"]);
    assert_eq!(topology.ways_out(topology.node("mailer")).len(), 1);
}

#[test]
fn what_leaves_of_a_held_node() {
    let topology = read(
        "agents:
  clerk: {read: [books], write: [{target: out, guards: [redaction]}], invoke: [{target: courier, returns: false}]}
  courier: {read: [plans], write: [out]}
stores: {books: {sensitivity: secret}, plans: }
sinks: {out: }
",
    );
    let node = |name: &str| topology.node(name);
    let left = strangers::leaving(&topology, node("clerk"));
    // The clerk has the books and tells the courier, who writes them out; or has a redaction fail.
    assert_eq!(left[&node("books")][0], (0, node("clerk"), node("out")));
    // It steers the courier, who has the plans.
    assert_eq!(left[&node("plans")], [(0, node("courier"), node("out"))]);
    let of_store = strangers::leaving(&topology, node("books"));
    assert_eq!(of_store[&node("plans")], [(0, node("courier"), node("out"))], "through the clerk");
    assert!(!of_store.contains_key(&node("books")), "what is held is not among what leaves");
}

#[test]
fn a_guard_with_an_open_way_beside_it_is_decorative() {
    let topology = read(
        "sources: {mail: }
agents:
  red: {read: [mail], write: [{target: blue, guards: [quarantine]}, notes]}
  blue: {read: [notes]}
  green: {read: [{target: mail, guards: [typed-output]}]}
stores: {notes: }
",
    );
    let found = guards::decorative(&topology);
    let on = |(edge, _, _): &guards::Placed| names(&topology, [topology.edges[*edge].from]).remove(0);
    assert_eq!(
        found.iter().map(on).collect::<Vec<_>>(),
        ["red"],
        "the notes lead round it, and nothing to green"
    );
}

#[test]
fn a_guard_is_disarmed_where_strangers_come_to_its_configuration() {
    let spec = |guard: &str| {
        read(&format!(
            "guards: {{check: {{kept_in: settings}}}}
sources: {{mail: }}
agents: {{desk: {{read: [mail], write: [{{target: settings{guard}}}]}}}}
stores: {{settings: {{kind: file}}}}
"
        ))
    };
    let least = |guard: &str| guards::disarmed(&spec(guard)).into_values().collect::<Vec<_>>();
    assert_eq!(least(""), [0], "an error");
    assert_eq!(least(", guards: [quarantine]"), [1], "a warning");
    assert_eq!(least(", guards: [check]"), Vec::<u32>::new(), "every path passes it");
}

#[test]
fn loops_are_of_doors() {
    let found = |helper: &str| {
        let topology = read(&format!(
            "agents:\n  a: {{invoke: [helper]}}\n  b: {{invoke: [helper]}}\n  helper: {{isolation: {helper}}}\n"
        ));
        loops::loops(&topology).into_iter().map(|nodes| nodes.len()).collect::<Vec<_>>()
    };
    assert_eq!(found("shared"), [3]);
    assert_eq!(found("per-call"), Vec::<usize>::new(), "an answer holds nothing of the call");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is toxic of a stranger leaves when that stranger is held, behind no more guards.
    #[test]
    fn what_is_toxic_leaves_when_the_stranger_is_held(text in generate::spec()) {
        let topology = topology::read(&text);
        let toxic = strangers::toxic(&topology);
        let held: BTreeSet<usize> = toxic.keys().map(|(u, ..)| *u).collect();
        for held in held {
            let left = strangers::leaving(&topology, held);
            for ((_, z, p, s), guards) in toxic.iter().filter(|((u, ..), _)| *u == held) {
                let same = |(_, other, way): &&(u32, usize, usize)| other == z && way == s;
                let least = left.get(p).and_then(|ways| ways.iter().find(same));
                prop_assert!(least.is_some_and(|(least, ..)| least <= guards), "{:?}", (held, z, p, s));
            }
        }
    }

    /// Only a guard that counts can be decorative, and only one that lies somewhere disarmed.
    #[test]
    fn a_decorative_guard_stands_on_a_leg(text in generate::spec()) {
        let topology = topology::read(&text);
        for (edge, result, guard) in guards::decorative(&topology) {
            let edge = &topology.edges[edge];
            let leg = if result { edge.returns.as_ref().expect("a result") } else { &edge.guards };
            prop_assert!(leg.contains(&guard) && topology.guards[guard].enforced);
        }
        let kept = guards::disarmed(&topology);
        prop_assert!(kept.keys().all(|guard| topology.guards[*guard].kept_in.is_some()));
    }
}
