//! One plane of the flow graph as a table of all costs needs it: arcs inside loops apart from those that lead onwards.

use crate::graph::{CapabilityGraph, Components, Cost, Direction, FlowNode, Search, Strength};
use crate::model::Plane;

/// The plane as the table needs it.
pub(super) struct Flow {
    pub(super) components: Components,
    /// By flow node: arcs to other components, seen from their tail.
    pub(super) onwards: Arcs,
    /// By flow node: arcs inside its component, seen from their head.
    pub(super) inside: Arcs,
    /// By node: where its content starts.
    pub(super) sources: Vec<FlowNode>,
    /// By node: where it is reached.
    pub(super) targets: Vec<FlowNode>,
    /// The largest guards, sessions and hops of an arc.
    pub(super) steepest: Cost,
}

/// Arcs in compressed rows, each with its other end.
#[derive(Default)]
pub(super) struct Arcs {
    /// Where each flow node's arcs start; length: flow nodes + 1.
    starts: Vec<u32>,
    pub(super) others: Vec<FlowNode>,
    pub(super) costs: Vec<Cost>,
}

impl Arcs {
    /// The next flow node's arcs.
    fn push(&mut self, arcs: impl Iterator<Item = (FlowNode, Cost)>) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        for (other, cost) in arcs {
            self.others.push(other);
            self.costs.push(cost);
        }
        self.starts.push(u32::try_from(self.others.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn of(&self, node: FlowNode) -> std::ops::Range<usize> {
        self.starts[node.index()] as usize..self.starts[node.index() + 1] as usize
    }
}

impl Flow {
    pub(super) fn new(graph: &CapabilityGraph, plane: Plane) -> Self {
        let flows = graph.flows();
        let components = Components::find(flows, plane, Strength::Any);
        let (mut onwards, mut inside) = (Arcs::default(), Arcs::default());
        let mut steepest = Cost::ZERO;
        for node in flows.flow_nodes() {
            let is_inside = |other: FlowNode| components.of(other) == components.of(node);
            let arcs = |direction| {
                let arcs = flows.arcs_at(plane, direction, node);
                arcs.map(|arc| (arc.other, arc.cost())).filter(move |(other, _)| *other != node)
            };
            onwards.push(arcs(Direction::Forward).filter(|(other, _)| !is_inside(*other)));
            inside.push(arcs(Direction::Reverse).filter(|(other, _)| is_inside(*other)));
            for (_, cost) in arcs(Direction::Forward) {
                steepest.guards = steepest.guards.max(cost.guards);
                steepest.sessions = steepest.sessions.max(cost.sessions);
                steepest.hops = steepest.hops.max(cost.hops);
            }
        }
        let sources = flows.nodes().map(|node| flows.own(node)).collect();
        let targets = flows.nodes().map(|node| flows.call(node)).collect();
        Self { components, onwards, inside, sources, targets, steepest }
    }

    /// How many flow nodes there are.
    pub(super) fn flow_nodes(&self) -> usize {
        // A graph without any node has no rows, and no end of the last one.
        self.onwards.starts.len().saturating_sub(1)
    }

    /// The largest guards, sessions and hops to expect, from a few searches. A part that no arc has is nought for certain.
    pub(super) fn guess(&self, graph: &CapabilityGraph, plane: Plane) -> [u64; 3] {
        const SAMPLES: usize = 16;
        let mut search = Search::new(graph.flows());
        let mut most = [0_u64; 3];
        let step = (self.sources.len() / SAMPLES).max(1);
        for source in self.sources.iter().step_by(step) {
            search.run(graph.flows(), plane, Direction::Forward, [(*source, Cost::ZERO)]);
            for cost in search.reached().iter().filter_map(|node| search.cost(*node)) {
                let parts = [cost.guards, cost.sessions, cost.hops].map(u64::from);
                most = std::array::from_fn(|part| most[part].max(parts[part]));
            }
        }
        let steepest = [self.steepest.guards, self.steepest.sessions, self.steepest.hops].map(u64::from);
        std::array::from_fn(|part| match steepest[part] {
            0 => 0,
            step => most[part] + most[part] / 2 + step,
        })
    }
}
