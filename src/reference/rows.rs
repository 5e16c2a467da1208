//! All edges and their flows → rows: the four questions of the matrix, asked for one node at a time.

use super::authority::derive;
use super::doors::{self, Spot, act};
use super::edges::{Edge, against_verb, declared};
use super::flows::{Cost, Flows, best, ends_at_keep};
use crate::model::{NodeId, NodeKind, Plane, Spec, Verb};

/// By verb, in the order write, read, invoke, observe: a number of guards, or nothing where the verb is not there.
type ByVerb = [Option<u32>; 4];

/// What an attacker who holds a row's node gets of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The other node.
    pub to: NodeId,
    /// The verbs that are declared, with the guards that stand against each.
    pub direct: [Option<u32>; 4],
    /// The verbs that it can have done, by itself or by anyone it steers, with the guards that have to fail.
    pub acts: [Option<u32>; 4],
    /// The best way for its content to come to the other.
    pub influence: Option<Cost>,
    /// The best way to where the other acts from, if it is a node that acts; the same as `influence` if not.
    pub steered: Option<Cost>,
    /// The best way for the other's content to come to it.
    pub exposure: Option<Cost>,
}

impl Cell {
    /// A cell with nothing in it.
    #[must_use]
    pub fn blank(to: NodeId) -> Self {
        Self { to, direct: [None; 4], acts: [None; 4], influence: None, steered: None, exposure: None }
    }
}

/// One row: the cells in the order of the nodes, blank ones left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The node that the attacker holds.
    pub from: NodeId,
    /// The cells that are not blank.
    pub cells: Vec<Cell>,
}

/// A spec with everything that its rows are computed from.
#[derive(Debug)]
pub struct Reference<'s> {
    spec: &'s Spec,
    declared: Vec<Edge>,
    derived: Vec<Edge>,
    /// By plane: the flows, and the same against their direction, for "whose content comes here?".
    influence: [Flows; 2],
    exposure: [Flows; 2],
}

impl<'s> Reference<'s> {
    /// Derives all edges of a spec and lays out their flows.
    #[must_use]
    pub fn new(spec: &'s Spec) -> Self {
        let declared = declared(spec);
        let derived = derive(spec, &declared);
        let both_ways = |plane| {
            let flows = Flows::of(spec, declared.iter().chain(&derived), plane);
            let reversed = flows.reversed();
            [flows, reversed]
        };
        let (influence, exposure) = (both_ways(Plane::Influence), both_ways(Plane::Exposure));
        Self { spec, declared, derived, influence, exposure }
    }

    /// The derived edges, in their order.
    #[must_use]
    pub fn derived(&self) -> &[Edge] {
        &self.derived
    }

    /// By node: the best way for content of `from` to come to it in a plane. Nothing for `from` itself.
    #[must_use]
    pub fn reached(&self, plane: Plane, from: NodeId) -> Vec<Option<Cost>> {
        self.arrived(from, &self.spread(plane, from))
    }

    /// By node: the best way for its content to come to `to` in a plane. Nothing for `to` itself.
    #[must_use]
    pub fn reaching(&self, plane: Plane, to: NodeId) -> Vec<Option<Cost>> {
        let [_, reversed] = self.flows(plane);
        let best = best(reversed, &doors::reached(self.spec, to));
        self.others(to, |node| least_of(&best, &self.starts(plane, node)))
    }

    /// Where content of a node starts: an attacker holds all doors, and what a node has lies in one place.
    fn starts(&self, plane: Plane, node: NodeId) -> [Spot; 2] {
        match plane {
            Plane::Influence => doors::held(self.spec, node),
            Plane::Exposure => [doors::has(self.spec, node); 2],
        }
    }

    /// The best way for content of a node to come to each spot.
    fn spread(&self, plane: Plane, from: NodeId) -> Vec<Option<Cost>> {
        let [flows, _] = self.flows(plane);
        best(flows, &self.starts(plane, from))
    }

    /// By node: the best way to the door at which it is reached best.
    fn arrived(&self, from: NodeId, best: &[Option<Cost>]) -> Vec<Option<Cost>> {
        self.others(from, |node| least_of(best, &doors::reached(self.spec, node)))
    }

    fn flows(&self, plane: Plane) -> &[Flows; 2] {
        match plane {
            Plane::Influence => &self.influence,
            Plane::Exposure => &self.exposure,
        }
    }

    /// The row of a node.
    #[must_use]
    pub fn row(&self, from: NodeId) -> Row {
        let spread = self.spread(Plane::Influence, from);
        let influence = self.arrived(from, &spread);
        let steering = self.others(from, |node| spread[act(self.spec, node)]);
        let exposure = self.reaching(Plane::Exposure, from);
        let (direct, acts) = (self.direct(from), self.acts(from, &steering));
        let cell = |to: NodeId| {
            let at = to.index();
            let steered = if self.is_acting(to) { steering[at] } else { influence[at] };
            let (direct, acts) = (direct[at], acts[at]);
            Cell { to, direct, acts, influence: influence[at], steered, exposure: exposure[at] }
        };
        let cells = self.spec.node_ids().filter(|to| *to != from).map(cell);
        Row { from, cells: cells.filter(|cell| *cell != Cell::blank(cell.to)).collect() }
    }

    /// Whether it declares verbs of its own.
    fn is_acting(&self, id: NodeId) -> bool {
        matches!(self.spec.nodes[id.index()].kind, NodeKind::Agent | NodeKind::Principal | NodeKind::Tool)
    }

    /// Something of every node but one.
    fn others(&self, from: NodeId, of: impl Fn(NodeId) -> Option<Cost>) -> Vec<Option<Cost>> {
        self.spec.node_ids().map(|node| if node == from { None } else { of(node) }).collect()
    }

    /// The verbs that a node declares, by target.
    fn direct(&self, from: NodeId) -> Vec<ByVerb> {
        let mut direct = vec![[None; 4]; self.spec.nodes.len()];
        for edge in self.declared.iter().filter(|edge| edge.from == from) {
            least(&mut direct, edge, against_verb(self.spec, edge));
        }
        direct
    }

    /// Over all Z with an edge on a target, where Z is the node itself or is reached where it acts from: the guards on the way
    /// there, those that its authority cost, and those on the edge that stand against the verb. Who steers a tool does not get
    /// the keys that it keeps.
    fn acts(&self, from: NodeId, steering: &[Option<Cost>]) -> Vec<ByVerb> {
        let mut acts = vec![[None; 4]; self.spec.nodes.len()];
        for edge in self.declared.iter().chain(&self.derived) {
            let z = edge.from;
            let steered = match steering[z.index()] {
                _ if z == from => 0,
                Some(cost) if !ends_at_keep(self.spec, edge) => cost.guards,
                _ => continue,
            };
            let guards = steered.saturating_add(edge.extra).saturating_add(against_verb(self.spec, edge));
            least(&mut acts, edge, guards);
        }
        acts
    }
}

/// The least cost of some spots.
fn least_of(best: &[Option<Cost>], spots: &[Spot]) -> Option<Cost> {
    spots.iter().filter_map(|spot| best[*spot]).min()
}

/// Keeps the smaller number of guards for an edge's verb on its target.
fn least(by_target: &mut [ByVerb], edge: &Edge, guards: u32) {
    let verb = match edge.verb {
        Verb::Write => 0,
        Verb::Read => 1,
        Verb::Invoke => 2,
        Verb::Observe => 3,
    };
    let slot = &mut by_target[edge.to.index()][verb];
    *slot = Some(slot.map_or(guards, |known| known.min(guards)));
}
