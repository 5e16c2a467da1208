//! The targets of a verb: names, long forms, or a list that mixes them.

use super::code::Code;
use super::declaration::{Details, ReturnsDeclaration, TargetDeclaration};
use super::diagnostic::Diagnostic;
use super::fields::{unique, unknown_key, wrong_type};
use super::sink::Sink;
use super::tree::{Entry, Text, Tree, Value};
use super::values::{boolean, choice, name, text, texts};
use crate::model::{Role, Verb};

/// The keys of the long form.
pub(super) const LONG_FORM: &[&str] = &["target", "guards", "returns", "logged", "uncuttable", "as", "note"];

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
        _ => unknown_key(key, "in the long form of an edge", LONG_FORM, sink),
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
            _ => unknown_key(&entry.key, "in `returns`", &["guards"], sink),
        }
    }
    Some(ReturnsDeclaration::Content(guards))
}
