//! What a node declares, attribute by attribute in the order of the text: what the output contract repeats.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

/// The attributes of a node as they were declared, defaults not among them. A list that was written as one word is a list
/// all the same. Verbs, `kind`, `members` and `opens` are left out: they have fields of their own.
///
/// A body has a handful of attributes, so that a short list is smaller and faster than any map.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Declared(Box<[(&'static str, DeclaredValue)]>);

/// What stands under an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum DeclaredValue {
    /// One text.
    Text(Box<str>),
    /// One word of a closed set.
    Word(&'static str),
    /// A list of texts.
    Texts(Box<[Box<str>]>),
    /// `true` or `false`.
    Boolean(bool),
    /// The checks on a source.
    Checks(Box<Map<String, Value>>),
}

/// Takes attributes in the order of the text, each once.
impl FromIterator<(&'static str, DeclaredValue)> for Declared {
    fn from_iter<I: IntoIterator<Item = (&'static str, DeclaredValue)>>(attributes: I) -> Self {
        Self(attributes.into_iter().collect())
    }
}

impl Declared {
    /// Whether nothing is declared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The attributes in the order of the text.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'static str, &DeclaredValue)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }

    /// What stands under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&DeclaredValue> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The text or word under a key.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            DeclaredValue::Text(text) => Some(text),
            DeclaredValue::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The texts under a key; none where it is not declared.
    #[must_use]
    pub fn texts(&self, key: &str) -> &[Box<str>] {
        match self.get(key) {
            Some(DeclaredValue::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// The boolean under a key.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            DeclaredValue::Boolean(flag) => Some(*flag),
            _ => None,
        }
    }
}

/// As a mapping.
impl Serialize for Declared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.iter() {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Serialize for DeclaredValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Word(word) => serializer.serialize_str(word),
            Self::Texts(texts) => serializer.collect_seq(texts.iter()),
            Self::Boolean(flag) => serializer.serialize_bool(*flag),
            Self::Checks(checks) => checks.serialize(serializer),
        }
    }
}
