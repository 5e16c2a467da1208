//! Rules about stores that outlive a session.

use super::{Example, RulePage};

pub(super) const POISONED_MEMORY: RulePage = RulePage {
    means: "What a stranger says today is kept in a store, and somebody who is more trusted than the stranger reads it in a later \
            session as its own memory.",
    attack: Some(
        "A ticket tells the intake to note something down. Weeks later another agent reads the note and follows it; cleaning up \
            the session of today does not help.",
    ),
    computed: "For each store that persists: the best path of untrusted content into it, and the reader (of it, by a declared or \
            derived `read` or `observe`) with the fewest guards that stop influence. The reader has to be an agent that is more \
            trusted: its zone above that of the stranger where both have one, else not untrusted itself. Guards on the way in and \
            on the read make it milder.",
    fix: "Let nobody write the store who takes in untrusted content, give untrusted and trusted content stores of their own, or \
            put a guard that stops influence where it is written or read.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents:
  intake: {read: inbox, write: notes}
  planner: {read: notes}
stores: {notes: {revocation: purge by author}}",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents:
  intake: {read: inbox, write: {target: notes, guards: [typed-output, quarantine, human-approval]}}
  planner: {read: notes}
stores: {notes: {revocation: purge by author}}",
    },
    references: &[
        "MINJA, arXiv 2503.03704; AgentPoison, arXiv 2407.12784; Morris II, arXiv 2403.02817",
        "[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by",
    ],
    severity: Some("8.0"),
};

pub(super) const UNPURGEABLE_STORE: RulePage = RulePage {
    means: "Untrusted content is kept in a store that somebody reads, and nothing says how poisoned content in it is found and \
            removed.",
    attack: Some(
        "The attack is noticed, the session ended, the credential revoked; the memory stays, and infects the next session.",
    ),
    computed: "A store that persists, has no `revocation`, is read by somebody, and that untrusted content comes to. Guards on the \
            way in make it milder. That it is versioned is no answer by itself: somebody has to know which version to go back \
            to.",
    fix: "Write down under `revocation` who looks for poisoned content, how, and how it is removed; and try it.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents: {intake: {read: [inbox, notes], write: notes}}
stores: {notes: {versioned: true, retention: 90 days}}",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents: {intake: {read: [inbox, notes], write: notes}}
stores: {notes: {versioned: true, retention: 90 days, revocation: roll back to the last clean version}}",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("5.5"),
};

pub(super) const MEMORY_ACROSS_ZONES: RulePage = RulePage {
    means: "A store is written from one trust zone and read from a more trusted one, and no guard stops influence on the way: the \
            zones end at the store.",
    attack: Some("Who holds the writer needs no path between the zones that anybody drew: the store is one."),
    computed: "A store that persists, the least trusted of those that write it and the most trusted of those that read it, both by \
            declared edges without a guard that stops influence. It is found if the writer's zone is below the reader's. Nodes \
            without a zone are not ranked.",
    fix: "Give each zone a store of its own, or put a guard that stops influence where the more trusted one reads.",
    example: Example {
        before: None,
        found: "\
version: 1
zones: {low: , high: }
agents: {below: {zone: low, write: notes}, above: {zone: high, read: notes}}
stores: {notes: }",
        right: "\
version: 1
zones: {low: , high: }
agents:
  below: {zone: low, write: notes}
  above: {zone: high, read: {target: notes, guards: typed-output}}
stores: {notes: }",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("5.0"),
};

pub(super) const EDITABLE_DEFINITION: RulePage = RulePage {
    means: "What tells an agent what to be (its system prompt, its skills, the descriptions of its tools) can be steered by a \
            stranger or by somebody less trusted than the agent.",
    attack: Some("One commit, one memory with instructions in it, and the agent of tomorrow is another one."),
    computed: "A read with `as: definition`. Of all nodes that are untrusted or in a zone below the agent's, the one with the best \
            path in the influence plane into the store. Guards on the path and on the read make it milder.",
    fix: "Let only those write it who are trusted as much as the agent, behind a review of each change.",
    example: Example {
        before: None,
        found: "\
version: 1
zones: {low: , high: }
agents:
  coder: {zone: low, write: prompts}
  lead: {zone: high, read: {target: prompts, as: definition}}
stores: {prompts: {kind: repository, zone: high}}",
        right: "\
version: 1
zones: {low: , high: }
agents:
  coder: {zone: low}
  lead: {zone: high, read: {target: prompts, as: definition}, write: prompts}
stores: {prompts: {kind: repository, zone: high}}",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("8.0"),
};
