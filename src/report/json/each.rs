//! Lists that are made while they are written: no more than one item of them is ever held.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// Items that are made one after the other, each time the list is written. In JSON a list like any other.
pub(super) struct Each<'b, T>(Box<dyn Fn() -> Items<'b, T> + 'b>);

type Items<'b, T> = Box<dyn Iterator<Item = T> + 'b>;

impl<'b, T: 'b> Each<'b, T> {
    /// What a function makes of each of some things.
    pub(super) fn of<F>(things: &'b [F], make: impl Fn(&'b F) -> T + Copy + 'b) -> Self {
        Self(Box::new(move || Box::new(things.iter().map(make))))
    }
}

impl<T: Serialize> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

impl<T: JsonSchema> JsonSchema for Each<'_, T> {
    fn schema_name() -> Cow<'static, str> {
        <Vec<T>>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <Vec<T>>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        <Vec<T>>::inline_schema()
    }
}
