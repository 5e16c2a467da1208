//! The questions of section 6 of `docs/semantics.md`, answered straight from their definitions.
//!
//! Nothing here is fast, and nothing is shared with the tool: two readings of the same page have to agree.

use std::collections::BTreeMap;

use super::authority::close;
pub use super::flows::Cost;
pub use super::flows::{Flow, Spot};
use super::flows::{Label, best, flows, least, left};
use super::topology::{Edge, Plane, Topology, Verb};

/// What the matrix says of an ordered pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// In the order write, read, invoke, observe.
    pub direct: Vec<&'static str>,
    /// Verb to guards.
    pub acts: BTreeMap<&'static str, u32>,
    pub influence: Option<Cost>,
    /// To where an acting node acts from; the same as `influence` for all others.
    pub steered: Option<Cost>,
    pub exposure: Option<Cost>,
}

/// One step of a printed path: an edge, and whether it is followed along its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    pub actor: String,
    pub verb: &'static str,
    pub target: String,
    pub result: bool,
}

/// A topology with all edges, and their flows in both planes.
pub struct Closed<'t> {
    pub topology: &'t Topology,
    pub edges: Vec<Edge>,
    influence: Vec<Flow>,
    exposure: Vec<Flow>,
}

impl<'t> Closed<'t> {
    pub fn new(topology: &'t Topology) -> Closed<'t> {
        let edges = close(topology);
        let influence = flows(topology, &edges, Plane::Influence);
        let exposure = flows(topology, &edges, Plane::Exposure);
        Closed { topology, edges, influence, exposure }
    }

    /// The flows of one plane.
    pub fn flows(&self, plane: Plane) -> &[Flow] {
        match plane {
            Plane::Influence => &self.influence,
            Plane::Exposure => &self.exposure,
        }
    }

    /// The best labels from where content of n starts in one plane.
    pub fn from(&self, n: usize, plane: Plane) -> BTreeMap<Spot, Label> {
        best(self.flows(plane), &self.topology.starts(n, plane))
    }

    /// For every node: what it costs to come from it to where each other node is reached best.
    pub fn costs(&self, plane: Plane) -> Vec<Vec<Option<Cost>>> {
        self.costs_to(plane, |m| self.topology.reached(m).to_vec())
    }

    /// For every node that an attacker holds: what it costs to come to where each other node acts from.
    pub fn steering(&self) -> Vec<Vec<Option<Cost>>> {
        self.costs_to(Plane::Influence, |m| vec![self.topology.act(m)])
    }

    fn costs_to(&self, plane: Plane, doors: impl Fn(usize) -> Vec<Spot>) -> Vec<Vec<Option<Cost>>> {
        let nodes = 0..self.topology.nodes.len();
        let row = |n| {
            let labels = self.from(n, plane);
            nodes.clone().map(|m| least(&labels, &doors(m)).map(|label| label.cost)).collect()
        };
        nodes.clone().map(row).collect()
    }
}

/// What one question answers about an ordered pair, with what passes some nodes or guards taken out: how many guards have to
/// fail. `question` is `influence`, `exposure` or a verb.
pub fn without(
    topology: &Topology,
    nodes: &[usize],
    guards: &[usize],
    question: &str,
) -> BTreeMap<(usize, usize), u32> {
    let mut closed = Closed::new(topology);
    closed.influence = left(&closed.influence, &closed.edges, nodes, guards);
    closed.exposure = left(&closed.exposure, &closed.edges, nodes, guards);
    let (influence, exposure) = (closed.costs(Plane::Influence), closed.costs(Plane::Exposure));
    let steering = closed.steering();
    closed.edges.retain(|edge| {
        !nodes.contains(&edge.from) && !edge.guards.iter().any(|guard| guards.contains(guard))
    });
    let mut found = BTreeMap::new();
    for a in 0..topology.nodes.len() {
        for b in (0..topology.nodes.len()).filter(|b| *b != a) {
            let least = match question {
                "influence" => influence[a][b].map(|cost| cost.guards),
                "exposure" => exposure[b][a].map(|cost| cost.guards),
                verb => acts(&closed, &steering[a], a, b).get(verb).copied(),
            };
            found.extend(least.map(|least| ((a, b), least)));
        }
    }
    found
}

/// The lateral-movement matrix: every ordered pair that has anything, by name.
pub fn matrix(topology: &Topology) -> BTreeMap<(String, String), Cell> {
    let closed = Closed::new(topology);
    let influence = closed.costs(Plane::Influence);
    let exposure = closed.costs(Plane::Exposure);
    let steering = closed.steering();
    let mut cells = BTreeMap::new();
    for (a, from) in topology.nodes.iter().enumerate() {
        for (b, to) in topology.nodes.iter().enumerate().filter(|(b, _)| *b != a) {
            let cell = Cell {
                direct: direct(topology, a, b),
                acts: acts(&closed, &steering[a], a, b),
                influence: influence[a][b],
                steered: if to.kind.acts() { steering[a][b] } else { influence[a][b] },
                // B's content comes to A.
                exposure: exposure[b][a],
            };
            if cell != Cell::default() {
                cells.insert((from.name.clone(), to.name.clone()), cell);
            }
        }
    }
    cells
}

/// The verbs that A declares on B.
fn direct(topology: &Topology, a: usize, b: usize) -> Vec<&'static str> {
    let declares = |verb: &Verb| topology.edges.iter().any(|e| (e.from, e.verb, e.to) == (a, *verb, b));
    Verb::ALL.into_iter().filter(declares).map(Verb::name).collect()
}

/// For every ordered pair, what the first can have done to the second.
pub fn acts_of(closed: &Closed) -> BTreeMap<(usize, usize), BTreeMap<&'static str, u32>> {
    let nodes = 0..closed.topology.nodes.len();
    let steering = closed.steering();
    let pairs = nodes.clone().flat_map(|a| nodes.clone().filter(move |b| *b != a).map(move |b| (a, b)));
    pairs.map(|(a, b)| ((a, b), acts(closed, &steering[a], a, b))).collect()
}

/// What A can have done to B: by itself, or by whoever it steers. `steering` is A's row.
fn acts(closed: &Closed, steering: &[Option<Cost>], a: usize, b: usize) -> BTreeMap<&'static str, u32> {
    let topology = closed.topology;
    let mut least: BTreeMap<&'static str, u32> = BTreeMap::new();
    for edge in closed.edges.iter().filter(|e| e.to == b) {
        let z = edge.from;
        let steering = match steering[z] {
            _ if z == a => 0,
            // Who steers a tool has it use its key, and does not get the key.
            _ if topology.is_kept(edge) => continue,
            Some(cost) => cost.guards,
            None => continue,
        };
        // To do something is stopped where influence is, to learn something where exposure is.
        let plane = match edge.verb {
            Verb::Write | Verb::Invoke => Plane::Influence,
            Verb::Read | Verb::Observe => Plane::Exposure,
        };
        let guards = steering + edge.extra + topology.stopping(&edge.guards, plane);
        least.entry(edge.verb.name()).and_modify(|g| *g = guards.min(*g)).or_insert(guards);
    }
    least
}

/// The path that is printed for how `from`'s content comes to `to` in a plane: the cheapest, and of equally
/// cheap ones the one whose edges come first.
///
/// The content runs from `from` to `to` in both planes: the matrix has the exposure of A to B's content,
/// which is the path from B to A here.
pub fn best_path(topology: &Topology, plane: Plane, from: &str, to: &str) -> Option<(Cost, Vec<Hop>)> {
    let closed = Closed::new(topology);
    let labels = closed.from(topology.node(from), plane);
    let label = least(&labels, &topology.reached(topology.node(to)))?;
    let name = |n: usize| topology.nodes[n].name.clone();
    let hops = label.path.iter().map(|step| {
        let edge = &closed.edges[step.edge];
        Hop { actor: name(edge.from), verb: edge.verb.name(), target: name(edge.to), result: step.result }
    });
    Some((label.cost, hops.collect()))
}
