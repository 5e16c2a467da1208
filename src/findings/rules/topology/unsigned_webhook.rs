//! A topology → the webhooks that anybody can post to, and how far a post goes.

use super::shared::heard;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0051_002, AML_T0093, ASI02, ASI04, ASI07, L4, L7, LLM01};
use crate::graph::Cost;
use crate::model::text::{count, phrase};
use crate::model::{NodeId, Piece, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::UnsignedWebhook, include_str!("unsigned_webhook.md")),
    references: &[ASI02, ASI04, ASI07, LLM01, AML_T0051_002, AML_T0093, L4, L7],
    surface: Some(Surface::Webhooks),
    severity: Some("8.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = heard(context).filter(|(hook, _)| context.spec.node(*hook).is_unsigned_webhook());
    let drafts = found.map(|(hook, reach)| {
        let costs: Vec<(NodeId, Cost)> = context
            .spec
            .node_ids()
            .filter(|node| *node != hook)
            .filter_map(|node| Some((node, reach.cost_to(node)?)))
            .collect();
        let open = costs.iter().filter(|(_, cost)| cost.is_open()).count();
        let worst = costs
            .iter()
            .min_by_key(|(node, cost)| (!context.spec.node(*node).critical, *cost, *node))
            .map(|(node, _)| *node);
        let title = phrase!["anybody can post to ", hook, ": it checks no signature"];
        let mut steers = phrase!["a post steers ", count(open, "node"), " with nothing in between"];
        let guarded = costs.len() - open;
        if guarded > 0 {
            steers = steers.and(phrase![", and ", Piece::Number(guarded), " if guards fail"]);
        }
        let mut draft = Draft::new(Rule::UnsignedWebhook, vec![hook], title).detail(steers);
        let critical = costs.iter().filter(|(node, _)| context.spec.node(*node).critical);
        draft = draft.between_all(critical.map(|(node, _)| (hook, *node)));
        if let Some(worst) = worst {
            draft = draft.between(hook, worst).shown_by(phrase!["as far as ", worst], reach.path_to(worst));
        }
        draft.fix(phrase![
            "refuse posts whose signature does not match, and say so: ",
            Piece::Code("controls: {signature: true}".to_owned())
        ])
    });
    drafts.collect()
}
