//! One row of the matrix: what is in it, and how it is found by two searches and the acts, columns that have nothing left out.

use super::acts::{Acts, Capabilities};
use super::cost::{End, reached};
use crate::graph::{CapabilityGraph, Cost, Direction, Search};
use crate::model::{NodeId, Plane, Verb, Way};

/// A verb that the row's node declares on the column's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Declared {
    /// The verb.
    pub verb: Verb,
    /// How many guards on it stop the plane it acts in.
    pub guards: u32,
}

/// One cell: what an attacker who holds the row's node gets of the column's. Never blank.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// The column.
    pub to: NodeId,
    /// What was declared, in the order W R I O.
    pub direct: Vec<Declared>,
    /// Best path in the influence plane from all that the holder of `from` holds to any door of `to`.
    pub influence: Option<Cost>,
    /// Best path in the influence plane to where `to` acts from: it is steered, and not merely tainted. The same as `influence` where
    /// it does not act.
    pub steered: Option<Cost>,
    /// Best path in the exposure plane from what `to` has to any door of `from`.
    pub exposure: Option<Cost>,
    acts: Acts,
}

impl Cell {
    /// The verbs that the attacker can have done, in order, each with the least number of guards that have to fail.
    pub fn acts(&self) -> impl Iterator<Item = (Verb, u32)> + '_ {
        self.acts.present()
    }

    /// The guards that have to fail for one verb, by the attacker itself or by anyone it steers.
    #[must_use]
    pub fn guards_on(&self, verb: Verb) -> Option<u32> {
        self.acts.guards_on(verb)
    }

    /// Whether steering the node is another matter than tainting it.
    #[must_use]
    pub fn is_steered_apart(&self) -> bool {
        self.steered != self.influence
    }

    /// The best path of a plane.
    #[must_use]
    pub fn cost(&self, plane: Plane) -> Option<Cost> {
        match plane {
            Plane::Influence => self.influence,
            Plane::Exposure => self.exposure,
        }
    }

    /// How many guards have to fail for one of the ways that the cell answers.
    #[must_use]
    pub fn guards_of(&self, way: Way) -> Option<u32> {
        match way.verb() {
            Some(verb) => self.guards_on(verb),
            None => self.cost(way.plane()).map(|cost| cost.guards),
        }
    }

    /// Whether a declared guard on this verb can be walked around: the verb can be had done, or the content moved, with no
    /// guard failing.
    #[must_use]
    pub fn has_open_detour(&self, declared: Declared) -> bool {
        let by_others = self.guards_on(declared.verb) == Some(0);
        let by_flow = self.cost(declared.verb.plane()).is_some_and(Cost::is_open);
        declared.guards > 0 && (by_others || by_flow)
    }
}

/// One row: everything that an attacker who holds `from` gets, columns in node order, blank ones left out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatrixRow {
    /// The node that is compromised.
    pub from: NodeId,
    /// The cells that are not blank.
    pub cells: Vec<Cell>,
}

impl MatrixRow {
    /// The cell of a column; `None` where it is blank.
    #[must_use]
    pub fn cell(&self, to: NodeId) -> Option<&Cell> {
        self.cells.binary_search_by_key(&to, |cell| cell.to).ok().map(|at| &self.cells[at])
    }
}

/// What is needed to find rows one after the other. Buffers are as long as the graph and are cleaned by what a row touched.
#[derive(Debug)]
pub(super) struct RowSearch {
    influence: Search,
    exposure: Search,
    /// By node: the acts on it.
    acts: Vec<Acts>,
    /// Columns with acts, each once.
    acted: Vec<NodeId>,
    /// By node: whether it is among `columns`.
    marked: Vec<bool>,
    /// Columns that have anything; in node order once a row is found.
    columns: Vec<NodeId>,
    /// A row's memory to use again.
    cells: Vec<Cell>,
}

impl RowSearch {
    pub(super) fn new(graph: &CapabilityGraph) -> Self {
        let nodes = graph.spec().nodes.len();
        Self {
            influence: Search::new(graph.flows()),
            exposure: Search::new(graph.flows()),
            acts: vec![Acts::NONE; nodes],
            acted: Vec::new(),
            marked: vec![false; nodes],
            columns: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Finds everything of one row.
    pub(super) fn run(
        &mut self,
        graph: &CapabilityGraph,
        from: NodeId,
        capabilities: &Capabilities,
        declared: &[(NodeId, Declared)],
    ) {
        self.clean();
        let flows = graph.flows();
        self.influence.run(
            flows,
            Plane::Influence,
            Direction::Forward,
            [(flows.start(Plane::Influence, from), Cost::ZERO)],
        );
        self.exposure.run(flows, Plane::Exposure, Direction::Reverse, [(flows.reached(from), Cost::ZERO)]);
        let influenced = reached(flows, &self.influence, End::Reached);
        self.act(graph, from, &influenced, capabilities);
        let exposed = reached(flows, &self.exposure, End::Start(Plane::Exposure));
        let declared = declared.iter().map(|(to, _)| *to);
        let acted = std::mem::take(&mut self.acted);
        for node in influenced.into_iter().chain(exposed).chain(declared).chain(acted.iter().copied()) {
            if !std::mem::replace(&mut self.marked[node.index()], true) {
                self.columns.push(node);
            }
        }
        self.acted = acted;
        self.sort();
    }

    /// What can be had done by the node itself and by everyone that it steers.
    fn act(
        &mut self,
        graph: &CapabilityGraph,
        from: NodeId,
        influenced: &[NodeId],
        capabilities: &Capabilities,
    ) {
        let flows = graph.flows();
        let others = influenced.iter().copied().filter(|node| *node != from);
        for actor in std::iter::once(from).chain(others) {
            let Some(cost) = self.influence.cost(flows.acts_from(actor)) else { continue };
            for capability in capabilities.of(actor).iter().filter(|one| actor == from || !one.is_kept) {
                let acts = &mut self.acts[capability.to.index()];
                if *acts == Acts::NONE {
                    self.acted.push(capability.to);
                }
                acts.lower(capability.verb, cost.guards.saturating_add(capability.guards));
            }
        }
    }

    /// Puts the columns in node order: few are sorted, of many all nodes are looked at.
    fn sort(&mut self) {
        const FEW: usize = 16;
        if self.columns.len() > self.marked.len() / FEW {
            let marked = self.marked.iter().enumerate().filter(|(_, marked)| **marked);
            self.columns.clear();
            self.columns.extend(marked.map(|(position, _)| NodeId::new(position)));
        } else {
            self.columns.sort_unstable();
        }
    }

    /// The cells of the columns that are wanted.
    pub(super) fn cells(
        &mut self,
        graph: &CapabilityGraph,
        declared: &[(NodeId, Declared)],
        wanted: impl Fn(NodeId) -> bool,
    ) -> Vec<Cell> {
        let flows = graph.flows();
        let mut cells = std::mem::take(&mut self.cells);
        let mut declared = declared.iter().peekable();
        for &to in self.columns.iter().filter(|to| wanted(**to)) {
            while declared.next_if(|(target, _)| *target < to).is_some() {}
            let mut direct = Vec::new();
            while let Some((_, verb)) = declared.next_if(|(target, _)| *target == to) {
                direct.push(*verb);
            }
            cells.push(Cell {
                to,
                direct,
                influence: self.influence.cost(flows.reached(to)),
                steered: self.influence.cost(if graph.spec().node(to).kind.acts() {
                    flows.acts_from(to)
                } else {
                    flows.reached(to)
                }),
                exposure: self.exposure.cost(flows.start(Plane::Exposure, to)),
                acts: self.acts[to.index()],
            });
        }
        cells
    }

    /// Takes a row's memory back.
    pub(super) fn keep(&mut self, mut cells: Vec<Cell>) {
        cells.clear();
        self.cells = cells;
    }

    fn clean(&mut self) {
        for node in self.columns.drain(..) {
            self.marked[node.index()] = false;
        }
        for node in self.acted.drain(..) {
            self.acts[node.index()] = Acts::NONE;
        }
    }
}
