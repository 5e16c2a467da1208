//! Sessions and sandboxes: state that its members share, whatever keeps their contexts apart.

use super::memory::handed_up;
use super::trifecta::members;
use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::phrase::{Phrase, Piece, phrase};
use crate::graph::{Components, Strength};
use crate::model::{Isolation, NodeId, NodeKind, Plane, Rule, Verb};

/// A session whose members stand in different zones, or a sandbox that hands content from one zone to a more trusted one.
pub(super) fn mixed(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = context.spec.node_ids().filter_map(|node| match context.spec.node(node).kind {
        NodeKind::Session => mixed_session(context, node),
        // A sandbox that persists is a store like others: there is a rule of its own for these.
        NodeKind::Store
            if context.spec.node(node).is_sandbox() && !context.graph.flows().is_persistent(node) =>
        {
            handed_up(context, node, Rule::MixedSession)
        }
        _ => None,
    });
    found.collect()
}

fn mixed_session(context: &RuleContext<'_>, session: NodeId) -> Option<Draft> {
    let trust = |node: &NodeId| context.spec.trust(*node);
    let ranked: Vec<NodeId> =
        members(context, session).into_iter().filter(|node| trust(node).is_some()).collect();
    let low = *ranked.iter().min_by_key(|node| trust(node))?;
    let high = *ranked.iter().rev().max_by_key(|node| trust(node))?;
    if trust(&low) == trust(&high) {
        return None;
    }
    let (below, above) = context.spec.node(low).zone.zip(context.spec.node(high).zone)?;
    let title = phrase!["members of zones ", below, " and ", above, " share session ", session];
    let path = Witness::from_starts(context.graph, Plane::Influence, &[low]).path_to(high);
    let draft = Draft::new(Rule::MixedSession, vec![session, low, high], title)
        .between(low, high)
        .detail(phrase!["what ", low, " writes into it, ", high, " reads, and the other way round"])
        .shown_by(phrase!["from ", low, " to ", high], path)
        .fix(phrase!["give each zone a session of its own, and hand over between them through a guard"]);
    Some(draft)
}

/// A node that starts afresh for each caller, and in which what one caller sent comes back to the others all the same.
pub(super) fn isolation_undone(context: &RuleContext<'_>) -> Vec<Draft> {
    let flows = context.graph.flows();
    // From inside a call to what the node brings into every call: the free step leads back, so that both are on a circle.
    let circles = Components::find(flows, Plane::Influence, Strength::Any);
    let undone = context.spec.node_ids().filter(|node| {
        let (own, call) = (flows.own(*node), flows.call(*node));
        context.spec.node(*node).isolation == Isolation::PerCall
            && own != call
            && circles.of(own) == circles.of(call)
    });
    undone.filter_map(|node| kept(context, node)).collect()
}

fn kept(context: &RuleContext<'_>, node: NodeId) -> Option<Draft> {
    let callers = callers(context, node);
    if callers.len() < 2 {
        return None;
    }
    let path = Witness::from_call(context.graph, Plane::Influence, node).path_to_own(node)?;
    let keeper = path.hops.first()?.to;
    let by: Phrase = match context.spec.node(keeper).is_sandbox() {
        true => phrase!["the sandbox ", keeper],
        false => phrase![keeper],
    };
    let title = phrase!["what one caller sends ", node, " stays for its other callers, by "].then(by);
    let draft = Draft::new(Rule::IsolationUndone, vec![node, keeper], title)
        .behind(path.cost.guards)
        .detail(phrase!["it is called by ", &callers])
        .shown_by(phrase!["out of one call and into the next"], Some(path))
        .fix(phrase![
            "give each call a place of its own instead of ",
            keeper,
            ", or declare ",
            node,
            " as ",
            Piece::Code("isolation: shared".to_owned())
        ]);
    Some(draft)
}

/// Those that invoke a node, declared, in node order.
pub(crate) fn callers(context: &RuleContext<'_>, node: NodeId) -> Vec<NodeId> {
    let edges = context.graph.edges_on(node).map(|id| context.graph.edge(id));
    let calls = edges.filter(|edge| edge.verb == Verb::Invoke && edge.is_declared());
    let mut callers: Vec<NodeId> = calls.map(|edge| edge.from).collect();
    callers.sort_unstable();
    callers.dedup();
    callers
}
