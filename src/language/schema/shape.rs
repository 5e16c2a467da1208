//! The parts of which the JSON Schema is made: what stands alone, lists, mappings by name, words, and definitions that are referred to.

use serde_json::{Map, Value, json};

use crate::model::Vocabulary;

/// The definitions of a schema, in the order in which they are first referred to.
#[derive(Debug, Default)]
pub(in crate::language) struct Definitions(Map<String, Value>);

/// What stands under a key, as schema.
pub(in crate::language) type Shape = fn(&mut Definitions) -> Value;

impl Definitions {
    /// A reference to a definition, which is made when it is first referred to.
    pub(in crate::language) fn refer(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.0.contains_key(name) {
            // Its place is taken first: what it refers to itself comes behind it.
            self.0.insert(name.to_owned(), Value::Null);
            let made = make(self);
            self.0.insert(name.to_owned(), made);
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    /// One of the words of a vocabulary.
    pub(in crate::language) fn word(&mut self, vocabulary: &Vocabulary) -> Value {
        self.refer(vocabulary.name, |_| one_of(vocabulary))
    }

    /// All of them, by name.
    pub(in crate::language) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// The words of a vocabulary, each with what it means.
pub(in crate::language) fn one_of(vocabulary: &Vocabulary) -> Value {
    let words = vocabulary.words.iter().zip(vocabulary.meanings);
    let word = |(word, meaning): (&&str, &&str)| json!({ "type": "string", "const": word, "description": meaning.trim() });
    json!({ "oneOf": words.map(word).collect::<Vec<_>>(), "description": vocabulary.doc })
}

/// A text: in YAML whatever stands alone, so a number or a boolean does as well.
pub(in crate::language) fn text(_: &mut Definitions) -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

/// A text that says something.
pub(in crate::language) fn sentence(_: &mut Definitions) -> Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" })
}

/// `true` or `false`.
pub(in crate::language) fn boolean(_: &mut Definitions) -> Value {
    json!({ "type": "boolean" })
}

/// Texts: one, a list of them, or nothing.
pub(in crate::language) fn texts(all: &mut Definitions) -> Value {
    one_or_many(&text(all))
}

/// One item, a list of items, or nothing.
pub(in crate::language) fn one_or_many(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item }, { "type": "null" }] })
}

/// One item, or a list that is not empty.
pub(in crate::language) fn one_or_more(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item, "minItems": 1 }] })
}

/// A list of items, or nothing.
pub(in crate::language) fn entries(item: &Value) -> Value {
    json!({ "type": ["array", "null"], "items": item })
}

/// A mapping from names to bodies, or nothing. A body may be nothing too.
pub(in crate::language) fn named(body: &Value) -> Value {
    json!({
        "type": ["object", "null"],
        "propertyNames": { "minLength": 1, "maxLength": 200 },
        "additionalProperties": { "anyOf": [body, { "type": "null" }] },
    })
}

/// What stands under a key, with what it is. Beside a reference nothing else counts in draft 07, so it is wrapped.
pub(in crate::language) fn described(shape: Value, doc: &str) -> Value {
    let mut shape = shape;
    if shape.get("$ref").is_some() {
        return json!({ "description": doc, "allOf": [shape] });
    }
    shape["description"] = doc.into();
    shape
}

/// A mapping with these keys and no others.
pub(in crate::language) fn mapping(properties: Map<String, Value>, required: &[&str], doc: &str) -> Value {
    let mut mapping = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        mapping["required"] = json!(required);
    }
    mapping["description"] = doc.into();
    mapping
}
