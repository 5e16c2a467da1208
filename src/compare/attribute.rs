//! The attributes of a node that mean something, compared.

use super::effect::Effect;
use super::joint::{Joint, Side, is_whole};
use crate::model;
use crate::model::{
    ATTRIBUTES, Compared, DeclaredValue, Field, Node, NodeId, NodeKind, Spec, Toward, is_on, node_fields,
};

/// An attribute with its value on both sides, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its key in a spec.
    pub key: &'static str,
    /// Its value in the base; defaults filled in.
    pub before: String,
    /// Its value in the head.
    pub after: String,
    /// Whether the node is less protected than before.
    pub lowers: bool,
}

/// The attributes of a node that differ, with what that can do to paths.
pub(crate) fn changed(joint: &Joint, node: NodeId) -> Vec<(Attribute, Effect)> {
    let (before, after) = (joint.node(Side::Base, node), joint.node(Side::Head, node));
    let mut changed = Vec::new();
    kind(before, after, &mut changed);
    zone(joint, node, &mut changed);
    changed
        .extend(node_fields().iter().filter_map(|(attribute, field)| typed(attribute, field, before, after)));
    opens(joint, node, &mut changed);
    declared(before, after, &mut changed);
    changed
}

/// An attribute with a field of its own, its default included.
fn typed(
    attribute: &model::Attribute,
    field: &Field,
    before: &Node,
    after: &Node,
) -> Option<(Attribute, Effect)> {
    // What one of the two kinds cannot say is told with the kind.
    if !attribute.on.contains(&before.kind) || !attribute.on.contains(&after.kind) {
        return None;
    }
    let (one, other) = ((field.get)(before), (field.get)(after));
    let word = |at: usize| attribute.words().get(at).map(|word| (*word).to_owned());
    let toward = if other < one { Toward::First } else { Toward::Last };
    let effect = field.opens.map_or(Effect::None, |opens| Effect::of(toward == opens, toward != opens));
    // What an outsider learns by a key comes out in the answers of a passive tool, and goes on into what a relaying one sends.
    let is_outside = |node: &Node| node.kind == NodeKind::Tool && (node.untrusted || node.egress);
    let effect = match attribute.key {
        "relays" if is_outside(before) || is_outside(after) => Effect::Both,
        _ => effect,
    };
    let (before, after) = (word(one)?, word(other)?);
    let lowers = toward == field.weaker;
    (one != other).then_some((Attribute { key: attribute.key, before, after, lowers }, effect))
}

fn kind(before: &Node, after: &Node, changed: &mut Vec<(Attribute, Effect)>) {
    let text = |node: &Node| {
        node.declared_kind.map_or_else(|| node.kind.to_string(), |kind| format!("{} ({kind})", node.kind))
    };
    // A credential is private whatever it says of its sensitivity.
    let lowers = before.kind == NodeKind::Credential && before.is_private() && !after.is_private();
    let (before, after) = (text(before), text(after));
    if before != after {
        changed.push((Attribute { key: "kind", before, after, lowers }, Effect::None));
    }
}

/// The zone by name. The node is less protected if it stands lower in the head's order than its old zone does, or in none.
fn zone(joint: &Joint, node: NodeId, changed: &mut Vec<(Attribute, Effect)>) {
    let name = |spec: &Spec| spec.node(node).zone.map(|zone| spec.zone_name(zone).to_owned());
    let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
    let (before, after) = (name(base), name(head));
    if before == after {
        return;
    }
    let rank = |name: &Option<String>| {
        let name = name.as_ref()?;
        head.zones.get(name).or_else(|| base.zones.get(name)).map(|zone| zone.trust)
    };
    let lowers = rank(&after) < rank(&before);
    let word = |name: Option<String>| name.unwrap_or_else(|| "none".to_owned());
    changed.push((Attribute { key: "zone", before: word(before), after: word(after), lowers }, Effect::None));
}

/// What a credential opens, among the nodes that are the same on both sides: the rest goes with its node.
fn opens(joint: &Joint, node: NodeId, changed: &mut Vec<(Attribute, Effect)>) {
    let targets = |side| {
        let opens = joint.node(side, node).opens.iter().copied();
        let mut targets: Vec<NodeId> = opens.filter(|target| !is_whole(joint, *target)).collect();
        targets.sort_unstable();
        targets
    };
    let (before, after) = (targets(Side::Base), targets(Side::Head));
    let gains = after.iter().any(|target| !before.contains(target));
    let loses = before.iter().any(|target| !after.contains(target));
    if gains || loses {
        let words = |targets: &[NodeId]| {
            let names: Vec<&str> = targets.iter().map(|target| joint.name(*target)).collect();
            if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
        };
        let (before, after) = (words(&before), words(&after));
        let attribute = Attribute { key: "opens", before, after, lowers: false };
        // A service that lets out what it is given has learned a key until the key is its own.
        let is_mixed = opens_service(joint, node);
        changed.push((attribute, Effect::of(gains || is_mixed, loses || is_mixed)));
    }
}

/// Whether some of what a credential newly opens, or no longer opens, is a tool that lets out what it is given.
pub(super) fn opens_service(joint: &Joint, node: NodeId) -> bool {
    let [before, after] = Side::BOTH.map(|side| &joint.node(side, node).opens);
    let lets_out = |target: &NodeId| Side::BOTH.iter().any(|side| joint.node(*side, *target).egress);
    let differs = |one: &[NodeId], other: &[NodeId]| {
        one.iter().any(|target| !other.contains(target) && lets_out(target))
    };
    differs(before, after) || differs(after, before)
}

/// Declared attributes without a flow of their own, by their keys.
fn declared(before: &Node, after: &Node, changed: &mut Vec<(Attribute, Effect)>) {
    if before.declared == after.declared {
        return;
    }
    let mut told: Vec<Attribute> = Vec::new();
    for attribute in ATTRIBUTES {
        let Compared::Declared { protects } = attribute.compared else { continue };
        let (one, other) = (before.declared.get(attribute.key), after.declared.get(attribute.key));
        if one != other {
            let lowers = protects && is_less(one, other);
            told.push(Attribute { key: attribute.key, before: words(one), after: words(other), lowers });
        }
    }
    told.sort_unstable_by_key(|attribute| attribute.key);
    changed.extend(told.into_iter().map(|attribute| (attribute, Effect::None)));
}

/// Whether a declared protection is gone, in whole or in part.
fn is_less(before: Option<&DeclaredValue>, after: Option<&DeclaredValue>) -> bool {
    let on = |checks: &serde_json::Map<String, serde_json::Value>, key: &String| {
        checks.get(key).is_some_and(is_on)
    };
    match (before, after) {
        (None | Some(DeclaredValue::Boolean(false)), _) => false,
        (Some(_), None | Some(DeclaredValue::Boolean(false))) => true,
        (Some(DeclaredValue::Checks(before)), Some(DeclaredValue::Checks(after))) => {
            before.keys().any(|key| on(before, key) && !on(after, key))
        }
        (Some(_), Some(_)) => false,
    }
}

fn words(value: Option<&DeclaredValue>) -> String {
    match value {
        None => "none".to_owned(),
        Some(DeclaredValue::Text(text)) => text.to_string(),
        Some(DeclaredValue::Word(word)) => (*word).to_owned(),
        Some(DeclaredValue::Boolean(flag)) => flag.to_string(),
        Some(DeclaredValue::Texts(texts)) => texts.join(", "),
        Some(DeclaredValue::Checks(checks)) => {
            let all: Vec<String> = checks.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            all.join(", ")
        }
    }
}
