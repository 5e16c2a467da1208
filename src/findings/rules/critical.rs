//! Untrusted content that steers a critical node: with nothing in between, or with a single guard.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::phrase::phrase;
use crate::graph::Cost;
use crate::model::{NodeId, Rule};

/// A critical node that untrusted content steers with nothing that has to fail.
pub(super) fn open_to_untrusted(context: &RuleContext<'_>) -> Vec<Draft> {
    let reached = critical(context).filter(|(_, cost)| cost.is_open());
    let found = reached.filter_map(|(node, _)| {
        let path = context.untrusted_reach().path_to(node)?;
        let from = path.from;
        let title = phrase!["untrusted content from ", from, " steers ", node, ", which is critical"];
        let last = path.hops.last().map(|hop| context.graph.edge(hop.edge));
        let mut draft = Draft::new(Rule::OpenToUntrusted, vec![node, from], title).between(from, node);
        if let Some(edge) = last {
            draft = draft.fix(phrase![
                "put a guard that stops influence where ",
                edge.from,
                " ",
                edge.verb,
                " ",
                edge.to,
                ", or on another hop of the path"
            ]);
        }
        Some(draft.shown_by(phrase!["how ", from, " steers ", node], Some(path)))
    });
    found.collect()
}

/// A critical node where one guard alone stands before untrusted content.
pub(super) fn single_guard(context: &RuleContext<'_>) -> Vec<Draft> {
    let reached = critical(context).filter(|(_, cost)| cost.guards == 1);
    let found = reached.filter_map(|(node, _)| {
        let path = context.untrusted_reach().path_to(node)?;
        let from = path.from;
        let hop = path.hops.iter().find(|hop| hop.cost.guards > 0)?;
        let edge = context.graph.edge(hop.edge);
        let title = phrase!["one guard alone stands between ", from, " and ", node, ", which is critical"];
        let draft = Draft::new(Rule::SingleGuard, vec![node, from], title)
            .between(from, node)
            .detail(phrase!["it stands where ", edge.from, " ", edge.verb, " ", edge.to])
            .fix(phrase![
                "put a second guard of another kind on the path, so that one mistake is not enough"
            ]);
        Some(draft.shown_by(phrase!["the path with one guard"], Some(path)))
    });
    found.collect()
}

/// The critical nodes that untrusted content comes to, in node order. One that is untrusted itself is not steered by others first.
fn critical<'a>(context: &'a RuleContext<'_>) -> impl Iterator<Item = (NodeId, Cost)> + 'a {
    let nodes = context
        .spec
        .node_ids()
        .filter(|node| context.spec.node(*node).critical && context.untrusted.binary_search(node).is_err());
    nodes.filter_map(|node| Some((node, context.untrusted_reach().cost_to(node)?)))
}
