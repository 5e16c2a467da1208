//! A topology → for each way out, whether untrusted and private content meet where it can be reached from: the lethal trifecta.
//!
//! They meet over the closure, as the semantics define a toxic flow, and not only inside one agent: Willison, "The lethal trifecta
//! for AI agents" (2025).

use rayon::prelude::*;

use crate::analysis::{Path, Witness, WitnessInto};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0051_001, AML_T0057, AML_T0086, ASI01, ASI02, L7, LLM01, LLM02, LLM06};
use crate::graph::Cost;
use crate::model::text::{count, phrase};
use crate::model::{NodeId, Plane, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::ToxicFlow, include_str!("toxic_flow.md")),
    references: &[ASI01, ASI02, LLM01, LLM02, LLM06, AML_T0051_001, AML_T0057, AML_T0086, L7],
    surface: None,
    severity: Some("8.5"),
    finder: Finder::Topology(find),
};

/// Which content comes to a node in the midst of a call, and which to what it brings into every call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meeting {
    /// Untrusted content stays, private content comes with a call.
    PrivateCalls,
    /// Private content stays, untrusted content comes with a call.
    UntrustedCalls,
}

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    if context.untrusted.is_empty() || context.private.is_empty() {
        return Vec::new();
    }
    let exits: Vec<Option<Draft>> = context.exits.par_iter().map(|exit| out_of(context, *exit)).collect();
    exits.into_iter().flatten().collect()
}

fn out_of(context: &RuleContext<'_>, exit: NodeId) -> Option<Draft> {
    // What the way out itself holds has left already.
    let others: Vec<NodeId> = context.private.iter().copied().filter(|node| *node != exit).collect();
    let own;
    let private = if others.len() == context.private.len() {
        context.private_reach()
    } else {
        own = Witness::from_starts(context.graph, Plane::Exposure, &others);
        &own
    };
    let into = WitnessInto::into_targets(context.graph, Plane::Exposure, &[exit]);
    let untrusted = context.untrusted_reach();
    let actors = context.spec.node_ids().filter(|node| *node != exit && context.spec.node(*node).kind.acts());
    let flows: Vec<(Cost, NodeId, Meeting)> = actors
        .filter_map(|node| {
            let out = into.cost_from(node)?;
            let (meeting, met) = meeting(untrusted, private, node)?;
            Some((met + out, node, meeting))
        })
        .collect();
    let &(cost, node, met) = flows.iter().min_by_key(|(cost, node, _)| (*cost, *node))?;
    let (steers, tells) = match met {
        Meeting::PrivateCalls => (untrusted.path_to_own(node), private.path_to(node)),
        Meeting::UntrustedCalls => (untrusted.path_to(node), private.path_to_own(node)),
    };
    let start = |path: &Option<Path>| path.as_ref().map_or(node, |path| path.from);
    let (attacker, secret) = (start(&steers), start(&tells));
    let by = match attacker == node {
        true => phrase![node, " is untrusted itself"],
        false => phrase!["untrusted ", attacker, " steers ", node],
    };
    let title = phrase!["content of ", secret, " can leave by ", exit, ": ", by];
    let alike: Vec<NodeId> =
        flows.iter().filter(|flow| flow.0.guards == cost.guards).map(|flow| flow.1).collect();
    let leaves = into.path_from(node);
    if let Some(path) = &leaves
        && path
            .hops
            .iter()
            .any(|hop| hop.to != exit && hop.to != secret && context.exits.binary_search(&hop.to).is_ok())
    {
        // What leaves by another way out before is found there.
        return None;
    }
    let mut draft = Draft::new(Rule::ToxicFlow, vec![exit, node, attacker, secret], title)
        .behind(cost.guards)
        .between(secret, exit)
        .between(attacker, exit);
    if cost.guards > 0 {
        draft = draft.detail(phrase![count(cost.guards as usize, "guard"), " on the three paths"]);
    }
    if alike.len() > 1 {
        draft = draft.detail(phrase!["they meet in ", count(alike.len(), "node"), ": ", &alike]);
    }
    if let Some(edge) =
        leaves.as_ref().and_then(|path| path.hops.last()).map(|hop| context.graph.edge(hop.edge))
    {
        draft = draft.fix(phrase![
            "put a guard that stops exposure where ",
            edge.from,
            " ",
            edge.verb,
            " ",
            edge.to,
            ", or keep untrusted or private content away from ",
            node
        ]);
    }
    Some(
        draft
            .shown_by(phrase!["untrusted content comes in"], steers)
            .shown_by(phrase!["private content comes in"], tells)
            .shown_by(phrase!["both go out"], leaves),
    )
}

/// Where untrusted and private content meet in a node, and what that costs at best: both come to it inside a call, and at least
/// one of them to what it brings into every call. Two callers of a node that starts afresh for each of them do not meet.
fn meeting(untrusted: &Witness<'_>, private: &Witness<'_>, node: NodeId) -> Option<(Meeting, Cost)> {
    let sum = |one: Option<Cost>, other: Option<Cost>| Some(one? + other?);
    let ways = [
        (Meeting::PrivateCalls, sum(untrusted.cost_to_own(node), private.cost_to(node))),
        (Meeting::UntrustedCalls, sum(untrusted.cost_to(node), private.cost_to_own(node))),
    ];
    let ways = ways.into_iter().filter_map(|(meeting, cost)| Some((meeting, cost?)));
    ways.min_by_key(|(meeting, cost)| (*cost, *meeting))
}
