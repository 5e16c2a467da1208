//! A topology → the stores in which a stranger plants something today that steers somebody more trusted in a later session.

use super::shared::{persistent, readers};
use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0070, AML_T0080_000, AML_T0094, ASI06, L2, LLM01, LLM04};
use crate::model::text::phrase;
use crate::model::{NodeId, NodeKind, Plane, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::PoisonedMemory, include_str!("poisoned_memory.md")),
    references: &[ASI06, LLM01, LLM04, AML_T0070, AML_T0080_000, AML_T0094, L2],
    surface: Some(Surface::Memory),
    severity: Some("8.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    persistent(context).filter_map(|store| poisoned_store(context, store)).collect()
}

fn poisoned_store(context: &RuleContext<'_>, store: NodeId) -> Option<Draft> {
    let planted = context.untrusted_reach().path_to(store)?;
    let attacker = planted.from;
    let guards_to_read = |edge: &crate::graph::Edge| {
        edge.request_guards(context.spec, Plane::Influence).saturating_add(edge.extra)
    };
    let mut readers = readers(context, store);
    readers.retain(|edge| {
        context.spec.node(edge.from).kind == NodeKind::Agent && is_more_trusted(context, attacker, edge.from)
    });
    let read = *readers.iter().min_by_key(|edge| guards_to_read(edge))?;
    let mut others: Vec<NodeId> = readers.iter().map(|edge| edge.from).collect();
    others.sort_unstable();
    others.dedup();
    let guards = planted.cost.guards.saturating_add(guards_to_read(read));
    let title = phrase![
        "what untrusted ",
        attacker,
        " plants in ",
        store,
        " steers ",
        read.from,
        " in a later session"
    ];
    let mut draft = Draft::new(Rule::PoisonedMemory, vec![store, read.from, attacker], title)
        .behind(guards)
        .between(attacker, read.from)
        .between(attacker, store);
    if others.len() > 1 {
        draft = draft.detail(phrase!["it is read by ", &others]);
    }
    let strikes = Witness::from_starts(context.graph, Plane::Influence, &[store]).path_to(read.from);
    Some(
        draft
            .shown_by(phrase!["today"], Some(planted))
            .shown_by(phrase!["in a later session"], strikes)
            .fix(phrase![
                "let nobody write ",
                store,
                " who takes in untrusted content, or put a guard that stops influence where it is written or read"
            ]),
    )
}

/// Whether a node is more trusted than an untrusted one: by zone where both are ranked, else if no stranger controls it.
fn is_more_trusted(context: &RuleContext<'_>, untrusted: NodeId, node: NodeId) -> bool {
    match (context.spec.trust(untrusted), context.spec.trust(node)) {
        (Some(low), Some(high)) => high > low,
        _ => context.untrusted.binary_search(&node).is_err(),
    }
}
