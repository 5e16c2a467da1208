//! Rules about untrusted content, private content, critical nodes and the guards between them.

use super::{Example, RulePage};

pub(super) const TOXIC_FLOW: RulePage = RulePage {
    means: "Private content can leave, and a stranger can make it leave: untrusted content and private content meet in a node from \
            which a way out is within reach. The three need not be in one agent, as in the lethal trifecta of a single agent; it \
            is enough that content comes from one to the other.",
    attack: Some(
        "A stranger writes an order into a ticket, a page or a mail. Hop by hop it comes to a node where private content comes \
            too, and that node sends what it knows along, by a mail, a web request or the address of a picture.",
    ),
    computed: "For each sink and each tool with `egress`: the best path of untrusted content into a node that acts, of private \
            content into the same node, and of that node's content to the way out. Both have to come into the same call, and at \
            least one of them to what the node brings into every call: two callers of a node that starts afresh for each of them \
            do not meet in it. A guard on any of the three paths makes the finding a step milder. A way out that is only reached \
            through another one is not told of again, and what the way out itself holds is not counted.",
    fix: "Put a guard that stops exposure before the way out, keep one of the two kinds of content away from where they meet, or \
            let the node start afresh for each caller.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents: {worker: {read: [inbox, ledger], invoke: mailer}}
stores: {ledger: {sensitivity: confidential}}
tools: {mailer: {egress: true}}",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents: {worker: {read: [inbox, ledger]}}
stores: {ledger: {sensitivity: confidential}}
tools: {mailer: {egress: true}}
principals: {clerk: {kind: human, invoke: mailer}}",
    },
    references: &[
        "[Semantics](../semantics.md#11-toxic-flow): toxic flow",
        "Simon Willison, The lethal trifecta for AI agents (2025)",
        "[Semantics](../semantics.md): what moves content, and what a path costs",
    ],
    severity: Some("8.5"),
};

pub(super) const RULE_OF_TWO: RulePage = RulePage {
    means: "The members of a session together take in untrusted content, learn private content, and can change something that \
            lasts or send something out, and nothing has to fail for any of the three.",
    attack: Some(
        "Within one session an injection needs no second step: it comes in, finds what is private, and acts.",
    ),
    computed: "For each session: a member that untrusted content comes to with no guard failing, a member that private content comes \
            to likewise, and a member with an unguarded write on a sink or on a store that persists, or an unguarded call of a \
            tool that lets content out, can call anything, or is critical. Two of the three are fine.",
    fix: "Split the session so that no part has all three, or put an approval before what changes or sends.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents:
  reader: {read: inbox}
  keeper: {read: ledger}
  writer: {write: archive}
stores: {ledger: {sensitivity: confidential}, archive: {kind: file}}
sessions: {room: {members: [reader, keeper, writer]}}",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents:
  reader: {read: inbox}
  keeper: {read: ledger}
  writer: {write: {target: archive, guards: human-approval}}
stores: {ledger: {sensitivity: confidential}, archive: {kind: file}}
sessions: {room: {members: [reader, keeper, writer]}}",
    },
    references: &[
        "Meta, Agents Rule of Two (2025)",
        "[Semantics](../semantics.md): what moves content, and what a path costs",
    ],
    severity: Some("6.5"),
};

pub(super) const WEB_AS_SOURCE: RulePage = RulePage {
    means: "An agent reads the open web as if it came by itself. Who asks for a page sends the address that it asks for, and that \
            can carry anything away: the spec shows the way in and hides the way out.",
    attack: Some(
        "An injection has the agent fetch an address of the attacker's with what it knows written into it.",
    ),
    computed: "A source of kind `web` that an agent reads or observes. Feeds, mail and webhooks come by themselves and are not \
            meant.",
    fix: "Declare what fetches pages as a tool with `untrusted: true` and `egress: true`, and have the agent invoke it.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {web: {kind: web}}
agents: {scout: {read: web}}",
        right: "\
version: 1
tools: {web: {untrusted: true, egress: true}}
agents: {scout: {invoke: web}}",
    },
    references: &["[Semantics](../semantics.md): what moves content, and what a path costs"],
    severity: Some("5.0"),
};

pub(super) const OPEN_TO_UNTRUSTED: RulePage = RulePage {
    means: "Strangers can steer a node that the spec calls critical, and nothing declared has to fail for it.",
    attack: Some(
        "An order in a ticket, a page or a mail is handed on until it comes to the critical node, which acts on it with its own \
            rights.",
    ),
    computed: "The best path in the influence plane from anything untrusted to each critical node, over all hops. It is found if no \
            guard that stops influence stands on it. A critical node that is untrusted itself is not looked at.",
    fix: "Put a guard that stops influence on the path; the finding names a hand-over. Two guards of different kinds leave \
            nothing to report.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: pay}}
tools: {pay: {critical: true}}",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents:
  worker: {read: {target: inbox, guards: typed-output}, invoke: {target: pay, guards: human-approval}}
tools: {pay: {critical: true}}",
    },
    references: &["[Semantics](../semantics.md): what moves content, and what a path costs"],
    severity: Some("8.0"),
};

pub(super) const SINGLE_GUARD: RulePage = RulePage {
    means: "Between strangers and a critical node stands one guard, and nothing else.",
    attack: Some("One approval given in haste, one filter that misses a phrase, and the way is open."),
    computed: "The best path from anything untrusted to each critical node has exactly one guard that stops influence on it. With \
            none it is [CW104](CW104.md); with two it is not reported.",
    fix: "Put a second guard of another kind on the path: an approval behind a fixed schema, not two approvals of one person.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: {target: pay, guards: human-approval}}}
tools: {pay: {critical: true}}",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents:
  worker: {read: {target: inbox, guards: typed-output}, invoke: {target: pay, guards: human-approval}}
tools: {pay: {critical: true}}",
    },
    references: &["[Semantics](../semantics.md): what moves content, and what a path costs"],
    severity: Some("5.5"),
};

pub(super) const DECORATIVE_GUARD: RulePage = RulePage {
    means: "A guard stands on a hand-over, and the same content comes to the same place by another way with no guard on it. The \
            guard is worked on every day and stops nothing.",
    attack: Some("An attacker takes the other way: through a colleague, through memory, through an answer."),
    computed: "For each leg of a declared edge with guards, and each plane that they stop: whether what starts there comes to where \
            the leg ends over flows on which nothing has to fail. The path round is shown for each plane.",
    fix: "Put the same guard on the way round, or take that way away. If the guard is not needed, take it off.",
    example: Example {
        before: None,
        found: "\
version: 1
agents:
  planner: {invoke: [{target: pay, guards: human-approval}, helper]}
  helper: {invoke: pay}
tools: {pay: }",
        right: "\
version: 1
agents:
  planner: {invoke: [{target: pay, guards: human-approval}, helper]}
  helper: {invoke: {target: pay, guards: human-approval}}
tools: {pay: }",
    },
    references: &["[Semantics](../semantics.md): what moves content, and what a path costs"],
    severity: Some("5.0"),
};
