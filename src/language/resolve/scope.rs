//! The names that a spec declares, and looking them up.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::index::Index;
use super::names::check_node_name;
use super::prefix::looks_like_selector;
use super::settings::Settings;
use crate::language::code::Code;
use crate::language::declaration::NodeDeclaration;
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{Guard, GuardId, NodeId, ZoneId, quoted};

/// Everything that can be named. A node's id is its position in the order of the text; a node whose name is taken has an id
/// too, so that its own edges are still checked, but it is not found by name.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    /// All nodes in the order of the text.
    pub nodes: &'a [NodeDeclaration<'a>],
    /// The zone of each node.
    pub zones: Vec<Option<ZoneId>>,
    index: OnceCell<Index<'a>>,
    by_name: HashMap<&'a str, NodeId, RandomState>,
    settings: &'a Settings<'a>,
}

impl<'a> Scope<'a> {
    /// Takes the names in, checks them, and looks the zones up.
    pub(super) fn new(nodes: &'a [NodeDeclaration<'a>], settings: &'a Settings<'a>, sink: &mut Sink) -> Self {
        let mut by_name = HashMap::with_capacity_and_hasher(nodes.len(), RandomState::default());
        for (position, node) in nodes.iter().enumerate() {
            check_node_name(&node.name, sink);
            match by_name.entry(node.name.text) {
                Entry::Occupied(first) => sink.push(used_twice(node, &nodes[NodeId::index(*first.get())])),
                Entry::Vacant(free) => {
                    free.insert(NodeId::new(position));
                }
            }
        }
        let mut scope = Self { nodes, zones: Vec::new(), index: OnceCell::new(), by_name, settings };
        let zone = |node: &NodeDeclaration<'_>| scope.zone(node.zone?.text, &node.zone?, sink);
        scope.zones = nodes.iter().map(zone).collect();
        scope
    }

    /// What selectors take from. Most specs have none, so it is built for the first one.
    pub(super) fn index(&self) -> &Index<'a> {
        self.index.get_or_init(|| Index::new(self.nodes))
    }

    /// The node with this id.
    pub(super) fn node(&self, id: NodeId) -> &'a NodeDeclaration<'a> {
        &self.nodes[id.index()]
    }

    /// The node that this name is declared as.
    pub(super) fn declared(&self, name: &str) -> Option<&'a NodeDeclaration<'a>> {
        self.by_name.get(name).map(|id| self.node(*id))
    }

    /// The id of the node with this name.
    pub(super) fn id(&self, name: &str) -> Option<NodeId> {
        self.by_name.get(name).copied()
    }

    /// How many zones there are.
    pub(super) fn zone_count(&self) -> usize {
        self.settings.zones.len()
    }

    /// The guard that a rule names; an unknown one is reported.
    pub(super) fn guard_of_rule(&self, name: &Text<'_>, sink: &mut Sink) -> Option<&'a Guard> {
        let id = self.guard(name, sink)?;
        self.settings.guards.get_index(id.index()).map(|(_, guard)| guard)
    }

    /// All nodes with their ids.
    pub(super) fn with_ids(&self) -> impl Iterator<Item = (NodeId, &'a NodeDeclaration<'a>)> + use<'a> {
        self.nodes.iter().enumerate().map(|(position, node)| (NodeId::new(position), node))
    }

    /// The node with this name; an unknown one is reported, with the nearest name that `would_do`.
    pub(super) fn find(
        &self,
        name: &Text<'_>,
        would_do: impl Fn(&NodeDeclaration<'_>) -> bool,
        sink: &mut Sink,
    ) -> Option<NodeId> {
        let found = self.by_name.get(name.text).copied();
        if found.is_none() && !sink.names_missing {
            let diagnostic = self.unknown_target(name, would_do, sink);
            sink.push(diagnostic);
        }
        found
    }

    /// A name that no node has, or a selector with a slip in it.
    fn unknown_target(
        &self,
        name: &Text<'_>,
        would_do: impl Fn(&NodeDeclaration<'_>) -> bool,
        sink: &mut Sink,
    ) -> Diagnostic {
        if let Some(meant) = looks_like_selector(name.text) {
            return Diagnostic::new(
                Code::UnknownSelector,
                format!("`{}` is neither a node nor a selector", quoted(name.text)),
            )
            .at(name.place, "no such selector")
            .help(format!(
                "did you mean `{meant}`? selectors begin with `zone:`, `tag:`, `kind:` or `type:`"
            ));
        }
        let names = self.nodes.iter().filter(|node| would_do(node)).map(|node| node.name.text);
        let help = sink.suggestions.did_you_mean(name.text, names);
        Diagnostic::new(Code::UnknownTarget, format!("`{}` is not declared", quoted(name.text)))
            .at(name.place, "no node has this name")
            .help("declare it in its section: `agents`, `tools`, `stores` and so on")
            .maybe_help(help)
    }

    /// The zone with this name; an unknown one is reported. `at` is where it is named.
    pub(super) fn zone(&self, zone: &str, at: &Text<'_>, sink: &mut Sink) -> Option<ZoneId> {
        let found = self.settings.zones.get_index_of(zone).map(ZoneId::new);
        if found.is_none() && !sink.names_missing {
            let help = sink.suggestions.did_you_mean(zone, self.settings.zones.keys().map(String::as_str));
            sink.push(
                Diagnostic::new(Code::UnknownZone, format!("the zone `{}` is not declared", quoted(zone)))
                    .at(at.place, "no such zone")
                    .help(format!("add it to `zones`: `zones: {{{}: }}`", quoted(zone)))
                    .maybe_help(help),
            );
        }
        found
    }

    /// The guards with these names; unknown ones and repeated ones are reported.
    pub(super) fn guards(&self, names: &[Text<'_>], sink: &mut Sink) -> Box<[GuardId]> {
        let mut found: IndexMap<GuardId, &Text<'_>> = IndexMap::with_capacity(names.len());
        for name in names {
            let Some(id) = self.guard(name, sink) else { continue };
            match found.get(&id) {
                Some(first) => sink.push(
                    Diagnostic::new(
                        Code::GuardTwice,
                        format!("`{}` stands twice on one edge", quoted(name.text)),
                    )
                    .at(name.place, "again")
                    .at(first.place, "the first one")
                    .help("a guard counts once on an edge: remove one"),
                ),
                None => {
                    found.insert(id, name);
                }
            }
        }
        found.into_keys().collect()
    }

    fn guard(&self, name: &Text<'_>, sink: &mut Sink) -> Option<GuardId> {
        let guards = &self.settings.guards;
        let found = guards.get_index_of(name.text).map(GuardId::new);
        if found.is_none() && !sink.names_missing {
            let help = sink.suggestions.did_you_mean(name.text, guards.keys().map(String::as_str));
            sink.push(
                Diagnostic::new(
                    Code::UnknownGuard,
                    format!("the guard `{}` is not declared", quoted(name.text)),
                )
                .at(name.place, "no such guard")
                .help(format!("add it to `guards`: `guards: {{{}: }}`", quoted(name.text)))
                .maybe_help(help),
            );
        }
        found
    }
}

/// A name that two nodes have.
fn used_twice(node: &NodeDeclaration<'_>, first: &NodeDeclaration<'_>) -> Diagnostic {
    Diagnostic::new(Code::NameUsedTwice, format!("the name `{}` is used twice", quoted(node.name.text)))
        .at(node.name.place, format!("{} here", node.kind.with_article()))
        .at(first.name.place, format!("{} here", first.kind.with_article()))
        .help("all sections and files share one name space: rename one of the two")
}
