//! What a name may look like.

use super::prefix::{PREFIXES, prefix_of};
use crate::language::code::Code;
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
