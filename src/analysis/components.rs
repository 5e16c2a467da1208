//! Strongly connected components of the flow graph, without recursion: a chain of a million agents is only a long one.
//!
//! Tarjan, "Depth-first search and linear graph algorithms" (1972), with an explicit stack. Components are numbered as they
//! are emitted, sinks first: every arc leads to a component with the same or a smaller number.

use crate::graph::{CapabilityGraph, Direction, FlowGraph, FlowNode};
use crate::spec::{NodeId, Plane};

use super::reachability::Strength;

/// Components of one plane.
#[derive(Debug, Clone)]
pub struct Components {
    /// Component, by flow node.
    component: Vec<u32>,
    /// Flow nodes grouped by component, in component order.
    members: Vec<FlowNode>,
    /// Where each component's members start; length: components + 1.
    starts: Vec<u32>,
}

const UNSEEN: u32 = u32::MAX;

impl Components {
    /// Finds the components over the arcs that `strength` counts.
    #[must_use]
    pub fn find(flows: &FlowGraph, plane: Plane, strength: Strength) -> Self {
        let mut walk = Walk::new(flows, plane, strength);
        for root in flows.flow_nodes() {
            if walk.number[root.index()] == UNSEEN {
                walk.visit(root);
            }
        }
        Self { component: walk.component, members: walk.members, starts: walk.starts }
    }

    /// How many components there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no component at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The component of a flow node.
    #[must_use]
    pub fn of(&self, node: FlowNode) -> usize {
        self.component[node.index()] as usize
    }

    /// The flow nodes of a component.
    #[must_use]
    pub fn members(&self, component: usize) -> &[FlowNode] {
        &self.members[self.starts[component] as usize..self.starts[component + 1] as usize]
    }
}

/// The state of the walk. `number` is the order of discovery; `low` the earliest node on the stack that is reached.
struct Walk<'g> {
    flows: &'g FlowGraph,
    plane: Plane,
    strength: Strength,
    number: Vec<u32>,
    low: Vec<u32>,
    component: Vec<u32>,
    members: Vec<FlowNode>,
    starts: Vec<u32>,
    open: Vec<FlowNode>,
    counter: u32,
}

impl<'g> Walk<'g> {
    fn new(flows: &'g FlowGraph, plane: Plane, strength: Strength) -> Self {
        let count = flows.len();
        Self {
            flows,
            plane,
            strength,
            number: vec![UNSEEN; count],
            low: vec![0; count],
            component: vec![UNSEEN; count],
            members: Vec::with_capacity(count),
            starts: vec![0],
            open: Vec::new(),
            counter: 0,
        }
    }

    /// Depth first from a root; the stack holds (flow node, next arc to look at).
    fn visit(&mut self, root: FlowNode) {
        let mut stack = vec![(root, 0_usize)];
        self.discover(root);
        while let Some((node, next)) = stack.last_mut() {
            let node = *node;
            let arcs = self.flows.arcs_at(self.plane, Direction::Forward, node);
            let Some(arc) = arcs.get(*next) else {
                stack.pop();
                self.leave(node, stack.last().map(|(parent, _)| *parent));
                continue;
            };
            *next += 1;
            if !self.strength.counts(arc.cost()) {
                continue;
            }
            let other = arc.other;
            if self.number[other.index()] == UNSEEN {
                self.discover(other);
                stack.push((other, 0));
            } else if self.component[other.index()] == UNSEEN {
                let seen = self.number[other.index()];
                self.low[node.index()] = self.low[node.index()].min(seen);
            }
        }
    }

    fn discover(&mut self, node: FlowNode) {
        self.number[node.index()] = self.counter;
        self.low[node.index()] = self.counter;
        self.counter += 1;
        self.open.push(node);
    }

    /// Emits the component of a node that is the first of it, and tells its parent how far up it reaches.
    fn leave(&mut self, node: FlowNode, parent: Option<FlowNode>) {
        if self.low[node.index()] == self.number[node.index()] {
            let id = u32::try_from(self.starts.len() - 1).unwrap_or(UNSEEN);
            while let Some(member) = self.open.pop() {
                self.component[member.index()] = id;
                self.members.push(member);
                if member == node {
                    break;
                }
            }
            self.starts.push(u32::try_from(self.members.len()).unwrap_or(UNSEEN));
        }
        if let Some(parent) = parent {
            self.low[parent.index()] = self.low[parent.index()].min(self.low[node.index()]);
        }
    }
}

/// Loops: sets of nodes that influence one another without any guard failing. Taint one, taint all.
///
/// Members in node order; loops by their first member. A node that starts afresh for each caller belongs to a loop only
/// with what it brings into every call.
#[must_use]
pub fn loops(graph: &CapabilityGraph) -> Vec<Vec<NodeId>> {
    let flows = graph.flows();
    let components = Components::find(flows, Plane::Influence, Strength::Open);
    let mut loops: Vec<Vec<NodeId>> = (0..components.len())
        .map(|component| {
            let members = components.members(component).iter();
            let own = members.filter(|door| flows.own(flows.node(**door)) == **door);
            let mut nodes: Vec<NodeId> = own.map(|door| flows.node(*door)).collect();
            nodes.sort_unstable();
            nodes
        })
        .filter(|nodes| nodes.len() > 1)
        .collect();
    loops.sort_unstable();
    loops
}
