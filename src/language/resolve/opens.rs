//! What credentials give access to.

use std::collections::HashMap;

use super::edges::{MOST_SELECTED, too_many};
use super::prefix::prefix_of;
use super::scope::Scope;
use super::selector::{Selectors, Use, takes_nothing};
use crate::language::code::Code;
use crate::language::declaration::NodeDeclaration;
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{NodeId, NodeKind, Place, quoted};

/// What each node opens, in the order of the nodes.
pub(super) fn resolve(scope: &Scope<'_>, sink: &mut Sink) -> Vec<Vec<NodeId>> {
    let mut selectors = Selectors::default();
    let mut left = MOST_SELECTED;
    scope.nodes.iter().map(|node| opened(node, scope, &mut selectors, &mut left, sink)).collect()
}

/// What one credential opens, in the order of the text.
fn opened<'a>(
    node: &NodeDeclaration<'a>,
    scope: &Scope<'_>,
    selectors: &mut Selectors<'a>,
    left: &mut usize,
    sink: &mut Sink,
) -> Vec<NodeId> {
    if node.opens.is_empty() {
        return Vec::new();
    }
    let mut seen: HashMap<NodeId, Place> = HashMap::new();
    let mut found: Vec<(Option<NodeId>, &Text<'a>)> = Vec::with_capacity(node.opens.len());
    for name in &node.opens {
        let named = if prefix_of(name.text).is_some() { None } else { Some(named(name, scope, sink)) };
        match named {
            None => found.push((None, name)),
            Some(None) => {}
            Some(Some(id)) => match seen.insert(id, name.place) {
                Some(first) => sink.push(twice(name, first)),
                None => found.push((Some(id), name)),
            },
        }
    }
    let mut opens = Vec::with_capacity(found.len());
    for (id, name) in found {
        if let Some(id) = id {
            opens.push(id);
        } else if *left == 0 {
            // That has been reported.
        } else if let Some(candidates) = selectors.candidates(Use::Opened, name, scope, sink) {
            let before = opens.len();
            opens.extend(candidates.iter().filter(|id| seen.insert(**id, name.place).is_none()));
            if opens.len() == before {
                takes_nothing(Use::Opened, name, scope, sink);
            }
            *left = left.saturating_sub(opens.len() - before);
            if *left == 0 {
                sink.push(too_many("open", "nodes", Some(name.place)));
            }
        }
    }
    opens
}

/// A node that is named under `opens`.
fn named(name: &Text<'_>, scope: &Scope<'_>, sink: &mut Sink) -> Option<NodeId> {
    let id = scope.find(name, |node| Use::Opened.fits(node), sink)?;
    let kind = scope.node(id).kind;
    if Use::Opened.fits(scope.node(id)) {
        return Some(id);
    }
    let help = match kind {
        NodeKind::Store => "declare the tool that reaches it and open that: `tools: {db-api: {read: […]}}`",
        _ => "a credential opens tools and agents",
    };
    sink.push(
        Diagnostic::new(
            Code::CannotBeOpened,
            format!(
                "a credential opens tools and agents, but `{}` is {}",
                quoted(name.text),
                kind.with_article()
            ),
        )
        .at(name.place, "cannot be opened")
        .help(help),
    );
    None
}

/// A name that stands twice under `opens`.
fn twice(name: &Text<'_>, first: Place) -> Diagnostic {
    Diagnostic::new(Code::SameEdgeTwice, format!("`{}` is opened twice", quoted(name.text)))
        .at(name.place, "again")
        .at(first, "the first one")
        .help("remove one of the two")
}
