//! Rules about advisors and graders.

use super::{Example, RulePage};

pub(super) const UNLOGGED_ADVICE: RulePage = RulePage {
    means: "An advisor's answers steer whom it advises, and no log has them. An attack that comes through the advice cannot be \
            reconstructed.",
    attack: Some(
        "The injection reaches the advisor with the transcript; what it advises appears nowhere, and the executor seems to have \
            acted by itself.",
    ),
    computed: "An invocation with `as: advisor` that brings something back and is not `logged`. It counts as not logged unless the \
            spec says `logged: true`, for some platforms encrypt the answer so that only the model can read it. The paths shown \
            are those that run through it: untrusted content to the advisor, and from there to the nearest critical node.",
    fix: "Use an advisor whose answers are recorded, and say so with `logged: true`.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {worker: {invoke: {target: sage, as: advisor}}, sage: }",
        right: "\
version: 1
agents: {worker: {invoke: {target: sage, as: advisor, logged: true}}, sage: }",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("4.5"),
};

pub(super) const FED_ADVISOR: RulePage = RulePage {
    means: "Untrusted content comes to an advisor, and its advice comes back as free text that is followed.",
    attack: Some("The stranger's order is repeated by the one whom the executor trusts most."),
    computed: "An invocation with `as: advisor` that brings something back, and a path of untrusted content to the advisor. Guards \
            that stop influence, on that path or on what comes back, make it milder.",
    fix: "Let the advice come back in fixed fields, or keep untrusted content out of what the advisor sees.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: {target: sage, as: advisor, logged: true}}, sage: }",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents:
  worker:
    read: inbox
    invoke: {target: sage, as: advisor, logged: true, guards: quarantine, returns: {guards: typed-output}}
  sage: ",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("5.5"),
};

pub(super) const STEERED_GRADER: RulePage = RulePage {
    means: "A grader is steered by what it grades, or by what steers the graded agent too. Its verdict is no control: it is one \
            more opinion of the attacker's.",
    attack: Some("The poisoned work says to its grader that it is excellent."),
    computed: "An invocation with `as: grader`. It is found if the graded agent steers the grader with no guard failing; else if \
            anything untrusted steers both of them so.",
    fix: "Hand the work over in a form that carries no orders, behind a guard such as `quarantine`, and let nobody else write to \
            the grader.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {worker: {invoke: {target: judge, as: grader, returns: {guards: typed-output}}}, judge: }",
        right: "\
version: 1
agents:
  worker: {invoke: {target: judge, as: grader, guards: quarantine, returns: {guards: typed-output}}}
  judge: ",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("5.0"),
};

pub(super) const GRADER_LOOP: RulePage = RulePage {
    means: "The explanation of a grader goes back as free text to the agent that it grades and that steers it.",
    attack: Some(
        "An injection in the work comes back as the verdict on it, and is in the next draft, round after round.",
    ),
    computed: "An invocation with `as: grader` whose result has no guard that stops influence, where the graded agent steers the \
            grader with no guard failing.",
    fix: "Let the verdict come back in fixed fields: `returns: {guards: [typed-output]}`.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {worker: {invoke: {target: judge, as: grader}}, judge: }",
        right: "\
version: 1
agents: {worker: {invoke: {target: judge, as: grader, returns: {guards: typed-output}}}, judge: }",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("4.5"),
};
