//! The former names that `was` gives.

use std::collections::HashMap;

use super::names::check_node_name;
use super::scope::Scope;
use crate::language::code::Code;
use crate::language::declaration::NodeDeclaration;
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::quoted;

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
