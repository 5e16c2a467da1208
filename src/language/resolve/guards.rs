//! Where the configuration of guards lies: a store each.

use super::scope::Scope;
use super::settings::Settings;
use crate::language::code::Code;
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{GuardId, NodeId, NodeKind, quoted};

/// The guards that say where they are kept, each with its store.
pub(super) fn kept_in(settings: &Settings<'_>, scope: &Scope<'_>, sink: &mut Sink) -> Vec<(GuardId, NodeId)> {
    let found = settings.kept_in.iter().filter_map(|(guard, name)| {
        let position = settings.guards.get_index_of(guard)?;
        Some((GuardId::new(position), store(name, scope, sink)?))
    });
    found.collect()
}

fn store(name: &Text<'_>, scope: &Scope<'_>, sink: &mut Sink) -> Option<NodeId> {
    let id = scope.find(name, |node| node.kind == NodeKind::Store, sink)?;
    let kind = scope.node(id).kind;
    if kind == NodeKind::Store {
        return Some(id);
    }
    let message =
        format!("a guard is kept in a store, but `{}` is {}", quoted(name.text), kind.with_article());
    sink.push(
        Diagnostic::new(Code::NotKeptThere, message)
            .at(name.place, "is no store")
            .help("name the file, repository or database that whoever edits it changes the guard by"),
    );
    None
}
