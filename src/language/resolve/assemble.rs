//! Puts the resolved parts together, in an order in which each can lean on those before.

use indexmap::IndexMap;

use super::former_names::check_former_names;
use super::scope::Scope;
use super::settings::Settings;
use super::{acceptances, contracts, edges, guards, opens};
use crate::language::declaration::{Document, NodeDeclaration};
use crate::language::sink::Sink;
use crate::model::{Declared, Node, NodeId, SourceFile, Spec, ZoneId};

/// Resolves what the files declare. Nothing if there is any mistake; all of them are in the sink then.
pub(crate) fn resolve(
    files: Vec<SourceFile>,
    mut documents: Vec<Document<'_>>,
    default_name: &str,
    sink: &mut Sink,
) -> Option<Spec> {
    let settings = Settings::gather(&mut documents, default_name, sink);
    let accept = acceptances::gather(&mut documents, sink);
    let rules = contracts::gather(&mut documents);
    let declared = nodes_of(documents);
    let scope = Scope::new(&declared, &settings, sink);
    check_former_names(&scope, sink);
    let opened = opens::resolve(&scope, sink);
    let edges = edges::resolve(&scope, sink);
    let rules = contracts::resolve(rules, &scope, sink);
    let kept_in = guards::kept_in(&settings, &scope, sink);
    if !sink.is_empty() {
        return None;
    }
    let zones = scope.zones;
    let parts = declared.into_iter().zip(zones).zip(opened);
    let nodes: IndexMap<_, _> = parts.map(|((declared, zone), opens)| node(declared, zone, opens)).collect();
    let Settings { name, description, zones, mut guards, review, .. } = settings;
    for (guard, store) in kept_in {
        guards[guard.index()].kept_in = Some(store);
    }
    let what_if = Vec::new();
    Some(Spec { name, description, zones, guards, nodes, edges, review, accept, rules, files, what_if })
}

/// A node with its name.
fn node(from: NodeDeclaration<'_>, zone: Option<ZoneId>, opens: Vec<NodeId>) -> (String, Node) {
    let NodeDeclaration { name, kind, declared_kind, declared, .. } = from;
    let node = Node::declaring(kind, declared_kind, Declared::from_iter(declared), name.place);
    (name.text.to_owned(), Node { zone, opens, ..node })
}

/// The nodes of all files in their order.
fn nodes_of(mut documents: Vec<Document<'_>>) -> Vec<NodeDeclaration<'_>> {
    if let [document] = documents.as_mut_slice() {
        return std::mem::take(&mut document.nodes);
    }
    let mut nodes = Vec::with_capacity(documents.iter().map(|document| document.nodes.len()).sum());
    documents.into_iter().for_each(|document| nodes.extend(document.nodes));
    nodes
}
