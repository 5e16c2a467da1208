//! The shapes that are given by their flows alone: random, scale-free, layered, chain; and the hub.
//!
//! A flow u → v is an agent u that writes an agent v: one flow for each edge, so that the flow graph has the shape that is
//! asked for.

use super::draft::{Draft, Edge, Name, Node};
use super::org;
use super::plan::{FleetPlan, Shape};
use super::random::Random;
use crate::model::{NodeKind, Verb};

/// How many layers a layered fleet has, if it has that many nodes.
const LAYERS: u32 = 100;

/// The nodes and edges of a shape, with nothing mixed in. No edge stands twice, and none leads to itself.
pub(super) fn draw(plan: &FleetPlan) -> Draft {
    let mut random = Random::new(plan.seed, 0);
    let flows = match plan.shape {
        Shape::Org => return org::draw(plan.nodes, 1, &mut random),
        Shape::OrgDense => return org::draw(plan.nodes, 5, &mut random),
        Shape::Hub => return hub(plan.nodes),
        Shape::Random => anywhere(plan.nodes, plan.drawn(), &mut random),
        Shape::ScaleFree => scale_free(plan.nodes, plan.drawn(), &mut random),
        Shape::Layered => layered(plan.nodes, plan.drawn(), &mut random),
        Shape::Chain => (1..plan.nodes).map(|node| (node - 1, node)).collect(),
    };
    let mut edges: Vec<Edge> = flows.into_iter().map(|(from, to)| Edge::new(from, Verb::Write, to)).collect();
    edges.sort_unstable();
    edges.dedup();
    let agents = (0..plan.nodes).map(|number| Node::new(NodeKind::Agent, Name::Numbered("agent", number)));
    Draft { nodes: agents.collect(), edges }
}

/// Both ends anywhere.
fn anywhere(nodes: u32, drawn: u32, random: &mut Random) -> Vec<(u32, u32)> {
    let draws = u64::from(nodes) * u64::from(drawn);
    let flows = (0..draws).map(|_| (random.below(nodes), random.below(nodes)));
    flows.filter(|(from, to)| from != to).collect()
}

/// Each node attaches to ends of edges that are there already: who has many gets more (Barabási and Albert, "Emergence of
/// scaling in random networks", 1999). One edge in ten leads the other way round, which makes a loop of some.
fn scale_free(nodes: u32, drawn: u32, random: &mut Random) -> Vec<(u32, u32)> {
    let mut flows = Vec::new();
    let mut ends = vec![0];
    for node in 1..nodes {
        let first = ends.len();
        for _ in 0..drawn {
            let bound = u32::try_from(first).unwrap_or(u32::MAX);
            let other = ends[random.below(bound) as usize];
            flows.push(if random.chance(1, 10) { (node, other) } else { (other, node) });
            ends.push(other);
        }
        ends.push(node);
    }
    flows
}

/// Each node leads to some of the next layer.
fn layered(nodes: u32, drawn: u32, random: &mut Random) -> Vec<(u32, u32)> {
    let layers = LAYERS.min(nodes).max(1);
    let start = |layer: u32| {
        let start = u64::from(nodes) * u64::from(layer) / u64::from(layers);
        u32::try_from(start).unwrap_or(nodes)
    };
    let mut flows = Vec::new();
    for layer in 1..layers {
        let (here, next, end) = (start(layer - 1), start(layer), start(layer + 1));
        for node in here..next {
            for _ in 0..drawn {
                flows.push((node, next + random.below(end - next)));
            }
        }
    }
    flows
}

/// One store that all agents write and read.
fn hub(nodes: u32) -> Draft {
    let mut draft = Draft::default();
    if nodes == 0 {
        return draft;
    }
    let store = draft.add(Node { forgets: true, ..Node::new(NodeKind::Store, Name::Only("hub")) });
    for number in 1..nodes {
        let agent = draft.add(Node::new(NodeKind::Agent, Name::Numbered("agent", number)));
        draft.edges.push(Edge::new(agent, Verb::Write, store));
        draft.edges.push(Edge::new(agent, Verb::Read, store));
    }
    draft
}
