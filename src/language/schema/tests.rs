//! Keeps the schema and the loader in step.

use std::collections::BTreeSet;

use serde_json::Value;

use super::json_schema;
use crate::language::acceptances::{ACCEPTANCE, ACCEPTED_EDGE};
use crate::language::contracts::{DENY, EXPECT, FLOWS, INDEPENDENT, LAYERS, LIMIT, ONLY_THROUGH, RULE};
use crate::language::document::{GUARD, TOP, ZONE};
use crate::language::levels::{LEVELS, REVIEW};
use crate::language::targets::{CALLEES, LONG_FORM, READ};
use crate::model::CONTROLS;
use crate::model::attributes::{ATTRIBUTES, Shape, keys_of};
use crate::model::{NodeKind, Plane, Rule, Verb};

/// The type that stands for a kind's body.
fn definition(schema: &Value, kind: NodeKind) -> Value {
    let name = kind.as_str();
    let name = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
    schema["definitions"][&name].clone()
}

fn properties(schema: &Value) -> BTreeSet<&str> {
    schema["properties"].as_object().expect("it has properties").keys().map(String::as_str).collect()
}

/// The words that a property takes; its type may stand in a definition of its own.
fn words<'a>(schema: &'a Value, property: &'a Value) -> BTreeSet<&'a str> {
    let reference = property.get("$ref").or_else(|| property["allOf"][0].get("$ref")).and_then(Value::as_str);
    let found = reference.map_or(property, |path| schema.pointer(&path[1..]).expect("it is defined"));
    let one = found.get("const").and_then(Value::as_str);
    let plain = found.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let described = found.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    described.flat_map(|word| word["const"].as_str()).chain(plain).chain(one).collect()
}

#[test]
fn every_section_has_the_keys_that_the_loader_reads() {
    let schema = json_schema();
    assert_eq!(properties(&schema), TOP.iter().copied().collect());
    for kind in NodeKind::ALL {
        assert_eq!(properties(&definition(&schema, *kind)), keys_of(*kind).collect(), "{kind}");
    }
    let definitions = &schema["definitions"];
    assert_eq!(properties(&definitions["Zone"]), ZONE.iter().copied().collect());
    assert_eq!(properties(&definitions["Guard"]), GUARD.iter().copied().collect());
    assert_eq!(properties(&definitions["Edge"]), LONG_FORM.iter().copied().collect());
    assert_eq!(properties(&definitions["Review"]), REVIEW.iter().copied().collect());
    let rules = Rule::ALL.iter().flat_map(|rule| [rule.id(), rule.name()]).collect();
    assert_eq!(properties(&definitions["Review"]["properties"]["levels"]), rules);
    assert_eq!(properties(&definitions["Acceptance"]), ACCEPTANCE.iter().copied().collect());
    assert_eq!(properties(&definitions["AcceptedEdge"]), ACCEPTED_EDGE.iter().copied().collect());
    assert_eq!(properties(&definitions["Rule"]), RULE.iter().copied().collect());
    let terms = [
        ("Deny", DENY),
        ("OnlyThrough", ONLY_THROUGH),
        ("IndependentGroups", INDEPENDENT),
        ("Layers", LAYERS),
        ("Expect", EXPECT),
        ("Limit", LIMIT),
    ];
    for (term, keys) in terms {
        assert_eq!(properties(&definitions[term]), keys.iter().copied().collect(), "{term}");
    }
    assert_eq!(properties(&definitions["Controls"]), CONTROLS.iter().copied().collect());
}

#[test]
fn every_enumeration_has_the_words_that_the_loader_reads() {
    let schema = json_schema();
    for attribute in ATTRIBUTES {
        for kind in attribute.on {
            let body = definition(&schema, *kind);
            let found = words(&schema, &body["properties"][attribute.name]);
            let expected = match attribute.shape {
                Shape::Choice(words) => words.iter().copied().collect(),
                Shape::Kind => kind.declared_kinds().iter().copied().collect(),
                _ => BTreeSet::new(),
            };
            assert_eq!(found, expected, "{} of {kind}", attribute.name);
        }
    }
    let edge = &schema["definitions"]["Edge"];
    assert_eq!(words(&schema, &edge["properties"]["as"]), CALLEES.iter().chain(READ).copied().collect());
    let level = &schema["definitions"]["Review"]["properties"]["levels"]["properties"]["CW001"];
    assert_eq!(words(&schema, level), LEVELS.iter().copied().collect());
    let definitions = &schema["definitions"];
    let kind = &definitions["Limit"]["properties"]["kind"];
    assert_eq!(words(&schema, kind), NodeKind::ALL.iter().map(|kind| kind.as_str()).collect());
    let layers = &definitions["Layers"]["properties"];
    assert_eq!(words(&schema, &layers["flow"]), FLOWS.iter().copied().collect());
    assert_eq!(words(&schema, &layers["by"]), Plane::ALL.iter().map(|plane| plane.as_str()).collect());
    let verb = &schema["definitions"]["AcceptedEdge"]["properties"]["verb"];
    assert_eq!(words(&schema, verb), Verb::ALL.iter().map(|verb| verb.as_str()).collect());
}

#[test]
fn every_property_is_described_and_nothing_unknown_is_let_in() {
    fn walk(value: &Value, path: &str) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            assert_eq!(value["additionalProperties"], false, "{path}");
            for (name, property) in properties {
                let described = property["description"].as_str().is_some_and(|text| !text.is_empty());
                assert!(described, "{path}/{name} has no description");
            }
        }
        match value {
            Value::Object(map) => map.iter().for_each(|(key, inner)| walk(inner, &format!("{path}/{key}"))),
            Value::Array(items) => items.iter().for_each(|inner| walk(inner, path)),
            _ => {}
        }
    }
    walk(&json_schema(), "");
}

#[test]
fn the_schema_requires_the_version_a_target_and_what_an_acceptance_needs() {
    let schema = json_schema();
    assert_eq!(schema["required"], serde_json::json!(["version"]));
    assert_eq!(schema["definitions"]["Edge"]["required"], serde_json::json!(["target"]));
    assert_eq!(schema["definitions"]["Acceptance"]["required"], serde_json::json!(["reason"]));
    assert_eq!(schema["definitions"]["AcceptedEdge"]["required"], serde_json::json!(["from", "verb", "to"]));
    assert!(schema["definitions"]["Agent"].get("required").is_none());
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
}

/// The reference for users names every key, and what it shows loads.
#[test]
fn the_reference_is_complete_and_its_examples_load() {
    let text = std::fs::read_to_string("docs/spec-reference.md").expect("it is there");
    for attribute in ATTRIBUTES {
        assert!(text.contains(&format!("| `{}` |", attribute.name)), "{}", attribute.name);
    }
    for rule in Rule::ALL {
        let row = format!("| `{}` | `{}` | `{}` |", rule.id(), rule.name(), rule.default_level().as_str());
        assert!(text.contains(&row), "{row}");
    }
    for key in LONG_FORM.iter().chain(ACCEPTANCE).chain(RULE) {
        assert!(text.contains(&format!("| `{key}` |")), "{key}");
    }
    let examples: Vec<&str> =
        text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= 5);
    for example in examples {
        assert!(crate::model::Spec::from_text("example.yaml", example).is_ok(), "{example}");
    }
}
