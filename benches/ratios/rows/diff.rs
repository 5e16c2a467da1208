//! What ten changed edges change: all pairs that opened or closed, exactly.

use crabwalk::analysis::{ReachDiff, Reachability};
use crabwalk::fleet::Shape;
use crabwalk::graph::{CapabilityGraph, Strength};
use crabwalk::model::{NodeId, NodeKind, Plane, Spec, Verb};
use rayon::prelude::*;

use super::Settings;
use crate::page::{Line, Page};
use crate::race::{human, race, ratio, timed, timed_alone};
use crate::support::workload::{Density, plain, spec};

const TASK: &str = "exact diff after 10 changed edges";

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

pub(crate) fn diff(settings: Settings, page: &mut Page) {
    let before = spec(plain(Shape::OrgDense, settings.nodes(10_000)));
    let (base, head) = (CapabilityGraph::build(before.clone()), CapabilityGraph::build(change(&before)));
    let compare = || ReachDiff::between(&base, &head, Plane::Influence, Strength::Any);
    let changed = |diff: &ReachDiff| (diff.opened() + diff.closed()) as u64;
    let [ours, one] = race(
        settings.effort,
        [Box::new(|| timed(compare, changed)), Box::new(|| timed_alone(|| close(&base)))],
    );
    let diff = compare();
    assert_eq!(changed(&diff), differing(&base, &head), "the diff counts every pair that differs");
    let workload = base.spec().name.clone();
    let (opened, closed) = (diff.opened(), diff.closed());
    let measured =
        format!("{} ({opened} pairs opened, {closed} closed), one closure {}", human(ours), human(one));
    page.add(Line::at_most(TASK, &workload, measured, ratio(ours, one), 5.0));
    page.workload(&workload, Density::of(&base));
}
