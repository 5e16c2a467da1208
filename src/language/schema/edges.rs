//! The targets of a verb: a name, a long form, or a list of these.
#![expect(dead_code, reason = "the types stand for what is written; only their schema is used")]

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::generate::{OneOrMany, Text};
use super::words::Role;

/// The targets of a verb.
pub(super) type Targets = OneOrMany<Target>;

/// One target: a name, a selector, or the long form.
pub(super) struct Target;

impl JsonSchema for Target {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Target".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut name = generator.subschema_for::<Text>();
        name.insert(
            "description".into(),
            "A node's name, or a selector: zone:, tag:, kind: or type: and what it takes.".into(),
        );
        let long_form = generator.subschema_for::<Edge>();
        schemars::json_schema!({ "anyOf": [name, long_form] })
    }
}

/// The long form of an edge: a target and what holds for it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Edge {
    /// A node's name, or a selector: zone:, tag:, kind: or type: and what it takes.
    target: Text,
    /// The guards on the hand-over; for invoke, on the request.
    guards: OneOrMany<Text>,
    /// What comes back from invoke: true (the default), false, or the guards on the result.
    returns: Returns,
    /// Whether the hand-over is recorded. Default: true, but false for an advisor.
    logged: bool,
    /// Whether the edge has to stay: nothing proposes to remove it. Default: false. A guard may still be put on it.
    uncuttable: bool,
    /// The role that the invoked node plays for its caller; under read only definition, for what tells the reader what to be.
    #[schemars(rename = "as")]
    role: Role,
    /// A remark for readers.
    note: Text,
}

/// Whether something comes back, and under which guards.
struct Returns;

impl JsonSchema for Returns {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Returns".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let guarded = generator.subschema_for::<GuardedReturn>();
        schemars::json_schema!({ "anyOf": [{ "type": "boolean" }, guarded] })
    }
}

/// A result under guards.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct GuardedReturn {
    /// The guards on what comes back.
    guards: OneOrMany<Text>,
}
