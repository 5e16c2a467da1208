//! Schema types → the JSON Schema.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use super::top::Spec;

/// The JSON Schema (draft 07) of a spec file. It accepts every spec that loads; what it cannot say (names that must be
/// declared, verbs that must be possible) the loader says.
#[must_use]
pub fn json_schema() -> Value {
    let settings = SchemaSettings::draft07().with_transform(RecursiveTransform(only_what_is_required));
    settings.into_generator().into_root_schema_for::<Spec>().to_value()
}

/// The keys that must be there where they may be.
const REQUIRED: &[&str] =
    &["version", "target", "reason", "from", "to", "verb", "why", "of", "flow", "groups"];

/// All keys may be left out but those. The types cannot say so: an `Option` would accept `null` as well. What has no keys of its
/// own is a condition, and says by itself what it asks for.
fn only_what_is_required(schema: &mut Schema) {
    if schema.get("properties").is_none() {
        return;
    }
    let Some(Value::Array(required)) = schema.get_mut("required") else { return };
    required.retain(|key| key.as_str().is_some_and(|key| REQUIRED.contains(&key)));
    if required.is_empty() {
        schema.remove("required");
    }
}

/// A text: in YAML whatever stands alone, so a number or a boolean does as well.
pub(super) struct Text;

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

/// One item, a list of items, or nothing.
pub(super) struct OneOrMany<T>(std::marker::PhantomData<T>);

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [item, { "type": "array", "items": item }, { "type": "null" }] })
    }
}

/// A mapping from names to bodies, or nothing. A body may be nothing too.
pub(super) struct Named<T>(std::marker::PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let body = generator.subschema_for::<T>();
        schemars::json_schema!({
            "type": ["object", "null"],
            "propertyNames": { "minLength": 1, "maxLength": 200 },
            "additionalProperties": { "anyOf": [body, { "type": "null" }] },
        })
    }
}
