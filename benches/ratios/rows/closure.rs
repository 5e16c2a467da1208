//! The boolean closure of one plane, all pairs, kept; and the four closures that a matrix needs.

use crabwalk::analysis::Reachability;
use crabwalk::fleet::Shape;
use crabwalk::graph::{CapabilityGraph, Strength};
use crabwalk::model::Plane;

use super::Settings;
use crate::memory::{self, of_task};
use crate::page::{Line, Page};
use crate::race::{human, race, ratio, timed, timed_alone};
use crate::support::flat::Flat;
use crate::support::workload::{Density, graph, plain};
use crate::support::{first_touch, peers};

fn close(graph: &CapabilityGraph) -> Reachability<'_> {
    Reachability::close(graph, Plane::Influence, Strength::Any)
}

fn pairs(closure: &Reachability<'_>) -> u64 {
    closure.pairs() as u64
}

pub(crate) fn dense(settings: Settings, page: &mut Page) {
    const TASK: &str = "closure of one plane, kept";
    let graph = graph(plain(Shape::OrgDense, settings.nodes(10_000)));
    let flat = Flat::of(&graph, Plane::Influence);
    let (plain, for_reduction) = (peers::petgraph(&flat), peers::for_reduction(&flat));
    let [ours, bfs, tred] = race(
        settings.effort,
        [
            Box::new(|| timed(|| close(&graph), pairs)),
            Box::new(|| timed(|| peers::bfs_closure(&flat, &plain), |found| peers::bfs_pairs(&flat, found))),
            Box::new(|| {
                let input = for_reduction.clone();
                timed(|| peers::tred_closure(input), |found| peers::tred_pairs(&flat, found))
            }),
        ],
    );
    let workload = graph.spec().name.clone();
    let against = |name: &str, peer| format!("{}, {name} {}", human(ours), human(peer));
    let measured = against("petgraph `Bfs` a source over rayon", bfs);
    page.add(Line::at_least(TASK, &workload, measured, ratio(bfs, ours), 80.0));
    let measured = against("petgraph condensation and `tred` closure", tred);
    page.add(Line::at_least(TASK, &workload, measured, ratio(tred, ours), 10.0));
    page.workload(&workload, Density::of(&graph));
}

pub(crate) fn layered(settings: Settings, page: &mut Page) {
    const TASK: &str = "closure of one plane, kept";
    let nodes = settings.nodes(50_000);
    let graph = graph(plain(Shape::Layered, nodes));
    let flat = Flat::of(&graph, Plane::Influence);
    let for_reduction = peers::for_reduction(&flat);
    let bytes = close(&graph).bytes();
    // A bit for each pair of components of which one may reach the other: what the result would be if no row were shared.
    let components = Density::of(&graph).components;
    let triangle = components * components / 16;
    let [ours, tred, touch, touch_all] = race(
        settings.effort,
        [
            Box::new(|| timed(|| close(&graph), pairs)),
            Box::new(|| {
                let input = for_reduction.clone();
                timed(|| peers::tred_closure(input), |found| peers::tred_pairs(&flat, found))
            }),
            Box::new(|| timed_alone(|| first_touch::touch(bytes))),
            Box::new(|| timed_alone(|| first_touch::touch(triangle))),
        ],
    );
    let workload = graph.spec().name.clone();
    let measured = format!("{}, petgraph condensation and `tred` closure {}", human(ours), human(tred));
    page.add(Line::at_least(TASK, &workload, measured, ratio(tred, ours), 200.0));
    let nodes = nodes.to_string();
    if let (Some(ours), Some(tred)) = (of_task(&["closure", &nodes]), of_task(&["closure-tred", &nodes])) {
        let share = tred.grown() as f64 / ours.grown().max(1) as f64;
        let (ours, tred) = (memory::human(ours.grown()), memory::human(tred.grown()));
        let measured = format!("{ours} on top of the graph, petgraph {tred}");
        let figure = format!("1/{share:.1}");
        page.add(Line::holds(TASK, &workload, measured, figure, "≤ 1/10 of the memory", share >= 10.0));
    }
    let share = 100.0 * ratio(touch, ours).wall;
    let size = memory::human(bytes as u64);
    let measured = format!("{}, first touch of the same {size} {}", human(ours), human(touch));
    let figure = format!("{share:.0} %");
    page.add(Line::holds(TASK, &workload, measured, figure, "≥ 50 % of first touch", share >= 50.0));
    let share = 100.0 * ratio(touch_all, ours).wall;
    let size = memory::human(triangle as u64);
    let measured = format!(
        "{}, first touch of {size}, a bit for each pair below the diagonal, {}",
        human(ours),
        human(touch_all)
    );
    let figure = format!("{share:.0} %");
    page.add(Line::holds(TASK, &workload, measured, figure, "≥ 50 % of first touch", share >= 50.0));
    page.workload(&workload, Density::of(&graph));
}

pub(crate) fn four(settings: Settings, page: &mut Page) {
    const TASK: &str = "the four closures of a matrix";
    let graph = graph(plain(Shape::OrgDense, settings.nodes(10_000)).mixed());
    let all = || {
        [Plane::Influence, Plane::Exposure].map(|plane| {
            [Strength::Open, Strength::Any].map(|strength| Reachability::close(&graph, plane, strength))
        })
    };
    let [four, one] = race(
        settings.effort,
        [Box::new(|| timed(all, |found| pairs(&found[0][1]))), Box::new(|| timed(|| close(&graph), pairs))],
    );
    let workload = graph.spec().name.clone();
    let measured = format!("{}, one closure {}", human(four), human(one));
    page.add(Line::at_most(TASK, &workload, measured, ratio(four, one), 6.0));
    page.workload(&workload, Density::of(&graph));
}

fn layers(arguments: &[String]) -> CapabilityGraph {
    graph(plain(Shape::Layered, arguments[0].parse().expect("a number of nodes")))
}

pub(crate) fn child(arguments: &[String]) {
    let graph = layers(arguments);
    memory::report(|| close(&graph));
}

pub(crate) fn child_tred(arguments: &[String]) {
    let input = peers::for_reduction(&Flat::of(&layers(arguments), Plane::Influence));
    memory::report(|| peers::tred_closure(input));
}
