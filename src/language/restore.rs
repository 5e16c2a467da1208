//! Parts of a spec that come from elsewhere than its text → the same parts, checked as the loader checks what it reads.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::resolve::{answers, is_selector, wrong_name};
use crate::model::{
    CONTROLS, Declared, DeclaredValue, Edge, Node, NodeId, NodeKind, Place, Shape, Spec, Verb, Zone, ZoneId,
    always_relays, attribute, quoted,
};

/// What is wrong, in words.
pub(crate) type Wrong = String;

/// A node as it is described elsewhere: [`Declared`] before its attributes have been looked up.
#[derive(Debug)]
pub(crate) struct Description<'a> {
    /// The section it stands in, in the singular.
    pub kind: &'a str,
    /// The declared kind.
    pub declared_kind: Option<&'a str>,
    /// Every declared attribute in the order of the text.
    pub attributes: &'a [(String, Value)],
    /// Where its name stands.
    pub place: Place,
}

/// The node that a description gives, without what it opens.
///
/// # Errors
/// What the loader would not take.
pub(crate) fn node(from: &Description<'_>, zones: &IndexMap<String, Zone>) -> Result<Node, Wrong> {
    let kind =
        NodeKind::from_text(from.kind).ok_or_else(|| format!("no node is a `{}`", quoted(from.kind)))?;
    let declared_kind = declared_kind(kind, from.declared_kind)?;
    let mut declared: Vec<(&'static str, DeclaredValue)> = Vec::with_capacity(from.attributes.len());
    for (name, value) in from.attributes {
        let (name, value) = declared_value(kind, name, value)?;
        if declared.iter().any(|(known, _)| *known == name) {
            return Err(format!("`{name}` stands twice"));
        }
        declared.push((name, value));
    }
    let declared = Declared::from_iter(declared);
    if kind == NodeKind::Tool && declared.flag("relays") == Some(false) && always_relays(&declared) {
        return Err("it relays, as every general or shared tool does".to_owned());
    }
    let zone = declared.text("zone").map(|zone| {
        let found = zones.get_index_of(zone).map(ZoneId::new);
        found.ok_or_else(|| format!("the zone `{}` is not declared", quoted(zone)))
    });
    Ok(Node { zone: zone.transpose()?, ..Node::declaring(kind, declared_kind, declared, from.place) })
}

/// The declared kind, if nodes of this kind can have it.
fn declared_kind(kind: NodeKind, word: Option<&str>) -> Result<Option<&'static str>, Wrong> {
    let Some(word) = word else { return Ok(None) };
    let found = kind.declared_kinds().iter().copied().find(|known| *known == word);
    found.map(Some).ok_or_else(|| format!("{} is no `{}`", kind.with_article(), quoted(word)))
}

/// An attribute with its value, if nodes of this kind can have it.
fn declared_value(kind: NodeKind, name: &str, value: &Value) -> Result<(&'static str, DeclaredValue), Wrong> {
    let known = attribute(name).filter(|known| known.on.contains(&kind));
    let known = known.ok_or_else(|| format!("{} has no `{}`", kind.with_article(), quoted(name)))?;
    let value = match known.shape {
        Shape::Text | Shape::Zone | Shape::FormerName => {
            value.as_str().map(|text| DeclaredValue::Text(text.into()))
        }
        Shape::Texts => texts(value),
        Shape::Boolean => value.as_bool().map(DeclaredValue::Boolean),
        Shape::Choice(vocabulary) => vocabulary
            .words
            .iter()
            .find(|word| value.as_str() == Some(**word))
            .map(|word| DeclaredValue::Word(word)),
        Shape::Controls => value
            .as_object()
            .filter(|checks| checked(checks))
            .cloned()
            .map(|checks| DeclaredValue::Checks(Box::new(checks))),
        Shape::Kind | Shape::Verb(_) | Shape::Opens | Shape::Members => None,
    };
    value.map(|value| (known.key, value)).ok_or_else(|| format!("`{name}` has a value that it cannot have"))
}

fn texts(value: &Value) -> Option<DeclaredValue> {
    let item = |item: &Value| item.as_str().filter(|text| !text.is_empty()).map(Into::into);
    value.as_array()?.iter().map(item).collect::<Option<_>>().map(DeclaredValue::Texts)
}

/// Whether these can be the checks on a source.
fn checked(checks: &Map<String, Value>) -> bool {
    checks.iter().all(|(name, value)| {
        CONTROLS.contains(&name.as_str()) && (value.is_boolean() || value.is_number() || value.is_string())
    })
}

/// Checks a name.
///
/// # Errors
/// Why nothing can be called that.
pub(crate) fn name(what: &str, name: &str) -> Result<(), Wrong> {
    if what == "node" && is_selector(name) {
        return Err(format!("`{}` reads like a selector", quoted(name)));
    }
    wrong_name(what, name).map_or(Ok(()), Err)
}

/// Whether a text can be a selector.
pub(crate) fn selects(text: &str) -> bool {
    is_selector(text)
}

/// Checks that a node can open these.
///
/// # Errors
/// Why it cannot.
pub(crate) fn opens(spec: &Spec, node: &Node, opened: &[NodeId]) -> Result<(), Wrong> {
    if !opened.is_empty() && node.kind != NodeKind::Credential {
        return Err(format!("{} opens nothing", node.kind.with_article()));
    }
    let mut seen = HashSet::with_capacity(opened.len());
    for target in opened {
        let name = quoted(spec.node_name(*target));
        if !matches!(spec.node(*target).kind, NodeKind::Tool | NodeKind::Agent) {
            return Err(format!("a credential opens tools and agents, and `{name}` is neither"));
        }
        if !seen.insert(target) {
            return Err(format!("`{name}` is opened twice"));
        }
    }
    Ok(())
}

/// Checks an edge by itself.
///
/// # Errors
/// Why there cannot be such an edge.
pub(crate) fn edge(spec: &Spec, edge: &Edge) -> Result<(), Wrong> {
    let (from, to) = (spec.node(edge.from), spec.node(edge.to));
    let nameless = to.kind == NodeKind::Principal && to.declared_kind.is_none();
    if !from.kind.acts() {
        return Err(format!("{} cannot act", from.kind.with_article()));
    }
    if edge.from == edge.to {
        return Err("it names itself".to_owned());
    }
    if !edge.verb.applies_to(to.kind) || (edge.verb == Verb::Invoke && nameless) {
        return Err(format!("{} cannot be {}", to.kind.with_article(), edge.verb.participle()));
    }
    if edge.result.is_some() && !(edge.verb == Verb::Invoke && answers(to.kind, to.declared_kind)) {
        return Err("nothing returns from it".to_owned());
    }
    if edge.role.is_some_and(|role| role.verb() != edge.verb) {
        return Err(format!("`as` says nothing about `{}`", edge.verb));
    }
    for guards in [Some(&edge.guards), edge.result.as_ref()].into_iter().flatten() {
        let mut seen = HashSet::with_capacity(guards.len());
        if let Some(twice) = guards.iter().find(|guard| !seen.insert(**guard)) {
            return Err(format!("`{}` stands twice on it", quoted(spec.guard_name(*twice))));
        }
    }
    Ok(())
}
