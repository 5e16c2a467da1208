//! A node's entry in its section → a declaration.

use serde_json::{Map, Value as Json};

use super::attributes::{Attribute, Shape, attribute, keys_of};
use super::code::Code;
use super::declaration::NodeDeclaration;
use super::diagnostic::Diagnostic;
use super::fields::{entries, list_words, unique, unknown_key};
use super::sink::Sink;
use super::targets::targets;
use super::tree::{Entry, Text};
use super::values::{boolean, choice, controls, text, texts};
use super::vocabulary::NodeKind;

/// Reads a node. Whatever is wrong with its body, the node exists: others may name it.
pub(super) fn node(kind: NodeKind, entry: &Entry, sink: &mut Sink) -> NodeDeclaration {
    let mut node = NodeDeclaration {
        name: entry.key.clone(),
        kind,
        declared_kind: default_kind(kind),
        zone: None,
        declared: Map::new(),
        verbs: Vec::new(),
        opens: Vec::new(),
        members: Vec::new(),
    };
    let expected = "a mapping of attributes, or nothing";
    for field in
        entries(&entry.key, &entry.value, expected, sink).map_or(Vec::new(), |body| unique(body, sink))
    {
        match attribute(&field.key.text) {
            Some(attribute) if attribute.on.contains(&kind) => read(&mut node, attribute, field, sink),
            Some(attribute) => misplaced(kind, attribute, &field.key, sink),
            None => unknown(kind, &field.key, sink),
        }
    }
    node
}

/// The declared kind of a node that declares none.
fn default_kind(kind: NodeKind) -> Option<&'static str> {
    (kind == NodeKind::Store).then_some("memory")
}

/// Reads one attribute.
fn read(node: &mut NodeDeclaration, attribute: &Attribute, field: &Entry, sink: &mut Sink) {
    let Entry { key, value } = field;
    let json = match attribute.shape {
        Shape::Text => text(key, value, sink).map(|found| Json::from(&*found.text)),
        Shape::Texts => Some(texts(key, value, sink).iter().map(|found| Json::from(&*found.text)).collect()),
        Shape::Boolean => boolean(key, value, sink).map(Json::Bool),
        Shape::Choice(words) => choice(key, value, words, sink).map(Json::from),
        Shape::Controls => controls(key, value, sink),
        Shape::Zone => {
            node.zone = text(key, value, sink);
            node.zone.as_ref().map(|zone| Json::from(&*zone.text))
        }
        Shape::Kind | Shape::Verb(_) | Shape::Opens | Shape::Members => {
            read_structure(node, attribute.shape, field, sink);
            None
        }
    };
    if let Some(json) = json {
        node.declared.insert(attribute.name.to_owned(), json);
    }
}

/// Reads an attribute that says how the node stands to others.
fn read_structure(node: &mut NodeDeclaration, shape: Shape, field: &Entry, sink: &mut Sink) {
    let Entry { key, value } = field;
    match shape {
        Shape::Kind => {
            node.declared_kind = choice(key, value, node.kind.declared_kinds(), sink).or(node.declared_kind);
        }
        Shape::Verb(verb) => node.verbs.push((verb, targets(verb, key, value, sink))),
        Shape::Opens => node.opens = texts(key, value, sink),
        Shape::Members => node.members = texts(key, value, sink),
        _ => {}
    }
}

/// An attribute that only other kinds have.
fn misplaced(kind: NodeKind, attribute: &Attribute, key: &Text, sink: &mut Sink) {
    if matches!(attribute.shape, Shape::Verb(_)) {
        sink.push(
            Diagnostic::new(
                Code::CannotAct,
                format!("{} cannot act, so it cannot `{}`", kind.with_article(), key.text),
            )
            .at(key.place, "not here")
            .help("verbs stand under who acts: an agent, a principal or a tool"),
        );
        return;
    }
    let sections: Vec<&str> = attribute.on.iter().map(|kind| kind.section()).collect();
    sink.push(
        Diagnostic::new(Code::MisplacedAttribute, format!("{} has no `{}`", kind.with_article(), key.text))
            .at(key.place, "not an attribute of this kind")
            .help(format!("only {} have it", list_words(&sections))),
    );
}

/// A key that no kind has.
fn unknown(kind: NodeKind, key: &Text, sink: &mut Sink) {
    let keys: Vec<&'static str> = keys_of(kind).collect();
    unknown_key(key, &format!("in {}", kind.with_article()), &keys, sink);
}
