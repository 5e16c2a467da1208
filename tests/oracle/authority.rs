//! How authority spreads: the five rules for derived edges (`docs/semantics.md`, section 3), one function for
//! each, and their least fixpoint together with the flows.

use std::collections::BTreeMap;

use super::flows::{Spot, best, flows};
use super::topology::{Edge, Kind, Plane, Topology, Verb};

/// All edges: the declared ones in the order of the document, then the derived ones in theirs.
pub fn close(topology: &Topology) -> Vec<Edge> {
    let mut edges = topology.edges.clone();
    loop {
        let derived = merge(by_rule(topology, &edges).concat());
        let next: Vec<Edge> = topology.edges.iter().cloned().chain(derived).collect();
        if next == edges {
            return edges;
        }
        // More edges and smaller extras give more edges and smaller extras: from nothing, this is the least
        // one.
        edges = next;
    }
}

/// Derived edges that agree in everything but the extra are one, with the smallest; none leads to itself, and none
/// is dominated.
fn merge(derived: Vec<Edge>) -> Vec<Edge> {
    let mut least: BTreeMap<Edge, u32> = BTreeMap::new();
    for edge in derived.into_iter().filter(|e| e.from != e.to) {
        let extra = edge.extra;
        let smallest = least.entry(Edge { extra: 0, ..edge }).or_insert(extra);
        *smallest = extra.min(*smallest);
    }
    let all: Vec<Edge> = least.into_iter().map(|(edge, extra)| Edge { extra, ..edge }).collect();
    all.iter().filter(|e| !all.iter().any(|better| dominates(better, e))).cloned().collect()
}

/// Another edge that agrees in actor, verb, target and outsider-or-not, whose guards are a subset, whose return
/// guards are too (or the dominated one has no result), and whose extra is not larger.
fn dominates(better: &Edge, edge: &Edge) -> bool {
    let subset = |a: &[usize], b: &[usize]| a.iter().all(|guard| b.contains(guard));
    let agree = |e: &Edge| (e.from, e.verb, e.to, e.outsider);
    let returns = edge.returns.as_ref().is_none_or(|r| better.returns.as_ref().is_some_and(|b| subset(b, r)));
    better != edge
        && agree(better) == agree(edge)
        && subset(&better.guards, &edge.guards)
        && returns
        && better.extra <= edge.extra
}

/// What each of the rules 1 to 5 gives in one step, over these edges and their flows.
pub fn by_rule(topology: &Topology, edges: &[Edge]) -> [Vec<Edge>; 5] {
    // An outsider's edge makes flows, so `learned` sees it, but it is no premise.
    let premises: Vec<&Edge> = edges.iter().filter(|e| !e.outsider).collect();
    let learned = learned(topology, edges);
    [
        roles(topology, &premises),
        own_row(topology),
        holders(topology, &premises),
        outsiders(topology, &learned),
        insiders(topology, &premises, &learned),
    ]
}

/// L of each credential: where its secret can come, and how many guards stand on the best way there.
type Learned = Vec<(usize, BTreeMap<Spot, u32>)>;

fn learned(topology: &Topology, edges: &[Edge]) -> Learned {
    let exposure = flows(topology, edges, Plane::Exposure);
    credentials(topology)
        .map(|k| {
            let reached = best(&exposure, &[topology.own(k)]);
            (k, reached.into_iter().map(|(spot, label)| (spot, label.cost.guards)).collect())
        })
        .collect()
}

fn credentials(topology: &Topology) -> impl Iterator<Item = usize> {
    (0..topology.nodes.len()).filter(|n| topology.nodes[*n].kind == Kind::Credential)
}

/// One invoke by `from` of each thing that the credential opens.
fn open_all(topology: &Topology, credential: usize, like: &Edge) -> Vec<Edge> {
    topology.nodes[credential].opens.iter().map(|t| Edge { to: *t, ..like.clone() }).collect()
}

/// An unguarded invoke; [`open_all`] sets its target.
fn invoke(from: usize, extra: u32, outsider: bool) -> Edge {
    let (guards, returns) = (Vec::new(), Some(Vec::new()));
    Edge { from, verb: Verb::Invoke, to: from, guards, returns, outsider, extra }
}

/// Both guard sets as one.
fn union(a: &[usize], b: &[usize]) -> Vec<usize> {
    let mut both = [a, b].concat();
    both.sort_unstable();
    both.dedup();
    both
}

/// Rule 1, roles: who assumes a role has the role's edges, behind its own guards as well.
fn roles(topology: &Topology, premises: &[&Edge]) -> Vec<Edge> {
    let mut derived = Vec::new();
    for assume in premises.iter().filter(|e| e.verb == Verb::Invoke && topology.nodes[e.to].is_role()) {
        for of_role in premises.iter().filter(|e| e.from == assume.to) {
            derived.push(Edge {
                from: assume.from,
                guards: union(&assume.guards, &of_role.guards),
                extra: assume.extra + of_role.extra,
                ..(*of_role).clone()
            });
        }
    }
    derived
}

/// Rule 2, the key's own row: whoever holds the key from outside can use what it opens.
fn own_row(topology: &Topology) -> Vec<Edge> {
    credentials(topology).flat_map(|k| open_all(topology, k, &invoke(k, 0, true))).collect()
}

/// Rule 3, holders: who reads a key can use it freely, who invokes it uses it under the guards of that edge.
fn holders(topology: &Topology, premises: &[&Edge]) -> Vec<Edge> {
    let mut derived = Vec::new();
    for edge in premises.iter().filter(|e| topology.nodes[e.to].kind == Kind::Credential) {
        let held = match edge.verb {
            // The guards on the reading have to fail once, for the secret itself to come through.
            Verb::Read => {
                invoke(edge.from, edge.extra + topology.stopping(&edge.guards, Plane::Exposure), false)
            }
            Verb::Invoke => Edge { guards: edge.guards.clone(), ..invoke(edge.from, edge.extra, false) },
            Verb::Write | Verb::Observe => continue,
        };
        derived.extend(open_all(topology, edge.to, &held));
    }
    derived
}

/// Rule 4, outsiders who learn it: strangers, and places where content leaves, can use a secret that came
/// there.
fn outsiders(topology: &Topology, learned: &Learned) -> Vec<Edge> {
    let mut derived = Vec::new();
    for (k, ways) in learned {
        for (n, node) in topology.nodes.iter().enumerate() {
            let outside = matches!(node.kind, Kind::Principal | Kind::Sink) || node.untrusted;
            // Using a key on its own service is not leaking it, nor does a tool let out what it reads itself.
            let lets_out = node.egress && !topology.nodes[*k].opens.contains(&n);
            let doors = match (outside, lets_out) {
                (true, _) => topology.reached(n).to_vec(),
                (false, true) => vec![topology.call(n)],
                (false, false) => vec![],
            };
            if let Some(extra) = doors.iter().filter_map(|door| ways.get(door)).min() {
                derived.extend(open_all(topology, *k, &invoke(n, *extra, true)));
            }
        }
    }
    derived
}

/// Rule 5, insiders who learn it: a secret and something that can be made to call anything are enough.
fn insiders(topology: &Topology, premises: &[&Edge], learned: &Learned) -> Vec<Edge> {
    let mut derived = Vec::new();
    for (k, ways) in learned {
        // The general tool itself, where the secret is in what it brings into every call.
        for (g, _) in topology.nodes.iter().enumerate().filter(|(_, node)| node.general) {
            if let Some(extra) = ways.get(&topology.own(g)) {
                derived.extend(open_all(topology, *k, &invoke(g, *extra, false)));
            }
        }
        // Whoever knows the secret and may invoke a general tool, behind the guards of that edge.
        let uses = premises.iter().filter(|e| e.verb == Verb::Invoke && topology.nodes[e.to].general);
        for edge in uses {
            if let Some(extra) = ways.get(&topology.call(edge.from)) {
                let returns = edge.returns.as_ref().map(|r| union(&edge.guards, r));
                let extra = edge.extra + extra;
                let like = Edge { returns, extra, ..(*edge).clone() };
                derived.extend(open_all(topology, *k, &like));
            }
        }
    }
    derived
}
