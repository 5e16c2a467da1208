//! All edges and their flows → rows: the four questions of the matrix, asked for one node at a time.

use super::authority::derive;
use super::doors::{call, own};
use super::edges::{Edge, against_verb, declared};
use super::flows::{Cost, Flows, best};
use crate::model::{NodeId, Plane, Spec, Verb};

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
    /// The best way for the other's content to come to it.
    pub exposure: Option<Cost>,
}

impl Cell {
    /// A cell with nothing in it.
    #[must_use]
    pub fn blank(to: NodeId) -> Self {
        Self { to, direct: [None; 4], acts: [None; 4], influence: None, exposure: None }
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
        let [flows, _] = self.flows(plane);
        let best = best(flows, own(from));
        self.others(from, |node| best[call(self.spec, node)])
    }

    /// By node: the best way for its content to come to `to` in a plane. Nothing for `to` itself.
    #[must_use]
    pub fn reaching(&self, plane: Plane, to: NodeId) -> Vec<Option<Cost>> {
        let [_, reversed] = self.flows(plane);
        let best = best(reversed, call(self.spec, to));
        self.others(to, |node| best[own(node)])
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
        let influence = self.reached(Plane::Influence, from);
        let exposure = self.reaching(Plane::Exposure, from);
        let (direct, acts) = (self.direct(from), self.acts(from, &influence));
        let cell = |to: NodeId| {
            let at = to.index();
            Cell { to, direct: direct[at], acts: acts[at], influence: influence[at], exposure: exposure[at] }
        };
        let cells = self.spec.node_ids().filter(|to| *to != from).map(cell);
        Row { from, cells: cells.filter(|cell| *cell != Cell::blank(cell.to)).collect() }
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

    /// Over all Z with an edge on a target, where Z is the node itself or relays and is influenced by it: the guards on the way
    /// to Z, those that its authority cost, and those on the edge that stand against the verb.
    fn acts(&self, from: NodeId, influence: &[Option<Cost>]) -> Vec<ByVerb> {
        let mut acts = vec![[None; 4]; self.spec.nodes.len()];
        for edge in self.declared.iter().chain(&self.derived) {
            let z = edge.from;
            let steered = match influence[z.index()] {
                _ if z == from => 0,
                Some(cost) if self.spec.nodes[z.index()].relays => cost.guards,
                _ => continue,
            };
            let guards = steered.saturating_add(edge.extra).saturating_add(against_verb(self.spec, edge));
            least(&mut acts, edge, guards);
        }
        acts
    }
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
