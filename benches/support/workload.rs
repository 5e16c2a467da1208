//! Fleets of the generator as graphs, and how dense they are: a ratio without its density says nothing.

use crabwalk::analysis::{Components, ReachSizes};
use crabwalk::fleet::{Fleet, FleetPlan, Secrets, Shape};
use crabwalk::graph::{CapabilityGraph, Direction, Strength};
use crabwalk::model::{Plane, Spec};

/// The seed of all workloads.
pub(crate) const SEED: u64 = 7;

/// The plan of a plain fleet.
pub(crate) fn plain(shape: Shape, nodes: u32) -> FleetPlan {
    FleetPlan::new(shape, nodes, SEED)
}

/// The spec of a plan.
pub(crate) fn spec(plan: FleetPlan) -> Spec {
    Fleet::generate(plan).expect("the workloads are possible").spec()
}

/// The graph of a plan.
pub(crate) fn graph(plan: FleetPlan) -> CapabilityGraph {
    CapabilityGraph::build(spec(plan))
}

/// A plan with everything mixed in but authority, which has a row of its own.
pub(crate) fn without_secrets(plan: FleetPlan) -> FleetPlan {
    plan.mixed().with_secrets(Secrets::default())
}

/// How dense the flows of a graph are, in the influence plane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Density {
    pub(crate) nodes: usize,
    pub(crate) edges: usize,
    pub(crate) flow_nodes: usize,
    pub(crate) arcs: usize,
    pub(crate) components: usize,
    pub(crate) largest: usize,
    pub(crate) pairs: u64,
}

impl Density {
    pub(crate) fn of(graph: &CapabilityGraph) -> Self {
        let flows = graph.flows();
        let components = Components::find(flows, Plane::Influence, Strength::Any);
        let sizes = (0..components.len()).map(|component| components.members(component).len());
        let sums = ReachSizes::count(graph, Plane::Influence, Strength::Any, Direction::Forward);
        Self {
            nodes: graph.spec().nodes.len(),
            edges: graph.edges().len(),
            flow_nodes: flows.len(),
            arcs: flows.adjacency(Plane::Influence, Direction::Forward, Strength::Any).arc_count(),
            components: components.len(),
            largest: sizes.max().unwrap_or(0),
            pairs: sums.total(),
        }
    }

    /// How many nodes a node reaches on average.
    pub(crate) fn mean(&self) -> u64 {
        self.pairs / u64::try_from(self.nodes).unwrap_or(1).max(1)
    }
}
