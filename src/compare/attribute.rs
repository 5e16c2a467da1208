//! The attributes of a node that mean something, compared.

use super::effect::Effect;
use super::joint::{Joint, Side, is_whole};
use crate::model::{DeclaredValue, Isolation, Node, NodeId, NodeKind, Spec, is_on};

/// An attribute with its value on both sides, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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
    let mut flag = |key, before: bool, after: bool, opens_when: Option<bool>, lowers_when: bool| {
        if before != after {
            let effect = opens_when.map_or(Effect::None, |when| Effect::of(after == when, after != when));
            let lowers = after == lowers_when;
            changed.push((
                Attribute { key, before: before.to_string(), after: after.to_string(), lowers },
                effect,
            ));
        }
    };
    flag("critical", before.critical, after.critical, None, false);
    flag("relays", before.relays, after.relays, Some(true), true);
    flag("persists", before.persists, after.persists, Some(false), true);
    flag("untrusted", before.untrusted, after.untrusted, Some(true), false);
    flag("egress", before.egress, after.egress, Some(true), true);
    flag("general", before.general, after.general, Some(true), true);
    if before.sensitivity != after.sensitivity {
        let (one, other) = (before.sensitivity, after.sensitivity);
        let (before, after) = (one.to_string(), other.to_string());
        changed.push((Attribute { key: "sensitivity", before, after, lowers: other < one }, Effect::None));
    }
    if before.isolation != after.isolation {
        let opens = after.isolation == Isolation::Shared;
        let (before, after) = (before.isolation.to_string(), after.isolation.to_string());
        let attribute = Attribute { key: "isolation", before, after, lowers: opens };
        changed.push((attribute, Effect::of(opens, !opens)));
    }
    opens(joint, node, &mut changed);
    declared(before, after, &mut changed);
    changed
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
        changed.push((attribute, Effect::of(gains, loses)));
    }
}

/// Declared attributes without a flow of their own.
fn declared(before: &Node, after: &Node, changed: &mut Vec<(Attribute, Effect)>) {
    const COMPARED_ABOVE: &[&str] = &[
        "zone",
        "critical",
        "relays",
        "persists",
        "untrusted",
        "egress",
        "general",
        "sensitivity",
        "isolation",
        "was",
    ];
    const SAID_ONLY: &[&str] = &["description", "owner", "tags"];
    let mut keys: Vec<&'static str> = Vec::new();
    for (key, _) in before.declared.iter().chain(after.declared.iter()) {
        if !COMPARED_ABOVE.contains(&key) && !SAID_ONLY.contains(&key) && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.sort_unstable();
    for key in keys {
        let (one, other) = (before.declared.get(key), after.declared.get(key));
        if one != other {
            let lowers = PROTECTS.contains(&key) && is_less(one, other);
            let attribute = Attribute { key, before: words(one), after: words(other), lowers };
            changed.push((attribute, Effect::None));
        }
    }
}

/// Attributes that are a protection where they are declared.
const PROTECTS: &[&str] = &["revocation", "versioned", "controls"];

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
