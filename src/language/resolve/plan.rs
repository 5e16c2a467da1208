//! The edges of a spec in the order of the text, before selectors are expanded: what a selector takes depends on everything
//! that is named, also further down.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::scope::Scope;
use crate::language::code::Code;
use crate::language::declaration::{ReturnsDeclaration, TargetDeclaration};
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{Edge, GuardId, More, NodeId, NodeKind, Place, Role, Verb, Via, quoted};

/// A step of the plan.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// An edge whose target is named.
    Edge(Edge),
    /// What has to wait until all of those are known.
    Later(Later<'a>),
}

/// A selector.
#[derive(Debug)]
pub(super) enum Later<'a> {
    /// Under a verb.
    Select(Select<'a>),
    /// Under the members of this session.
    Members(NodeId, &'a Text<'a>),
}

/// The result leg: its guards, or nothing where nothing comes back.
pub(super) type Answer = Option<Box<[GuardId]>>;

/// A selector under a verb with what the long form says besides, guards looked up.
#[derive(Debug)]
pub(super) struct Select<'a> {
    /// The actor.
    pub from: NodeId,
    /// The entry.
    pub entry: &'a TargetDeclaration<'a>,
    /// The guards of the request.
    pub guards: Box<[GuardId]>,
    /// `returns` with its place, guards looked up.
    pub returns: Option<(Place, Answer)>,
}

/// The edges that were found, by what makes them the same.
#[derive(Debug, Default)]
pub(super) struct Seen {
    places: HashMap<(NodeId, Verb, NodeId), Place, RandomState>,
}

/// A table that is emptied for each actor is not kept beyond this size: emptying costs as much as it can hold.
const LARGE: usize = 1_000;

impl Seen {
    /// These edges, which are all different.
    pub(super) fn of(edges: &[Edge]) -> Self {
        let places = edges.iter().map(|edge| ((edge.from, edge.verb, edge.to), edge.place));
        Self { places: places.collect() }
    }

    /// Where an edge was found first.
    pub(super) fn get(&self, from: NodeId, verb: Verb, to: NodeId) -> Option<Place> {
        self.places.get(&(from, verb, to)).copied()
    }

    /// Puts an edge down. If it is there already, nothing changes, and this says where it was found first.
    pub(super) fn add(&mut self, edge: &Edge) -> Result<(), Place> {
        match self.places.entry((edge.from, edge.verb, edge.to)) {
            Entry::Occupied(first) => Err(*first.get()),
            Entry::Vacant(free) => {
                free.insert(edge.place);
                Ok(())
            }
        }
    }

    /// Forgets all edges.
    pub(super) fn forget(&mut self) {
        if self.places.capacity() > LARGE {
            self.places = HashMap::default();
        }
        self.places.clear();
    }
}

/// What an entry says besides its target, guards looked up.
pub(super) fn details(
    entry: &TargetDeclaration<'_>,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> (Box<[GuardId]>, Option<(Place, Answer)>) {
    let Some(details) = &entry.details else { return (Box::default(), None) };
    let guards = scope.guards(&details.guards, sink);
    let returns = details.returns.as_ref().map(|(place, returns)| match returns {
        ReturnsDeclaration::Nothing => (*place, None),
        ReturnsDeclaration::Content(names) => (*place, Some(scope.guards(names, sink))),
    });
    (guards, returns)
}

/// What an entry says that few edges have.
pub(super) fn more(entry: &TargetDeclaration<'_>, via: Via) -> Option<Arc<More>> {
    let note = entry.details.as_ref().and_then(|details| details.note);
    let some = note.is_some() || via != Via::Name;
    some.then(|| Arc::new(More { note: note.map(str::to_owned), via }))
}

/// An edge with what the long form says.
pub(super) fn edge(
    from: NodeId,
    to: NodeId,
    entry: &TargetDeclaration<'_>,
    more: Option<Arc<More>>,
    guards: Box<[GuardId]>,
    result: Answer,
) -> Edge {
    let details = entry.details.as_deref();
    let role = details.and_then(|details| details.role);
    Edge {
        from,
        verb: entry.verb,
        to,
        guards,
        result,
        role,
        logged: details.and_then(|details| details.logged).unwrap_or(role != Some(Role::Advisor)),
        uncuttable: details.is_some_and(|details| details.uncuttable),
        more,
        place: entry.target.place,
    }
}

/// Whether something comes back from a verb on a node.
pub(super) fn has_result(verb: Verb, to: NodeId, scope: &Scope<'_>) -> bool {
    let node = scope.node(to);
    verb == Verb::Invoke && answers(node.kind, node.declared_kind)
}

/// Whether a node of this kind answers when it is invoked.
pub(crate) fn answers(kind: NodeKind, declared_kind: Option<&str>) -> bool {
    match kind {
        NodeKind::Principal => matches!(declared_kind, Some("human" | "service")),
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
    let name = |id: NodeId| quoted(scope.node(id).name.text);
    let message = format!("`{}` {} `{}` twice", name(edge.from), edge.verb.third_person(), name(edge.to));
    let help = match edge.via() {
        Via::Member => "a session's member writes and reads it already: remove one of the two",
        _ => "put what both say into one entry",
    };
    Diagnostic::new(Code::SameEdgeTwice, message)
        .at(edge.place, "again")
        .at(first, "the first one")
        .help(help)
}
