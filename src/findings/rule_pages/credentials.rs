//! Rules about credentials.

use super::{Example, RulePage};

pub(super) const UNREVOCABLE_REFRESH: RulePage = RulePage {
    means: "A credential renews itself in the background, nothing says how it is revoked, and untrusted content can have it \
            used.",
    attack: Some(
        "A token that was led out stays valid for as long as somebody renews it, and the platform does so by itself.",
    ),
    computed: "A credential with `refresh: background` and no `revocation`, and the cheapest way for untrusted content to steer \
            somebody who may use or read it. Guards on the way and on the use make it milder.",
    fix: "Write down under `revocation` who revokes it and how, at its issuer too: archiving a vault does not always stop what \
            runs.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: token}}
tools: {api: }
credentials: {token: {kind: mcp_oauth, opens: api, refresh: background}}",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: token}}
tools: {api: }
credentials:
  token: {kind: mcp_oauth, opens: api, refresh: background, revocation: revoke the grant at the issuer}",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("8.0"),
};

pub(super) const SPREADING_SECRET: RulePage = RulePage {
    means: "A raw secret that somebody reads comes to others with what that somebody writes and says.",
    attack: Some(
        "An agent with the key in its context is asked to repeat it, and writes it into memory, a ticket or a web request.",
    ),
    computed: "A credential that is read raw, and the best path of its content in the exposure plane to a node that neither reads it \
            nor is opened by it. It is a step milder where all of these are inside: neither a sink, nor with `egress`, nor \
            untrusted; and a step for each guard.",
    fix: "Have it used and not read: `invoke` it through what injects it on the way out.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {worker: {read: key, write: notes}}
tools: {api: }
stores: {notes: }
credentials: {key: {kind: api_key, opens: api}}",
        right: "\
version: 1
agents: {worker: {invoke: key, write: notes}}
tools: {api: }
stores: {notes: }
credentials: {key: {kind: api_key, opens: api}}",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("7.5"),
};

pub(super) const BROAD_CREDENTIAL: RulePage = RulePage {
    means: "A credential opens something that none of its holders uses, while they do use something else that it opens.",
    attack: Some("Who gets hold of it gets more than anybody needed."),
    computed: "A credential with holders (a `read` or `invoke` on it) of which at least one declares an edge on something that it \
            opens, and something else that it opens on which no holder declares one. Where no use is declared at all, nothing is \
            said.",
    fix: "Issue one that opens only what is used.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {worker: {invoke: [key, mail]}, clerk: {invoke: pay}}
tools: {mail: , pay: }
credentials: {key: {kind: api_key, opens: [mail, pay]}}",
        right: "\
version: 1
agents: {worker: {invoke: [key, mail]}, clerk: {invoke: pay}}
tools: {mail: , pay: }
credentials: {key: {kind: api_key, opens: mail}}",
    },
    references: &["[Spec reference](../spec-reference.md#what-findings-go-by): what findings go by"],
    severity: Some("4.0"),
};
