//! Credentials: who can have one used, who can learn it, and what it opens beyond need.

use crate::analysis::Witness;
use crate::graph::EdgeId;
use crate::spec::{NodeId, NodeKind, Plane, Rule, Verb};
use crate::threat::finding::Draft;
use crate::threat::ground::Ground;
use crate::threat::phrase::{Piece, counted, phrase};

/// A credential that renews itself in the background, that nothing says how to revoke, and that untrusted content can have used.
pub(super) fn unrevocable_refresh(ground: &Ground<'_>) -> Vec<Draft> {
    let keys = ground.nodes(NodeKind::Credential).filter(|key| {
        let node = ground.spec.node(*key);
        node.renews_itself() && node.revocation().is_none()
    });
    let found = keys.filter_map(|key| {
        let (guards, edge) = used(ground, key)?;
        let actor = ground.graph.edge(edge).from;
        let path = ground.untrusted_reach().path_to(actor);
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
        if let Some(time) = ground.spec.node(key).lifetime() {
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
fn used(ground: &Ground<'_>, key: NodeId) -> Option<(u32, EdgeId)> {
    let flows = ground.graph.flows();
    let uses = ground.graph.edges_on(key).filter_map(|id| {
        let edge = ground.graph.edge(id);
        let is_own = ground.untrusted.binary_search(&edge.from).is_ok();
        let cost =
            ground.untrusted_reach().cost_to(edge.from).filter(|_| is_own || flows.relays(edge.from))?;
        Some((cost.guards.saturating_add(edge.guards_to_act(ground.spec)), cost, id))
    });
    uses.min().map(|(guards, _, id)| (guards, id))
}

/// A raw secret that comes to nodes which do not read it themselves.
pub(super) fn spreading(ground: &Ground<'_>) -> Vec<Draft> {
    let keys = ground
        .nodes(NodeKind::Credential)
        .filter(|key| ground.graph.edges_on(*key).any(|id| ground.graph.edge(id).verb == Verb::Read));
    keys.filter_map(|key| spread(ground, key)).collect()
}

fn spread(ground: &Ground<'_>, key: NodeId) -> Option<Draft> {
    let reach = Witness::from_starts(ground.graph, Plane::Exposure, &[key]);
    // Who reads it may know it, and what it opens has to be shown it.
    let own: Vec<NodeId> = super::memory::readers(ground, key)
        .iter()
        .map(|edge| edge.from)
        .chain(ground.spec.node(key).opens.iter().copied())
        .collect();
    let learns: Vec<(crate::graph::Cost, NodeId)> = ground
        .spec
        .node_ids()
        .filter(|node| *node != key && !own.contains(node))
        .filter_map(|node| Some((reach.cost_to(node)?, node)))
        .collect();
    let guards = learns.iter().map(|(cost, _)| cost.guards).min()?;
    let alike: Vec<NodeId> =
        learns.iter().filter(|(cost, _)| cost.guards == guards).map(|(_, node)| *node).collect();
    let is_outside = |node: &NodeId| {
        ground.exits.binary_search(node).is_ok() || ground.untrusted.binary_search(node).is_ok()
    };
    let best = learns.iter().min_by_key(|(cost, node)| (cost.guards, !is_outside(node), *cost, *node))?.1;
    let outside = if is_outside(&best) { ", which is outside" } else { "" };
    let title = phrase!["the secret ", key, " comes to ", best, outside];
    let mut draft = Draft::new(Rule::SpreadingSecret, vec![key, best], title)
        .behind(guards)
        .between(best, key)
        .shown_by(phrase!["how"], reach.path_to(best));
    if alike.len() > 1 {
        draft = draft.detail(phrase![format!("{} can learn it: ", counted(alike.len(), "node")), &alike]);
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
pub(super) fn broad(ground: &Ground<'_>) -> Vec<Draft> {
    let found = ground.nodes(NodeKind::Credential).filter_map(|key| {
        let holders: Vec<NodeId> = ground
            .declared_on(key)
            .iter()
            .filter(|edge| matches!(edge.verb, Verb::Read | Verb::Invoke))
            .map(|edge| edge.from)
            .collect();
        let is_used =
            |target: &NodeId| ground.declared_on(*target).iter().any(|edge| holders.contains(&edge.from));
        let (used, idle): (Vec<NodeId>, Vec<NodeId>) =
            ground.spec.node(key).opens.iter().partition(|target| is_used(target));
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
