//! A topology → the nodes that are declared to start afresh for each caller, and keep what one caller sent for the others.
//!
//! A node with `isolation: per-call` has two places in the flows: what it brings into every call, and what is in one call. Within a
//! call it knows both, so that content flows from the first to the second. Where a path leads back (out of the call into a sandbox,
//! and from there into every call), the isolation is undone.

use super::shared::callers;
use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0080_001, ASI06, ASI07, L3, L7, LLM01};
use crate::graph::{Components, Strength};
use crate::model::text::phrase;
use crate::model::{Isolation, NodeId, Piece, Plane, Rule, Text};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::IsolationUndone, include_str!("isolation_undone.md")),
    references: &[ASI06, ASI07, LLM01, AML_T0080_001, L3, L7],
    surface: Some(Surface::Sessions),
    severity: Some("5.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let flows = context.graph.flows();
    // From inside a call to what the node brings along: a free step leads back, so that both are on a circle; but not in a tool that
    // only answers, which mixes its callers by what it writes and reads again.
    let circles = Components::find(flows, Plane::Influence, Strength::Any);
    let undone = context.spec.node_ids().filter(|id| {
        let (own, call, node) = (flows.own(*id), flows.call(*id), context.spec.node(*id));
        let is_split = node.isolation == Isolation::PerCall && own != call;
        is_split && (circles.of(own) == circles.of(call) || node.is_passive())
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
    let by: Text = match context.spec.node(keeper).is_sandbox() {
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
