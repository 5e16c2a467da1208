//! Rules about roles and keys.

use super::{Example, RulePage};

pub(super) const SHARED_SCOPE: RulePage = RulePage {
    means: "A role or key is scoped to a workspace with several agents in it: its platform cannot tell them apart, whatever the \
            spec says about who uses it for what.",
    attack: Some(
        "Who gets hold of the role for one agent has all agents, memories and vaults of the workspace.",
    ),
    computed: "A role or key with `scope: workspace:NAME`. All roles and keys with that scope are taken together: if their declared \
            edges lead to two agents or more, each of them is found, with the agents that it could get at beyond its own edges.",
    fix: "Give each agent a workspace of its own, and each workspace a role of its own.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {one: , other: }
principals:
  role: {kind: iam-role, scope: 'workspace:main', invoke: [one, other]}
  desk: {kind: human, invoke: other}",
        right: "\
version: 1
agents: {one: , other: }
principals:
  role: {kind: iam-role, scope: 'workspace:main', invoke: one}
  desk: {kind: human, invoke: other}",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("5.5"),
};

pub(super) const WILDCARD_ACTIONS: RulePage = RulePage {
    means: "The actions of a role or key have a wildcard in them: it may do what nobody listed, and what its platform adds \
            tomorrow.",
    attack: Some("An action that nobody thought of, such as reading session histories, is there."),
    computed: "A role or key one of whose `actions` has a `*` in it.",
    fix: "List the actions that it needs, one by one.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {one: }
principals: {role: {kind: iam-role, invoke: one, actions: [GetSession, 'Create*']}}",
        right: "\
version: 1
agents: {one: }
principals: {role: {kind: iam-role, invoke: one, actions: [GetSession, CreateSession]}}",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("5.0"),
};

pub(super) const READ_ONLY_MEMORY: RulePage = RulePage {
    means: "A role or key that can change nothing reads what agents remember. It is given away freely because it is called \
            read-only.",
    attack: Some("Memory holds what users said, and often what agents were told in confidence."),
    computed: "A role or key whose declared edges only read and observe, whose `actions` (if any are listed) all begin with Get, \
            List, Describe, Read or View, and that reads or observes a store of kind `memory` that persists.",
    fix: "Leave reading memory out of the role.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {one: {write: notes, read: notes}}
principals: {auditor: {kind: iam-role, actions: [ListSessions, GetMemoryStore], read: notes}}
stores: {notes: }",
        right: "\
version: 1
agents: {one: {write: notes, read: notes}}
principals: {auditor: {kind: iam-role, actions: [ListSessions]}}
stores: {notes: }",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("4.5"),
};
