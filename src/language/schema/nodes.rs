//! The bodies of nodes, one type for each section.
#![expect(dead_code, reason = "the types stand for what is written; only their schema is used")]

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::edges::Targets;
use super::generate::{OneOrMany, Text};
use super::words::{
    CredentialKind, Isolation, PrincipalKind, Refresh, Sensitivity, SourceKind, Spawns, StoreKind,
};

/// Declares a body: its own attributes, then those that all nodes have.
macro_rules! body {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$field_doc])* $field: $type,)*
            /// What it is, in a sentence.
            description: Text,
            /// Who answers for it.
            owner: Text,
            /// Free words to select nodes by: `tag:` and a word.
            tags: OneOrMany<Text>,
            /// Its trust zone, one of zones. A node without one is not ranked.
            zone: Text,
            /// Whether its compromise is what nobody wants. Reports put it first. Default: false.
            critical: bool,
            /// Its name before it was renamed, so that a comparison of two versions takes the two for one.
            was: Text,
            /// How private its content is. Default: internal.
            sensitivity: Sensitivity,
        }
    };
}

body! {
    /// A model with a context.
    Agent {
        /// Whom or what it sends content to.
        write: Targets,
        /// What it takes content from.
        read: Targets,
        /// What it calls; a result comes back unless returns says otherwise.
        invoke: Targets,
        /// Whose transcript, trace or log it sees.
        observe: Targets,
        /// Whether its callers meet in one context. Default: shared.
        isolation: Isolation,
        /// Whether strangers control what it says. Default: false.
        untrusted: bool,
        /// The model behind it.
        model: Text,
        /// Where it runs.
        platform: Text,
        /// What agents that it starts get.
        spawns: Spawns,
    }
}

body! {
    /// Someone or something outside the agents.
    Principal {
        /// What it is. Needed to invoke it.
        kind: PrincipalKind,
        /// Whom or what it sends content to.
        write: Targets,
        /// What it takes content from.
        read: Targets,
        /// What it calls; a result comes back unless returns says otherwise.
        invoke: Targets,
        /// Whose transcript, trace or log it sees.
        observe: Targets,
        /// Whether what it learns goes on into its next order. Default: true for a service, else false.
        relays: bool,
        /// Whether strangers control what it says. Default: false.
        untrusted: bool,
        /// How far its rights go.
        scope: Text,
        /// What it is allowed to do, in the words of its platform.
        actions: OneOrMany<Text>,
    }
}

body! {
    /// A function, an API, an MCP server.
    Tool {
        /// Whom or what it sends content to.
        write: Targets,
        /// What it takes content from.
        read: Targets,
        /// What it calls; a result comes back unless returns says otherwise.
        invoke: Targets,
        /// Whose transcript, trace or log it sees.
        observe: Targets,
        /// Whether its callers meet in one context. Default: per-call; shared for a general tool.
        isolation: Isolation,
        /// Whether strangers control what it says. Default: false.
        untrusted: bool,
        /// Whether it lets content out. Default: false.
        egress: bool,
        /// Whether it can be made to call anything: a shell, a browser, an HTTP client, a code interpreter. Default: false.
        general: bool,
    }
}

body! {
    /// Something that holds content.
    Store {
        /// What it is. Default: memory.
        kind: StoreKind,
        /// Whether it keeps content after the session that wrote it. Default: true, but false for a sandbox.
        persists: bool,
        /// How long content is kept.
        retention: Text,
        /// How content or access is withdrawn.
        revocation: Text,
        /// Whether earlier versions can be restored.
        versioned: bool,
    }
}

body! {
    /// State that its members share.
    Session {
        /// Who writes and reads it: agents, principals and tools, by name or selector.
        members: OneOrMany<Text>,
        /// Whether it runs in a sandbox.
        sandbox: bool,
    }
}

body! {
    /// Content that arrives without being asked for.
    Source {
        /// How it arrives.
        kind: SourceKind,
        /// Whether strangers control what it says. Default: true.
        untrusted: bool,
        /// What is checked when content arrives.
        controls: Controls,
    }
}

body! {
    /// Where content leaves to the outside.
    Sink {}
}

body! {
    /// A secret.
    Credential {
        /// What it is.
        kind: CredentialKind,
        /// The tools and agents that it gives access to, by name or selector.
        opens: OneOrMany<Text>,
        /// How it is renewed.
        refresh: Refresh,
        /// How it is withdrawn.
        revocation: Text,
        /// The hosts that it is sent to.
        allowed_hosts: OneOrMany<Text>,
        /// How long it is valid.
        lifetime: Text,
    }
}

/// What is checked when content arrives: each true, false, a number or a text.
struct Controls;

/// The checks with what they are.
const CHECKS: [(&str, &str); 5] = [
    ("signature", "Whether, or how, the sender's signature is checked."),
    ("replay_window", "How old a message may be."),
    ("payload_limit", "How large a message may be."),
    ("ssrf_defense", "Whether, or how, addresses in a message are kept from being fetched."),
    ("idempotency", "Whether, or how, a message that comes twice counts once."),
];

impl JsonSchema for Controls {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Controls".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut properties = serde_json::Map::new();
        for (name, description) in CHECKS {
            let mut check = generator.subschema_for::<Text>();
            check.insert("description".into(), description.into());
            properties.insert(name.into(), check.to_value());
        }
        schemars::json_schema!({ "type": ["object", "null"], "properties": properties, "additionalProperties": false })
    }
}
