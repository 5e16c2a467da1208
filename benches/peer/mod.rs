//! The peer of the loader: the YAML crate's own serde side, reading the same bytes into plain types that mirror the language.
//!
//! It gets fair use: no budget, and one-or-many values read by visitors instead of serde's
//! `untagged`, which would buffer each of them first. It checks shapes and closed vocabularies; it looks no name up, expands
//! no selector, and knows no places.

#![expect(dead_code, reason = "most fields are only there to be read into")]

use std::fmt;
use std::marker::PhantomData;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A spec of one file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spec {
    pub(crate) version: u32,
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) zones: Section<Zone>,
    #[serde(default)]
    pub(crate) guards: Section<Guard>,
    #[serde(default)]
    pub(crate) agents: Section<Agent>,
    #[serde(default)]
    pub(crate) principals: Section<Principal>,
    #[serde(default)]
    pub(crate) tools: Section<Tool>,
    #[serde(default)]
    pub(crate) stores: Section<Store>,
    #[serde(default)]
    pub(crate) sessions: Section<Session>,
    #[serde(default)]
    pub(crate) sources: Section<Source>,
    #[serde(default)]
    pub(crate) sinks: Section<Sink>,
    #[serde(default)]
    pub(crate) credentials: Section<Credential>,
}

/// Names with their bodies; a body may be left out.
pub(crate) type Section<Body> = IndexMap<String, Option<Body>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Zone {
    pub(crate) description: Option<String>,
    pub(crate) trust: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Guard {
    pub(crate) description: Option<String>,
    pub(crate) stops: Option<Many<Plane>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Plane {
    Influence,
    Exposure,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sensitivity {
    Public,
    Internal,
    Confidential,
    Secret,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Isolation {
    Shared,
    PerCall,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
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
        pub(crate) struct $name {
            pub(crate) description: Option<String>,
            pub(crate) owner: Option<String>,
            pub(crate) tags: Option<Many<String>>,
            pub(crate) zone: Option<String>,
            pub(crate) critical: Option<bool>,
            pub(crate) was: Option<String>,
            pub(crate) sensitivity: Option<Sensitivity>,
            $(pub(crate) $field: Option<$type>),*
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
pub(crate) enum Setting {
    Boolean(bool),
    Number(f64),
    Text(String),
}

/// An entry under a verb: a name, or the long form.
#[derive(Debug)]
pub(crate) enum Target {
    Name(String),
    Long(Box<LongForm>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LongForm {
    pub(crate) target: String,
    pub(crate) guards: Option<Many<String>>,
    pub(crate) returns: Option<Returns>,
    pub(crate) logged: Option<bool>,
    #[serde(rename = "as")]
    pub(crate) role: Option<Role>,
    pub(crate) note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Returns {
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
pub(crate) struct Many<T>(pub(crate) Vec<T>);

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
pub(crate) fn read(text: &str) -> Result<Spec, String> {
    serde_yaml::from_str_with_options(text, options()).map_err(|error| error.to_string())
}

/// Reads a text and keeps nothing: what the YAML crate costs whatever the types are.
pub(crate) fn skim(text: &str) -> Result<(), String> {
    serde_yaml::from_str_with_options::<IgnoredAny>(text, options())
        .map(|_| ())
        .map_err(|error| error.to_string())
}
