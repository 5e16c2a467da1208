//! Rules about sessions and sandboxes.

use super::{Example, RulePage};

pub(super) const MIXED_SESSION: RulePage = RulePage {
    means: "Nodes of different trust zones share the state of a session, or a sandbox hands content from a zone to a more trusted \
            one.",
    attack: Some(
        "What the least trusted member writes into the shared state, the most trusted one reads, and no message passes between \
            them that anybody could look at.",
    ),
    computed: "A session whose members stand in zones of different rank; or a sandbox that does not persist, written from a zone and \
            read from a more trusted one by declared edges without a guard that stops influence. Members without a zone are not \
            ranked.",
    fix: "Give each zone a session of its own, and hand over between them through a guard.",
    example: Example {
        before: None,
        found: "\
version: 1
zones: {low: , high: }
agents: {one: {zone: low}, other: {zone: high}}
sessions: {room: {members: [one, other]}}",
        right: "\
version: 1
zones: {low: , high: }
agents: {one: {zone: low}, other: {zone: low}}
sessions: {room: {members: [one, other]}}",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("5.5"),
};

pub(super) const ISOLATION_UNDONE: RulePage = RulePage {
    means: "A node is declared to start afresh for each caller, and what one caller sends it is there all the same when the next \
            one calls: it goes out and comes back by something that the calls share, such as a sandbox.",
    attack: Some(
        "One caller's injection waits in the shared file system for the call of another, who trusts the node because it starts \
            afresh.",
    ),
    computed: "A node with `isolation: per-call` and two callers or more, in which a path in the influence plane leads from inside a \
            call to what the node brings into every call. Guards on that path make it milder.",
    fix: "Give each call a place of its own, or declare the node as shared, so that the matrix shows what it is.",
    example: Example {
        before: None,
        found: "\
version: 1
agents:
  one: {invoke: worker}
  other: {invoke: worker}
  worker: {isolation: per-call}
sessions: {room: {members: [worker], sandbox: true}}",
        right: "\
version: 1
agents:
  one: {invoke: worker}
  other: {invoke: worker}
  worker: {isolation: shared}
sessions: {room: {members: [worker], sandbox: true}}",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("5.5"),
};
