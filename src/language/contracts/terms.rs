//! The bodies of `deny`, `only-through`, `independent`, `layers` and `limit`.

use serde_json::json;

use super::Lookup;
use super::parts::{Found, group, incomplete, required, ways, whole, within, words};
use super::shapes;
use crate::language::fields::{unique, wrong_type};
use crate::language::keys::{Key, Mapping};
use crate::language::sink::Sink;
use crate::language::tree::{Entry, Text, Tree, Value};
use crate::language::values::{choice, texts};
use crate::model;
use crate::model::{
    Deny, Flow, Independent, Layers, Limit, Most, NodeKind, OnlyThrough, Plane, Vocabulary, Way, Within,
};

/// `by` of nearly every term.
const BY: Key = Key::new("by", shapes::ways, "In which ways.").default("`influence`");
/// `guards` of a term that speaks of open ways.
const GUARDS: Key =
    Key::new("guards", shapes::within, "The most guards that may stand on a way that counts.")
        .default("`0`, open ways alone");

/// `deny`.
pub(super) static DENY: Mapping = Mapping::new(
    "Deny",
    "A denial.",
    "in `deny`",
    &[
        Key::new("from", shapes::group, "Who is compromised: names and selectors.").required(),
        Key::new("to", shapes::group, "What it must not get at: names and selectors.").required(),
        BY,
        GUARDS,
    ],
);

/// `only-through`.
pub(super) static ONLY_THROUGH: Mapping = Mapping::new(
    "OnlyThrough",
    "What every path passes.",
    "in `only-through`",
    &[
        Key::new("from", shapes::group, "Who is compromised: names and selectors.").required(),
        Key::new("to", shapes::group, "What it gets at: names and selectors.").required(),
        Key::new("through", shapes::group, "Nodes, one of which every path passes."),
        Key::new("guard", shapes::group, "Guards, one of which every path passes."),
        BY,
        GUARDS.default("`any`, every way"),
    ],
)
.also(|| json!({ "anyOf": [{ "required": ["through"] }, { "required": ["guard"] }] }));

/// `independent` in its long form.
pub(super) static INDEPENDENT: Mapping = Mapping::new(
    "IndependentGroups",
    "The long form of independent groups.",
    "in `independent`",
    &[
        Key::new("groups", shapes::groups, "Two groups or more: each a name, a selector or a list of these.")
            .required(),
        BY,
        GUARDS,
    ],
);

/// `layers`.
pub(super) static LAYERS: Mapping = Mapping::new(
    "Layers",
    "Layers.",
    "in `layers`",
    &[
        Key::new("order", shapes::order, "The layers, the lowest first.")
            .default("the zones, the least trusted first"),
        Key::new("flow", |all| all.word(FLOWS), "Where content may go.").required(),
        Key::new("by", |all| all.word(&Plane::VOCABULARY), "What of content counts.").default("`influence`"),
        GUARDS,
    ],
);

/// `limit`.
pub(super) static LIMIT: Mapping = Mapping::new(
    "Limit",
    "A limit.",
    "in `limit`",
    &[
        Key::new("of", shapes::group, "The nodes, each of which is limited by itself.").required(),
        Key::new("to", shapes::most, "How many nodes it may get at: a number, or a percentage such as 25%.")
            .required(),
        Key::new("kind", |all| all.word(&NodeKind::VOCABULARY), "The kind of the nodes that count.")
            .default("all of them"),
        BY,
        GUARDS,
    ],
);

/// The words of `flow`.
const FLOWS: &Vocabulary = &model::words!(
    "Flow", "Where content may go between layers.":
    "up" = "From lower layers to higher ones: what is private does not leak down.",
    "down" = "From higher layers to lower ones: what is trusted is not tainted from below.",
);

/// The entries of a term's body.
fn body<'a>(key: &Text<'_>, value: &Tree<'a>, example: &str, sink: &mut Sink) -> Option<Vec<Entry<'a>>> {
    let Value::Map(entries) = value.value else {
        wrong_type(key, value, &format!("a mapping such as `{example}`"), sink);
        return None;
    };
    Some(unique(entries, sink).into_owned())
}

/// What nearly every term has.
struct Common {
    by: Vec<Way>,
    within: Within,
}

impl Common {
    fn of(within: Within) -> Self {
        Self { by: vec![Way::Influence], within }
    }

    /// Takes a key, if it is one of these.
    fn take(&mut self, key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> bool {
        match key.text {
            "by" => self.by = ways(key, value, sink).unwrap_or_else(|| self.by.clone()),
            "guards" => self.within = within(key, value, sink).unwrap_or(self.within),
            _ => return false,
        }
        true
    }
}

const OPEN: Within = Within::Guards(0);

pub(super) fn deny<'a>(
    key: &Text<'_>,
    value: &Tree<'a>,
    lookups: &mut Vec<Lookup<'a>>,
    sink: &mut Sink,
) -> Option<Deny> {
    let mut common = Common::of(OPEN);
    let (mut from, mut to): (Found<Vec<Text<'a>>>, Found<Vec<Text<'a>>>) = (None, None);
    for Entry { key, value } in &body(key, value, "{from: a, to: b}", sink)? {
        match key.text {
            "from" => from = Some(group(key, value, sink)),
            "to" => to = Some(group(key, value, sink)),
            _ if common.take(key, value, sink) => {}
            _ => DENY.unknown(key, sink),
        }
    }
    let help = "name who is compromised and what it must not get at: `deny: {from: a, to: b}`";
    let (from, to) = (required(from, "from", key, help, sink), required(to, "to", key, help, sink));
    let (from, to) = (from?, to?);
    let term = Deny { from: words(&from), to: words(&to), by: common.by, within: common.within };
    lookups.extend(pair(key, from, to));
    Some(term)
}

/// What is to be looked up of two groups.
fn pair<'a>(key: &Text<'_>, from: Vec<Text<'a>>, to: Vec<Text<'a>>) -> [Lookup<'a>; 3] {
    [Lookup::Nodes(from.clone()), Lookup::Nodes(to.clone()), Lookup::Pair(key.place, from, to)]
}

pub(super) fn only_through<'a>(
    key: &Text<'_>,
    value: &Tree<'a>,
    lookups: &mut Vec<Lookup<'a>>,
    sink: &mut Sink,
) -> Option<OnlyThrough> {
    // A way behind guards has to pass as well, unless the rule says otherwise.
    let mut common = Common::of(Within::Any);
    let (mut from, mut to): (Found<Vec<Text<'a>>>, Found<Vec<Text<'a>>>) = (None, None);
    let (mut through, mut guards): (Found<Vec<Text<'a>>>, Found<Vec<Text<'a>>>) = (None, None);
    for Entry { key, value } in &body(key, value, "{from: a, to: b, through: c}", sink)? {
        match key.text {
            "from" => from = Some(group(key, value, sink)),
            "to" => to = Some(group(key, value, sink)),
            "through" => through = Some(group(key, value, sink)),
            "guard" => guards = Some(named_guards(key, value, sink)),
            _ if common.take(key, value, sink) => {}
            _ => ONLY_THROUGH.unknown(key, sink),
        }
    }
    let help = "name both ends and what every path passes: `only-through: {from: a, to: b, through: c}`, or `guard: g`";
    let (from, to) = (required(from, "from", key, help, sink), required(to, "to", key, help, sink));
    if through.is_none() && guards.is_none() {
        let message = "`only-through` names neither `through` nor `guard`".to_owned();
        incomplete(message, key.place, help, sink);
        return None;
    }
    let (from, to) = (from?, to?);
    let (through, guards) =
        (through.map_or(Some(Vec::new()), |found| found)?, guards.map_or(Some(Vec::new()), |found| found)?);
    let term = OnlyThrough {
        from: words(&from),
        to: words(&to),
        through: words(&through),
        guards: words(&guards),
        by: common.by.clone(),
        within: common.within,
    };
    lookups.extend(pair(key, from, to));
    lookups.push(Lookup::Nodes(through));
    lookups.extend(guards.into_iter().map(|guard| Lookup::Guard(guard, common.by.clone())));
    Some(term)
}

/// `guard`: one name or a list of them.
fn named_guards<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Option<Vec<Text<'a>>> {
    let found = texts(key, value, sink);
    if value.is_null() || matches!(value.value, Value::List([])) {
        wrong_type(key, value, "the name of a guard, or a list of these", sink);
    }
    (!found.is_empty()).then_some(found)
}

pub(super) fn independent<'a>(
    key: &Text<'_>,
    value: &Tree<'a>,
    lookups: &mut Vec<Lookup<'a>>,
    sink: &mut Sink,
) -> Option<Independent> {
    let mut common = Common::of(OPEN);
    let mut groups: Found<Vec<Vec<Text<'a>>>> = None;
    if matches!(value.value, Value::Map(_)) {
        for Entry { key, value } in &body(key, value, "{groups: [a, b]}", sink)? {
            match key.text {
                "groups" => groups = Some(list_of_groups(key, value, sink)),
                _ if common.take(key, value, sink) => {}
                _ => INDEPENDENT.unknown(key, sink),
            }
        }
    } else {
        groups = Some(list_of_groups(key, value, sink));
    }
    let help = "name two groups or more: `independent: [a, [b, c]]`, or `{groups: [a, b], by: exposure}`";
    let groups = required(groups, "groups", key, help, sink)?;
    if groups.len() < 2 {
        incomplete("`independent` names fewer than two groups".to_owned(), key.place, help, sink);
        return None;
    }
    let term = Independent {
        groups: groups.iter().map(|group| words(group)).collect(),
        by: common.by,
        within: common.within,
    };
    lookups.extend(groups.iter().cloned().map(Lookup::Nodes));
    lookups.push(Lookup::Apart(groups));
    Some(term)
}

/// A list whose items are groups.
fn list_of_groups<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Option<Vec<Vec<Text<'a>>>> {
    let Value::List(items) = value.value else {
        wrong_type(key, value, "a list, each item of it a name, a selector or a list of these", sink);
        return None;
    };
    // All of them are looked at before any is missed, so that one run reports all mistakes.
    let groups: Vec<_> = items.iter().map(|item| group(key, item, sink)).collect();
    groups.into_iter().collect()
}

pub(super) fn layers<'a>(
    key: &Text<'_>,
    value: &Tree<'a>,
    lookups: &mut Vec<Lookup<'a>>,
    sink: &mut Sink,
) -> Option<Layers> {
    let (mut order, mut flow): (Found<Vec<Vec<Text<'a>>>>, Found<Flow>) = (None, None);
    let (mut plane, mut limit) = (Plane::Influence, OPEN);
    for Entry { key, value } in &body(key, value, "{order: [a, b], flow: down}", sink)? {
        match key.text {
            "order" => order = Some(list_of_groups(key, value, sink)),
            "flow" => flow = Some(direction(key, value, sink)),
            "by" => {
                plane = choice(key, value, Plane::VOCABULARY.words, sink)
                    .and_then(Plane::from_text)
                    .unwrap_or(plane);
            }
            "guards" => limit = within(key, value, sink).unwrap_or(limit),
            _ => LAYERS.unknown(key, sink),
        }
    }
    let help = "say where content may go: `flow: up` from lower layers to higher ones, or `flow: down`";
    let flow = required(flow, "flow", key, help, sink);
    let order = order.map_or(Some(Vec::new()), |found| found)?;
    match order.as_slice() {
        [] => lookups.push(Lookup::Zones(key.place)),
        [_] => {
            let help =
                "name two layers or more, the lowest first, or leave `order` out for the zones of the spec";
            incomplete("`layers` names fewer than two layers".to_owned(), key.place, help, sink);
            return None;
        }
        _ => {}
    }
    let words = order.iter().map(|layer| words(layer)).collect();
    lookups.extend(order.iter().cloned().map(Lookup::Nodes));
    lookups.push(Lookup::Apart(order));
    Some(Layers { order: words, flow: flow?, plane, within: limit })
}

fn direction(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<Flow> {
    choice(key, value, FLOWS.words, sink).map(|word| if word == "up" { Flow::Up } else { Flow::Down })
}

pub(super) fn limit<'a>(
    key: &Text<'_>,
    value: &Tree<'a>,
    lookups: &mut Vec<Lookup<'a>>,
    sink: &mut Sink,
) -> Option<Limit> {
    let mut common = Common::of(OPEN);
    let (mut of, mut to): (Found<Vec<Text<'a>>>, Found<Most>) = (None, None);
    let mut kind = None;
    for Entry { key, value } in &body(key, value, "{of: a, to: 10}", sink)? {
        match key.text {
            "of" => of = Some(group(key, value, sink)),
            "to" => to = Some(most(key, value, sink)),
            "kind" => {
                kind = choice(key, value, NodeKind::VOCABULARY.words, sink).and_then(NodeKind::from_text)
            }
            _ if common.take(key, value, sink) => {}
            _ => LIMIT.unknown(key, sink),
        }
    }
    let help = "say whose reach is limited, and to how many nodes: `limit: {of: a, to: 10}`, or `to: 25%`";
    let (of, to) = (required(of, "of", key, help, sink), required(to, "to", key, help, sink));
    let of = of?;
    let term = Limit { of: words(&of), to: to?, kind, by: common.by, within: common.within };
    lookups.push(Lookup::Nodes(of));
    Some(term)
}

/// A number of nodes, or a percentage of them.
fn most(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<Most> {
    let percent = |text: &str| whole(text.strip_suffix('%')?.trim_end()).filter(|percent| *percent <= 100);
    let found = match value.text() {
        Some(text) if text.text.ends_with('%') => percent(text.text).map(Most::Percent),
        _ => value.plain().and_then(whole).map(Most::Nodes),
    };
    if found.is_none() {
        wrong_type(key, value, "a number of nodes, or a percentage of them such as `25%`", sink);
    }
    found
}
