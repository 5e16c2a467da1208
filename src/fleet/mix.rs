//! A plain fleet → one with everything in it: guards, agents that start afresh for each caller, stores that persist and
//! stores that do not, sources, sinks, zones. The shape of the flows stays.

use super::draft::{Draft, Edge, GUARDS, GuardSet, Name, Node, ZONES};
use super::plan::{FleetPlan, Shape};
use super::random::Random;
use crate::model::{NodeKind, Verb};

/// Mixes in everything but authority.
pub(super) fn mix(draft: &mut Draft, plan: &FleetPlan) {
    let mut random = Random::new(plan.seed, 1);
    // Teams have their memories already, and a hub is one.
    if !matches!(plan.shape, Shape::Org | Shape::OrgDense | Shape::Hub) {
        some_are_stores(draft, &mut random);
    }
    for node in &mut draft.nodes {
        settle(node, &mut random);
    }
    outside(draft, &mut random);
}

/// Turns one agent in eight into a store where its edges allow it: a store is written and read, and does not act. Where two
/// agents remain, the content that moves is written, or as often read or watched.
fn some_are_stores(draft: &mut Draft, random: &mut Random) {
    let mut is_store: Vec<bool> = draft.nodes.iter().map(|_| random.chance(1, 8)).collect();
    for edge in &draft.edges {
        if is_store[edge.from as usize] && is_store[edge.to as usize] {
            is_store[edge.to as usize] = false;
        }
    }
    for (node, is_store) in draft.nodes.iter_mut().zip(&is_store) {
        if let (true, Name::Numbered(_, number)) = (*is_store, node.name) {
            *node = Node::new(NodeKind::Store, Name::Numbered("store", number));
        }
    }
    for edge in &mut draft.edges {
        let (from, to) = (edge.from, edge.to);
        *edge = match (is_store[from as usize], is_store[to as usize]) {
            (true, _) => Edge::new(to, Verb::Read, from),
            (false, true) => *edge,
            (false, false) => match random.below(4) {
                0 => Edge::new(to, Verb::Read, from),
                1 => Edge::new(to, Verb::Observe, from),
                _ => *edge,
            },
        };
    }
}

/// A node's attributes.
fn settle(node: &mut Node, random: &mut Random) {
    match node.kind {
        NodeKind::Agent => node.per_call = random.chance(1, 4),
        NodeKind::Store => {
            node.forgets = false;
            node.declared_kind = random.chance(1, 4).then_some("sandbox");
        }
        _ => {}
    }
    node.zone = match random.below(4) {
        0 => None,
        zone => u8::try_from(zone - 1).ok(),
    };
}

/// One source for a hundred nodes, which an agent reads, and half as many sinks, which an agent writes.
fn outside(draft: &mut Draft, random: &mut Random) {
    const KINDS: [&str; 6] = ["email", "webhook", "upload", "chat", "feed", "web"];
    let agents = agents(draft);
    for number in 0..agents.len() / 100 {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let Some(reader) = random.pick(&agents) else { return };
        let source = Node::new(NodeKind::Source, Name::Numbered("source", number));
        let source = draft.add(Node { declared_kind: random.pick(&KINDS), zone: zone("edge"), ..source });
        draft.edges.push(Edge::new(reader, Verb::Read, source));
        if number % 2 == 0 {
            let sink = draft.add(Node::new(NodeKind::Sink, Name::Numbered("sink", number / 2)));
            draft.edges.push(Edge::new(reader, Verb::Write, sink));
        }
    }
}

/// The numbers of all agents.
pub(super) fn agents(draft: &Draft) -> Vec<u32> {
    (0_u32..).zip(&draft.nodes).filter(|(_, node)| node.kind == NodeKind::Agent).map(|(at, _)| at).collect()
}

/// The position of a zone.
pub(super) fn zone(name: &str) -> Option<u8> {
    ZONES.iter().position(|zone| *zone == name).and_then(|position| u8::try_from(position).ok())
}

/// Puts guards on a third of the edges: one, now and then two; where something comes back, on one result in four of those.
pub(super) fn guard(draft: &mut Draft, seed: u64) {
    let mut random = Random::new(seed, 2);
    for edge in &mut draft.edges {
        if random.chance(1, 3) {
            edge.guards = guards(&mut random);
            if edge.returns.is_some() && random.chance(1, 4) {
                edge.returns = Some(guards(&mut random));
            }
        }
    }
}

fn guards(random: &mut Random) -> GuardSet {
    let one = |random: &mut Random| 1_u8 << random.below(GUARDS.len() as u32);
    let first = one(random);
    GuardSet(if random.chance(1, 8) { first | one(random) } else { first })
}
