//! Names: what one may look like, and the former names that `was` gives.

use std::collections::HashMap;

use super::scope::Scope;
use super::selector::{PREFIXES, prefix_of};
use crate::language::code::Code;
use crate::language::declaration::NodeDeclaration;
use crate::language::diagnostic::Diagnostic;
use crate::language::fields::choice_words;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::quoted;

/// How many characters a name may have.
const LONGEST_NAME: usize = 200;

/// Checks the name of a node that is declared, or that something speaks of without declaring it.
pub(crate) fn check_node_name(name: &Text<'_>, sink: &mut Sink) {
    if let Some(prefix) = prefix_of(name.text) {
        sink.push(
            Diagnostic::new(Code::BadName, format!("a name cannot begin with `{}`", prefix.as_str()))
                .at(name.place, "reads like a selector")
                .help(format!("names that begin with {} select nodes", choice_words(PREFIXES))),
        );
    }
    check_name("node", name, sink);
}

/// Checks the name of a node, a zone or a guard.
pub(super) fn check_name(what: &str, name: &Text<'_>, sink: &mut Sink) {
    let Some(problem) = wrong_name(what, name.text) else { return };
    sink.push(
        Diagnostic::new(Code::BadName, problem)
            .at(name.place, "not a name")
            .help(format!("a name has 1 to {LONGEST_NAME} characters, all of them printable")),
    );
}

/// Whether a text is a selector, which no node can be called.
pub(crate) fn is_selector(text: &str) -> bool {
    prefix_of(text).is_some()
}

/// Why a text cannot be the name of a node, a zone or a guard, if it cannot.
pub(crate) fn wrong_name(what: &str, name: &str) -> Option<String> {
    // Nearly all names are like this, and the checks below read them character by character.
    if (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return None;
    }
    if name.is_empty() {
        Some(format!("a {what} needs a name"))
    } else if name.chars().any(char::is_control) {
        Some(format!("the name `{}` holds a control character", quoted(name)))
    } else if name.chars().nth(LONGEST_NAME).is_some() {
        Some(format!("the name `{}` is longer than {LONGEST_NAME} characters", quoted(name)))
    } else {
        None
    }
}

/// Checks `was`: a comparison takes a node and its former name for one, so that no two nodes may come from one, and none from
/// a node that is still there.
pub(super) fn check_former_names(scope: &Scope<'_>, sink: &mut Sink) {
    let mut first: HashMap<&str, &Text<'_>> = HashMap::new();
    for (_, node) in scope.with_ids() {
        let Some(was) = &node.was else { continue };
        check_node_name(was, sink);
        if was.text == node.name.text {
            sink.push(renamed_to_itself(node, was));
        } else if let Some(present) = scope.declared(was.text) {
            sink.push(still_there(was, present));
        } else if let Some(earlier) = first.get(was.text) {
            sink.push(claimed_twice(was, earlier));
        } else {
            first.insert(was.text, was);
        }
    }
}

fn renamed_to_itself(node: &NodeDeclaration<'_>, was: &Text<'_>) -> Diagnostic {
    Diagnostic::new(Code::FormerName, format!("`{}` says that it was called so before", quoted(was.text)))
        .at(was.place, "its own name")
        .at(node.name.place, "the name it has")
        .help("write the name that it had before, or remove `was`")
}

fn still_there(was: &Text<'_>, present: &NodeDeclaration<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::FormerName,
        format!("`{}` is still a node, so nothing can be it renamed", quoted(was.text)),
    )
    .at(was.place, "said to be a former name")
    .at(present.name.place, format!("{} here", present.kind.with_article()))
    .help("`was` is for a node that has another name now: remove one of the two")
}

fn claimed_twice(was: &Text<'_>, first: &Text<'_>) -> Diagnostic {
    Diagnostic::new(Code::FormerName, format!("two nodes say that they were `{}`", quoted(was.text)))
        .at(was.place, "again")
        .at(first.place, "the first one")
        .help("only one node can be the renamed one: remove `was` from the other, which is new")
}
