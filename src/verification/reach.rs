//! What the engine says of reach in one plane: closures and sizes, laid beside the reference node by node.

use rayon::prelude::*;

use super::compare;
use super::compare::Asked;
use super::difference::{Answer, Counted, Differences, Subject};
use crate::analysis::{Components, ReachSizes, Reachability, Strength};
use crate::graph::{CapabilityGraph, Direction};
use crate::model::{NodeId, Plane};
use crate::reference::{Cost, Reference};

/// A closure over more components than this is not kept for a self-check: as bitsets it could take more than a gigabyte.
const MOST_COMPONENTS: usize = 130_000;

/// The engine's reach of one plane and strength.
pub(super) struct Reach<'g> {
    plane: Plane,
    pub(super) strength: Strength,
    /// `None` where it would be too large to keep.
    pub(super) closure: Option<Reachability<'g>>,
    reached: ReachSizes,
    reaching: ReachSizes,
}

impl<'g> Reach<'g> {
    pub(super) fn of(graph: &'g CapabilityGraph, plane: Plane, strength: Strength) -> Self {
        let components = Components::find(graph.flows(), plane, strength).len();
        let fits = components <= MOST_COMPONENTS;
        let sizes = |direction| ReachSizes::count(graph, plane, strength, direction);
        Self {
            plane,
            strength,
            closure: fits.then(|| Reachability::close(graph, plane, strength)),
            reached: sizes(Direction::Forward),
            reaching: sizes(Direction::Reverse),
        }
    }

    /// How many sizes of a node are compared.
    pub(super) fn sizes(&self) -> usize {
        2 + usize::from(self.closure.is_some())
    }

    /// What differs about one node.
    fn compare(&self, reference: &Reached) -> Differences {
        let asked = Asked { plane: self.plane, strength: self.strength, node: reference.node };
        let size = |counted, engine, wanted| compare::size(asked, counted, engine, wanted);
        let mut differences = size(Counted::Reached, self.reached.of(asked.node), &reference.forward);
        differences.append(size(Counted::Reaching, self.reaching.of(asked.node), &reference.backward));
        if let Some(closure) = &self.closure {
            let connects = |to| closure.reaches(asked.node, to);
            differences.append(compare::reaches(asked, connects, &reference.forward));
            differences.append(size(Counted::Closure, closure.reach_size(asked.node), &reference.forward));
        }
        differences
    }

    /// What differs in the number of all pairs, once the sizes of all nodes have been compared.
    pub(super) fn compare_pairs(&self, reference: usize) -> Differences {
        let (plane, strength) = (self.plane, self.strength);
        let mut differences = Differences::default();
        let mut ask = |counted, engine| {
            let subject = || Subject::Pairs { counted, plane, strength };
            differences.ask(Answer::Count(engine), Answer::Count(reference), subject);
        };
        let total = |sizes: &ReachSizes| usize::try_from(sizes.total()).unwrap_or(usize::MAX);
        ask(Counted::Reached, total(&self.reached));
        ask(Counted::Reaching, total(&self.reaching));
        if let Some(closure) = &self.closure {
            ask(Counted::Closure, closure.pairs());
        }
        differences
    }
}

/// What the reference says of one node in one plane.
struct Reached {
    node: NodeId,
    forward: Vec<Option<Cost>>,
    backward: Vec<Option<Cost>>,
}

/// For each node, by strength: what differs, and how many others the reference finds in its reach.
pub(super) fn compare_all(
    reference: &Reference<'_>,
    nodes: &[NodeId],
    plane: Plane,
    reach: &[Reach<'_>; 2],
) -> Vec<[(Differences, usize); 2]> {
    let compared = nodes.par_iter().map(|&node| {
        let (forward, backward) = (reference.reached(plane, node), reference.reaching(plane, node));
        let wanted = Reached { node, forward, backward };
        reach.each_ref().map(|engine| {
            let asked = Asked { plane, strength: engine.strength, node };
            (engine.compare(&wanted), asked.size(&wanted.forward))
        })
    });
    compared.collect()
}
