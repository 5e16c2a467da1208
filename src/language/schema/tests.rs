//! Keeps the tables of keys and the loader in step: schema and reference page are made of the tables.

use serde_json::Value;

use super::json_schema;
use crate::language::acceptances::ACCEPTANCE;
use crate::language::code::Code;
use crate::language::contracts::RULE;
use crate::language::document::TOP;
use crate::language::targets::LONG_FORM;
use crate::model::{ATTRIBUTES, Level, NodeKind, Rule, Spec, attributes_of};

/// Whether a text has a key that the loader does not know.
fn is_unknown(text: &str) -> bool {
    let mistakes = Spec::from_text("a.yaml", text).err();
    mistakes.is_some_and(|found| found.items.iter().any(|item| item.code == Code::UnknownKey))
}

/// Nothing stands under a key, which may be a mistake of another kind.
#[test]
fn every_key_of_the_tables_is_one_that_the_loader_reads() {
    let wanted = |keys: Vec<&'static str>, around: &dyn Fn(&str) -> String| {
        for key in keys {
            assert!(!is_unknown(&around(key)), "{key}: {}", around(key));
        }
        assert!(is_unknown(&around("x-unknown")), "{}", around("x-unknown"));
    };
    wanted(TOP.names(), &|key| format!("version: 1\n? {key}\n:"));
    wanted(LONG_FORM.names(), &|key| format!("version: 1\nagents: {{a: {{read: [{{{key}: }}]}}}}\n"));
    wanted(ACCEPTANCE.names(), &|key| format!("version: 1\naccept: [{{{key}: }}]\n"));
    wanted(RULE.names(), &|key| format!("version: 1\nrules: [{{{key}: }}]\n"));
    for kind in NodeKind::ALL {
        assert!(TOP.names().contains(&kind.section()), "{kind}");
        let keys = attributes_of(*kind).map(|attribute| attribute.key).collect();
        wanted(keys, &|key| format!("version: 1\n{}: {{a: {{{key}: }}}}\n", kind.section()));
    }
    let definitions = json_schema()["definitions"].clone();
    let inside = [
        ("Zone", "zones: {a: {KEY: }}"),
        ("Guard", "guards: {a: {KEY: }}"),
        ("Review", "review: {KEY: }"),
        ("GuardedReturn", "agents: {a: {invoke: {target: b, returns: {KEY: }}}}"),
        ("AcceptedEdge", "accept: [{edge: {KEY: }}]"),
        ("Controls", "sources: {a: {controls: {KEY: }}}"),
        ("Deny", "rules: [{deny: {KEY: }}]"),
        ("OnlyThrough", "rules: [{only-through: {KEY: }}]"),
        ("IndependentGroups", "rules: [{independent: {KEY: }}]"),
        ("Layers", "rules: [{layers: {KEY: }}]"),
        ("Expect", "rules: [{expect: {KEY: }}]"),
        ("Limit", "rules: [{limit: {KEY: }}]"),
    ];
    for (name, text) in inside {
        let properties = definitions[name]["properties"].as_object().expect(name);
        for key in properties.keys() {
            assert!(!is_unknown(&format!("version: 1\n{}\n", text.replace("KEY", key))), "{name}: {key}");
        }
        assert!(is_unknown(&format!("version: 1\n{}\n", text.replace("KEY", "x-unknown"))), "{name}");
    }
}

/// The words of levels stand in a table of the language and in an enum of the model.
#[test]
fn every_level_has_a_word() {
    let level = &json_schema()["definitions"]["Level"]["oneOf"];
    let words = level.as_array().expect("words").iter().filter_map(|word| word["const"].as_str());
    let mut levels: Vec<Level> = words.map(|word| Level::from_text(word).expect(word)).collect();
    levels.sort_unstable();
    assert_eq!(levels, Level::ALL);
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

/// The reference for users names every rule, and what it shows loads.
#[test]
fn the_reference_is_complete_and_its_examples_load() {
    let text = std::fs::read_to_string("docs/spec-reference.md").expect("it is there");
    for rule in Rule::ALL {
        let row = format!("| `{}` | `{}` | `{}` |", rule.id(), rule.name(), rule.default_level().as_str());
        assert!(text.contains(&row), "{row}");
    }
    let examples: Vec<&str> =
        text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= 5);
    for example in examples {
        assert!(Spec::from_text("example.yaml", example).is_ok(), "{example}");
    }
}

/// A comparison tells the words of a typed field, so that it has as many as the field has values.
#[test]
fn every_typed_field_has_words() {
    for (attribute, field) in crate::model::node_fields() {
        let kind = attribute.on[0];
        let node = crate::model::Node::declaring(
            kind,
            None,
            crate::model::Declared::default(),
            crate::model::Place { file: 0, start: 0, len: 0 },
        );
        for value in 0..attribute.words().len() {
            let mut node = node.clone();
            (field.set)(&mut node, value);
            assert_eq!((field.get)(&node), value, "{}", attribute.key);
        }
        assert!((field.get)(&node) < attribute.words().len(), "{}", attribute.key);
    }
    assert!(ATTRIBUTES.len() > crate::model::node_fields().len());
}
