//! The table of attributes → the bodies of nodes, a definition for each kind.

use serde_json::{Map, Value, json};

use super::shape::{Definitions, boolean, described, mapping, named, one_or_many, text, texts};
use crate::language::keys::with_default;
use crate::language::targets::target_shape;
use crate::model::{Attribute, CHECKS, NodeKind, Shape, Unsaid, attributes_of};

/// The section of a kind: nodes by name.
pub(in crate::language) fn section(all: &mut Definitions, kind: NodeKind) -> Value {
    let body = all.refer(&title(kind), |all| {
        let properties = in_order(kind).map(|attribute| {
            let shape = shape(all, attribute, kind);
            (attribute.key.to_owned(), described(shape, &description(attribute, kind)))
        });
        mapping(properties.collect(), &[], kind.row().doc)
    });
    named(&body)
}

/// What a kind's body is called.
fn title(kind: NodeKind) -> String {
    let mut letters = kind.as_str().chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The attributes of a kind as editors list them: what it is, whom it acts on, what it alone has, what all have.
fn in_order(kind: NodeKind) -> impl Iterator<Item = &'static Attribute> {
    let place = |attribute: &&Attribute| match attribute.shape {
        Shape::Kind => 0,
        Shape::Verb(_) => 1,
        _ if attribute.on != NodeKind::ALL => 2,
        _ => 3,
    };
    let mut attributes: Vec<&Attribute> = attributes_of(kind).collect();
    attributes.sort_by_key(place);
    attributes.into_iter()
}

fn description(attribute: &Attribute, kind: NodeKind) -> String {
    let of = |said: &'static [(NodeKind, &'static str)]| said.iter().find(|(of, _)| *of == kind);
    let doc = of(attribute.doc_of).map_or(attribute.doc, |(_, doc)| doc);
    let default = match attribute.default {
        Unsaid::Nothing => "",
        Unsaid::Always(default) => default,
        Unsaid::Except(except, default, _) if except == kind => default,
        Unsaid::Except(_, _, default) => default,
        Unsaid::By(defaults) => of(defaults).map_or("", |(_, default)| default),
    };
    with_default(doc, default)
}

fn shape(all: &mut Definitions, attribute: &Attribute, kind: NodeKind) -> Value {
    match attribute.shape {
        Shape::Text | Shape::Zone | Shape::FormerName => text(all),
        Shape::Texts | Shape::Opens | Shape::Members => texts(all),
        Shape::Boolean => boolean(all),
        Shape::Choice(vocabulary) => all.word(vocabulary),
        Shape::Controls => all.refer("Controls", controls),
        Shape::Kind => kind.row().declared.as_ref().map_or(Value::Bool(false), |kinds| all.word(kinds)),
        Shape::Verb(_) => one_or_many(&target_shape(all)),
    }
}

/// What is checked when content arrives: each true, false, a number or a text.
fn controls(all: &mut Definitions) -> Value {
    let checks = CHECKS.words.iter().zip(CHECKS.meanings);
    let checks: Map<String, Value> =
        checks.map(|(check, doc)| ((*check).to_owned(), described(text(all), doc))).collect();
    json!({ "type": ["object", "null"], "properties": checks, "additionalProperties": false })
}
