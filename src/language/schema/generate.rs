//! The tables of the language → its JSON Schema.

use serde_json::{Value, json};

use super::shape::Definitions;
use crate::language::document::TOP;

/// The JSON Schema (draft 07) of a spec file. It accepts every spec that loads; what it cannot say (names that must be
/// declared, verbs that must be possible) the loader says.
#[must_use]
pub fn json_schema() -> Value {
    let mut all = Definitions::default();
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": TOP.properties(&mut all),
        "required": TOP.required(),
        "title": "crabwalk spec",
        "description": TOP.doc,
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": all.into_value(),
    })
}
