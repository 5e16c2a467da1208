//! A topology → the raw secrets that come to nodes which do not read them themselves.

use super::shared::readers;
use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0055, AML_T0091_000, AML_T0098, ASI03, L6, LLM02, LLM06};
use crate::graph::Cost;
use crate::model::text::{count, phrase};
use crate::model::{NodeId, NodeKind, Piece, Plane, Rule, Verb};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::SpreadingSecret, include_str!("spreading_secret.md")),
    references: &[ASI03, LLM02, LLM06, AML_T0055, AML_T0091_000, AML_T0098, L6],
    surface: Some(Surface::Credentials),
    severity: Some("7.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let keys = context
        .nodes(NodeKind::Credential)
        .filter(|key| context.graph.edges_on(*key).any(|id| context.graph.edge(id).verb == Verb::Read));
    keys.filter_map(|key| spread(context, key)).collect()
}

fn spread(context: &RuleContext<'_>, key: NodeId) -> Option<Draft> {
    let reach = Witness::from_starts(context.graph, Plane::Exposure, &[key]);
    // Who reads it may know it, and what it opens has to be shown it.
    let own: Vec<NodeId> = readers(context, key)
        .iter()
        .map(|edge| edge.from)
        .chain(context.spec.node(key).opens.iter().copied())
        .collect();
    let learns: Vec<(Cost, NodeId)> = context
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
        .shown_by(phrase!["how"], reach.path_to(best));
    draft = draft.between_all(learns.iter().map(|(_, node)| (*node, key)));
    if alike.len() > 1 {
        draft = draft.detail(phrase![count(alike.len(), "node"), " can learn it: ", &alike]);
    }
    let guarded: Vec<NodeId> =
        learns.iter().filter(|(cost, _)| cost.guards > guards).map(|(_, node)| *node).collect();
    if !guarded.is_empty() {
        draft = draft.detail(phrase![
            "behind more guards, ",
            count(guarded.len(), "other node"),
            " can: ",
            &guarded
        ]);
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
