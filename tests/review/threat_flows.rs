//! Each rule of the threat model by a spec that has it, the same spec with the smallest fix, and a near miss: the trifecta, critical
//! nodes, guards, the shape of the topology.

use crate::support::threats::{Case, findings, hold, rules};
use crabwalk::model::{Level, Rule};

#[test]
fn the_trifecta() {
    hold(&[
        Case {
            rule: Rule::ToxicFlow,
            has: "sources: {inbox: {kind: email}}
agents: {worker: {read: [inbox, ledger], invoke: mailer}}
stores: {ledger: {sensitivity: confidential}}
tools: {mailer: {egress: true}}",
            fixed: "sources: {inbox: {kind: email}}
agents: {worker: {read: [inbox, ledger]}}
stores: {ledger: {sensitivity: confidential}}
tools: {mailer: {egress: true}}
principals: {clerk: {kind: human, invoke: mailer}}",
            // Nothing private is read.
            near: "sources: {inbox: {kind: email}}
agents: {worker: {read: [inbox, ledger], invoke: mailer}}
stores: {ledger: }
tools: {mailer: {egress: true}}",
        },
        Case {
            rule: Rule::ToxicFlow,
            // Two callers of a shared node meet in it ...
            has: "sources: {inbox: {kind: email}}
agents:
  reader: {read: inbox, invoke: helper}
  keeper: {read: ledger, invoke: {target: helper, returns: false}}
  helper: {write: out}
stores: {ledger: {sensitivity: secret}}
sinks: {out: }",
            // ... and not in one that starts afresh for each of them.
            fixed: "sources: {inbox: {kind: email}}
agents:
  reader: {read: inbox, invoke: helper}
  keeper: {read: ledger, invoke: {target: helper, returns: false}}
  helper: {write: out, isolation: per-call}
stores: {ledger: {sensitivity: secret}}
sinks: {out: }",
            // The private content is that of the way out itself.
            near: "sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: mailer}}
tools: {mailer: {egress: true, sensitivity: confidential}}",
        },
        Case {
            rule: Rule::RuleOfTwo,
            has: "sources: {inbox: {kind: email}}
agents:
  reader: {read: inbox}
  keeper: {read: ledger}
  writer: {write: archive}
stores: {ledger: {sensitivity: confidential}, archive: {kind: file}}
sessions: {room: {members: [reader, keeper, writer]}}",
            fixed: "sources: {inbox: {kind: email}}
agents:
  reader: {read: inbox}
  keeper: {read: ledger}
  writer: {write: {target: archive, guards: human-approval}}
stores: {ledger: {sensitivity: confidential}, archive: {kind: file}}
sessions: {room: {members: [reader, keeper, writer]}}",
            // Two of the three are fine.
            near: "sources: {inbox: {kind: email}}
agents:
  reader: {read: inbox}
  writer: {write: archive}
stores: {archive: {kind: file}}
sessions: {room: {members: [reader, writer]}}",
        },
        Case {
            rule: Rule::WebAsSource,
            has: "sources: {web: {kind: web}}
agents: {scout: {read: web}}",
            fixed: "tools: {web: {untrusted: true, egress: true}}
agents: {scout: {invoke: web}}",
            // It comes by itself.
            near: "sources: {news: {kind: feed}}
agents: {scout: {read: news}}",
        },
    ]);
}

#[test]
fn critical_nodes_and_guards() {
    hold(&[
        Case {
            rule: Rule::OpenToUntrusted,
            has: "sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: pay}}
tools: {pay: {critical: true}}",
            fixed: "sources: {inbox: {kind: email}}
agents: {worker: {read: {target: inbox, guards: typed-output}, invoke: {target: pay, guards: human-approval}}}
tools: {pay: {critical: true}}",
            // A stranger itself, and nobody else's way to it.
            near: "agents: {partner: {untrusted: true, critical: true}}",
        },
        Case {
            rule: Rule::SingleGuard,
            has: "sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: {target: pay, guards: human-approval}}}
tools: {pay: {critical: true}}",
            fixed: "sources: {inbox: {kind: email}}
agents: {worker: {read: {target: inbox, guards: typed-output}, invoke: {target: pay, guards: human-approval}}}
tools: {pay: {critical: true}}",
            near: "sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: pay}}
tools: {pay: {critical: true}}",
        },
        Case {
            rule: Rule::DecorativeGuard,
            has: "agents:
  planner: {invoke: [{target: pay, guards: human-approval}, helper]}
  helper: {invoke: pay}
tools: {pay: }",
            fixed: "agents:
  planner: {invoke: [{target: pay, guards: human-approval}, helper]}
  helper: {invoke: {target: pay, guards: human-approval}}
tools: {pay: }",
            // The way round stops short of it.
            near: "agents:
  planner: {invoke: [{target: pay, guards: human-approval}, helper]}
  helper: 
tools: {pay: }",
        },
        Case {
            rule: Rule::DecorativeGuard,
            // The answer is guarded, and comes by another.
            has: "agents:
  planner: {invoke: [{target: lookup, returns: {guards: redaction}}, helper]}
  helper: {invoke: lookup}
tools: {lookup: {read: orders}}
stores: {orders: }",
            fixed: "agents:
  planner: {invoke: [{target: lookup, returns: {guards: redaction}}, helper]}
  helper: {invoke: {target: lookup, returns: {guards: redaction}}}
tools: {lookup: {read: orders}}
stores: {orders: }",
            // The helper gets what was answered from the planner alone.
            near: "agents:
  planner: {invoke: [{target: lookup, returns: {guards: redaction}}, helper]}
  helper:
tools: {lookup: {read: orders}}
stores: {orders: }",
        },
    ]);
}

#[test]
fn the_shape() {
    hold(&[
        Case {
            rule: Rule::Loop,
            has: "sources: {inbox: {kind: email}}
agents: {lead: {read: inbox, invoke: worker}, worker: }",
            fixed: "sources: {inbox: {kind: email}}
agents: {lead: {read: inbox, invoke: {target: worker, returns: {guards: typed-output}}}, worker: }",
            // Nothing untrusted comes into it.
            near: "sources: {clock: {kind: feed, untrusted: false}}
agents: {lead: {read: clock, invoke: worker}, worker: }",
        },
        Case {
            rule: Rule::Loop,
            // It hands on to copies of itself.
            has: "sources: {inbox: {kind: email}}
agents: {lead: {read: inbox, spawns: inherit}}",
            fixed: "sources: {inbox: {kind: email}}
agents: {lead: {read: inbox}}",
            near: "sources: {inbox: {kind: email, untrusted: false}}
agents: {lead: {read: inbox, spawns: inherit}}",
        },
        Case {
            rule: Rule::OrphanStore,
            has: "agents: {one: {read: notes}}
stores: {notes: }",
            fixed: "agents: {one: {read: notes, write: notes}}
stores: {notes: }",
            near: "agents: {one: }
stores: {notes: }",
        },
        Case {
            rule: Rule::UnusedNode,
            has: "agents: {one: }
tools: {idle: }
principals: {desk: {kind: human, invoke: one}}",
            fixed: "agents: {one: {invoke: idle}}
tools: {idle: }
principals: {desk: {kind: human, invoke: one}}",
            // Whoever stands outside starts by itself.
            near: "agents: {one: }
principals: {desk: {kind: human, invoke: one}}",
        },
        Case {
            rule: Rule::UndeclaredIsolation,
            has: "agents: {one: {invoke: shared}, other: {invoke: shared}, shared: }",
            fixed: "agents: {one: {invoke: shared}, other: {invoke: shared}, shared: {isolation: per-call}}",
            near: "agents: {one: {invoke: shared}, other: , shared: }",
        },
    ]);
}

/// One step for each guard, and three steps from an error is nothing.
#[test]
fn each_guard_makes_a_finding_milder() {
    let with = |guards: &str| {
        let spec = format!(
            "guards: {{a: , b: , c: }}
sources: {{inbox: {{kind: email}}}}
agents: {{worker: {{read: inbox, write: {{target: notes, guards: [{guards}]}}}}, reader: {{read: notes}}}}
stores: {{notes: {{revocation: yes}}}}"
        );
        let found = findings(&spec);
        found.iter().find(|finding| finding.rule == Rule::PoisonedMemory).map(|finding| finding.level)
    };
    let levels = ["", "a", "a, b", "a, b, c"].map(with);
    assert_eq!(levels, [Some(Level::Error), Some(Level::Warning), Some(Level::Note), None]);
}

#[test]
fn levels_and_acceptances_of_the_spec_hold() {
    const SPEC: &str = "sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: pay}}
tools: {pay: {critical: true}}
";
    let found = findings(SPEC);
    let open = found.iter().find(|finding| finding.rule == Rule::OpenToUntrusted).expect("it is open");
    assert!(open.is_open());
    let id = open.id();
    let lowered = format!("{SPEC}review: {{levels: {{CW104: note}}}}");
    assert!(findings(&lowered).iter().any(|finding| finding.id() == id && finding.level == Level::Note));
    let off = format!("{SPEC}review: {{levels: {{open-to-untrusted: off}}}}");
    assert!(!rules(&off).contains(&Rule::OpenToUntrusted));
    for what in [format!("finding: '{id}'"), "from: inbox, to: pay".to_owned()] {
        let accepted = format!("{SPEC}accept: [{{{what}, reason: a test}}]");
        let found = findings(&accepted);
        let it = found.iter().find(|finding| finding.id() == id).expect("it stays visible");
        assert!(!it.is_open(), "{what}");
        assert!(!found.iter().any(|finding| finding.rule == Rule::AcceptanceUnused), "{what}");
        let late = format!("{SPEC}accept: [{{{what}, reason: a test, expires: 2026-11-24}}]");
        let found = findings(&late);
        assert!(found.iter().any(|finding| finding.id() == id && finding.is_open()), "{what}");
        assert!(found.iter().any(|finding| finding.rule == Rule::AcceptanceExpired), "{what}");
    }
    for gone in ["finding: 'CW104:0123456789abcdef'", "from: gone, to: pay"] {
        let stale = format!("{SPEC}accept: [{{{gone}, reason: a test}}]");
        assert!(rules(&stale).contains(&Rule::AcceptanceUnused), "{gone}");
    }
    // What a change was found to do is for its review to judge.
    let of_change = format!("{SPEC}accept: [{{finding: 'CW001:0123456789abcdef', reason: a test}}]");
    assert!(!rules(&of_change).contains(&Rule::AcceptanceUnused));
}

/// The order of the file changes no id.
#[test]
fn ids_do_not_depend_on_the_order() {
    let one = "sources: {inbox: {kind: email}}
agents: {worker: {read: [inbox, ledger], invoke: [mailer, helper]}, helper: {isolation: shared}}
stores: {ledger: {sensitivity: confidential}}
tools: {mailer: {egress: true, critical: true}}";
    let other = "tools: {mailer: {egress: true, critical: true}}
stores: {ledger: {sensitivity: confidential}}
agents: {helper: {isolation: shared}, worker: {invoke: [helper, mailer], read: [ledger, inbox]}}
sources: {inbox: {kind: email}}";
    let ids = |text: &str| {
        let mut ids: Vec<String> = findings(text).iter().map(crabwalk::findings::Finding::id).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(one), ids(other));
    assert!(!ids(one).is_empty());
}
