//! The blast radius of one node, with the costs of everything in it and the best path to the farthest.

use crabwalk::analysis::BlastRadius;
use crabwalk::fleet::Shape;
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{NodeId, Plane};

use super::Settings;
use crate::page::{Line, Page};
use crate::race::{human, race, ratio, timed};
use crate::support::flat::Flat;
use crate::support::peers;
use crate::support::workload::{Density, graph, plain, without_secrets};

const TASK: &str = "one blast radius, with costs and a witness";

fn reached(blast: &BlastRadius<'_>) -> u64 {
    (blast.influenced.len() + blast.influenced_guarded.len()) as u64
}

/// The first node that reaches half of the others.
fn start(graph: &CapabilityGraph) -> NodeId {
    let half = graph.spec().nodes.len() as u64 / 2;
    let reaches_half = |node: &NodeId| reached(&BlastRadius::compute(graph, &[*node], 0)) > half;
    graph.spec().node_ids().find(reaches_half).expect("two edges a node make a giant loop")
}

pub(crate) fn blast(settings: Settings, page: &mut Page) {
    let graph = graph(without_secrets(plain(Shape::Random, settings.nodes(1_000_000))));
    let flat = Flat::of(&graph, Plane::Influence);
    let plain = peers::petgraph(&flat);
    let start = start(&graph);
    let farthest = BlastRadius::compute(&graph, &[start], 0);
    let farthest = farthest.influenced.iter().max_by_key(|found| found.cost).expect("it reaches half").node;
    let whole = || {
        let blast = BlastRadius::compute(&graph, &[start], 0);
        let path = blast.influence_path(farthest);
        (blast, path)
    };
    let door = flat.own[start.index()];
    let [ours, peer] = race(
        settings.effort,
        [
            Box::new(|| timed(whole, |(blast, _)| reached(blast))),
            Box::new(|| timed(|| peers::one_bfs(&flat, &plain, door), |reached| *reached)),
        ],
    );
    let workload = graph.spec().name.clone();
    let measured = format!("{}, one petgraph `Bfs` {}", human(ours), human(peer));
    page.add(Line::at_most(TASK, &workload, measured, ratio(ours, peer), 3.0));
    page.workload(&workload, Density::of(&graph));
}
