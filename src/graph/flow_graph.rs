//! The flow graph of both planes in compressed rows, forward and reverse. Built once, immutable, shared by all threads.
//!
//! Shapes: one or two flow nodes a node (`own`, and `call` where the two differ), numbered in node order; one arc for each
//! flow, plus a free arc own → call. Arcs of a flow node are in the order of their edges, free arcs first.

use super::edge::{Edge, EdgeId};
use super::flows::{Door, Side, flows, is_split, side};
use super::{Cost, cost};
use crate::spec::{NodeId, Plane, Spec, index_type};

index_type! {
    /// A flow node: one side of a node.
    FlowNode
}

/// Along the arrows or against them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From where content starts.
    Forward,
    /// From where content arrives.
    Reverse,
}

/// What an arc stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The free step own → call of a node.
    Free,
    /// A flow of this edge.
    Edge(EdgeId),
}

/// An arc, seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub struct Arc {
    /// The flow node at the other end.
    pub other: FlowNode,
    /// What it stands for.
    pub step: Step,
    guards: u32,
    leaves_persistent: bool,
}

impl Arc {
    /// What taking the arc costs.
    #[must_use]
    pub fn cost(&self) -> Cost {
        match self.step {
            Step::Free => cost::Cost::ZERO,
            Step::Edge(_) => {
                Cost { guards: self.guards, sessions: u32::from(self.leaves_persistent), hops: 1 }
            }
        }
    }
}

/// Arcs of one plane in one direction, in compressed rows.
#[derive(Debug, Clone, Default)]
struct Rows {
    /// Length: flow nodes + 1.
    starts: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Rows {
    /// Groups arcs by their near end; within a group the given order is kept.
    fn build(flow_nodes: usize, arcs: impl Iterator<Item = (FlowNode, Arc)> + Clone) -> Self {
        let mut starts = vec![0_u32; flow_nodes + 1];
        for (near, _) in arcs.clone() {
            starts[near.index() + 1] += 1;
        }
        for index in 0..flow_nodes {
            starts[index + 1] += starts[index];
        }
        let placeholder =
            Arc { other: FlowNode::new(0), step: Step::Free, guards: 0, leaves_persistent: false };
        let mut next = starts.clone();
        let mut sorted = vec![placeholder; starts[flow_nodes] as usize];
        for (near, arc) in arcs {
            let slot = &mut next[near.index()];
            sorted[*slot as usize] = arc;
            *slot += 1;
        }
        Self { starts, arcs: sorted }
    }

    fn of(&self, node: FlowNode) -> &[Arc] {
        let (from, to) = (self.starts[node.index()], self.starts[node.index() + 1]);
        &self.arcs[from as usize..to as usize]
    }
}

/// The flow graph of both planes.
#[derive(Debug, Clone)]
pub struct FlowGraph {
    /// Flow node of `own`, by node.
    own: Vec<FlowNode>,
    /// Flow node of `call`, by node.
    call: Vec<FlowNode>,
    /// Node, by flow node.
    node: Vec<NodeId>,
    /// By plane, then direction.
    rows: [[Rows; 2]; 2],
}

impl FlowGraph {
    /// Builds the flows of some edges; an edge's position is its id.
    pub(super) fn build(spec: &Spec, edges: &[Edge]) -> Self {
        let mut graph = Self::doors(spec);
        for plane in [Plane::Influence, Plane::Exposure] {
            let arcs = graph.arcs(spec, edges, plane);
            let count = graph.len();
            let forward = arcs.iter().map(|&(tail, head, arc)| (tail, Arc { other: head, ..arc }));
            let reverse = arcs.iter().map(|&(tail, head, arc)| (head, Arc { other: tail, ..arc }));
            let rows = [Rows::build(count, forward), Rows::build(count, reverse)];
            graph.rows[plane as usize] = rows;
        }
        graph
    }

    /// The flow nodes alone.
    fn doors(spec: &Spec) -> Self {
        let count = spec.nodes.len();
        let (mut own, mut call) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut node = Vec::with_capacity(count);
        for id in spec.node_ids() {
            own.push(FlowNode::new(node.len()));
            node.push(id);
            if is_split(spec.node(id)) {
                call.push(FlowNode::new(node.len()));
                node.push(id);
            } else {
                call.push(own[id.index()]);
            }
        }
        Self { own, call, node, rows: Default::default() }
    }

    /// All arcs of a plane as (tail, head, arc): free ones in node order, then flows in edge order.
    fn arcs(&self, spec: &Spec, edges: &[Edge], plane: Plane) -> Vec<(FlowNode, FlowNode, Arc)> {
        let free = spec.node_ids().filter(|id| self.own(*id) != self.call(*id)).map(|id| {
            let arc = Arc { other: self.call(id), step: Step::Free, guards: 0, leaves_persistent: false };
            (self.own(id), self.call(id), arc)
        });
        let mut arcs: Vec<_> = free.collect();
        for (index, edge) in edges.iter().enumerate() {
            let step = Step::Edge(EdgeId::new(index));
            for flow in flows(spec, edge, plane) {
                let (tail, head) = (self.door(spec, flow.from), self.door(spec, flow.to));
                let leaves_persistent = spec.node(flow.from.0).persists;
                arcs.push((tail, head, Arc { other: head, step, guards: flow.guards, leaves_persistent }));
            }
        }
        arcs
    }

    fn door(&self, spec: &Spec, (node, door): (NodeId, Door)) -> FlowNode {
        match side(spec.node(node), door) {
            Side::Own => self.own(node),
            Side::Call => self.call(node),
        }
    }

    /// How many flow nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.node.len()
    }

    /// Whether there is no flow node at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.node.is_empty()
    }

    /// Where what a node brings along starts from.
    #[must_use]
    pub fn own(&self, node: NodeId) -> FlowNode {
        self.own[node.index()]
    }

    /// Where "is this node reached?" is asked.
    #[must_use]
    pub fn call(&self, node: NodeId) -> FlowNode {
        self.call[node.index()]
    }

    /// The node that a flow node is a side of.
    #[must_use]
    pub fn node(&self, flow_node: FlowNode) -> NodeId {
        self.node[flow_node.index()]
    }

    /// All flow nodes.
    pub fn flow_nodes(&self) -> impl ExactSizeIterator<Item = FlowNode> + use<> {
        (0..self.node.len()).map(FlowNode::new)
    }

    /// The arcs at a flow node.
    #[must_use]
    pub fn arcs_at(&self, plane: Plane, direction: Direction, node: FlowNode) -> &[Arc] {
        self.rows[plane as usize][direction as usize].of(node)
    }
}
