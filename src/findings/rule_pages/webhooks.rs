//! Rules about webhooks.

use super::{Example, RulePage};

pub(super) const WEBHOOK_CONTROLS: RulePage = RulePage {
    means: "A webhook does not check all that can be checked of what is posted to it: how old it is, how large, whether it came \
            before, and where the addresses in it lead.",
    attack: Some(
        "A recorded post is sent again; a huge one fills the context; an address in it points into your own network.",
    ),
    computed: "A source of kind `webhook` that steers anything, in whose `controls` one of `replay_window`, `payload_limit`, \
            `ssrf_defense` and `idempotency` is missing or `false`. The signature has a rule of its own, [CW152](CW152.md).",
    fix: "Check it where the post is received, and say so under `controls`.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {hook: {kind: webhook, controls: {signature: true, replay_window: 5m}}}
agents: {intake: {read: hook}}",
        right: "\
version: 1
sources:
  hook:
    kind: webhook
    controls:
      {signature: true, replay_window: 5m, payload_limit: 64 kB, ssrf_defense: true, idempotency: true}
agents: {intake: {read: hook}}",
    },
    references: &[
        "[Standard Webhooks](https://www.standardwebhooks.com): signature and timestamp",
        "[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by",
    ],
    severity: Some("4.0"),
};

pub(super) const UNSIGNED_WEBHOOK: RulePage = RulePage {
    means: "Anybody who knows the address can post to a webhook: no signature is checked. Whatever it says about itself, it is an \
            untrusted entry.",
    attack: Some("The attacker posts an event of their own, with whatever text they like in it."),
    computed: "A source of kind `webhook` that steers anything and whose `controls` have no `signature`. Of a scheme the name will do; \
            `no`, `off` and `none` are none. It counts as untrusted for all other rules, for the word `untrusted` wherever it stands, \
            and in every report, also where the spec says `untrusted: false`. How far a post goes is shown.",
    fix: "Refuse posts whose signature does not match, and say so: `controls: {signature: true}`. The text of a signed post is \
            still what its sender wrote: keep `untrusted` as it is.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {hook: {kind: webhook}}
agents: {intake: {read: hook}}",
        right: "\
version: 1
sources: {hook: {kind: webhook, controls: {signature: true}}}
agents: {intake: {read: hook}}",
    },
    references: &[
        "[Standard Webhooks](https://www.standardwebhooks.com): signature and timestamp",
        "[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by",
    ],
    severity: Some("8.0"),
};
