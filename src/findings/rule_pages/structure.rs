//! Rules about the shape of a topology.

use super::{Example, RulePage};

pub(super) const LOOP: RulePage = RulePage {
    means: "Agents steer one another in a circle, or one starts copies of itself, and untrusted content comes in. An injection \
            that copies itself can live there: it comes back to where it was.",
    attack: Some(
        "A self-replicating prompt goes from agent to agent, and cleaning one of them helps until the next turn.",
    ),
    computed: "Sets of nodes that influence one another with no guard failing, with two agents or more among them; or an agent with \
            `spawns: inherit`. It is found if untrusted content comes to any of them; guards on the way in make it milder. Each \
            hand-over in the circle is taken away in turn, and the one is named behind which the smallest circle is left.",
    fix: "Put a guard that stops influence on the hand-over that the finding names; on a call it is usually enough to have the \
            answer come back in fixed fields.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents: {lead: {read: inbox, invoke: worker}, worker: }",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents: {lead: {read: inbox, invoke: {target: worker, returns: {guards: typed-output}}}, worker: }",
    },
    references: &[
        "Prompt Infection, arXiv 2410.07283; Morris II, arXiv 2403.02817",
        "[Semantics](../semantics.md): what moves content, and what a path costs",
    ],
    severity: Some("5.0"),
};

pub(super) const ORPHAN_STORE: RulePage = RulePage {
    means: "A store is read and never written, or written and never read. Either the spec does not say all, or the store is not \
            needed.",
    attack: None,
    computed: "A store with a `read` or `observe` and without a `write`, or the other way round, counting declared and derived edges. \
            A store that nobody touches is not found.",
    fix: "Declare who fills it, for whoever does steers all its readers; or who reads it; or take it away.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {one: {read: notes}}
stores: {notes: }",
        right: "\
version: 1
agents: {one: {read: notes, write: notes}}
stores: {notes: }",
    },
    references: &["[Semantics](../semantics.md): what moves content, and what a path costs"],
    severity: None,
};

pub(super) const UNUSED_NODE: RulePage = RulePage {
    means: "Nothing flows into an agent, a tool or a sink: nobody invokes or writes it, and it reads nothing. Either the spec does \
            not say all, or it is not needed.",
    attack: None,
    computed: "An agent, a tool or a sink into which no flow of the influence plane leads. Principals and sources start by \
            themselves.",
    fix: "Declare who invokes or writes it and what it reads, or take it away.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {one: }
tools: {idle: }
principals: {desk: {kind: human, invoke: one}}",
        right: "\
version: 1
agents: {one: {invoke: idle}}
tools: {idle: }
principals: {desk: {kind: human, invoke: one}}",
    },
    references: &["[Semantics](../semantics.md): what moves content, and what a path costs"],
    severity: None,
};

pub(super) const UNDECLARED_ISOLATION: RulePage = RulePage {
    means: "An agent has several callers and does not say whether they share its context. It is taken as shared: what one caller \
            sends can come back to the others.",
    attack: None,
    computed: "An agent without `isolation` that two nodes or more invoke by declared edges.",
    fix: "Say `isolation: per-call` if it starts afresh for each caller, else `isolation: shared`.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {one: {invoke: shared}, other: {invoke: shared}, shared: }",
        right: "\
version: 1
agents: {one: {invoke: shared}, other: {invoke: shared}, shared: {isolation: per-call}}",
    },
    references: &["[Semantics](../semantics.md): what moves content, and what a path costs"],
    severity: None,
};

pub(super) const NO_NODES: RulePage = RulePage {
    means: "The spec declares no nodes. Nothing is found in it because nothing is there, which is easily taken for a topology without \
            findings.",
    attack: None,
    computed: "A spec that loads and has no node: a file with zones or rules alone, or whose nodes stand in a file that was not read.",
    fix: "Declare the nodes, or name the file or directory that does: siblings `*.crabwalk.yaml` are read where a directory is named, and \
          not where a file is.",
    example: Example {
        before: None,
        found: "\
version: 1
zones: {edge: , core: }",
        right: "\
version: 1
zones: {edge: , core: }
agents: {one: {zone: core}}",
    },
    references: &["[Spec reference](../spec-reference.md): a spec in several files"],
    severity: None,
};
