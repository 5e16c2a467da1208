//! Credentials: who can have one used, who can learn it, and what it opens beyond need.

use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::phrase::{Piece, count, phrase};
use crate::graph::EdgeId;
use crate::model::{NodeId, NodeKind, Plane, Rule, Verb};

/// A credential that renews itself in the background, that nothing says how to revoke, and that untrusted content can have used.
pub(super) fn unrevocable_refresh(context: &RuleContext<'_>) -> Vec<Draft> {
    let keys = context.nodes(NodeKind::Credential).filter(|key| {
        let node = context.spec.node(*key);
        node.renews_itself() && node.revocation().is_none()
    });
    let found = keys.filter_map(|key| {
        let (guards, edge) = used(context, key)?;
        let actor = context.graph.edge(edge).from;
        let path = context.untrusted_reach().path_to(actor);
        let attacker = path.as_ref().map_or(actor, |path| path.from);
        let title = phrase![
            key,
            " renews itself, nothing says how to revoke it, and untrusted ",
            attacker,
            " can have it used"
        ];
        let mut draft = Draft::new(Rule::UnrevocableRefresh, vec![key, actor, attacker], title)
            .behind(guards)
            .between(attacker, key)
            .detail(phrase!["once it is out it stays valid until somebody revokes it"]);
        if let Some(time) = context.spec.node(key).lifetime() {
            draft = draft.detail(phrase!["a token of it lives for ", Piece::Quoted(time.to_owned())]);
        }
        Some(draft.shown_by_act(phrase!["how it is used"], path, edge).fix(phrase![
            "write down who revokes it and how, at its issuer too: ",
            Piece::Code("revocation: …".to_owned()),
            " on ",
            key
        ]))
    });
    found.collect()
}

/// The cheapest way for untrusted content to have a credential used or read: guards that have to fail, and the edge.
fn used(context: &RuleContext<'_>, key: NodeId) -> Option<(u32, EdgeId)> {
    let flows = context.graph.flows();
    let uses = context.graph.edges_on(key).filter_map(|id| {
        let edge = context.graph.edge(id);
        let is_own = context.untrusted.binary_search(&edge.from).is_ok();
        let cost =
            context.untrusted_reach().cost_to(edge.from).filter(|_| is_own || flows.relays(edge.from))?;
        Some((cost.guards.saturating_add(edge.guards_to_act(context.spec)), cost, id))
    });
    uses.min().map(|(guards, _, id)| (guards, id))
}

/// A raw secret that comes to nodes which do not read it themselves.
pub(super) fn spreading(context: &RuleContext<'_>) -> Vec<Draft> {
    let keys = context
        .nodes(NodeKind::Credential)
        .filter(|key| context.graph.edges_on(*key).any(|id| context.graph.edge(id).verb == Verb::Read));
    keys.filter_map(|key| spread(context, key)).collect()
}

fn spread(context: &RuleContext<'_>, key: NodeId) -> Option<Draft> {
    let reach = Witness::from_starts(context.graph, Plane::Exposure, &[key]);
    // Who reads it may know it, and what it opens has to be shown it.
    let own: Vec<NodeId> = super::memory::readers(context, key)
        .iter()
        .map(|edge| edge.from)
        .chain(context.spec.node(key).opens.iter().copied())
        .collect();
    let learns: Vec<(crate::graph::Cost, NodeId)> = context
        .spec
        .node_ids()
        .filter(|node| *node != key && !own.contains(node))
        .filter_map(|node| Some((reach.cost_to(node)?, node)))
        .collect();
    let guards = learns.iter().map(|(cost, _)| cost.guards).min()?;
    let alike: Vec<NodeId> =
        learns.iter().filter(|(cost, _)| cost.guards == guards).map(|(_, node)| *node).collect();
    let is_outside = |node: &NodeId| {
        context.exits.binary_search(node).is_ok() || context.untrusted.binary_search(node).is_ok()
    };
    let best = learns.iter().min_by_key(|(cost, node)| (cost.guards, !is_outside(node), *cost, *node))?.1;
    let outside = if is_outside(&best) { ", which is outside" } else { "" };
    let title = phrase!["the secret ", key, " comes to ", best, outside];
    let mut draft = Draft::new(Rule::SpreadingSecret, vec![key, best], title)
        .behind(guards)
        .between(best, key)
        .shown_by(phrase!["how"], reach.path_to(best));
    if alike.len() > 1 {
        draft = draft.detail(phrase![count(alike.len(), "node"), " can learn it: ", &alike]);
    }
    if !is_outside(&best) {
        draft = draft.milder();
    }
    Some(draft.fix(phrase![
        "have it used and not read: ",
        Piece::Code("invoke".to_owned()),
        " ",
        key,
        " through what injects it on the way out, so that nobody holds the secret itself"
    ]))
}

/// A credential that opens something which none of its holders uses, while they use something else that it opens.
pub(super) fn broad(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = context.nodes(NodeKind::Credential).filter_map(|key| {
        let holders: Vec<NodeId> = context
            .declared_on(key)
            .iter()
            .filter(|edge| matches!(edge.verb, Verb::Read | Verb::Invoke))
            .map(|edge| edge.from)
            .collect();
        let is_used =
            |target: &NodeId| context.declared_on(*target).iter().any(|edge| holders.contains(&edge.from));
        let (used, idle): (Vec<NodeId>, Vec<NodeId>) =
            context.spec.node(key).opens.iter().partition(|target| is_used(target));
        let first = *idle.first()?;
        if used.is_empty() {
            return None;
        }
        let title = phrase![key, " also opens ", &idle, ", which none of its holders uses"];
        Some(
            Draft::new(Rule::BroadCredential, vec![key, first], title)
                .detail(phrase!["they use ", &used])
                .fix(phrase!["issue one that opens only ", &used]),
        )
    });
    found.collect()
}
