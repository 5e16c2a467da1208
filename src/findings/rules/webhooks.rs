//! Webhooks: what comes in from outside, and what is checked of it.

use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::phrase::{Piece, Text, count, phrase};
use crate::graph::Cost;
use crate::model::{CONTROLS, NodeId, NodeKind, Plane, Rule};

/// The webhooks that steer anything at all, with what each comes to.
fn heard<'a, 'g>(context: &'a RuleContext<'g>) -> impl Iterator<Item = (NodeId, Witness<'g>)> + 'a {
    let hooks = context.nodes(NodeKind::Source).filter(|node| context.spec.node(*node).is_webhook());
    hooks.filter_map(|hook| {
        let reach = Witness::from_starts(context.graph, Plane::Influence, &[hook]);
        let is_heard = context.spec.node_ids().any(|node| node != hook && reach.cost_to(node).is_some());
        is_heard.then_some((hook, reach))
    })
}

/// What each control keeps out.
fn keeps_out(control: &str) -> &'static str {
    match control {
        "replay_window" => "a post that was recorded can be sent again",
        "payload_limit" => "a post can be as large as the sender likes",
        "ssrf_defense" => "an address in a post can point into your own network",
        "idempotency" => "a post that comes twice is worked on twice",
        _ => "anybody can post",
    }
}

/// A webhook that lacks controls other than a signature.
pub(super) fn controls(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = heard(context).filter_map(|(hook, _)| {
        let node = context.spec.node(hook);
        let missing: Vec<&'static str> =
            CONTROLS.iter().copied().filter(|name| *name != "signature" && !node.has_control(name)).collect();
        let last = missing.last()?;
        let title = phrase![hook, " lacks ", Text::listed(missing.iter().map(|name| phrase![*name]))];
        let mut draft = Draft::new(Rule::WebhookControls, vec![hook], title);
        for control in &missing {
            draft = draft.detail(phrase!["without ", *control, " ", keeps_out(control)]);
        }
        Some(draft.fix(phrase![
            "check it where the post is received, and say so: ",
            Piece::Code(format!("controls: {{{last}: true}}"))
        ]))
    });
    found.collect()
}

/// A webhook that anybody can post to, and how far a post goes.
pub(super) fn unsigned(context: &RuleContext<'_>) -> Vec<Draft> {
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
