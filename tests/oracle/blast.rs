//! The blast radius of section 6 of `docs/semantics.md`: what one or several nodes in an attacker's hands
//! come to.

use std::collections::{BTreeMap, BTreeSet};

use super::flows::{Cost, Spot, best, least};
use super::naive::Closed;
use super::topology::{Plane, Topology};

/// What the start nodes reach within a number of guards, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blast {
    /// The nodes influenced from any start, with the best cost over the starts; no start is among them.
    pub influenced: BTreeMap<String, Cost>,
    /// The persistent stores among the influenced nodes.
    pub footholds: BTreeSet<String>,
    /// The footholds and what they influence after the starts are cleaned up, starts included.
    pub residual: BTreeSet<String>,
    /// The nodes whose content comes to any start, with the best cost over the starts; no start is among
    /// them.
    pub exposed: BTreeMap<String, Cost>,
}

/// The blast radius of `starts`, where at most `max_guards` guards fail (all of them, if `None`).
pub fn blast(topology: &Topology, starts: &[&str], max_guards: Option<u32>) -> Blast {
    let closed = Closed::new(topology);
    let starts: Vec<usize> = starts.iter().map(|name| topology.node(name)).collect();
    let influence = closed.costs(Plane::Influence);
    let exposure = closed.costs(Plane::Exposure);
    let within = |guards: u32| max_guards.is_none_or(|max| guards <= max);
    let others = || (0..topology.nodes.len()).filter(|n| !starts.contains(n));
    let nearest = |cost_of: &dyn Fn(usize, usize) -> Option<Cost>| -> BTreeMap<usize, Cost> {
        let best = |n: usize| starts.iter().filter_map(|s| cost_of(*s, n)).min();
        others().filter_map(|n| Some((n, best(n)?))).filter(|(_, cost)| within(cost.guards)).collect()
    };

    let influenced = nearest(&|start, n| influence[start][n]);
    let exposed = nearest(&|start, n| exposure[n][start]);
    let footholds: BTreeSet<usize> =
        influenced.keys().copied().filter(|n| topology.nodes[*n].persists).collect();
    let again = again(&closed, &starts, &footholds);
    // A foothold reaches itself at no cost, so all footholds are in.
    let residual = again.into_iter().filter(|(_, guards)| within(*guards)).map(|(n, _)| n);

    let name = |n: usize| topology.nodes[n].name.clone();
    Blast {
        residual: residual.map(name).collect(),
        footholds: footholds.iter().map(|n| name(*n)).collect(),
        influenced: influenced.into_iter().map(|(n, cost)| (name(n), cost)).collect(),
        exposed: exposed.into_iter().map(|(n, cost)| (name(n), cost)).collect(),
    }
}

/// What footholds infect later, with the least guards: those on the way to the door at which a foothold was reached have failed
/// already and count on.
fn again(closed: &Closed, starts: &[usize], footholds: &BTreeSet<usize>) -> BTreeMap<usize, u32> {
    let (topology, flows) = (closed.topology, closed.flows(Plane::Influence));
    let held: Vec<Spot> = starts.iter().flat_map(|start| topology.held(*start)).collect();
    let before = best(flows, &held);
    let mut found: BTreeMap<usize, u32> = BTreeMap::new();
    for door in footholds.iter().flat_map(|foothold| topology.held(*foothold)) {
        let Some(before) = before.get(&door) else { continue };
        let from = best(flows, &[door]);
        for node in 0..topology.nodes.len() {
            if let Some(label) = least(&from, &topology.reached(node)) {
                let guards = before.cost.guards + label.cost.guards;
                found.entry(node).and_modify(|known| *known = guards.min(*known)).or_insert(guards);
            }
        }
    }
    found
}
