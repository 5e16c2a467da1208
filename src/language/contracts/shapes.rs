//! What stands under the keys of rules, as schema.

use serde_json::{Value, json};

use crate::language::schema::shape;
use crate::language::schema::shape::Definitions;
use crate::model::Way;

/// Names and selectors, never none.
pub(super) fn group(all: &mut Definitions) -> Value {
    shape::one_or_more(&shape::text(all))
}

/// Two groups or more.
pub(super) fn groups(all: &mut Definitions) -> Value {
    json!({ "type": "array", "items": group(all), "minItems": 2 })
}

/// Two layers or more, or none for the zones.
pub(super) fn order(all: &mut Definitions) -> Value {
    json!({ "type": "array", "items": group(all), "not": { "minItems": 1, "maxItems": 1 } })
}

/// One way or several.
pub(super) fn ways(all: &mut Definitions) -> Value {
    shape::one_or_more(&all.word(&Way::VOCABULARY))
}

/// A number of guards, or all ways.
pub(super) fn within(_: &mut Definitions) -> Value {
    json!({ "anyOf": [guards(), { "const": "any" }] })
}

/// A number of nodes, or a percentage of them.
pub(super) fn most(_: &mut Definitions) -> Value {
    let percentage = json!({ "type": "string", "pattern": "^(100|[0-9]{1,2}) *%$" });
    json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, percentage] })
}

/// The cells of a line, or lines by their rows.
pub(super) fn cells(all: &mut Definitions) -> Value {
    let cell = json!({ "anyOf": [shape::text(all), { "type": "object", "additionalProperties": guards() }] });
    let line = shape::one_or_many(&cell);
    json!({ "anyOf": [line, { "type": "object", "additionalProperties": line }] })
}

/// A number of guards.
fn guards() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
}
