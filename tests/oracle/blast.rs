//! The blast radius of section 6 of `docs/semantics.md`: what one or several nodes in an attacker's hands
//! come to.

use std::collections::{BTreeMap, BTreeSet};

use super::flows::Cost;
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
    let least = |cost_of: &dyn Fn(usize, usize) -> Option<Cost>| -> BTreeMap<usize, Cost> {
        let best = |n: usize| starts.iter().filter_map(|s| cost_of(*s, n)).min();
        others().filter_map(|n| Some((n, best(n)?))).filter(|(_, cost)| within(cost.guards)).collect()
    };

    let influenced = least(&|start, n| influence[start][n]);
    let exposed = least(&|start, n| exposure[n][start]);
    let footholds: BTreeMap<usize, u32> = influenced
        .iter()
        .filter(|(n, _)| topology.nodes[**n].persists)
        .map(|(n, cost)| (*n, cost.guards))
        .collect();
    // From a foothold F on, the guards on the way to F have failed already and count on.
    let from_foothold = |b: usize| {
        footholds.iter().any(|(f, before)| influence[*f][b].is_some_and(|cost| within(before + cost.guards)))
    };
    // A foothold reaches itself at no cost, so all footholds are in.
    let residual = (0..topology.nodes.len()).filter(|b| from_foothold(*b));

    let name = |n: usize| topology.nodes[n].name.clone();
    Blast {
        residual: residual.map(name).collect(),
        footholds: footholds.keys().map(|n| name(*n)).collect(),
        influenced: influenced.into_iter().map(|(n, cost)| (name(n), cost)).collect(),
        exposed: exposed.into_iter().map(|(n, cost)| (name(n), cost)).collect(),
    }
}
