//! The list under `rules` → its entries, each with why it must hold and exactly one term.

use serde_json::json;

use super::expect::{EXPECT, expect};
use super::shapes;
use super::terms::{DENY, INDEPENDENT, LAYERS, LIMIT, ONLY_THROUGH};
use super::terms::{deny, independent, layers, limit, only_through};
use super::{ContractDeclaration, Lookup};
use crate::language::code::Code;
use crate::language::diagnostic::Diagnostic;
use crate::language::fields::{choice_words, unique, wrong_type};
use crate::language::keys::{Key, Mapping};
use crate::language::schema::shape;
use crate::language::sink::Sink;
use crate::language::tree::{Entry, Text, Tree, Value};
use crate::language::values::{sentence, text};
use crate::model::{Contract, Place, Term};

/// An entry.
pub(crate) static RULE: Mapping = Mapping::new(
    "Rule",
    "Something that must hold. It is said in exactly one way.",
    "in a rule",
    &[
        Key::new("name", shape::text, "What it is called. Findings are told apart by it."),
        Key::new("why", shape::sentence, "Why it must hold, for whoever breaks it.").required(),
        Key::new("deny", |all| DENY.refer(all), "No node of one group gets at a node of another.")
            .holds("`{from, to, by, guards}`"),
        Key::new("only-through", |all| ONLY_THROUGH.refer(all), "Every path passes certain nodes or guards.")
            .holds("`{from, to, through, guard, by, guards}`"),
        Key::new(
            "independent",
            |all| json!({ "anyOf": [shapes::groups(all), INDEPENDENT.refer(all)] }),
            "Groups get at nothing of each other.",
        )
        .holds("groups, or `{groups, by, guards}`"),
        Key::new("layers", |all| LAYERS.refer(all), "Content goes up or down alone.")
            .holds("`{order, flow, by, guards}`"),
        Key::new(
            "expect",
            |all| EXPECT.refer(all),
            "A row, a column or the whole matrix is exactly this. Questions that are left out are not asked.",
        )
        .holds("`{row or column, influence, exposure, write, read, invoke, observe}`"),
        Key::new("limit", |all| LIMIT.refer(all), "A node gets at so many others and no more.")
            .holds("`{of, to, kind, by, guards}`"),
    ],
)
.also(|| {
    let term = |term: &&str| json!({ "required": [term] });
    json!({ "oneOf": TERMS.iter().map(term).collect::<Vec<_>>() })
});

/// Those of them that say what must hold.
const TERMS: &[&str] = &["deny", "only-through", "independent", "layers", "expect", "limit"];

/// Reads `rules`. An entry with a mistake is reported and left out.
pub(crate) fn contracts<'a>(
    key: &Text<'_>,
    value: &Tree<'a>,
    sink: &mut Sink,
) -> Vec<ContractDeclaration<'a>> {
    match value.value {
        Value::List(items) => items.iter().filter_map(|item| contract(key, item, sink)).collect(),
        _ if value.is_null() => Vec::new(),
        _ => {
            wrong_type(key, value, "a list of rules", sink);
            Vec::new()
        }
    }
}

fn contract<'a>(key: &Text<'_>, item: &Tree<'a>, sink: &mut Sink) -> Option<ContractDeclaration<'a>> {
    let Value::Map(entries) = item.value else {
        wrong_type(key, item, "a list of rules such as `{deny: {from: a, to: b}, why: …}`", sink);
        return None;
    };
    let place = entries.first().map_or(item.place, |entry| entry.key.place);
    let (mut called, mut reason, mut terms) = (None, None, Vec::new());
    for entry in &*unique(entries, sink) {
        let Entry { key, value } = entry;
        match key.text {
            "name" => called = text(key, value, sink),
            // Nothing under `why` is no reason, which is said where it is asked for.
            "why" if value.is_null() => {}
            "why" => reason = Some(text(key, value, sink)),
            word if TERMS.contains(&word) => terms.push(*entry),
            _ => RULE.unknown(key, sink),
        }
    }
    let why = why(reason, place, sink);
    let (term, lookups) = only_term(&terms, place, sink)?;
    let contract = Contract {
        name: called.map(|name| name.text.to_owned()),
        why: why?,
        term,
        place: terms[0].key.place,
    };
    Some(ContractDeclaration { contract, name: called.map(|name| name.place), lookups })
}

/// Why it must hold, without blanks around it.
fn why(found: Option<Option<Text<'_>>>, entry: Place, sink: &mut Sink) -> Option<String> {
    let missing = |place| {
        Diagnostic::new(Code::NoWhy, "a rule does not say `why`")
            .at(place, "why must it hold?")
            .help("say it in a sentence, for whoever breaks the rule one day: `why: …`")
    };
    sentence(found, entry, missing, sink)
}

/// The term of an entry, which has exactly one.
fn only_term<'a>(terms: &[Entry<'a>], place: Place, sink: &mut Sink) -> Option<(Term, Vec<Lookup<'a>>)> {
    let problem = match terms {
        [one] => return read(one, sink),
        [] => Diagnostic::new(Code::UnclearRule, "a rule does not say what must hold").at(place, "this rule"),
        [first, second, ..] => Diagnostic::new(
            Code::UnclearRule,
            format!("a rule says both `{}` and `{}`", first.key.text, second.key.text),
        )
        .at(second.key.place, "a second thing")
        .at(first.key.place, "the first one"),
    };
    sink.push(problem.help(format!("a rule says one thing: {}", choice_words(TERMS))));
    None
}

fn read<'a>(entry: &Entry<'a>, sink: &mut Sink) -> Option<(Term, Vec<Lookup<'a>>)> {
    let mut lookups = Vec::new();
    let Entry { key, value } = entry;
    let term = match key.text {
        "deny" => deny(key, value, &mut lookups, sink).map(Term::Deny),
        "only-through" => only_through(key, value, &mut lookups, sink).map(Term::OnlyThrough),
        "independent" => independent(key, value, &mut lookups, sink).map(Term::Independent),
        "layers" => layers(key, value, &mut lookups, sink).map(Term::Layers),
        "expect" => expect(key, value, &mut lookups, sink).map(Term::Expect),
        _ => limit(key, value, &mut lookups, sink).map(Term::Limit),
    };
    term.map(|term| (term, lookups))
}
