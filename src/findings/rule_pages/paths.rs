//! Rules about what paths there are.

use super::{Example, RulePage};

const SEMANTICS: &str = "[Semantics](../semantics.md): what moves content, and what a path costs";
const REFERENCE: &str = "[Spec reference](../spec-reference.md): zones, guards, `review` and `accept`";

pub(super) const NEW_PATH_UP: RulePage = RulePage {
    means: "Whoever compromises the first node of a path can steer the last one, learn what it holds, or have something done to it, \
            and could not do so before. The last one stands in a more trusted zone, or is critical.",
    attack: Some(
        "An attacker who controls what an untrusted node says (a mail, a web page, a ticket) plants an instruction. Each hand-over on \
         the path carries it on, and the last one acts on it with its own rights.",
    ),
    computed: "The closures of base and head are compared pair by pair, for influence, for exposure and for each verb that can be had \
               done. A pair that has a way in the head and had none in the base is new. It leads up if base or head, whichever is \
               stricter, ranks the target's zone above that of the start, or calls the target critical. Guards on the path do not \
               keep it from being new: they are part of its cost. Each finding is one cause with all the pairs that it opens: the \
               change without which the pair is closed again or, where no single one is, a smallest set of changes.",
    fix: "Take back the change that opens the path, let a node of the trusted zone do it instead, or accept the finding with a reason.",
    example: Example {
        before: Some(
            "\
version: 1
zones: {edge: {}, vault: {}}
agents:
  triage: {zone: edge}
  cashier: {zone: vault}
tools:
  payments: {zone: vault}",
        ),
        found: "\
version: 1
zones: {edge: {}, vault: {}}
agents:
  triage: {zone: edge, invoke: [payments]}
  cashier: {zone: vault}
tools:
  payments: {zone: vault}",
        right: "\
version: 1
zones: {edge: {}, vault: {}}
agents:
  triage: {zone: edge}
  cashier: {zone: vault, invoke: [payments]}
tools:
  payments: {zone: vault}",
    },
    references: &[SEMANTICS, REFERENCE],
    severity: Some("8.0"),
};

pub(super) const FEWER_GUARDS_UP: RulePage = RulePage {
    means: "There was a path into a more trusted zone or to a critical node already, but more guards had to fail on it.",
    attack: Some(
        "What a guard would have stopped (an approval, a fixed schema, a filter) is not looked at any more: an injection that reached \
         the guard before now gets through.",
    ),
    computed: "The best path of a pair is the one that passes the fewest guards, then sessions, then hops. The pair is found if its \
               best path passes fewer guards in the head than in the base: because a guard was taken off or stops less, or because \
               the change opens a way round it. The changes named are those without which it would pass as many guards as before: one \
               that only makes it shorter is not among them.",
    fix: "Put the guard back, put one on the way round it, or accept the finding with a reason.",
    example: Example {
        before: Some(
            "\
version: 1
zones: {edge: {}, vault: {}}
agents:
  triage: {zone: edge, invoke: [{target: payments, guards: human-approval}]}
tools:
  payments: {zone: vault}",
        ),
        found: "\
version: 1
zones: {edge: {}, vault: {}}
agents:
  triage: {zone: edge, invoke: [payments]}
tools:
  payments: {zone: vault}",
        right: "\
version: 1
zones: {edge: {}, vault: {}}
agents:
  triage: {zone: edge, invoke: [{target: payments, guards: [human-approval, typed-output]}]}
tools:
  payments: {zone: vault}",
    },
    references: &[SEMANTICS, REFERENCE],
    severity: Some("7.5"),
};

pub(super) const NEARER_PATH_UP: RulePage = RulePage {
    means: "There was a path into a more trusted zone or to a critical node already, with as many guards, but an attacker needed more \
            sessions or hops.",
    attack: Some(
        "Every hop is a place where an injection can get lost, be noticed or be rewritten, and a path over memory strikes a session \
         later. A shorter path takes that depth away.",
    ),
    computed: "The best path passes as many guards as before, and fewer sessions, or as many of both and fewer hops.",
    fix: "Take back the change that shortens the path, or accept the finding with a reason.",
    example: Example {
        before: Some(
            "\
version: 1
zones: {edge: {}, vault: {}}
agents:
  triage: {zone: edge, invoke: [resolver]}
  resolver: {zone: edge, invoke: [payments]}
tools:
  payments: {zone: vault}
  handbook: {zone: edge}",
        ),
        found: "\
version: 1
zones: {edge: {}, vault: {}}
agents:
  triage: {zone: edge, invoke: [resolver, payments]}
  resolver: {zone: edge, invoke: [payments]}
tools:
  payments: {zone: vault}
  handbook: {zone: edge}",
        right: "\
version: 1
zones: {edge: {}, vault: {}}
agents:
  triage: {zone: edge, invoke: [resolver, handbook]}
  resolver: {zone: edge, invoke: [payments]}
tools:
  payments: {zone: vault}
  handbook: {zone: edge}",
    },
    references: &[SEMANTICS],
    severity: Some("5.5"),
};

pub(super) const NEW_PATH: RulePage = RulePage {
    means: "The path leads to a node that is no more trusted than the one it starts from, and not critical; or one of the two stands in \
            no zone.",
    attack: Some(
        "A foothold spreads sideways: what is compromised reaches more nodes of its own kind, and from them whatever they reach.",
    ),
    computed: "A pair that has a way in the head and had none in the base, for influence, exposure or a verb that can be had done, and \
               that does not lead up.",
    fix: "Take back the change that opens the path, or accept the finding with a reason. If most nodes have no zone, give them one: the \
          rules about paths that lead up say more.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  triage: {invoke: [writer]}
  writer: {write: [notes]}
stores:
  notes: {}
  archive: {}",
        ),
        found: "\
version: 1
agents:
  triage: {invoke: [writer]}
  writer: {write: [notes, archive]}
stores:
  notes: {}
  archive: {}",
        right: "\
version: 1
agents:
  triage: {invoke: [writer], write: [notes]}
  writer: {write: [notes]}
stores:
  notes: {}
  archive: {}",
    },
    references: &[SEMANTICS],
    severity: Some("4.5"),
};

pub(super) const NEW_LOOP: RulePage = RulePage {
    means: "Nodes that could not all steer each other before now can, without any guard having to fail: an injection into any one of \
            them comes to all the others, and back.",
    attack: Some(
        "A message that asks to be passed on goes round: each node that is cleaned up is infected again by the next one. With memory \
         in the loop it outlives the session.",
    ),
    computed: "Loops are the strongly connected sets of nodes over the open flows of influence. One is new if no loop of the base holds \
               all of its nodes.",
    fix: "Take back one of the hand-overs in the loop, say `returns: false` where nothing has to come back, put a guard on it, or accept \
          the finding with a reason.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  planner: {invoke: [{target: coder, returns: false}]}
  coder: {}",
        ),
        found: "\
version: 1
agents:
  planner: {invoke: [coder]}
  coder: {}",
        right: "\
version: 1
agents:
  planner: {invoke: [{target: coder, returns: {guards: typed-output}}]}
  coder: {}",
    },
    references: &[SEMANTICS],
    severity: Some("4.0"),
};

pub(super) const NEW_WAY_OUT: RulePage = RulePage {
    means: "Content that is confidential or secret, or a credential, comes to a sink or to a tool that lets content out, and did not do \
            so before or had to pass more guards.",
    attack: Some(
        "This is the last leg of exfiltration: an injected instruction needs something private to read and a way to send it. The change \
         connects the two.",
    ),
    computed: "The exposure of every way out (a sink, or a tool with `egress: true`) to every private node, in base and head: a pair is \
               found if the head has a way where the base has none, or one past fewer guards. A tool that becomes a way out is found \
               with everything private that already came to it. What counts as private, and as a way out, is the stricter of base and \
               head.",
    fix: "Take back the change that opens the way, put a guard that stops exposure (such as `redaction`) where there was none, or accept \
          the finding with a reason. A new way is found even behind a guard: somebody should have looked at it.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  clerk: {read: [orders]}
stores:
  orders: {sensitivity: secret}
  drafts: {}
sinks:
  mail: {}",
        ),
        found: "\
version: 1
agents:
  clerk: {read: [orders], write: [mail]}
stores:
  orders: {sensitivity: secret}
  drafts: {}
sinks:
  mail: {}",
        right: "\
version: 1
agents:
  clerk: {read: [orders], write: [drafts]}
stores:
  orders: {sensitivity: secret}
  drafts: {}
sinks:
  mail: {}",
    },
    references: &[SEMANTICS, REFERENCE],
    severity: Some("8.0"),
};

pub(super) const CLOSED_PATH: RulePage = RulePage {
    means: "A pair had a way in the base and has none any more. That is an improvement, or something that used to work.",
    attack: None,
    computed: "All pairs that had an answer in the base and have none in the head, for influence, exposure and each verb, in one \
               finding.",
    fix: "There is nothing to clear. A spec whose paths are all needed can make more of it: `review: {levels: {closed-path: warning}}`.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  triage: {invoke: [resolver]}
  resolver: {}
  writer: {}",
        ),
        found: "\
version: 1
agents:
  triage: {}
  resolver: {}
  writer: {}",
        right: "\
version: 1
agents:
  triage: {invoke: [resolver, writer]}
  resolver: {}
  writer: {}",
    },
    references: &[SEMANTICS],
    severity: None,
};
