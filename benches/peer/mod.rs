//! The peer of the loader: the YAML crate's own serde side, reading the same bytes into plain types that mirror the language.
//!
//! It gets fair use: no budget, and one-or-many values read by visitors instead of serde's
//! `untagged`, which would buffer each of them first. It checks shapes and closed vocabularies; it looks no name up, expands
//! no selector, and knows no places.

use std::fmt;
use std::marker::PhantomData;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A spec of one file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    pub version: u32,
    pub name: Option<String>,
    pub description: Option<String>,
    #[serde(default)]
    pub zones: Section<Zone>,
    #[serde(default)]
    pub guards: Section<Guard>,
    #[serde(default)]
    pub agents: Section<Agent>,
    #[serde(default)]
    pub principals: Section<Principal>,
    #[serde(default)]
    pub tools: Section<Tool>,
    #[serde(default)]
    pub stores: Section<Store>,
    #[serde(default)]
    pub sessions: Section<Session>,
    #[serde(default)]
    pub sources: Section<Source>,
    #[serde(default)]
    pub sinks: Section<Sink>,
    #[serde(default)]
    pub credentials: Section<Credential>,
}

/// Names with their bodies; a body may be left out.
pub type Section<Body> = IndexMap<String, Option<Body>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    pub description: Option<String>,
    pub trust: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guard {
    pub description: Option<String>,
    pub stops: Option<Many<Plane>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plane {
    Influence,
    Exposure,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    Public,
    Internal,
    Confidential,
    Secret,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Isolation {
    Shared,
    PerCall,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Advisor,
    Grader,
    Handoff,
    Delegate,
}

/// A body: what all kinds have, and what this one has besides.
macro_rules! body {
    ($name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            pub description: Option<String>,
            pub owner: Option<String>,
            pub tags: Option<Many<String>>,
            pub zone: Option<String>,
            pub critical: Option<bool>,
            pub was: Option<String>,
            pub sensitivity: Option<Sensitivity>,
            $(pub $field: Option<$type>),*
        }
    };
}

body!(Agent {
    isolation: Isolation,
    untrusted: bool,
    write: Many<Target>,
    read: Many<Target>,
    invoke: Many<Target>,
    observe: Many<Target>,
    model: String,
    platform: String,
    spawns: String,
});
body!(Principal {
    kind: String,
    relays: bool,
    untrusted: bool,
    write: Many<Target>,
    read: Many<Target>,
    invoke: Many<Target>,
    observe: Many<Target>,
    scope: String,
    actions: Many<String>,
});
body!(Tool {
    isolation: Isolation,
    untrusted: bool,
    egress: bool,
    general: bool,
    write: Many<Target>,
    read: Many<Target>,
    invoke: Many<Target>,
    observe: Many<Target>,
});
body!(Store { kind: String, persists: bool, retention: String, revocation: String, versioned: bool });
body!(Session { members: Many<String>, sandbox: bool });
body!(Source { kind: String, untrusted: bool, controls: IndexMap<String, Setting> });
body!(Sink {});
body!(Credential {
    kind: String,
    opens: Many<String>,
    revocation: String,
    refresh: String,
    allowed_hosts: Many<String>,
    lifetime: String,
});

/// A boolean, a number or a text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    Boolean(bool),
    Number(f64),
    Text(String),
}

/// An entry under a verb: a name, or the long form.
#[derive(Debug)]
pub enum Target {
    Name(String),
    Long(Box<LongForm>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LongForm {
    pub target: String,
    pub guards: Option<Many<String>>,
    pub returns: Option<Returns>,
    pub logged: Option<bool>,
    #[serde(rename = "as")]
    pub role: Option<Role>,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Returns {
    Whether(bool),
    Under { guards: Many<String> },
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Target;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name or a long form")
            }
            fn visit_str<E>(self, name: &str) -> Result<Target, E> {
                Ok(Target::Name(name.to_owned()))
            }
            fn visit_string<E>(self, name: String) -> Result<Target, E> {
                Ok(Target::Name(name))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Target, A::Error> {
                LongForm::deserialize(MapAccessDeserializer::new(map))
                    .map(|form| Target::Long(Box::new(form)))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// A list, or one item without brackets.
#[derive(Debug)]
pub struct Many<T>(pub Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
            type Value = Many<T>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an item or a list")
            }
            fn visit_unit<E>(self) -> Result<Many<T>, E> {
                Ok(Many(Vec::new()))
            }
            fn visit_str<E: serde::de::Error>(self, item: &str) -> Result<Many<T>, E> {
                let item = serde::de::value::StrDeserializer::new(item);
                T::deserialize(item).map(|item| Many(vec![item]))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Many<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(|item| Many(vec![item]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Many<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(Many(items))
            }
        }
        deserializer.deserialize_any(OneOrMany(PhantomData))
    }
}

/// What the YAML crate is asked for: no budget. It keeps no comments here: that is a feature we do not ask for.
fn options() -> serde_yaml::Options {
    serde_yaml::options! { budget: None }
}

/// Reads a text into the types above.
pub fn read(text: &str) -> Result<Spec, String> {
    serde_yaml::from_str_with_options(text, options()).map_err(|error| error.to_string())
}

/// Reads a text and keeps nothing: what the YAML crate costs whatever the types are.
pub fn skim(text: &str) -> Result<(), String> {
    serde_yaml::from_str_with_options::<IgnoredAny>(text, options())
        .map(|_| ())
        .map_err(|error| error.to_string())
}
