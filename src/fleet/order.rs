//! A draft → the fleet in the order of its declaration: over files, by section, shuffled inside a section.

use std::ops::Range;

use super::draft::{Draft, Edge, Node};
use super::mix;
use super::plan::{FleetPlan, PlanError};
use super::random::Random;
use super::{secrets, shapes};

/// A made-up fleet, ready to be written or taken as a spec.
#[derive(Debug, Clone)]
pub struct Fleet {
    pub(super) plan: FleetPlan,
    /// In the order of the text.
    pub(super) nodes: Vec<Node>,
    /// In the order of the text: by actor, then verb.
    pub(super) edges: Vec<Edge>,
    /// Where each file's nodes start; length: files + 1.
    pub(super) starts: Vec<usize>,
}

impl Fleet {
    /// Makes the fleet of a plan.
    ///
    /// # Errors
    /// If there can be no such fleet.
    pub fn generate(plan: FleetPlan) -> Result<Self, PlanError> {
        plan.check()?;
        let mut draft = shapes::draw(&plan);
        if plan.mixed {
            mix::mix(&mut draft, &plan);
        }
        secrets::add(&mut draft, plan.secrets(), plan.seed);
        if plan.mixed {
            mix::guard(&mut draft, plan.seed);
        }
        Ok(declare(plan, draft))
    }

    /// The plan that it was made from.
    #[must_use]
    pub fn plan(&self) -> &FleetPlan {
        &self.plan
    }

    /// How many nodes it has, with what was mixed in.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// How many edges it declares.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// Over how many files it is spread.
    #[must_use]
    pub fn file_count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The positions of a file's nodes.
    pub(super) fn nodes_of(&self, file: usize) -> Range<usize> {
        self.starts[file]..self.starts[file + 1]
    }
}

/// Puts everything into the order of the text. Nodes that were made one after the other, such as a team, share a file.
fn declare(plan: FleetPlan, draft: Draft) -> Fleet {
    let Draft { nodes, mut edges } = draft;
    let files = plan.files as usize;
    let starts: Vec<usize> = (0..=files).map(|file| nodes.len() * file / files).collect();
    let mut order: Vec<u32> = (0..).take(nodes.len()).collect();
    let mut random = Random::new(plan.seed, 4);
    for file in starts.windows(2) {
        let in_file = &mut order[file[0]..file[1]];
        if !plan.ordered {
            random.shuffle(in_file);
        }
        // Sections stand in the order of the kinds.
        in_file.sort_by_key(|node| nodes[*node as usize].kind);
    }
    let mut position = vec![0_u32; nodes.len()];
    for (at, node) in (0_u32..).zip(&order) {
        position[*node as usize] = at;
    }
    for edge in &mut edges {
        edge.from = position[edge.from as usize];
        edge.to = position[edge.to as usize];
    }
    edges.sort_unstable();
    Fleet { plan, nodes: in_order(nodes, &order, &position), edges, starts }
}

/// The nodes in their new order, with what they open renumbered.
fn in_order(nodes: Vec<Node>, order: &[u32], position: &[u32]) -> Vec<Node> {
    let mut from: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    let moved = order.iter().filter_map(|number| from[*number as usize].take());
    moved
        .map(|mut node| {
            for opened in &mut node.opens {
                *opened = position[*opened as usize];
            }
            node
        })
        .collect()
}
