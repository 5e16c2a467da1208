//! One row of the matrix: two searches and the acts, and only the columns that have anything.

use super::acts::{Acts, Capabilities};
use super::cost::{End, reached};
use super::matrix::{Cell, Declared};
use crate::graph::{CapabilityGraph, Cost, Direction, Search};
use crate::model::{NodeId, Plane};

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
        self.influence.run(flows, Plane::Influence, Direction::Forward, [(flows.own(from), Cost::ZERO)]);
        self.exposure.run(flows, Plane::Exposure, Direction::Reverse, [(flows.call(from), Cost::ZERO)]);
        let influenced = reached(flows, &self.influence, End::Call);
        self.act(graph, from, &influenced, capabilities);
        let exposed = reached(flows, &self.exposure, End::Own);
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
            for capability in capabilities.of(actor) {
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
                influence: self.influence.cost(flows.call(to)),
                exposure: self.exposure.cost(flows.own(to)),
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
