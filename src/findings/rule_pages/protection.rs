//! Rules about what a change takes away from the protection of a topology by itself, whatever it opens.

use super::{Example, RulePage};

const REFERENCE: &str = "[Spec reference](../spec-reference.md): attributes, zones, guards and `review`";

pub(super) const GUARD_WEAKENED: RulePage = RulePage {
    means: "A guard that stood on a hand-over does not stand there any more, a result comes back that did not, or a guard is defined to \
            stop less.",
    attack: Some(
        "Today another guard may still stand on every path through it. The next change finds one less, and nobody looks at this one \
         again.",
    ),
    computed: "Each edge that base and head both declare is compared: a guard of its request or its result that the head does not name, \
               and a result where there was none, are found. So is a guard whose `stops` no longer has influence or exposure. Paths that \
               are easier by it are findings of their own: CW002.",
    fix: "Put the guard back, or accept the finding with a reason.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  planner: {invoke: [{target: shell, guards: [human-approval, quarantine]}]}
tools:
  shell: {general: true}",
        ),
        found: "\
version: 1
agents:
  planner: {invoke: [{target: shell, guards: [quarantine]}]}
tools:
  shell: {general: true}",
        right: "\
version: 1
agents:
  planner: {invoke: [{target: shell, guards: [quarantine, human-approval]}]}
tools:
  shell: {general: true}",
    },
    references: &[REFERENCE],
    severity: Some("6.0"),
};

pub(super) const PROTECTION_LOWERED: RulePage = RulePage {
    means: "What the gate goes by is the stricter of base and head, so that a change cannot disarm it. That it tries is found here: a \
            node that moves to a less trusted zone or is not `critical` any more, less `sensitivity`, shared `isolation`, a new \
            `egress` or `general`, a level of `review` that is lowered, a call that is no longer logged, a \
            rule of the spec that is gone or asks for less, and the like.",
    attack: Some(
        "Who wants to open a path can first call its target harmless, in a change that opens nothing. The path that comes with the \
         next change then leads to nobody's crown jewels.",
    ),
    computed: "Attribute by attribute on the nodes of both sides. For zones also: how many pairs with a path led into a more trusted \
               zone by the base's order and do not by the head's. Rules of the base are compared with those of the head by \
               what they say: one that asks for as much, under whatever name, takes the place of another.",
    fix: "Set the attribute, the zone, the level or the rule back, or accept the finding with a reason.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  planner: {invoke: [payments]}
tools:
  payments: {critical: true}",
        ),
        found: "\
version: 1
agents:
  planner: {invoke: [payments]}
tools:
  payments: {}",
        right: "\
version: 1
agents:
  planner: {invoke: [payments], critical: true}
tools:
  payments: {critical: true}",
    },
    references: &[REFERENCE],
    severity: Some("7.0"),
};
