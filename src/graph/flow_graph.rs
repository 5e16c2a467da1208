//! The flow graph of both planes in compressed rows, forward and reverse. Built once, immutable, shared by all threads.
//!
//! Shapes: one to four flow nodes a node (`doors.rs`), numbered in node order; one arc for each flow, and the free steps inside of
//! nodes. How the arcs of a flow node lie in memory is said in `rows.rs`.

use super::avoided::Avoided;
use super::doors::{
    Door, Layout, STEPPED_OVER_TO, STEPPED_TO, STEPS_ON, STEPS_OVER, Side, content_side, side,
};
use super::edge::{Edge, EdgeId};
use super::flows::flows;
use super::rows::{Adjacency, Arc, Direction, FREE, Flat, FlowNode, Rows, Strength};
use crate::model::{NodeId, NodeKind, Plane, Spec};

/// The flow graph of both planes.
#[derive(Debug, Clone)]
pub struct FlowGraph {
    layout: Layout,
    /// Node, by flow node.
    node: Vec<NodeId>,
    /// By flow node: what a search has to know of it, as bits.
    traits: Vec<u8>,
    /// By plane, then direction.
    rows: [[Rows; 2]; 2],
}

/// What leaves the flow node crosses a session.
pub(super) const PERSISTS: u8 = 1;
// The bits of `doors.rs` lie between: 2 and 4, and 64 and 128.
/// Its node acts from inside of calls, where others come to: it relays, or sends on what it is given.
const ACTS_IN_CALLS: u8 = 8;
/// Its node is a sink.
const SINK: u8 = 16;
/// What its node has is that of its calls: it is partitioned.
const PARTITIONED: u8 = 32;

/// From how many edges on the planes are built at the same time. Below, starting threads costs more than they save.
const PARALLEL: usize = 20_000;

impl FlowGraph {
    /// Builds the flows of some edges; an edge's position is its id.
    pub(super) fn build(spec: &Spec, edges: &[Edge], avoided: &Avoided) -> Self {
        let mut graph = Self::without_flows(spec, Layout::of(spec, edges.iter()));
        let plane = |plane| graph.both_directions(&graph.arcs(spec, edges, plane, avoided));
        graph.rows = if edges.len() < PARALLEL {
            [plane(Plane::Influence), plane(Plane::Exposure)]
        } else {
            rayon::join(|| plane(Plane::Influence), || plane(Plane::Exposure)).into()
        };
        graph
    }

    fn both_directions(&self, arcs: &[Flat]) -> [Rows; 2] {
        let forward = Rows::build(self.len(), arcs, |arc| (arc.tail, arc.head));
        let reverse = Rows::build(self.len(), arcs, |arc| (arc.head, arc.tail));
        [forward, reverse]
    }

    /// The flow nodes alone.
    fn without_flows(spec: &Spec, layout: Layout) -> Self {
        let (mut node, mut traits) = (Vec::with_capacity(layout.len()), Vec::with_capacity(layout.len()));
        for id in spec.node_ids() {
            let declared = spec.node(id);
            let acts_in_calls = side(declared, Door::Act) == Side::Call;
            let of_all = (PERSISTS * u8::from(declared.persists))
                | (ACTS_IN_CALLS * u8::from(acts_in_calls))
                | (SINK * u8::from(declared.kind == NodeKind::Sink))
                | (PARTITIONED * u8::from(content_side(declared) == Side::Call));
            for steps in layout.steps(id) {
                node.push(id);
                traits.push(of_all | steps);
            }
        }
        Self { layout, node, traits, rows: Default::default() }
    }

    /// All arcs of a plane: free ones in node order, then flows in edge order.
    fn arcs(&self, spec: &Spec, edges: &[Edge], plane: Plane, avoided: &Avoided) -> Vec<Flat> {
        let mut arcs: Vec<Flat> = Vec::with_capacity(edges.len());
        let free = spec.node_ids().flat_map(|id| self.layout.free_steps(id));
        arcs.extend(free.map(|(tail, head)| Flat { tail, head, step: FREE, guards: 0 }));
        for (step, edge) in (0_u32..).zip(edges) {
            for flow in flows(spec, edge, plane)
                .filter(|flow| !avoided.has_flow(EdgeId::new(step as usize), edge, flow))
            {
                let (tail, head) = (self.door(spec, flow.from), self.door(spec, flow.to));
                arcs.push(Flat { tail, head, step, guards: flow.guards });
            }
        }
        arcs
    }

    fn door(&self, spec: &Spec, (node, door): (NodeId, Door)) -> FlowNode {
        self.layout.flow_node(node, side(spec.node(node), door))
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

    /// A side of a node as a flow node.
    #[must_use]
    pub fn side(&self, node: NodeId, side: Side) -> FlowNode {
        self.layout.flow_node(node, side)
    }

    /// What a node brings along: where its results and a reader's copy come from.
    #[must_use]
    pub fn own(&self, node: NodeId) -> FlowNode {
        self.side(node, Side::Own)
    }

    /// A node inside a call.
    #[must_use]
    pub fn call(&self, node: NodeId) -> FlowNode {
        self.side(node, Side::Call)
    }

    /// Where "is this node reached?" is asked: every door of it leads here freely.
    #[must_use]
    pub fn reached(&self, node: NodeId) -> FlowNode {
        self.side(node, Side::Reached)
    }

    /// Where a way of a plane starts from a node. In the influence plane an attacker holds it with all its doors; in the exposure
    /// plane what it has comes to others.
    #[must_use]
    pub fn start(&self, plane: Plane, node: NodeId) -> FlowNode {
        match plane {
            Plane::Influence => self.side(node, Side::Start),
            Plane::Exposure if self.has(node, PARTITIONED) => self.call(node),
            Plane::Exposure => self.own(node),
        }
    }

    /// Which side of its node a flow node is: other graphs of the same nodes number their flow nodes otherwise.
    #[must_use]
    pub fn side_of(&self, door: FlowNode) -> (NodeId, Side) {
        let node = self.node(door);
        let is_it = |side: &Side| self.side(node, *side) == door;
        (node, [Side::Own, Side::Call, Side::Start].into_iter().find(is_it).unwrap_or(Side::Reached))
    }

    /// The flow nodes of a node, in their order.
    pub fn doors(&self, node: NodeId) -> impl ExactSizeIterator<Item = FlowNode> + use<> {
        let (first, last) = (self.side(node, Side::Start), self.reached(node));
        (first.index()..last.index() + 1).map(FlowNode::new)
    }

    /// Whether content that is at one flow node of a node is at another of it too.
    #[must_use]
    pub fn leads_freely(&self, from: FlowNode, to: FlowNode) -> bool {
        let steps = || free_steps(u64::from(self.traits(from)), from, Direction::Forward);
        from == to || steps().any(|next| self.leads_freely(next, to))
    }

    /// The node that a flow node is a side of.
    #[must_use]
    pub fn node(&self, flow_node: FlowNode) -> NodeId {
        self.node[flow_node.index()]
    }

    /// All nodes, in the order of the spec.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeId> + use<> {
        (0..self.layout.nodes()).map(NodeId::new)
    }

    /// Where a node acts from: inside of calls where it relays or sends on what it is given, so that whoever influences it comes
    /// there; otherwise at what it brings along, to which nothing leads.
    #[must_use]
    pub fn acts_from(&self, actor: NodeId) -> FlowNode {
        if self.has(actor, ACTS_IN_CALLS) { self.call(actor) } else { self.own(actor) }
    }

    /// Whether others can come to where a node acts from.
    #[must_use]
    pub fn can_be_steered(&self, actor: NodeId) -> bool {
        self.has(actor, ACTS_IN_CALLS)
    }

    /// Whether a node is a store that keeps content after the session that wrote it.
    #[must_use]
    pub fn is_persistent(&self, node: NodeId) -> bool {
        self.has(node, PERSISTS)
    }

    /// Whether a node is a sink. Asked of millions of nodes, this is quicker here than in the spec.
    #[must_use]
    pub fn is_sink(&self, node: NodeId) -> bool {
        self.has(node, SINK)
    }

    fn has(&self, node: NodeId, what: u8) -> bool {
        self.traits[self.own(node).index()] & what != 0
    }

    /// All flow nodes.
    pub fn flow_nodes(&self) -> impl ExactSizeIterator<Item = FlowNode> + use<> {
        (0..self.node.len()).map(FlowNode::new)
    }

    /// The arcs at a flow node, those without a guard first, a free one before all.
    pub fn arcs_at(
        &self,
        plane: Plane,
        direction: Direction,
        node: FlowNode,
    ) -> impl Iterator<Item = Arc> + '_ {
        let arcs = self.rows(plane, direction).arcs(node);
        arcs.map(move |arc| {
            let tail = if direction == Direction::Forward { node } else { arc.other };
            Arc { leaves_persistent: self.persists(tail), ..arc }
        })
    }

    /// Who is next to whom in a plane, over the arcs of one strength.
    #[must_use]
    pub fn adjacency(&self, plane: Plane, direction: Direction, strength: Strength) -> Adjacency<'_> {
        self.rows(plane, direction).adjacency(strength)
    }

    pub(super) fn rows(&self, plane: Plane, direction: Direction) -> &Rows {
        &self.rows[plane as usize][direction as usize]
    }

    /// Whether what leaves a flow node may strike in a later session: it is a persistent store.
    pub(super) fn persists(&self, node: FlowNode) -> bool {
        self.traits[node.index()] & PERSISTS != 0
    }

    /// What a search has to know of a flow node, as bits.
    pub(super) fn traits(&self, node: FlowNode) -> u8 {
        self.traits[node.index()]
    }

    /// The same of all flow nodes, in order.
    pub(super) fn all_traits(&self) -> &[u8] {
        &self.traits
    }
}

/// Where free steps lead from a flow node with these traits: the flow nodes of a node are numbered one after the other.
pub(super) fn free_steps(
    traits: u64,
    node: FlowNode,
    direction: Direction,
) -> impl Iterator<Item = FlowNode> {
    let (near, far) = match direction {
        Direction::Forward => (STEPS_ON, STEPS_OVER),
        Direction::Reverse => (STEPPED_TO, STEPPED_OVER_TO),
    };
    let steps = [(near, 1), (far, 2)].into_iter();
    steps.filter(move |(bit, _)| traits & u64::from(*bit) != 0).map(move |(_, over)| match direction {
        Direction::Forward => FlowNode::new(node.index() + over),
        Direction::Reverse => FlowNode::new(node.index() - over),
    })
}
