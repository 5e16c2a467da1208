//! A row for each key of the language that is none of a node's body: what the loader takes, what editors show, what the reference page
//! says. Each table of them stands beside what reads it.

use serde_json::{Map, Value, json};

use super::fields::unknown_key;
use super::schema::shape::{Definitions, Shape, described, mapping};
use super::sink::Sink;
use super::tree::Text;

/// A key.
#[derive(Debug)]
pub(super) struct Key {
    /// The key.
    pub name: &'static str,
    /// What stands under it, for the JSON Schema.
    pub shape: Shape,
    /// What stands under it, for the reference page.
    pub holds: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// What holds where it is left out, in words: those of the language in backticks.
    pub default: &'static str,
    /// What there is to say after the default.
    pub after: &'static str,
    /// What the reference page says besides, in Markdown.
    pub more: &'static str,
    /// Whether it has to be there.
    pub required: bool,
}

impl Key {
    /// A key that holds a text and may be left out.
    pub(super) const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { name, shape, holds: "text", doc, default: "", after: "", more: "", required: false }
    }

    pub(super) const fn holds(mut self, holds: &'static str) -> Self {
        self.holds = holds;
        self
    }

    pub(super) const fn default(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }

    pub(super) const fn after(mut self, after: &'static str) -> Self {
        self.after = after;
        self
    }

    pub(super) const fn more(mut self, more: &'static str) -> Self {
        self.more = more;
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What it is, for editors.
    fn description(&self) -> String {
        let mut words = with_default(self.doc, self.default);
        if !self.after.is_empty() {
            words = format!("{words} {}", self.after);
        }
        words
    }
}

/// What something is, and what holds where it is not said: plain text.
pub(super) fn with_default(doc: &str, default: &str) -> String {
    if default.is_empty() { doc.to_owned() } else { format!("{doc} Default: {}.", default.replace('`', "")) }
}

/// A mapping of the language with its keys.
#[derive(Debug)]
pub(super) struct Mapping {
    /// Its name among the definitions of the schema.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Where a key stands in it, for messages: `in a zone`.
    pub whose: &'static str,
    /// Its keys, in the order of the documentation.
    pub keys: &'static [Key],
    /// What the schema asks for besides.
    pub also: fn() -> Value,
}

impl Mapping {
    /// A mapping of which the schema asks for nothing besides.
    pub(super) const fn new(
        name: &'static str,
        doc: &'static str,
        whose: &'static str,
        keys: &'static [Key],
    ) -> Self {
        Self { name, doc, whose, keys, also: || json!({}) }
    }

    pub(super) const fn also(mut self, also: fn() -> Value) -> Self {
        self.also = also;
        self
    }

    /// The keys by name.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    /// Reports a key that is none of these.
    pub(super) fn unknown(&self, key: &Text<'_>, sink: &mut Sink) {
        unknown_key(key, self.whose, &self.names(), sink);
    }

    /// What each key holds.
    pub(super) fn properties(&self, all: &mut Definitions) -> Map<String, Value> {
        let property = |key: &Key| (key.name.to_owned(), described((key.shape)(all), &key.description()));
        self.keys.iter().map(property).collect()
    }

    /// The keys that have to be there.
    pub(super) fn required(&self) -> Vec<&'static str> {
        self.keys.iter().filter(|key| key.required).map(|key| key.name).collect()
    }

    /// A reference to it.
    pub(super) fn refer(&self, all: &mut Definitions) -> Value {
        all.refer(self.name, |all| {
            let mut made = mapping(self.properties(all), &self.required(), self.doc);
            if let (Some(made), Value::Object(also)) = (made.as_object_mut(), (self.also)()) {
                made.extend(also);
            }
            made
        })
    }
}
