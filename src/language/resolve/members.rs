//! The members of sessions: each writes the session and reads it.

use std::collections::HashSet;
use std::sync::Arc;

use super::plan::{Later, Step};
use super::prefix::prefix_of;
use super::scope::Scope;
use super::selector::{Selectors, Use, takes_nothing};
use crate::language::code::Code;
use crate::language::declaration::NodeDeclaration;
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{Edge, More, NodeId, Verb, Via, quoted};

/// Who is a member of which session, named or taken by a selector.
#[derive(Debug, Default)]
pub(super) struct Members {
    known: HashSet<(NodeId, NodeId)>,
}

impl Members {
    /// The steps that the members of a node make, in the order of the text. Only a session has any.
    pub(super) fn plan<'a>(
        &mut self,
        session: NodeId,
        node: &'a NodeDeclaration<'a>,
        scope: &Scope<'a>,
        sink: &mut Sink,
    ) -> Vec<Step<'a>> {
        let mut steps = Vec::with_capacity(2 * node.members.len());
        for text in &node.members {
            if prefix_of(text.text).is_some() {
                steps.push(Step::Later(Later::Members(session, text)));
            } else if let Some(member) = member(text, scope, sink) {
                self.known.insert((session, member));
                steps.extend(edges(member, session, text, false).map(Step::Edge));
            }
        }
        steps
    }

    /// The members that a selector takes: who acts, but never who is named beside it, nor whom an earlier selector took.
    pub(super) fn take<'a>(
        &mut self,
        session: NodeId,
        text: &Text<'a>,
        scope: &Scope<'_>,
        selectors: &mut Selectors<'a>,
        sink: &mut Sink,
    ) -> Vec<NodeId> {
        let Some(candidates) = selectors.candidates(Use::Member, text, scope, sink) else {
            return Vec::new();
        };
        let taken: Vec<NodeId> =
            candidates.iter().copied().filter(|member| self.known.insert((session, *member))).collect();
        if taken.is_empty() {
            takes_nothing(Use::Member, text, scope, sink);
        }
        taken
    }
}

/// A member that is named.
fn member(text: &Text<'_>, scope: &Scope<'_>, sink: &mut Sink) -> Option<NodeId> {
    let id = scope.find(text, |node| Use::Member.fits(node), sink)?;
    let kind = scope.node(id).kind;
    if kind.acts() {
        return Some(id);
    }
    sink.push(
        Diagnostic::new(
            Code::CannotBeMember,
            format!("{} cannot be a member: `{}` does not act", kind.with_article(), quoted(text.text)),
        )
        .at(text.place, "does not act")
        .help("the members of a session are agents, principals and tools"),
    );
    None
}

/// The two edges of a member: it writes, then it reads.
pub(super) fn edges(
    member: NodeId,
    session: NodeId,
    text: &Text<'_>,
    selected: bool,
) -> impl Iterator<Item = Edge> + use<> {
    let via = if selected { Via::Selector(text.text.to_owned()) } else { Via::Member };
    let more = Arc::new(More { note: None, via });
    let place = text.place;
    [Verb::Write, Verb::Read].into_iter().map(move |verb| Edge {
        from: member,
        verb,
        to: session,
        guards: Box::default(),
        result: None,
        role: None,
        logged: true,
        uncuttable: false,
        more: Some(Arc::clone(&more)),
        place,
    })
}
