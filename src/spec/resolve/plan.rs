//! The edges of a spec in the order of the text, before selectors are expanded: what a selector takes depends on everything
//! that is named, also further down.

use std::collections::HashMap;

use super::scope::Scope;
use crate::spec::code::Code;
use crate::spec::declaration::{Details, ReturnsDeclaration, TargetDeclaration};
use crate::spec::diagnostic::Diagnostic;
use crate::spec::ids::{GuardId, NodeId};
use crate::spec::model::{Edge, Returns, Via};
use crate::spec::sink::Sink;
use crate::spec::source::Place;
use crate::spec::tree::{Text, quoted};
use crate::spec::vocabulary::{NodeKind, Role, Verb};

/// A step of the plan.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// An edge whose target is named.
    Edge(Edge),
    /// A selector under a verb.
    Select(Select<'a>),
    /// A selector under the members of this session.
    Members(NodeId, &'a Text),
}

/// A selector under a verb with what the long form says besides, guards looked up.
#[derive(Debug)]
pub(super) struct Select<'a> {
    /// The actor.
    pub from: NodeId,
    /// The verb.
    pub verb: Verb,
    /// The entry.
    pub entry: &'a TargetDeclaration,
    /// The guards of the request.
    pub guards: Vec<GuardId>,
    /// `returns` with its place, guards looked up.
    pub returns: Option<(Place, Returns)>,
}

/// The edges that were found, by what makes them the same.
pub(super) type Seen = HashMap<(NodeId, Verb, NodeId), Place>;

/// What an entry says besides its target, guards looked up.
pub(super) fn details(
    entry: &TargetDeclaration,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> (Vec<GuardId>, Option<(Place, Returns)>) {
    let Some(details) = &entry.details else { return (Vec::new(), None) };
    let guards = scope.guards(&details.guards, sink);
    let returns = details.returns.as_ref().map(|(place, returns)| match returns {
        ReturnsDeclaration::Nothing => (*place, Returns::Nothing),
        ReturnsDeclaration::Content(names) => (*place, Returns::Content(scope.guards(names, sink))),
    });
    (guards, returns)
}

/// An edge with what the long form says.
pub(super) fn edge(
    ends: (NodeId, Verb, NodeId),
    entry: &TargetDeclaration,
    via: Via,
    guards: Vec<GuardId>,
    returns: Returns,
) -> Edge {
    let none = Details::default();
    let details = entry.details.as_deref().unwrap_or(&none);
    let (from, verb, to) = ends;
    Edge {
        from,
        verb,
        to,
        guards,
        returns,
        role: details.role,
        logged: details.logged.unwrap_or(details.role != Some(Role::Advisor)),
        note: details.note.clone(),
        via,
        place: entry.target.place,
    }
}

/// Whether something comes back from a verb on a node.
pub(super) fn has_result(verb: Verb, to: NodeId, scope: &Scope<'_>) -> bool {
    let node = scope.node(to);
    verb == Verb::Invoke
        && match node.kind {
            NodeKind::Principal => matches!(node.declared_kind, Some("human" | "service")),
            kind => matches!(kind, NodeKind::Agent | NodeKind::Tool),
        }
}

/// `returns` where nothing returns.
pub(super) fn nothing_returns(place: Place, verb: Verb) -> Diagnostic {
    let message = match verb {
        Verb::Invoke => "nothing returns from what is invoked here".to_owned(),
        _ => format!("nothing returns from `{verb}`"),
    };
    Diagnostic::new(Code::NothingReturns, message)
        .at(place, "says nothing here")
        .help("remove `returns`: only an invoked agent, tool, human or service answers")
}

/// The same edge twice.
pub(super) fn same_edge(edge: &Edge, first: Place, scope: &Scope<'_>) -> Diagnostic {
    let name = |id: NodeId| quoted(&scope.node(id).name.text);
    let message = format!("`{}` {} `{}` twice", name(edge.from), edge.verb.third_person(), name(edge.to));
    let help = match edge.via {
        Via::Member => "a session's member writes and reads it already: remove one of the two",
        _ => "put what both say into one entry",
    };
    Diagnostic::new(Code::SameEdgeTwice, message)
        .at(edge.place, "again")
        .at(first, "the first one")
        .help(help)
}
