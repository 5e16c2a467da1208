//! Untrusted content that steers a critical node: with nothing in between, or with a single guard.

use crate::graph::Cost;
use crate::spec::{NodeId, Rule};
use crate::threat::finding::Draft;
use crate::threat::ground::Ground;
use crate::threat::phrase::phrase;

/// A critical node that untrusted content steers with nothing that has to fail.
pub(super) fn open_to_untrusted(ground: &Ground<'_>) -> Vec<Draft> {
    let reached = critical(ground).filter(|(_, cost)| cost.is_open());
    let found = reached.filter_map(|(node, _)| {
        let path = ground.untrusted_reach().path_to(node)?;
        let from = path.from;
        let title = phrase!["untrusted content from ", from, " steers ", node, ", which is critical"];
        let last = path.hops.last().map(|hop| ground.graph.edge(hop.edge));
        let mut draft = Draft::new(Rule::OpenToUntrusted, vec![node, from], title).between(from, node);
        if let Some(edge) = last {
            draft = draft.fix(phrase![
                "put a guard that stops influence where ",
                edge.from,
                format!(" {} ", edge.verb.third_person()),
                edge.to,
                ", or on another hop of the path"
            ]);
        }
        Some(draft.shown_by(phrase!["how ", from, " steers ", node], Some(path)))
    });
    found.collect()
}

/// A critical node where one guard alone stands before untrusted content.
pub(super) fn single_guard(ground: &Ground<'_>) -> Vec<Draft> {
    let reached = critical(ground).filter(|(_, cost)| cost.guards == 1);
    let found = reached.filter_map(|(node, _)| {
        let path = ground.untrusted_reach().path_to(node)?;
        let from = path.from;
        let hop = path.hops.iter().find(|hop| hop.cost.guards > 0)?;
        let edge = ground.graph.edge(hop.edge);
        let title = phrase!["one guard alone stands between ", from, " and ", node, ", which is critical"];
        let draft = Draft::new(Rule::SingleGuard, vec![node, from], title)
            .between(from, node)
            .detail(phrase![
                "it stands where ",
                edge.from,
                format!(" {} ", edge.verb.third_person()),
                edge.to
            ])
            .fix(phrase![
                "put a second guard of another kind on the path, so that one mistake is not enough"
            ]);
        Some(draft.shown_by(phrase!["the path with one guard"], Some(path)))
    });
    found.collect()
}

/// The critical nodes that untrusted content comes to, in node order. One that is untrusted itself is not steered by others first.
fn critical<'a>(ground: &'a Ground<'_>) -> impl Iterator<Item = (NodeId, Cost)> + 'a {
    let nodes = ground
        .spec
        .node_ids()
        .filter(|node| ground.spec.node(*node).critical && ground.untrusted.binary_search(node).is_err());
    nodes.filter_map(|node| Some((node, ground.untrusted_reach().cost_to(node)?)))
}
