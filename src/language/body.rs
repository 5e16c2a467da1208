//! A node's entry in its section → a declaration.

use std::mem::{replace, take};

use super::code::Code;
use super::declaration::{NodeDeclaration, TargetDeclaration};
use super::diagnostic::Diagnostic;
use super::fields::{entries, list_words, unique, unknown_key};
use super::sink::Sink;
use super::targets::targets;
use super::tree::{Entry, Text};
use super::values::{boolean, choice, controls, text, texts};
use crate::model::{Attribute, DeclaredValue, NodeKind, Shape, attribute, attributes_of, quoted};

/// Roomy lists that are lent to one node after the other, so that none of them has to grow.
#[derive(Debug, Default)]
pub(super) struct Lists<'a> {
    declared: Vec<(&'static str, DeclaredValue)>,
    targets: Vec<TargetDeclaration<'a>>,
}

/// Reads a node. Whatever is wrong with its body, the node exists: others may name it.
pub(super) fn node<'a>(
    kind: NodeKind,
    entry: &Entry<'a>,
    lists: &mut Lists<'a>,
    sink: &mut Sink,
) -> NodeDeclaration<'a> {
    let expected = "a mapping of attributes, or nothing";
    let body = entries(&entry.key, &entry.value, expected, sink).unwrap_or_default();
    let mut node = NodeDeclaration {
        name: entry.key,
        kind,
        declared_kind: kind.default_declared_kind(),
        zone: None,
        was: None,
        declared: take(&mut lists.declared),
        targets: take(&mut lists.targets),
        opens: Vec::new(),
        members: Vec::new(),
    };
    for field in &*unique(body, sink) {
        match attribute(field.key.text) {
            Some(attribute) if attribute.on.contains(&kind) => read(&mut node, attribute, field, sink),
            Some(attribute) => misplaced(kind, attribute, &field.key, sink),
            None => unknown(kind, &field.key, sink),
        }
    }
    if kind == NodeKind::Tool {
        must_relay(&node, body, sink);
    }
    lists.declared = fit(&mut node.declared);
    lists.targets = fit(&mut node.targets);
    node
}

/// Leaves a list that is just as large as what is in it, and gives the roomy one back, empty.
fn fit<T>(list: &mut Vec<T>) -> Vec<T> {
    let mut fitting = Vec::with_capacity(list.len());
    fitting.append(list);
    replace(list, fitting)
}

/// Reads one attribute.
fn read<'a>(node: &mut NodeDeclaration<'a>, attribute: &Attribute, field: &Entry<'a>, sink: &mut Sink) {
    let Entry { key, value } = field;
    let declared = match attribute.shape {
        Shape::Text => text(key, value, sink).map(|found| DeclaredValue::Text(found.text.into())),
        Shape::Texts => {
            let found = texts(key, value, sink);
            Some(DeclaredValue::Texts(found.iter().map(|found| found.text.into()).collect()))
        }
        Shape::Boolean => boolean(key, value, sink).map(DeclaredValue::Boolean),
        Shape::Choice(vocabulary) => choice(key, value, vocabulary.words, sink).map(DeclaredValue::Word),
        Shape::Controls => controls(key, value, sink).map(|found| DeclaredValue::Checks(Box::new(found))),
        Shape::Zone => {
            node.zone = text(key, value, sink);
            node.zone.map(|zone| DeclaredValue::Text(zone.text.into()))
        }
        Shape::FormerName => {
            node.was = text(key, value, sink);
            node.was.map(|was| DeclaredValue::Text(was.text.into()))
        }
        // What says how the node stands to others has a place of its own in the declaration.
        Shape::Kind => {
            node.declared_kind = choice(key, value, node.kind.declared_kinds(), sink).or(node.declared_kind);
            None
        }
        Shape::Verb(verb) => {
            targets(verb, key, value, &mut node.targets, sink);
            None
        }
        Shape::Opens => {
            node.opens = texts(key, value, sink);
            None
        }
        Shape::Members => {
            node.members = texts(key, value, sink);
            None
        }
    };
    node.declared.extend(declared.map(|declared| (attribute.key, declared)));
}

/// A tool that relays whatever it says, and says that it does not.
fn must_relay(node: &NodeDeclaration<'_>, body: &[Entry<'_>], sink: &mut Sink) {
    let of = |key: &str| node.declared.iter().find(|(name, _)| *name == key).map(|(_, value)| value);
    let says_no = of("relays") == Some(&DeclaredValue::Boolean(false));
    let Some(key) = body.iter().map(|field| &field.key).find(|key| key.text == "relays") else { return };
    let why = match (of("general"), of("isolation")) {
        (Some(DeclaredValue::Boolean(true)), _) => "a general tool can be made to do anything",
        (_, Some(DeclaredValue::Word("shared"))) => "a shared tool has one context for all its callers",
        _ => return,
    };
    if says_no {
        let message = format!("`{}` relays: {why}", quoted(node.name.text));
        sink.push(Diagnostic::new(Code::MustRelay, message).at(key.place, "cannot be `false` here").help(
            "take `relays: false` out, or declare what it really is: `general: false`, `isolation: per-call`",
        ));
    }
}

/// An attribute that only other kinds have.
fn misplaced(kind: NodeKind, attribute: &Attribute, key: &Text<'_>, sink: &mut Sink) {
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
fn unknown(kind: NodeKind, key: &Text<'_>, sink: &mut Sink) {
    let keys: Vec<&'static str> = attributes_of(kind).map(|attribute| attribute.key).collect();
    unknown_key(key, &format!("in {}", kind.with_article()), &keys, sink);
}
