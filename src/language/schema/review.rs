//! How changes are judged: levels of rules and acceptances.
#![expect(dead_code, reason = "the types stand for what is written; only their schema is used")]

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::generate::Text;
use super::words::{Level, Verb};
use crate::model::Rule;

/// The `review` block: a mapping, or nothing.
pub(super) struct Review;

impl JsonSchema for Review {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Review".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut levels = levels(generator);
        levels.insert("description".into(), "Levels of rules, by id or by name.".into());
        schemars::json_schema!({
            "type": ["object", "null"],
            "additionalProperties": false,
            "properties": { "levels": levels },
        })
    }
}

/// A level for each rule that has another one than its own. Ids are read in letters of either case.
fn levels(generator: &mut SchemaGenerator) -> Schema {
    let level = generator.subschema_for::<Level>();
    let mut properties = Map::new();
    for rule in Rule::ALL {
        for word in [rule.id(), rule.name()] {
            let mut property = Map::from_iter([("allOf".to_owned(), json!([level]))]);
            let description = format!("{} Default: {}.", rule.summary(), rule.default_level().as_str());
            property.insert("description".to_owned(), description.into());
            properties.insert(word.to_owned(), Value::Object(property));
        }
    }
    let ids = format!("^{}$", any_id());
    schemars::json_schema!({
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": properties,
        "patternProperties": { ids: level },
    })
}

/// A pattern that takes the id of any rule.
fn any_id() -> String {
    let digits: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id().trim_start_matches("CW")).collect();
    format!("[Cc][Ww]({})", digits.join("|"))
}

/// The entries of `accept`: a list, or nothing.
pub(super) struct Acceptances;

impl JsonSchema for Acceptances {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Acceptances".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<Acceptance>();
        schemars::json_schema!({ "type": ["array", "null"], "items": item })
    }
}

/// An entry of `accept`. What it accepts is said in exactly one way.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = in_one_way)]
struct Acceptance {
    /// What is compromised; with to, everything between the two is accepted.
    from: Text,
    /// What it reaches.
    to: Text,
    /// Everything that one edge causes.
    edge: AcceptedEdge,
    /// One finding, as a review prints it.
    finding: Finding,
    /// The path of a spec that may be deleted, from the root of the repository.
    spec: SpecPath,
    /// Why it is accepted.
    reason: Reason,
    /// Who answers for it.
    owner: Text,
    /// Where it was discussed.
    ticket: Text,
    /// The last day on which it holds: YYYY-MM-DD.
    expires: Day,
}

/// An edge: who does what to whom.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = all_of_it)]
struct AcceptedEdge {
    /// The actor.
    from: Text,
    /// What it does.
    verb: Verb,
    /// To whom.
    to: Text,
}

/// Exactly one of the four ways, and always a reason.
fn in_one_way(schema: &mut Schema) {
    schema.insert("required".to_owned(), json!(["reason"]));
    let mut ways = vec![json!({ "required": ["from", "to"] })];
    ways.extend(["edge", "finding", "spec"].map(|way| json!({ "required": [way] })));
    schema.insert("oneOf".to_owned(), Value::Array(ways));
    schema.insert(
        "dependencies".to_owned(),
        json!({
            "from": ["to"],
            "to": ["from"],
        }),
    );
}

/// An edge has all its keys.
fn all_of_it(schema: &mut Schema) {
    schema.insert("required".to_owned(), json!(["from", "verb", "to"]));
}

/// A text that says something.
struct Reason;

impl JsonSchema for Reason {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Reason".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "number", "boolean"], "pattern": "\\S" })
    }
}

/// A rule and a fingerprint.
struct Finding;

impl JsonSchema for Finding {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Finding".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        let pattern = format!("^({}|{}):[0-9A-Fa-f]{{16}}$", any_id(), names.join("|"));
        schemars::json_schema!({ "type": "string", "pattern": pattern })
    }
}

/// A path of the repository: parts joined by slashes, none of them empty, `.` or `..`.
struct SpecPath;

impl JsonSchema for SpecPath {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SpecPath".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let pattern = r"^(?!(.*/)?\.{1,2}(/|$))[^/\\]+(/[^/\\]+)*/?$";
        schemars::json_schema!({ "type": ["string", "number", "boolean"], "pattern": pattern })
    }
}

/// A day.
struct Day;

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    }
}
