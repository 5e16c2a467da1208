//! The lethal trifecta: untrusted content, private content and a way out that come together.
//!
//! Over the closure, as the project's semantics define it ("Toxic flow"), and not inside one agent: Willison, "The lethal trifecta
//! for AI agents" (2025). For sessions Meta's "Agents Rule of Two" (2025): two of the three are fine, all three are not.

use rayon::prelude::*;

use crate::analysis::{Path, Witness, WitnessInto};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::phrase::{count, phrase};
use crate::graph::Cost;
use crate::model::{NodeId, NodeKind, Plane, Rule, Verb, Via};

/// Which content comes to a node in the midst of a call, and which to what it brings into every call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meeting {
    /// Untrusted content stays, private content comes with a call.
    PrivateCalls,
    /// Private content stays, untrusted content comes with a call.
    UntrustedCalls,
}

/// For each way out: untrusted content and private content meet where it can be reached from.
pub(super) fn toxic_flow(context: &RuleContext<'_>) -> Vec<Draft> {
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

/// A session whose members together take in untrusted content, learn private content, and change or send something.
pub(super) fn rule_of_two(context: &RuleContext<'_>) -> Vec<Draft> {
    context.nodes(NodeKind::Session).filter_map(|session| of_session(context, session)).collect()
}

fn of_session(context: &RuleContext<'_>, session: NodeId) -> Option<Draft> {
    let members = members(context, session);
    let is_open = |cost: Option<Cost>| cost.is_some_and(Cost::is_open);
    let fed = *members.iter().find(|node| is_open(context.untrusted_reach().cost_to(**node)))?;
    let told = *members.iter().find(|node| is_open(context.private_reach().cost_to(**node)))?;
    let change = members.iter().find_map(|node| change(context, *node))?;
    let title = phrase![
        "session ",
        session,
        " has all three: untrusted content, private content, and a way to change or send something"
    ];
    let draft = Draft::new(Rule::RuleOfTwo, vec![session, fed, told, change.from], title)
        .shown_by(phrase!["untrusted content comes to ", fed], context.untrusted_reach().path_to(fed))
        .shown_by(phrase!["private content comes to ", told], context.private_reach().path_to(told))
        .detail(phrase![change.from, " ", change.verb, " ", change.to, " with no guard in between"])
        .fix(phrase![
            "split the session so that no part has all three, or put an approval before what ",
            change.from,
            " does"
        ]);
    Some(draft)
}

/// The members of a session, in node order.
pub(crate) fn members(context: &RuleContext<'_>, session: NodeId) -> Vec<NodeId> {
    let edges = context.declared_on(session).into_iter();
    let writes = edges.filter(|edge| edge.verb == Verb::Write && *edge.via() == Via::Member);
    let mut members: Vec<NodeId> = writes.map(|edge| edge.from).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// The first thing that a node does unguarded which changes something that lasts, or sends something out.
fn change<'g>(context: &RuleContext<'g>, node: NodeId) -> Option<&'g crate::graph::Edge> {
    let mut own: Vec<_> = context.graph.edges_of(node).collect();
    own.sort_unstable();
    let edges = own.into_iter().map(|id| context.graph.edge(id));
    edges.filter(|edge| edge.guards_to_act(context.spec) == 0).find(|edge| {
        let target = context.spec.node(edge.to);
        match edge.verb {
            Verb::Write => target.kind == NodeKind::Sink || context.graph.flows().is_persistent(edge.to),
            Verb::Invoke => target.egress || target.general || target.critical,
            Verb::Read | Verb::Observe => false,
        }
    })
}

/// The open web as a source that an agent reads: it is asked for by an address, which can carry anything away.
pub(super) fn web_as_source(context: &RuleContext<'_>) -> Vec<Draft> {
    let webs =
        context.nodes(NodeKind::Source).filter(|node| context.spec.node(*node).declared_kind == Some("web"));
    let found = webs.filter_map(|web| {
        let reads = context.declared_on(web).into_iter().find(|edge| {
            matches!(edge.verb, Verb::Read | Verb::Observe)
                && context.spec.node(edge.from).kind == NodeKind::Agent
        })?;
        let title = phrase![reads.from, " reads the open web, ", web, ", as if it came by itself"];
        let draft = Draft::new(Rule::WebAsSource, vec![web, reads.from], title)
            .at(reads.place)
            .detail(phrase!["who asks for a page can put anything that it knows into the address"])
            .fix(phrase![
                "declare what fetches it as a tool with ",
                crate::findings::Piece::Code("untrusted: true, egress: true".to_owned()),
                ", and have ",
                reads.from,
                " invoke it"
            ]);
        Some(draft)
    });
    found.collect()
}
