//! Rules about what is accepted.

use super::{Example, RulePage};

const REFERENCE: &str = "[Spec reference](../spec-reference.md): `accept`";

pub(super) const ACCEPTANCE_NEW: RulePage = RulePage {
    means: "The change itself brings an entry of `accept`. Who makes a change cannot accept it with the same change: the entry counts \
            once it is in the base.",
    attack: None,
    computed: "The entries of the head that the base does not have, word for word as to what they accept.",
    fix: "Land the acceptance by itself first, or have the review run with `--accept-from head`.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  triage: {invoke: [payments]}
tools:
  payments: {}",
        ),
        found: "\
version: 1
accept:
  - {from: triage, to: payments, reason: refunds up to 50 EUR}
agents:
  triage: {invoke: [payments]}
tools:
  payments: {}",
        right: "\
version: 1
agents:
  triage: {invoke: [payments]}
tools:
  payments: {description: refunds up to 50 EUR}",
    },
    references: &[REFERENCE],
    severity: None,
};

pub(super) const ACCEPTANCE_UNUSED: RulePage = RulePage {
    means: "What an entry of `accept` speaks of is gone, or was never there. A later change could bring it back, accepted already.",
    attack: None,
    computed: "An entry matches if its pair has a path in the head, if its edge is declared there, or if its fingerprint is that of a \
               finding or of something in the head that a change could have brought.",
    fix: "Remove the entry, unless it waits for a change that has yet to land.",
    example: Example {
        before: Some(
            "\
version: 1
accept:
  - {from: triage, to: payments, reason: refunds up to 50 EUR}
agents:
  triage: {invoke: [payments]}
tools:
  payments: {}",
        ),
        found: "\
version: 1
accept:
  - {from: triage, to: payments, reason: refunds up to 50 EUR}
agents:
  triage: {}
tools:
  payments: {}",
        right: "\
version: 1
agents:
  triage: {}
tools:
  payments: {}",
    },
    references: &[REFERENCE],
    severity: None,
};

pub(super) const ACCEPTANCE_EXPIRED: RulePage = RulePage {
    means: "An entry of `accept` is past its date: what it accepted counts again.",
    attack: None,
    computed: "`expires` is the last day on which it holds, in UTC; `--today` says another day than today.",
    fix: "Look at the finding again, then give the entry a new date or remove it.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  triage: {invoke: [payments]}
tools:
  payments: {}",
        ),
        found: "\
version: 1
accept:
  - {from: triage, to: payments, reason: until the audit, expires: 2020-12-31}
agents:
  triage: {invoke: [payments]}
tools:
  payments: {}",
        right: "\
version: 1
accept:
  - {from: triage, to: payments, reason: until the audit, expires: 2999-12-31}
agents:
  triage: {invoke: [payments]}
tools:
  payments: {}",
    },
    references: &[REFERENCE],
    severity: None,
};
