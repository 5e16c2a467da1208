//! Selectors: `zone:`, `tag:`, `kind:` and `type:` in the place of a name.

use std::collections::HashMap;
use std::rc::Rc;

use super::prefix::{Prefix, prefix_of};
use super::scope::Scope;
use crate::language::code::Code;
use crate::language::declaration::NodeDeclaration;
use crate::language::diagnostic::Diagnostic;
use crate::language::fields::unknown_value;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{NodeId, NodeKind, Verb, quoted};

/// What a selector stands for: it takes only nodes on which this is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Use {
    /// The targets of a verb.
    Target(Verb),
    /// The members of a session.
    Member,
    /// What a credential opens.
    Opened,
    /// What a rule speaks of.
    Ruled,
}

impl Use {
    /// Whether it is possible on a node.
    pub(super) fn fits(self, node: &NodeDeclaration<'_>) -> bool {
        match self {
            Self::Target(Verb::Invoke) if node.kind == NodeKind::Principal => node.declared_kind.is_some(),
            Self::Target(verb) => verb.applies_to(node.kind),
            Self::Member => node.kind.acts(),
            Self::Opened => matches!(node.kind, NodeKind::Tool | NodeKind::Agent),
            Self::Ruled => true,
        }
    }

    /// The participle, for sentences.
    fn participle(self) -> &'static str {
        match self {
            Self::Target(verb) => verb.participle(),
            Self::Member => "a member",
            Self::Opened => "opened",
            Self::Ruled => "named by a rule",
        }
    }
}

/// How many nodes selectors may take, whoever takes them for what, and how many times all nodes more. Beyond that they are not looked
/// at: most of them were taken before.
const MOST_TAKEN: usize = 20_000_000;
const MOST_TIMES: usize = 200;

/// Expands selectors. Remembers what each takes, so that ten thousand actors with one selector cost one look.
#[derive(Debug, Default)]
pub(super) struct Selectors<'a> {
    taken: HashMap<(Use, &'a str), Rc<[NodeId]>>,
    count: usize,
}

impl<'a> Selectors<'a> {
    /// The nodes that a selector can take for a use, in the order of the text. A mistake in its value is reported.
    pub(super) fn candidates(
        &mut self,
        used: Use,
        text: &Text<'a>,
        scope: &Scope<'_>,
        sink: &mut Sink,
    ) -> Option<Rc<[NodeId]>> {
        let prefix = prefix_of(text.text)?;
        let value = text.text.get(prefix.as_str().len()..).unwrap_or_default();
        if !check_value(prefix, value, text, scope, sink) {
            return None;
        }
        let found = self.taken.entry((used, text.text)).or_insert_with(|| {
            let all = scope.index().nodes(prefix, value);
            all.iter().copied().filter(|id| used.fits(scope.node(*id))).collect()
        });
        let found = Rc::clone(found);
        self.count(found.len(), text, scope, sink).then_some(found)
    }

    /// Counts nodes that are taken. False once they are too many, which is reported the first time.
    pub(super) fn count(
        &mut self,
        nodes: usize,
        text: &Text<'_>,
        scope: &Scope<'_>,
        sink: &mut Sink,
    ) -> bool {
        let most = MOST_TAKEN + MOST_TIMES * scope.nodes.len();
        let before = self.count;
        self.count = before.saturating_add(nodes);
        if self.count > most && before <= most {
            sink.push(
                Diagnostic::new(
                    Code::TooMuch,
                    format!("selectors take more than {most} nodes, most of them again and again"),
                )
                .at(text.place, "the limit is reached here")
                .help("use fewer selectors, or such as take fewer nodes"),
            );
        }
        self.count <= most
    }
}

/// Whether there can be such a value at all.
fn check_value(prefix: Prefix, value: &str, text: &Text<'_>, scope: &Scope<'_>, sink: &mut Sink) -> bool {
    let allowed: Vec<&'static str> = match prefix {
        Prefix::Zone => return scope.zone(value, text, sink).is_some(),
        Prefix::Tag => return true,
        Prefix::Kind => NodeKind::ALL.iter().map(|kind| kind.as_str()).collect(),
        Prefix::Type => NodeKind::ALL.iter().flat_map(|kind| kind.declared_kinds()).copied().collect(),
    };
    let known = allowed.contains(&value);
    if !known {
        unknown_value(prefix.as_str(), &Text { text: value, place: text.place }, &allowed, sink);
    }
    known
}

/// A selector that takes no node.
pub(super) fn takes_nothing(used: Use, text: &Text<'_>, scope: &Scope<'_>, sink: &mut Sink) {
    if sink.names_missing {
        return;
    }
    let tag = text.text.strip_prefix(Prefix::Tag.as_str());
    let unknown = tag.filter(|tag| scope.index().nodes(Prefix::Tag, tag).is_empty());
    let help = unknown.and_then(|tag| sink.suggestions.nearest(tag, scope.index().tags()));
    let (code, possible) = match used {
        Use::Ruled => (
            Code::RuleWithoutNodes,
            "a rule about nothing holds whatever happens: mend the selector, or remove it".to_owned(),
        ),
        _ => (
            Code::EmptySelector,
            format!(
                "it takes nodes that can be {}, but never the actor itself nor what is named beside it or taken before",
                used.participle()
            ),
        ),
    };
    sink.push(
        Diagnostic::new(code, format!("`{}` takes no node", quoted(text.text)))
            .at(text.place, "takes nothing")
            .help(possible)
            .maybe_help(help.map(|tag| format!("did you mean `tag:{}`?", quoted(tag)))),
    );
}
