//! Whether bytes are an output of this program: JSON with a `schema` that begins with its name.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// What the schema of every output begins with.
const OURS: &str = "crabwalk/";

/// The schema that a JSON object names, if it is one of ours. It need not be whole, as long as it gets that far.
pub(in crate::input) fn schema(bytes: &[u8]) -> Option<String> {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if first != Some(&b'{') {
        return None;
    }
    let mut found = None;
    // The search ends with an error as soon as it has found something.
    let _ = Search(&mut found).deserialize(&mut serde_json::Deserializer::from_slice(bytes));
    found.filter(|schema| schema.starts_with(OURS))
}

struct Search<'a>(&'a mut Option<String>);

impl<'de> DeserializeSeed<'de> for Search<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Search<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "schema" {
                *self.0 = map.next_value::<Value>()?.as_str().map(str::to_owned);
                return Err(A::Error::custom("found"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_known_by_its_schema_wherever_it_stands() {
        let ours = Some("crabwalk/matrix/1".to_owned());
        for text in [
            r#"{"schema": "crabwalk/matrix/1"}"#,
            "\n {\"a\": [1, {}], \"schema\":\"crabwalk/matrix/1\", \"cut",
        ] {
            assert_eq!(schema(text.as_bytes()), ours, "{text}");
        }
        for text in [
            "",
            "{",
            "[1]",
            r#"{"schema": 1}"#,
            r#"{"schema": "other/1"}"#,
            r#"{"agents": {"schema": "crabwalk/matrix/1"}}"#,
            "{agents: {}, schema: crabwalk/matrix/1}",
            "schema: crabwalk/matrix/1",
        ] {
            assert_eq!(schema(text.as_bytes()), None, "{text}");
        }
    }
}
