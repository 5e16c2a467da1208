//! Stores that outlive a session: what is planted in them today strikes whoever reads them tomorrow.

use crate::analysis::{Witness, WitnessInto};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::phrase::{Piece, phrase};
use crate::model::{Edge, NodeId, NodeKind, Plane, Role, Rule, Verb, before_time};

/// The stores that keep content after the session that wrote it, in node order.
fn persistent<'a>(context: &'a RuleContext<'_>) -> impl Iterator<Item = NodeId> + 'a {
    context.nodes(NodeKind::Store).filter(|node| context.graph.flows().is_persistent(*node))
}

/// Those that act on a node by reading or observing it, declared or derived, in the order of their edges.
pub(crate) fn readers<'g>(context: &RuleContext<'g>, node: NodeId) -> Vec<&'g crate::graph::Edge> {
    acting(context, node, &[Verb::Read, Verb::Observe])
}

/// The edges with one of some verbs on a node, in their order.
pub(crate) fn acting<'g>(
    context: &RuleContext<'g>,
    node: NodeId,
    verbs: &[Verb],
) -> Vec<&'g crate::graph::Edge> {
    let mut edges: Vec<_> =
        context.graph.edges_on(node).filter(|id| verbs.contains(&context.graph.edge(*id).verb)).collect();
    edges.sort_unstable();
    edges.into_iter().map(|id| context.graph.edge(id)).collect()
}

/// A persistent store that untrusted content comes to and that somebody more trusted reads.
pub(super) fn poisoned(context: &RuleContext<'_>) -> Vec<Draft> {
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

/// A persistent store that untrusted content comes to, that somebody reads, and that nothing says how to purge.
pub(super) fn unpurgeable(context: &RuleContext<'_>) -> Vec<Draft> {
    let stores = persistent(context).filter(|store| context.spec.node(*store).revocation().is_none());
    let found = stores.filter_map(|store| {
        let planted = context.untrusted_reach().path_to(store)?;
        let reader = readers(context, store).first()?.from;
        let title = phrase![
            "nothing says how what untrusted ",
            planted.from,
            " plants in ",
            store,
            " is found and removed"
        ];
        let node = context.spec.node(store);
        let mut draft = Draft::new(Rule::UnpurgeableStore, vec![store, reader, planted.from], title)
            .behind(planted.cost.guards)
            .between(planted.from, store);
        draft = match node.retention() {
            Some(time) => {
                draft.detail(phrase!["it stays ", before_time(time), Piece::Quoted(time.to_owned())])
            }
            None => draft.detail(phrase!["nothing says how long it stays"]),
        };
        if node.is_versioned() {
            draft = draft
                .detail(phrase!["the store is versioned: say who finds the version to go back to, and how"]);
        }
        Some(draft.shown_by(phrase!["how it comes there"], Some(planted)).fix(phrase![
            "write down how poisoned content is found and removed: ",
            Piece::Code("revocation: …".to_owned()),
            " on ",
            store
        ]))
    });
    found.collect()
}

/// A persistent store that somebody writes and somebody more trusted reads, with nothing on the way that stops influence.
pub(super) fn across_zones(context: &RuleContext<'_>) -> Vec<Draft> {
    persistent(context).filter_map(|store| handed_up(context, store, Rule::MemoryAcrossZones)).collect()
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

/// A store that an agent reads as its definition, and that untrusted content or somebody less trusted can steer.
pub(super) fn editable_definition(context: &RuleContext<'_>) -> Vec<Draft> {
    let reads = context.edges(Verb::Read).filter(|edge| edge.role == Some(Role::Definition));
    reads.filter_map(|edge| edited(context, edge)).collect()
}

fn edited(context: &RuleContext<'_>, read: &Edge) -> Option<Draft> {
    let into = WitnessInto::into_targets(context.graph, Plane::Influence, &[read.to]);
    let own = context.spec.trust(read.from);
    let is_lower = |node: NodeId| {
        let is_below = matches!((context.spec.trust(node), own), (Some(low), Some(own)) if low < own);
        is_below || context.untrusted.binary_search(&node).is_ok()
    };
    let others =
        context.spec.node_ids().filter(|node| *node != read.to && *node != read.from && is_lower(*node));
    let (cost, who) = others.filter_map(|node| Some((into.cost_from(node)?, node))).min()?;
    let own_guards =
        read.guards.iter().filter(|guard| context.spec.guard(**guard).stops(Plane::Influence)).count();
    let guards = cost.guards.saturating_add(u32::try_from(own_guards).unwrap_or(u32::MAX));
    let title = phrase![who, " can edit what defines ", read.from, ": ", read.to];
    Some(
        Draft::new(Rule::EditableDefinition, vec![read.to, read.from, who], title)
            .behind(guards)
            .at(read.place)
            .between(who, read.from)
            .between(who, read.to)
            .shown_by(phrase!["how ", who, " comes to it"], into.path_from(who))
            .fix(phrase![
                "let only those write ",
                read.to,
                " who are trusted as much as ",
                read.from,
                ", behind a review of each change"
            ]),
    )
}
