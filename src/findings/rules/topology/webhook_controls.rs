//! A topology → the webhooks that lack controls. The signature has a rule of its own.

use super::shared::heard;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0051_002, AML_T0093, ASI02, ASI04, ASI07, L4, L7, LLM01};
use crate::model::text::phrase;
use crate::model::{CONTROLS, Piece, Rule, Text};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::WebhookControls, include_str!("webhook_controls.md")),
    references: &[ASI02, ASI04, ASI07, LLM01, AML_T0051_002, AML_T0093, L4, L7],
    surface: Some(Surface::Webhooks),
    severity: Some("4.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
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
