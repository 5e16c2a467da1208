//! The costs of all pairs in one plane, kept: guards, sessions, hops.

use crabwalk::analysis::CostTable;
use crabwalk::fleet::{FleetPlan, Shape};
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::Plane;
use rayon::prelude::*;

use super::Settings;
use crate::memory::{self, of_task};
use crate::page::{Line, Page};
use crate::race::{human, race, ratio, timed};
use crate::support::flat::Flat;
use crate::support::peers;
use crate::support::workload::{Density, graph, plain, without_secrets};

const TASK: &str = "costs of all pairs in one plane, kept";

/// The workloads, as a child names them too.
const SHAPES: [Shape; 2] = [Shape::OrgDense, Shape::Random];

fn plan(shape: Shape, nodes: u32) -> FleetPlan {
    without_secrets(plain(shape, nodes))
}

fn compute(graph: &CapabilityGraph) -> CostTable {
    CostTable::compute(graph, Plane::Influence)
}

/// All costs in one number.
fn sum(graph: &CapabilityGraph, table: &CostTable) -> u64 {
    let nodes: Vec<_> = graph.spec().node_ids().collect();
    let row = |from: &_| -> u64 {
        let others = nodes.iter().filter(|to| *to != from).filter_map(|to| table.cost(*from, *to));
        others.map(|cost| mixed(peers::packed(cost.guards, cost.sessions, cost.hops))).sum()
    };
    nodes.par_iter().map(row).reduce(|| 0, u64::wrapping_add)
}

/// The same of the peer's rows.
fn peer_sum(graph: &CapabilityGraph, rows: &[Vec<u32>]) -> u64 {
    let flows = graph.flows();
    let nodes: Vec<_> = graph.spec().node_ids().collect();
    let row = |from: &crabwalk::model::NodeId| -> u64 {
        let others =
            nodes.iter().filter(|to| *to != from).map(|to| rows[from.index()][flows.call(*to).index()]);
        others.filter(|cost| *cost != u32::MAX).map(mixed).sum()
    };
    nodes.par_iter().map(row).reduce(|| 0, u64::wrapping_add)
}

/// So that two wrong costs do not make up for one another.
fn mixed(cost: u32) -> u64 {
    (u64::from(cost) + 1).wrapping_mul(0x9e37_79b9) >> 8
}

pub(crate) fn costs(settings: Settings, page: &mut Page) {
    let nodes = settings.nodes(10_000);
    for (number, shape) in SHAPES.into_iter().enumerate() {
        let graph = graph(plan(shape, nodes));
        let flat = Flat::of(&graph, Plane::Influence);
        let priced = peers::petgraph_with_costs(&graph, Plane::Influence);
        let [ours, peer] = race(
            settings.effort,
            [
                Box::new(|| timed(|| compute(&graph), |table| sum(&graph, table))),
                Box::new(|| timed(|| peers::dijkstra_costs(&flat, &priced), |rows| peer_sum(&graph, rows))),
            ],
        );
        let workload = graph.spec().name.clone();
        let measured = format!("{}, petgraph `dijkstra` a source over rayon {}", human(ours), human(peer));
        page.add(Line::at_least(TASK, &workload, measured, ratio(peer, ours), 10.0));
        let (table, cell) = {
            let table = compute(&graph);
            (memory::human(table.bytes() as u64), table.bytes_a_cell())
        };
        if let Some(of) = of_task(&["costs", &number.to_string(), &nodes.to_string()]) {
            let figure = memory::human(of.grown());
            let measured = format!("the table takes {table}, {cell} bytes a pair");
            let met = of.grown() <= 600_000_000;
            page.add(Line::holds(TASK, &workload, measured, figure, "≤ 600 MB on top of the graph", met));
        }
        page.workload(&workload, Density::of(&graph));
    }
}

pub(crate) fn child(arguments: &[String]) {
    let shape: usize = arguments[0].parse().expect("a number");
    let graph = graph(plan(SHAPES[shape], arguments[1].parse().expect("a number of nodes")));
    memory::report(|| compute(&graph));
}
