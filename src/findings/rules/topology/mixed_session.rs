//! A topology → the sessions whose members stand in different trust zones, and the sandboxes that hand content from one zone to a
//! more trusted one.

use super::shared::{handed_up, members};
use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0080_001, ASI06, ASI07, L3, L7, LLM01};
use crate::model::text::phrase;
use crate::model::{NodeId, NodeKind, Plane, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::MixedSession, include_str!("mixed_session.md")),
    references: &[ASI06, ASI07, LLM01, AML_T0080_001, L3, L7],
    surface: Some(Surface::Sessions),
    severity: Some("5.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
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
