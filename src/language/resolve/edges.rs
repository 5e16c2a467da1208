//! Verbs with their targets, and sessions with their members → edges in the order of the text.

use super::members;
use super::members::Members;
use super::plan::{
    Answer, Later, Seen, Select, Step, details, edge, has_result, more, nothing_returns, same_edge,
};
use super::prefix::prefix_of;
use super::scope::Scope;
use super::selector::{Selectors, Use, takes_nothing};
use crate::language::code::Code;
use crate::language::declaration::{NodeDeclaration, TargetDeclaration};
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{Edge, NodeId, NodeKind, Place, Verb, Via, join_words_plain, quoted};

/// How many edges selectors may make together: more than any report could show, and few enough to hold in memory.
pub(super) const MOST_SELECTED: usize = 2_000_000;

/// All edges in the order of the text.
pub(super) fn resolve(scope: &Scope<'_>, sink: &mut Sink) -> Vec<Edge> {
    let plan = Plan::new(scope, sink);
    if plan.later.is_empty() {
        return plan.edges;
    }
    Expansion {
        scope,
        seen: Seen::of(&plan.edges),
        selectors: Selectors::default(),
        members: plan.members,
        edges: Vec::with_capacity(plan.edges.len() + plan.later.len()),
        selected: 0,
    }
    .run(plan.edges, plan.later, sink)
}

/// First pass: the edges that are named, and the selectors between them.
struct Plan<'a> {
    edges: Vec<Edge>,
    /// Selectors with how many edges are named before them.
    later: Vec<(usize, Later<'a>)>,
    members: Members,
}

impl<'a> Plan<'a> {
    fn new(scope: &Scope<'a>, sink: &mut Sink) -> Self {
        let named = scope.nodes.iter().map(|node| node.targets.len()).sum();
        let mut plan =
            Self { edges: Vec::with_capacity(named), later: Vec::new(), members: Members::default() };
        let mut seen = Seen::default();
        // Only the members of a session make edges that are not under their own actor.
        let actor_by_actor = scope.nodes.iter().all(|node| node.members.is_empty());
        for (from, node) in scope.with_ids() {
            if actor_by_actor {
                seen.forget();
            }
            for entry in &node.targets {
                if let Some(step) = plan_entry(from, entry, scope, sink) {
                    plan.take(step, &mut seen, scope, sink);
                }
            }
            for step in plan.members.plan(from, node, scope, sink) {
                plan.take(step, &mut seen, scope, sink);
            }
        }
        plan
    }

    /// Takes a step, unless it brings an edge that was there already; the same edge twice is reported.
    fn take(&mut self, step: Step<'a>, seen: &mut Seen, scope: &Scope<'_>, sink: &mut Sink) {
        let edge = match step {
            Step::Edge(edge) => edge,
            Step::Later(later) => return self.later.push((self.edges.len(), later)),
        };
        let Err(first) = seen.add(&edge) else { return self.edges.push(edge) };
        // A member that is named twice writes and reads twice; one of the two says it.
        let said = *edge.via() == Via::Member
            && edge.verb == Verb::Read
            && seen
                .get(edge.from, Verb::Write, edge.to)
                .is_some_and(|write| write == first && write != edge.place);
        if !said {
            sink.push(same_edge(&edge, first, scope));
        }
    }
}

/// One entry under a verb.
fn plan_entry<'a>(
    from: NodeId,
    entry: &'a TargetDeclaration<'a>,
    scope: &Scope<'a>,
    sink: &mut Sink,
) -> Option<Step<'a>> {
    let verb = entry.verb;
    let (guards, returns) = details(entry, scope, sink);
    if prefix_of(entry.target.text).is_some() {
        return Some(Step::Later(Later::Select(Select { from, entry, guards, returns })));
    }
    let actor = scope.node(from).name.text;
    let would_do = |node: &NodeDeclaration<'_>| node.name.text != actor && Use::Target(verb).fits(node);
    let to = scope.find(&entry.target, would_do, sink)?;
    if !check_target(from, to, entry, scope, sink) {
        return None;
    }
    let answers = has_result(verb, to, scope);
    if let (false, Some((place, _))) = (answers, &returns) {
        sink.push(nothing_returns(*place, verb));
    }
    let result = result(answers, returns.as_ref());
    Some(Step::Edge(edge(from, to, entry, more(entry, Via::Name), guards, result)))
}

/// The result leg: what is declared, or an unguarded result where there is one.
fn result(answers: bool, declared: Option<&(Place, Answer)>) -> Answer {
    match declared {
        _ if !answers => None,
        Some((_, returns)) => returns.clone(),
        None => Some(Box::default()),
    }
}

/// Whether the verb can apply to the named node; reported if not.
fn check_target(
    from: NodeId,
    to: NodeId,
    entry: &TargetDeclaration<'_>,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> bool {
    let node = scope.node(to);
    let verb = entry.verb;
    let place = entry.target.place;
    let diagnostic = if node.name.text == scope.node(from).name.text {
        Diagnostic::new(Code::SelfEdge, format!("`{}` names itself", quoted(node.name.text)))
            .at(place, "itself")
            .help("remove it: a node has what it has")
    } else if !verb.applies_to(node.kind) {
        impossible(verb, node).at(place, format!("{} here", node.kind.with_article()))
    } else if !Use::Target(verb).fits(node) {
        Diagnostic::new(
            Code::PrincipalWithoutKind,
            format!("`{}` cannot be invoked before it says what it is", quoted(node.name.text)),
        )
        .at(place, "a principal without `kind`")
        .at(node.name.place, "declared here")
        .help("give it a `kind`: a `human` or `service` answers, an `iam-role` or `api-key` hands on what it may do")
    } else {
        return true;
    };
    sink.push(diagnostic);
    false
}

/// A verb on a kind that it cannot apply to: says which verbs can.
fn impossible(verb: Verb, node: &NodeDeclaration<'_>) -> Diagnostic {
    let can: Vec<&str> =
        Verb::ALL.iter().filter(|verb| verb.applies_to(node.kind)).map(|verb| verb.participle()).collect();
    let kind = node.kind.with_article();
    let message = format!("{kind} is {}, not {}", join_words_plain(&can, "or"), verb.participle());
    let help = match (verb, node.kind) {
        (Verb::Invoke, NodeKind::Store) => "declare the tool that queries it and invoke that",
        (Verb::Invoke, NodeKind::Session) => "write and read it, or list the actor under its `members`",
        (Verb::Write, NodeKind::Tool) => "invoke it: the request carries what is sent",
        (Verb::Write, NodeKind::Credential) => "write the store that holds it",
        (Verb::Read, NodeKind::Principal) => "observe it, or read the store or session it writes",
        (Verb::Invoke, NodeKind::Source) => "read it, or declare a tool that fetches it",
        (_, NodeKind::Sink) => "write it; what can be read again is a store",
        _ => "use one of these verbs",
    };
    Diagnostic::new(Code::ImpossibleVerb, message).help(help)
}

/// Second pass: selectors in the order of the text, each taking what is left.
struct Expansion<'s, 'a> {
    scope: &'s Scope<'a>,
    seen: Seen,
    selectors: Selectors<'a>,
    members: Members,
    edges: Vec<Edge>,
    selected: usize,
}

impl<'a> Expansion<'_, 'a> {
    fn run(mut self, named: Vec<Edge>, later: Vec<(usize, Later<'a>)>, sink: &mut Sink) -> Vec<Edge> {
        let mut named = named.into_iter();
        let mut before = 0;
        for (at, later) in later {
            self.edges.extend(named.by_ref().take(at - before));
            before = at;
            match later {
                Later::Select(select) => self.select(&select, sink),
                Later::Members(session, text) => self.join(session, text, sink),
            }
            if self.selected > MOST_SELECTED {
                sink.push(too_many("make", "edges", self.edges.last().map(|edge| edge.place)));
                return self.edges;
            }
        }
        self.edges.extend(named);
        self.edges
    }

    /// Expands a selector under the members of a session.
    fn join(&mut self, session: NodeId, text: &Text<'a>, sink: &mut Sink) {
        let members = self.members.take(session, text, self.scope, &mut self.selectors, sink);
        for edge in members.iter().flat_map(|member| members::edges(*member, session, text, true)) {
            self.add(edge);
        }
    }

    /// Expands a selector under a verb.
    fn select(&mut self, select: &Select<'a>, sink: &mut Sink) {
        let Select { from, entry, guards, returns } = select;
        let used = Use::Target(entry.verb);
        let Some(candidates) = self.selectors.candidates(used, &entry.target, self.scope, sink) else {
            return;
        };
        let before = self.edges.len();
        let mut answered = false;
        let more = more(entry, Via::Selector(entry.target.text.to_owned()));
        for to in candidates.iter().filter(|to| *to != from) {
            let answers = has_result(entry.verb, *to, self.scope);
            let result = result(answers, returns.as_ref());
            if self.add(edge(*from, *to, entry, more.clone(), guards.clone(), result)) {
                answered |= answers;
            }
        }
        if self.edges.len() == before {
            takes_nothing(used, &entry.target, self.scope, sink);
        } else if let (false, Some((place, _))) = (answered, returns) {
            sink.push(nothing_returns(*place, entry.verb));
        }
    }

    /// Adds an edge that a selector makes, unless it is there.
    fn add(&mut self, edge: Edge) -> bool {
        if self.selected > MOST_SELECTED || self.seen.add(&edge).is_err() {
            return false;
        }
        self.selected += 1;
        self.edges.push(edge);
        true
    }
}

/// Selectors that make more edges, or open more nodes, than can be held.
pub(super) fn too_many(verb: &str, what: &str, place: Option<Place>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::TooMuch, format!("selectors {verb} more than {MOST_SELECTED} {what}"))
            .help("select fewer nodes, or let the actors meet in a store or session");
    match place {
        Some(place) => diagnostic.at(place, "the limit is reached here"),
        None => diagnostic,
    }
}
