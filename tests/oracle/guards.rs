//! Guards that do nothing, and guards that a stranger can take down (section 6 of `docs/semantics.md`). By taking each away.

use std::collections::{BTreeMap, BTreeSet};

use super::flows::{Flow, Label, Spot, best, least, left};
use super::naive::{Closed, acts_of};
use super::topology::{Kind, Plane, Topology, Verb};

const PLANES: [Plane; 2] = [Plane::Influence, Plane::Exposure];

/// A guard on a leg of a declared edge: the edge's number, whether it is the result, the guard's number.
pub type Placed = (usize, bool, usize);

/// The guards on legs of declared edges that are decorative. One that stops nothing is none of them: it is said elsewhere.
pub fn decorative(topology: &Topology) -> BTreeSet<Placed> {
    let with = Closed::new(topology);
    placed(topology).into_iter().filter(|placed| is_decorative(&with, *placed)).collect()
}

fn placed(topology: &Topology) -> Vec<Placed> {
    let mut all = Vec::new();
    for (at, edge) in topology.edges.iter().enumerate() {
        let legs = [(false, Some(&edge.guards)), (true, edge.returns.as_ref())];
        for (result, guards) in legs.into_iter().filter_map(|(result, guards)| Some((result, guards?))) {
            all.extend(guards.iter().map(|guard| (at, result, *guard)));
        }
    }
    let stops = |guard: usize| PLANES.iter().any(|plane| topology.stops(guard, *plane));
    all.retain(|(_, _, guard)| stops(*guard));
    all
}

fn is_decorative(with: &Closed, (at, result, guard): Placed) -> bool {
    let mut topology = with.topology.clone();
    let edge = &mut topology.edges[at];
    let guards = if result { edge.returns.as_mut().expect("a result") } else { &mut edge.guards };
    guards.retain(|one| *one != guard);
    let without = Closed::new(&topology);
    let moves_content =
        topology.nodes[topology.edges[at].to].answers() || topology.edges[at].verb != Verb::Invoke;
    let mut planes = PLANES.into_iter().filter(|plane| with.topology.stops(guard, *plane));
    planes.all(|plane| {
        if moves_content {
            let legs = with
                .flows(plane)
                .iter()
                .filter(|flow| flow.step.is_some_and(|step| (step.edge, step.result) == (at, result)));
            let ends: Vec<(Spot, Spot)> = legs.map(|flow| (flow.from, flow.to)).collect();
            ends.iter().all(|ends| is_idle(with, &without, *ends, plane))
        } else {
            with.costs(plane).iter().zip(without.costs(plane)).all(|(before, after)| {
                before.iter().zip(after).all(|(before, after)| {
                    same(before.map(|cost| cost.guards), after.map(|cost| cost.guards))
                })
            }) && acts_of(with) == acts_of(&without)
        }
    })
}

/// Whether nothing has become cheaper; what has come up new has.
fn same(before: Option<u32>, after: Option<u32>) -> bool {
    after.is_none_or(|after| before.is_some_and(|before| before <= after))
}

/// Whether nothing that comes to x gets with fewer guards to what y passes content on to.
fn is_idle(with: &Closed, without: &Closed, (x, y): (Spot, Spot), plane: Plane) -> bool {
    let topology = with.topology;
    let nodes = || 0..topology.nodes.len();
    // What comes from the other end, or only gets back there, is there already.
    let apart = |other: usize| -> Vec<Flow> {
        let passes = |flow: &&Flow| flow.from.node() != other && flow.to.node() != other;
        with.flows(plane).iter().filter(passes).copied().collect()
    };
    let (before_x, after_y) = (apart(y.node()), apart(x.node()));
    let other = |n: &usize| *n != x.node() && *n != y.node();
    let comes = |n: &usize| other(n) && best(&before_x, &topology.starts(*n, plane)).contains_key(&x);
    let mut starts: Vec<Vec<Spot>> = nodes().filter(comes).map(|n| topology.starts(n, plane)).collect();
    if starts.is_empty() {
        starts.push(vec![x]);
    }
    let passed = best(&after_y, &[y]);
    let goes = |n: &usize| other(n) && least(&passed, &topology.reached(*n)).is_some();
    let mut ends: Vec<Vec<Spot>> = nodes().filter(goes).map(|n| topology.reached(n).to_vec()).collect();
    // The end itself counts where it is what has to be kept.
    let kept = &topology.nodes[y.node()];
    let is_kept = kept.critical || kept.general || kept.egress || kept.kind == Kind::Sink;
    if ends.is_empty() || is_kept || kept.persists {
        ends.push(topology.reached(y.node()).to_vec());
    }
    starts.iter().all(|start| {
        let (before, after) = (best(with.flows(plane), start), best(without.flows(plane), start));
        let guards =
            |labels: &BTreeMap<Spot, Label>, end: &[Spot]| least(labels, end).map(|label| label.cost.guards);
        ends.iter().all(|end| same(guards(&before, end), guards(&after, end)))
    })
}

/// By guard with a place where it is kept: the least guards on the way of a stranger there that does not pass the guard itself, if
/// there is such a way. None on it is an error, some are a warning.
pub fn disarmed(topology: &Topology) -> BTreeMap<usize, u32> {
    let closed = Closed::new(topology);
    let all = closed.flows(Plane::Influence);
    let mut found = BTreeMap::new();
    for (number, guard) in topology.guards.iter().enumerate() {
        let Some(store) = guard.kept_in else { continue };
        // One that does not stop influence is passed as if it were not there.
        let passed: &[usize] = if topology.stops(number, Plane::Influence) { &[number] } else { &[] };
        let flows: Vec<Flow> = left(all, &closed.edges, &[], passed);
        let strangers = topology.strangers().into_iter();
        let guards = strangers.filter_map(|stranger| {
            let labels = best(&flows, &topology.held(stranger));
            least(&labels, &topology.reached(store)).map(|label| label.cost.guards)
        });
        found.extend(guards.min().map(|guards| (number, guards)));
    }
    found
}
