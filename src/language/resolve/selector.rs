//! Selectors: `zone:`, `tag:`, `kind:` and `type:` in the place of a name.

use std::collections::HashMap;
use std::rc::Rc;

use super::scope::Scope;
use crate::language::code::Code;
use crate::language::declaration::NodeDeclaration;
use crate::language::diagnostic::Diagnostic;
use crate::language::fields::unknown_value;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{DeclaredValue, NodeId, NodeKind, Verb, quoted};

/// What a selector goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Prefix {
    Zone,
    Tag,
    Kind,
    Type,
}

impl Prefix {
    const ALL: [Self; 4] = [Self::Zone, Self::Tag, Self::Kind, Self::Type];

    /// The spelling, with the colon.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Zone => "zone:",
            Self::Tag => "tag:",
            Self::Kind => "kind:",
            Self::Type => "type:",
        }
    }
}

/// The prefixes as they are written.
pub(super) const PREFIXES: &[&str] =
    &[Prefix::Zone.as_str(), Prefix::Tag.as_str(), Prefix::Kind.as_str(), Prefix::Type.as_str()];

/// The prefix of a text that is a selector.
pub(super) fn prefix_of(text: &str) -> Option<Prefix> {
    Prefix::ALL.into_iter().find(|prefix| text.starts_with(prefix.as_str()))
}

/// What a text may have meant that is almost a selector: `tags:x`, `Zone:core`, `kind: agent`.
pub(super) fn looks_like_selector(text: &str) -> Option<String> {
    let (word, rest) = text.split_once(':')?;
    let word = word.trim().to_lowercase();
    let near = |prefix: &Prefix| {
        let name = prefix.as_str().trim_end_matches(':');
        strsim::osa_distance(&word, name) <= 1 || (word.len() < 2 * name.len() && word.starts_with(name))
    };
    let short = word.len() <= 8;
    let prefix = Prefix::ALL.into_iter().find(|prefix| short && near(prefix))?;
    Some(format!("{}{}", prefix.as_str(), quoted(rest.trim())))
}

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

/// The nodes by what selectors go by, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Index<'a> {
    nodes: HashMap<(Prefix, &'a str), Vec<NodeId>>,
    tags: Vec<&'a str>,
}

impl<'a> Index<'a> {
    /// Files each node under its zone, tags, kind and declared kind.
    pub(super) fn new(nodes: &'a [NodeDeclaration<'a>]) -> Self {
        let mut index = Self::default();
        for (position, node) in nodes.iter().enumerate() {
            let id = NodeId::new(position);
            index.add(Prefix::Kind, node.kind.as_str(), id);
            node.declared_kind.into_iter().for_each(|kind| index.add(Prefix::Type, kind, id));
            node.zone.iter().for_each(|zone| index.add(Prefix::Zone, zone.text, id));
            tags(node).iter().for_each(|tag| index.add(Prefix::Tag, tag, id));
        }
        index
    }

    fn add(&mut self, prefix: Prefix, value: &'a str, id: NodeId) {
        let nodes = self.nodes.entry((prefix, value)).or_default();
        if prefix == Prefix::Tag && nodes.is_empty() {
            self.tags.push(value);
        }
        // A node that has a tag twice is filed once.
        if nodes.last() != Some(&id) {
            nodes.push(id);
        }
    }
}

/// The tags of a node.
fn tags<'a>(node: &'a NodeDeclaration<'a>) -> &'a [Box<str>] {
    let tags = node.declared.iter().find(|(key, _)| *key == "tags");
    match tags {
        Some((_, DeclaredValue::Texts(tags))) => tags,
        _ => &[],
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
            let all = scope.index().nodes.get(&(prefix, value)).map_or(&[][..], Vec::as_slice);
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
    let unknown = tag.filter(|tag| !scope.index().nodes.contains_key(&(Prefix::Tag, *tag)));
    let help = unknown.and_then(|tag| sink.suggestions.nearest(tag, scope.index().tags.iter().copied()));
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
