//! The targets of a verb: names, long forms, or a list that mixes them.

use serde_json::{Value as Json, json};

use super::code::Code;
use super::declaration::{Details, ReturnsDeclaration, TargetDeclaration};
use super::diagnostic::Diagnostic;
use super::fields::{unique, wrong_type};
use super::keys::{Key, Mapping};
use super::schema::shape;
use super::schema::shape::Definitions;
use super::sink::Sink;
use super::tree::{Entry, Text, Tree, Value};
use super::values::{boolean, choice, name, text, texts};
use crate::model::{Role, Verb};

/// The long form.
pub(super) static LONG_FORM: Mapping = Mapping::new(
    "Edge",
    "The long form of an edge: a target and what holds for it.",
    "in the long form of an edge",
    &[
        Key::new("target", shape::text, TARGET).holds("name or selector").required(),
        Key::new("guards", shape::texts, "The guards on the hand-over; for invoke, on the request.")
            .holds("texts"),
        Key::new(
            "returns",
            |all| json!({ "anyOf": [shape::boolean(all), GUARDED_RETURN.refer(all)] }),
            "What comes back from invoke: true (the default), false, or the guards on the result.",
        )
        .holds("`true`, `false`, `{guards: …}`")
        .more("only where something returns: `invoke` on an agent, a tool, a human or a service"),
        Key::new("logged", shape::boolean, "Whether the hand-over is recorded.")
            .holds("boolean")
            .default("`true`, but `false` for an advisor"),
        Key::new(
            "uncuttable",
            shape::boolean,
            "Whether the edge has to stay: nothing proposes to remove it.",
        )
        .holds("boolean")
        .default("`false`")
        .after("A guard may still be put on it.")
        .more("[`harden`](harden.md) goes by it; it changes no flow"),
        Key::new(
            "as",
            |all| all.word(&Role::VOCABULARY),
            "The role that the invoked node plays for its caller; under read only definition, for what tells the reader what to be.",
        )
        .holds("`advisor`, `grader`, `handoff`, `delegate`; under `read` `definition`")
        .more("it changes no flow. A `definition` is a system prompt, skills, descriptions of tools"),
        Key::new("note", shape::text, "A remark for readers."),
    ],
);

/// What `returns` holds besides a boolean.
static GUARDED_RETURN: Mapping = Mapping::new(
    "GuardedReturn",
    "A result under guards.",
    "in `returns`",
    &[Key::new("guards", shape::texts, "The guards on what comes back.")],
);

const TARGET: &str = "A node's name, or a selector: zone:, tag:, kind: or type: and what it takes.";

/// One target: a name, a selector, or the long form.
pub(super) fn target_shape(all: &mut Definitions) -> Json {
    all.refer("Target", |all| {
        let name = json!({ "description": TARGET, "type": ["string", "number", "boolean"] });
        json!({ "anyOf": [name, LONG_FORM.refer(all)] })
    })
}

/// The roles that `as` can name on an invocation.
pub(super) const CALLEES: &[&str] =
    &[Role::Advisor.as_str(), Role::Grader.as_str(), Role::Handoff.as_str(), Role::Delegate.as_str()];
/// The roles that `as` can name on a read.
pub(super) const READ: &[&str] = &[Role::Definition.as_str()];

/// The entries under a verb.
pub(super) fn targets<'a>(
    verb: Verb,
    key: &Text<'_>,
    value: &Tree<'a>,
    found: &mut Vec<TargetDeclaration<'a>>,
    sink: &mut Sink,
) {
    match value.value {
        Value::List(items) => {
            found.reserve(items.len());
            found.extend(items.iter().filter_map(|item| target(verb, key, item, sink)));
        }
        _ if value.is_null() => {}
        _ => found.extend(target(verb, key, value, sink)),
    }
}

/// One entry: a name or a long form.
fn target<'a>(verb: Verb, key: &Text<'_>, item: &Tree<'a>, sink: &mut Sink) -> Option<TargetDeclaration<'a>> {
    match item.value {
        Value::Map(entries) => long_form(verb, key, entries, sink),
        Value::Scalar { text, .. } if !text.is_empty() => {
            Some(TargetDeclaration { verb, target: Text { text, place: item.place }, details: None })
        }
        _ => {
            wrong_type(key, item, "a name, a long form `{target: …}` or a list of these", sink);
            None
        }
    }
}

/// The long form. What is wrong in it is reported; its target counts all the same.
fn long_form<'a>(
    verb: Verb,
    key: &Text<'_>,
    entries: &'a [Entry<'a>],
    sink: &mut Sink,
) -> Option<TargetDeclaration<'a>> {
    let mut target = None;
    let mut details = Details::default();
    let mut has_target = false;
    for entry in &*unique(entries, sink) {
        match entry.key.text {
            "target" => {
                has_target = true;
                target = name(&entry.key, &entry.value, sink);
            }
            "as" => details.role = role(verb, entry, sink),
            _ => detail(&mut details, entry, sink),
        }
    }
    if !has_target {
        sink.push(
            Diagnostic::new(Code::WrongType, format!("an entry of `{}` has no `target`", key.text))
                .at(entries.first().map_or(key.place, |entry| entry.key.place), "this entry")
                .help("the long form is `{target: name, guards: […], returns: …}`"),
        );
    }
    Some(TargetDeclaration { verb, target: target?, details: Some(Box::new(details)) })
}

/// Any key of the long form but `target` and `as`.
fn detail<'a>(details: &mut Details<'a>, entry: &Entry<'a>, sink: &mut Sink) {
    let Entry { key, value } = entry;
    match key.text {
        "guards" => details.guards = texts(key, value, sink),
        "returns" => details.returns = returns(key, value, sink).map(|found| (key.place, found)),
        "logged" => details.logged = boolean(key, value, sink),
        "uncuttable" => details.uncuttable = boolean(key, value, sink) == Some(true),
        "note" => details.note = text(key, value, sink).map(|note| note.text),
        _ => LONG_FORM.unknown(key, sink),
    }
}

/// `as`, which only an invocation and a read have.
fn role(verb: Verb, entry: &Entry<'_>, sink: &mut Sink) -> Option<Role> {
    let words = match verb {
        Verb::Invoke => CALLEES,
        Verb::Read => READ,
        Verb::Write | Verb::Observe => {
            sink.push(
                Diagnostic::new(Code::MisplacedRole, format!("`as` says nothing about `{verb}`"))
                    .at(entry.key.place, "only `invoke` and `read` have it")
                    .help(
                        "remove it: a role such as `advisor` is what an invoked node plays for its caller, and a store that \
                         is read can be its `definition`",
                    ),
            );
            return None;
        }
    };
    choice(&entry.key, &entry.value, words, sink).and_then(Role::from_text)
}

/// `returns`: a boolean, or a mapping with guards.
fn returns<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Option<ReturnsDeclaration<'a>> {
    if let Some(comes_back) = value.boolean() {
        let content = ReturnsDeclaration::Content(Vec::new());
        return Some(if comes_back { content } else { ReturnsDeclaration::Nothing });
    }
    let Value::Map(found) = value.value else {
        wrong_type(key, value, "`true`, `false` or `{guards: […]}`", sink);
        return None;
    };
    let mut guards = Vec::new();
    for entry in &*unique(found, sink) {
        match entry.key.text {
            "guards" => guards = texts(&entry.key, &entry.value, sink),
            _ => GUARDED_RETURN.unknown(&entry.key, sink),
        }
    }
    Some(ReturnsDeclaration::Content(guards))
}
