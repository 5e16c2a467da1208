//! What ten changed edges change: every answer of every pair, and the changes that each gain comes from, as `diff` finds them.

use crabwalk::analysis::{CostTable, Reachability};
use crabwalk::compare::{Comparison, Kind};
use crabwalk::fleet::Shape;
use crabwalk::graph::{CapabilityGraph, Strength};
use crabwalk::model::{NodeId, NodeKind, Plane, Spec, Verb, Way};
use rayon::prelude::*;

use super::Settings;
use crate::page::{Line, Page};
use crate::race::{human, race, ratio, timed_alone};
use crate::support::workload::{Density, plain, spec};

const TASK: &str = "`diff` after 10 changed edges: answers and causes";

/// Takes five edges out and puts five writes in, spread over the fleet.
fn change(base: &Spec) -> Spec {
    const CHANGED: usize = 5;
    let mut head = base.clone();
    let stride = head.edges.len() / (CHANGED + 1);
    (1..=CHANGED).rev().for_each(|taken| drop(head.edges.remove(taken * stride)));
    let agents: Vec<NodeId> =
        base.node_ids().filter(|node| base.node(*node).kind == NodeKind::Agent).collect();
    let like = &base.edges[0];
    let step = agents.len() / (2 * CHANGED + 1);
    head.edges.extend((0..CHANGED).map(|added| {
        let (from, to) = (agents[2 * added * step], agents[(2 * added + 1) * step]);
        let mut edge = crabwalk::model::Edge::new(from, Verb::Write, to);
        edge.place = like.place;
        edge
    }));
    head
}

/// How many pairs differ, by two closures and a comparison of every pair.
fn differing(base: &CapabilityGraph, head: &CapabilityGraph) -> u64 {
    let (before, after) = (close(base), close(head));
    let nodes: Vec<NodeId> = base.spec().node_ids().collect();
    let row = |from: &NodeId| {
        nodes.iter().filter(|to| before.reaches(*from, **to) != after.reaches(*from, **to)).count() as u64
    };
    nodes.par_iter().map(row).sum()
}

fn close(graph: &CapabilityGraph) -> Reachability<'_> {
    Reachability::close(graph, Plane::Influence, Strength::Any)
}

/// The costs of all pairs in both planes of both sides: whoever compares them has to know them.
fn costs(base: &CapabilityGraph, head: &CapabilityGraph) -> [[CostTable; 2]; 2] {
    let tables = |graph| [Plane::Influence, Plane::Exposure].map(|plane| CostTable::compute(graph, plane));
    [tables(base), tables(head)]
}

pub(crate) fn diff(settings: Settings, page: &mut Page) {
    let before = spec(plain(Shape::OrgDense, settings.nodes(10_000)));
    let after = change(&before);
    let (base, head) = (CapabilityGraph::build(before.clone()), CapabilityGraph::build(after.clone()));
    let compare = || Comparison::of(&before, &after).expect("nothing is renamed");
    let count = |comparison: &Comparison, kind: Kind| {
        let influence = comparison.deltas().iter().filter(|delta| delta.question == Way::Influence);
        influence.filter(|delta| delta.kind() == kind).count() as u64
    };
    let [ours, tables] = race(
        settings.effort,
        [Box::new(|| timed_alone(compare)), Box::new(|| timed_alone(|| costs(&base, &head)))],
    );
    let comparison = compare();
    let (opened, closed) = (count(&comparison, Kind::New), count(&comparison, Kind::Closed));
    assert_eq!(opened + closed, differing(&base, &head), "the diff counts every pair that differs");
    let workload = base.spec().name.clone();
    let measured = format!(
        "{} ({} answers differ; {opened} pairs opened, {closed} closed), the costs of all pairs alone {}",
        human(ours),
        comparison.deltas().len(),
        human(tables)
    );
    page.add(Line::at_most(TASK, &workload, measured, ratio(ours, tables), 5.0));
    page.workload(&workload, Density::of(&base));
}
