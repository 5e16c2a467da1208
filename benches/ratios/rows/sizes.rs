//! How far every node reaches, with nothing kept.

use crabwalk::analysis::ReachSizes;
use crabwalk::fleet::{FleetPlan, Shape};
use crabwalk::graph::{CapabilityGraph, Direction, Strength};
use crabwalk::model::Plane;

use super::Settings;
use crate::memory::{self, of_task};
use crate::page::{Line, Page};
use crate::race::{human, race, ratio, timed};
use crate::support::flat::Flat;
use crate::support::peers;
use crate::support::workload::{Density, graph, plain};

const TASK: &str = "blast-radius size of every node";

fn count(graph: &CapabilityGraph) -> ReachSizes {
    ReachSizes::count(graph, Plane::Influence, Strength::Any, Direction::Forward)
}

fn sum(sizes: &[u32]) -> u64 {
    sizes.iter().map(|size| u64::from(*size)).sum()
}

pub(crate) fn dense(settings: Settings, page: &mut Page) {
    let graph = graph(plain(Shape::OrgDense, settings.nodes(100_000)));
    let flat = Flat::of(&graph, Plane::Influence);
    let plain = peers::petgraph(&flat);
    let [ours, peer] = race(
        settings.effort,
        [
            Box::new(|| timed(|| count(&graph), ReachSizes::total)),
            Box::new(|| timed(|| peers::bfs_sizes(&flat, &plain), |sizes| sum(sizes))),
        ],
    );
    let workload = graph.spec().name.clone();
    let measured = format!("{}, petgraph `Bfs` a source over rayon {}", human(ours), human(peer));
    page.add(Line::at_least(TASK, &workload, measured, ratio(peer, ours), 300.0));
    page.workload(&workload, Density::of(&graph));
}

pub(crate) fn sparse(settings: Settings, page: &mut Page) {
    let graph = graph(plain(Shape::Org, settings.nodes(100_000)));
    let flat = Flat::of(&graph, Plane::Influence);
    let csr = peers::csr(&flat);
    let [ours, peer] = race(
        settings.effort,
        [
            Box::new(|| timed(|| count(&graph), ReachSizes::total)),
            Box::new(|| timed(|| peers::csr_sizes(&flat, &csr), |sizes| sum(sizes))),
        ],
    );
    let workload = graph.spec().name.clone();
    let measured = format!("{}, `graph_builder` search a source over rayon {}", human(ours), human(peer));
    page.add(Line::at_least(TASK, &workload, measured, ratio(peer, ours), 1.0));
    page.workload(&workload, Density::of(&graph));
}

fn large(nodes: u32, edges_per_node: u32) -> FleetPlan {
    plain(Shape::Random, nodes).with_edges_per_node(edges_per_node)
}

pub(crate) fn million(settings: Settings, page: &mut Page) {
    let nodes = settings.nodes(1_000_000);
    for edges_per_node in [2, 5] {
        let plan = large(nodes, edges_per_node);
        let workload = format!("random-{nodes}, {edges_per_node} edges a node");
        let Some(of) = of_task(&["sizes", &nodes.to_string(), &edges_per_node.to_string()]) else { continue };
        let seconds = of.millis as f64 / 1e3;
        let figure = format!("{seconds:.2} s, {}", memory::human(of.grown()));
        let (before, peak) = (memory::human(of.before), memory::human(of.peak));
        let measured = format!("the built graph takes {before}, and all together {peak} at most");
        let met = seconds <= 15.0 && of.grown() <= 1_000_000_000;
        page.add(Line::holds(TASK, &workload, measured, figure, "≤ 15 s, ≤ 1 GB on top of the graph", met));
        page.workload(&workload, Density::of(&graph(plan)));
    }
}

pub(crate) fn child(arguments: &[String]) {
    let numbers: Vec<u32> = arguments.iter().map(|word| word.parse().expect("a number")).collect();
    let graph = graph(large(numbers[0], numbers[1]));
    memory::report(|| count(&graph));
}
