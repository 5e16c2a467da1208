//! Nodes by what selectors go by.

use std::collections::HashMap;

use super::prefix::Prefix;
use crate::language::declaration::NodeDeclaration;
use crate::model::{DeclaredValue, NodeId};

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

    /// The nodes under a value, in the order of the text.
    pub(super) fn nodes<'s>(&'s self, prefix: Prefix, value: &'s str) -> &'s [NodeId] {
        let nodes: &HashMap<(Prefix, &'s str), Vec<NodeId>> = &self.nodes;
        nodes.get(&(prefix, value)).map_or(&[], Vec::as_slice)
    }

    /// The tags that nodes have.
    pub(super) fn tags(&self) -> impl Iterator<Item = &'a str> {
        self.tags.iter().copied()
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
