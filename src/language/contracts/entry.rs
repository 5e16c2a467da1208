//! The list under `rules` → its entries, each with why it must hold and exactly one term.

use super::expect;
use super::terms::{deny, independent, layers, limit, only_through};
use super::{ContractDeclaration, Lookup};
use crate::language::code::Code;
use crate::language::diagnostic::Diagnostic;
use crate::language::fields::{choice_words, unique, unknown_key, wrong_type};
use crate::language::sink::Sink;
use crate::language::tree::{Entry, Text, Tree, Value};
use crate::language::values::text;
use crate::model::Place;
use crate::model::{Contract, Term};

/// The keys of an entry.
pub(crate) const RULE: &[&str] =
    &["name", "why", "deny", "only-through", "independent", "layers", "expect", "limit"];

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
            _ => unknown_key(key, "in a rule", RULE, sink),
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
    let place = match found {
        Some(None) => return None,
        Some(Some(text)) if !text.text.trim().is_empty() => return Some(text.text.trim().to_owned()),
        Some(Some(text)) => text.place,
        None => entry,
    };
    sink.push(
        Diagnostic::new(Code::NoWhy, "a rule does not say `why`")
            .at(place, "why must it hold?")
            .help("say it in a sentence, for whoever breaks the rule one day: `why: …`"),
    );
    None
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
        "expect" => expect::expect(key, value, &mut lookups, sink).map(Term::Expect),
        _ => limit(key, value, &mut lookups, sink).map(Term::Limit),
    };
    term.map(|term| (term, lookups))
}
