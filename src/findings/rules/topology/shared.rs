//! What several rules of a topology search for.

use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::model::text::phrase;
use crate::model::{Edge, NodeId, NodeKind, Plane, Role, Rule, Verb};

/// The stores that keep content after the session that wrote it, in node order.
pub(super) fn persistent<'a>(context: &'a RuleContext<'_>) -> impl Iterator<Item = NodeId> + 'a {
    context.nodes(NodeKind::Store).filter(|node| context.graph.flows().is_persistent(*node))
}

/// The edges with one of some verbs on a node, in their order.
pub(in crate::findings) fn acting<'g>(
    context: &RuleContext<'g>,
    node: NodeId,
    verbs: &[Verb],
) -> Vec<&'g crate::graph::Edge> {
    let mut edges: Vec<_> =
        context.graph.edges_on(node).filter(|id| verbs.contains(&context.graph.edge(*id).verb)).collect();
    edges.sort_unstable();
    edges.into_iter().map(|id| context.graph.edge(id)).collect()
}

/// Those that act on a node by reading or observing it, declared or derived, in the order of their edges.
pub(in crate::findings) fn readers<'g>(
    context: &RuleContext<'g>,
    node: NodeId,
) -> Vec<&'g crate::graph::Edge> {
    acting(context, node, &[Verb::Read, Verb::Observe])
}

/// The members of a session, however they were declared: who writes it and reads it, in node order.
pub(in crate::findings) fn members(context: &RuleContext<'_>, session: NodeId) -> Vec<NodeId> {
    let edges = context.declared_on(session);
    let those = |verb: Verb| -> Vec<NodeId> {
        edges.iter().filter(|edge| edge.verb == verb).map(|edge| edge.from).collect()
    };
    let (mut members, read) = (those(Verb::Write), those(Verb::Read));
    members.retain(|member| read.contains(member));
    members.sort_unstable();
    members.dedup();
    members
}

/// Those that invoke a node, declared, in node order.
pub(in crate::findings) fn callers(context: &RuleContext<'_>, node: NodeId) -> Vec<NodeId> {
    let edges = context.graph.edges_on(node).map(|id| context.graph.edge(id));
    let calls = edges.filter(|edge| edge.verb == Verb::Invoke && edge.is_declared());
    let mut callers: Vec<NodeId> = calls.map(|edge| edge.from).collect();
    callers.sort_unstable();
    callers.dedup();
    callers
}

/// The invocations in which the callee plays a role.
pub(super) fn in_role<'g>(context: &RuleContext<'g>, role: Role) -> impl Iterator<Item = &'g Edge> {
    context.edges(Verb::Invoke).filter(move |edge| edge.role == Some(role))
}

/// How many guards stop influence on what comes back; `None` where nothing comes back.
pub(super) fn guards_on_return(context: &RuleContext<'_>, edge: &Edge) -> Option<u32> {
    let guards = edge.result.as_deref()?.iter();
    let stopping = guards.filter(|guard| context.spec.guard(**guard).stops(Plane::Influence)).count();
    u32::try_from(stopping).ok()
}

/// The webhooks that steer anything at all, with what each reaches. One that nobody reads is no way in, whatever it lacks.
pub(super) fn heard<'a, 'g>(
    context: &'a RuleContext<'g>,
) -> impl Iterator<Item = (NodeId, Witness<'g>)> + 'a {
    let hooks = context.nodes(NodeKind::Source).filter(|node| context.spec.node(*node).is_webhook());
    hooks.filter_map(|hook| {
        let reach = Witness::from_starts(context.graph, Plane::Influence, &[hook]);
        let is_heard = context.spec.node_ids().any(|node| node != hook && reach.cost_to(node).is_some());
        is_heard.then_some((hook, reach))
    })
}

/// Roles and keys, in node order.
pub(super) fn assumed<'a>(context: &'a RuleContext<'_>) -> impl Iterator<Item = NodeId> + 'a {
    context.nodes(NodeKind::Principal).filter(|node| context.spec.node(*node).is_assumable())
}

/// The least trusted writer and the most trusted reader of a store that hands influence up between them.
pub(super) fn handed_up(context: &RuleContext<'_>, store: NodeId, rule: Rule) -> Option<Draft> {
    let open = |edge: &&crate::graph::Edge| {
        edge.is_declared() && edge.request_guards(context.spec, Plane::Influence) == 0
    };
    let trust = |node: NodeId| context.spec.trust(node);
    let writers = acting(context, store, &[Verb::Write]);
    let low = writers
        .into_iter()
        .filter(open)
        .filter(|edge| trust(edge.from).is_some())
        .min_by_key(|edge| trust(edge.from))?;
    let readers = readers(context, store);
    let read = readers.iter().copied().filter(open).filter(|edge| trust(edge.from).is_some());
    let high = read.rev().max_by_key(|edge| trust(edge.from))?;
    if trust(low.from) >= trust(high.from) {
        return None;
    }
    let zone = |node: NodeId| context.spec.node(node).zone;
    let (below, above) = zone(low.from).zip(zone(high.from))?;
    let title = phrase![store, " hands on content from zone ", below, " to zone ", above];
    Some(
        Draft::new(rule, vec![store, low.from, high.from], title)
            .between(low.from, high.from)
            .detail(phrase![
                low.from,
                " writes it, ",
                high.from,
                " reads it, and no guard stops influence on the way"
            ])
            .fix(phrase![
                "give each zone a store of its own, or put a guard that stops influence where ",
                high.from,
                " reads ",
                store
            ]),
    )
}
