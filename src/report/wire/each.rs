//! Lists that are made while they are written: no more than one item of them is ever held, or a few where all threads make them.

use std::borrow::Cow;

use rayon::prelude::*;
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

    /// The same for items that take long: a few of them are made at once, and written in order.
    pub(super) fn at_once<F: Sync>(
        things: &'b [F],
        make: impl Fn(&'b F) -> T + Copy + Send + Sync + 'b,
    ) -> Self
    where
        T: Send,
    {
        let some = rayon::current_num_threads().max(1);
        let made = move |few: &'b [F]| few.par_iter().map(make).collect::<Vec<T>>();
        Self(Box::new(move || Box::new(things.chunks(some).flat_map(made))))
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
