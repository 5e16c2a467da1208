//! A topology → what strangers plant in a store that outlives the session, for somebody more trusted who reads it later: by itself, or
//! by way of tools that answer with it. All strangers count, and not the nearest alone.

use std::collections::VecDeque;

use super::proposed::{From, guard_on};
use super::shared::persistent;
use super::steering::Steering;
use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0070, AML_T0080_000, AML_T0094, ASI06, L2, LLM01, LLM04};
use crate::graph::{Arc, Direction, EdgeId, FewestGuards, FlowNode, Step, Tried};
use crate::model::text::phrase;
use crate::model::{Leg, NodeId, NodeKind, Plane, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::PoisonedMemory, include_str!("poisoned_memory.md")),
    references: &[ASI06, LLM01, LLM04, AML_T0070, AML_T0080_000, AML_T0094, L2],
    surface: Some(Surface::Memory),
    severity: Some("8.0"),
    finder: Finder::Topology(find),
};

/// A stranger that plants something, who is steered by it later, and how many guards stand before both.
#[derive(Clone, Copy)]
struct Planted {
    guards: u32,
    stranger: NodeId,
    reader: NodeId,
}

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    persistent(context).filter_map(|store| poisoned(context, store)).collect()
}

fn poisoned(context: &RuleContext<'_>, store: NodeId) -> Option<Draft> {
    let planting = Steering::reaching(context, store);
    planting.lead()?;
    let readers = readers(context, store, None);
    let mut planted: Vec<Planted> = Vec::new();
    // In the order of the strangers: of those that are alike, the chief one first.
    for (cost, stranger) in &planting.by {
        let more_trusted = readers.iter().filter(|(_, reader)| is_more_trusted(context, *stranger, *reader));
        planted.extend(more_trusted.map(|(read, reader)| Planted {
            guards: cost.guards.saturating_add(*read),
            stranger: *stranger,
            reader: *reader,
        }));
    }
    // A reader is the graver for being an agent.
    let is_agent = |node: NodeId| context.spec.node(node).kind == NodeKind::Agent;
    planted.sort_by_key(|one| (one.guards, !is_agent(one.reader)));
    let Planted { guards, stranger, reader } = *planted.first()?;
    let title = phrase!["what untrusted ", stranger, " plants stays in ", store, " and steers ", reader];
    let mut draft = Draft::new(Rule::PoisonedMemory, vec![store, reader, stranger], title).behind(guards);
    draft =
        draft.between_all(planted.iter().flat_map(|one| [(one.stranger, one.reader), (one.stranger, store)]));
    let distinct = |of: fn(&Planted) -> NodeId, lead: NodeId| -> Vec<NodeId> {
        let mut all: Vec<NodeId> = planted.iter().map(of).filter(|node| *node != lead).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (others, strangers) = (distinct(|one| one.reader, reader), distinct(|one| one.stranger, stranger));
    if !others.is_empty() {
        draft = draft.detail(phrase!["it steers ", &others, " too"]);
    }
    if !strangers.is_empty() {
        draft = draft.detail(phrase!["so does content of ", &strangers]);
    }
    let today = planting.path_of(stranger);
    let strikes = Witness::from_starts(context.graph, Plane::Influence, &[store]).path_to_act(reader);
    let now = guards;
    let mut planted = FewestGuards::new(context.graph);
    let mut left = |leg| least_without(context, &mut planted, store, leg);
    let fix = strikes
        .as_ref()
        .into_iter()
        .chain(&today)
        .find_map(|path| guard_on(context, (path, From::End), now, &mut left));
    let fix = fix.unwrap_or_else(|| {
        phrase!["let nobody write ", store, " who takes in untrusted content: no single guard closes it"]
    });
    Some(
        draft
            .shown_by(phrase!["how it comes there"], today)
            .shown_by(phrase!["how it strikes later"], strikes)
            .fix(fix),
    )
}

/// How many guards stand before the worst of all pairs where a leg moves nothing.
fn least_without(
    context: &RuleContext<'_>,
    planted: &mut FewestGuards<'_>,
    store: NodeId,
    without: (EdgeId, Leg),
) -> Option<u32> {
    let flows = context.graph.flows();
    planted.run(Plane::Influence, Direction::Reverse, [(flows.reached(store), 0)], Tried::without(without));
    let readers = readers(context, store, Some(without));
    let strangers = context.untrusted.iter().filter(|stranger| **stranger != store);
    let all = strangers.flat_map(|stranger| {
        let before = planted.to(flows.start(Plane::Influence, *stranger));
        let more_trusted = readers.iter().filter(|(_, reader)| is_more_trusted(context, *stranger, *reader));
        more_trusted.filter_map(move |(read, _)| Some(before?.saturating_add(*read)))
    });
    all.min()
}

/// Who is steered by what is in a store without an agent in between: agents and tools that relay, with the fewest guards on the way.
/// Tools and other stores may stand in between.
fn readers(context: &RuleContext<'_>, store: NodeId, without: Option<(EdgeId, Leg)>) -> Vec<(u32, NodeId)> {
    let flows = context.graph.flows();
    let is_agent = |node: NodeId| context.spec.node(node).kind == NodeKind::Agent;
    let is_steered = |node: NodeId| {
        let declared = context.spec.node(node);
        is_agent(node) || declared.kind == NodeKind::Tool && declared.relays
    };
    let mut least: Vec<Option<u32>> = vec![None; flows.len()];
    let mut left: VecDeque<(u32, FlowNode)> = flows.doors(store).map(|door| (0, door)).collect();
    while let Some((guards, door)) = left.pop_front() {
        if least[door.index()].is_some_and(|known| known <= guards) {
            continue;
        }
        least[door.index()] = Some(guards);
        if is_agent(flows.node(door)) {
            continue;
        }
        let arcs = flows.arcs_at(Plane::Influence, Direction::Forward, door);
        let is_left_out = |arc: &Arc| {
            let leg = |(edge, leg)| {
                arc.step == Step::Edge(edge) && context.graph.leg(edge, flows.node(door)) == leg
            };
            without.is_some_and(leg)
        };
        let arcs = arcs.filter(|arc| !is_left_out(arc));
        left.extend(arcs.map(|arc| (guards.saturating_add(arc.cost().guards), arc.other)));
    }
    let steered = context.spec.node_ids().filter(|node| *node != store && is_steered(*node));
    let read = steered.filter_map(|node| {
        let guards = flows.doors(node).filter_map(|door| least[door.index()]).min()?;
        Some((guards, node))
    });
    read.collect()
}

/// Whether a node is more trusted than an untrusted one: by zone where both are ranked, else if it is another one. That a stranger
/// controls the reader too makes nothing better.
fn is_more_trusted(context: &RuleContext<'_>, untrusted: NodeId, node: NodeId) -> bool {
    match (context.spec.trust(untrusted), context.spec.trust(node)) {
        (Some(low), Some(high)) => high > low,
        _ => node != untrusted,
    }
}
