//! The top of a spec: version, settings, sections.
#![expect(dead_code, reason = "the types stand for what is written; only their schema is used")]

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::generate::{Named, Text};
use super::nodes::{Agent, Credential, Principal, Session, Sink, Source, Store, Tool};
use super::review::{Acceptances, Review};
use super::rules::Rules;
use super::words::Plane;

/// A topology of agents: what there is, and who may write, read, invoke or observe what.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "crabwalk spec")]
pub(super) struct Spec {
    /// The version of the language: 1.
    version: One,
    /// The spec's name in reports. Default: the file's name.
    name: Text,
    /// What the topology is, in a sentence.
    description: Text,
    /// Trust zones, from least to most trusted.
    zones: Named<Zone>,
    /// Controls on hand-overs, by name. Built in are human-approval, quarantine, typed-output and redaction.
    guards: Named<Guard>,
    /// How changes of the spec are judged.
    review: Review,
    /// Findings that somebody looked at and takes, each with its reason.
    accept: Acceptances,
    /// What must hold of the topology, each with why.
    rules: Rules,
    /// Models with a context: workers, coordinators, advisors, graders.
    agents: Named<Agent>,
    /// Who stands outside the agents: people, roles, keys, services.
    principals: Named<Principal>,
    /// Functions, APIs, MCP servers.
    tools: Named<Tool>,
    /// What holds content: memories, files, databases, queues, repositories, sandboxes.
    stores: Named<Store>,
    /// State that its members share: each writes it and reads it.
    sessions: Named<Session>,
    /// Content that arrives without being asked for: mails, webhooks, uploads.
    sources: Named<Source>,
    /// Where content leaves to the outside.
    sinks: Named<Sink>,
    /// Secrets, and what they give access to.
    credentials: Named<Credential>,
}

/// The number 1.
struct One;

impl JsonSchema for One {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "One".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "const": 1 })
    }
}

/// A trust zone.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Zone {
    /// What belongs in it.
    description: Text,
    /// How trusted it is: a larger number is more. On all zones or none; without it their order ranks them.
    trust: i64,
}

/// A control on a hand-over.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Guard {
    /// What it does.
    description: Text,
    /// What it stops. Default: both.
    stops: Stops,
}

/// One plane or both.
struct Stops;

impl JsonSchema for Stops {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Stops".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let plane = generator.subschema_for::<Plane>();
        schemars::json_schema!({ "anyOf": [plane, { "type": "array", "items": plane, "minItems": 1 }] })
    }
}
