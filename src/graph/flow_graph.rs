//! The flow graph of both planes in compressed rows, forward and reverse. Built once, immutable, shared by all threads.
//!
//! Shapes: one or two flow nodes a node (`own`, and `call` where the two differ), numbered in node order; one arc for each
//! flow, plus a free arc own → call. How the arcs of a flow node lie in memory is said in `rows.rs`.

use super::avoided::Avoided;
use super::edge::Edge;
use super::flows::{Door, Side, flows, is_split, side};
use super::rows::{Adjacency, Arc, Direction, FREE, Flat, FlowNode, Rows, Strength};
use crate::model::{NodeId, NodeKind, Plane, Spec};

/// The flow graph of both planes.
#[derive(Debug, Clone)]
pub struct FlowGraph {
    /// Flow node of `own`, by node.
    own: Vec<FlowNode>,
    /// Flow node of `call`, by node.
    call: Vec<FlowNode>,
    /// Node, by flow node.
    node: Vec<NodeId>,
    /// By flow node: what a search has to know of it, as bits.
    traits: Vec<u8>,
    /// By plane, then direction.
    rows: [[Rows; 2]; 2],
}

/// What leaves the flow node crosses a session.
pub(super) const PERSISTS: u8 = 1;
/// A free step leads from it to the next flow node.
const STEPS_ON: u8 = 2;
/// A free step leads to it from the flow node before.
const STEPPED_TO: u8 = 4;

/// What its node takes in goes on into what it sends.
const RELAYS: u8 = 8;
/// Its node is a sink.
const SINK: u8 = 16;
/// Its node is a credential.
const CREDENTIAL: u8 = 32;

/// From how many edges on the planes are built at the same time. Below, starting threads costs more than they save.
const PARALLEL: usize = 20_000;

impl FlowGraph {
    /// Builds the flows of some edges; an edge's position is its id.
    pub(super) fn build(spec: &Spec, edges: &[Edge], avoided: &Avoided) -> Self {
        let mut graph = Self::doors(spec);
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
    fn doors(spec: &Spec) -> Self {
        let count = spec.nodes.len();
        let (mut own, mut call) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut node = Vec::with_capacity(count);
        let mut traits = Vec::with_capacity(count);
        for id in spec.node_ids() {
            own.push(FlowNode::new(node.len()));
            node.push(id);
            let declared = spec.node(id);
            let kind = match declared.kind {
                NodeKind::Sink => SINK,
                NodeKind::Credential => CREDENTIAL,
                NodeKind::Agent
                | NodeKind::Principal
                | NodeKind::Tool
                | NodeKind::Store
                | NodeKind::Session
                | NodeKind::Source => 0,
            };
            let both = (PERSISTS * u8::from(declared.persists)) | (RELAYS * u8::from(declared.relays)) | kind;
            if is_split(declared) {
                call.push(FlowNode::new(node.len()));
                node.push(id);
                traits.extend([both | STEPS_ON, both | STEPPED_TO]);
            } else {
                call.push(own[id.index()]);
                traits.push(both);
            }
        }
        Self { own, call, node, traits, rows: Default::default() }
    }

    /// All arcs of a plane: free ones in node order, then flows in edge order.
    fn arcs(&self, spec: &Spec, edges: &[Edge], plane: Plane, avoided: &Avoided) -> Vec<Flat> {
        let mut arcs: Vec<Flat> = Vec::with_capacity(edges.len());
        let split = spec.node_ids().filter(|id| self.own(*id) != self.call(*id));
        arcs.extend(split.map(|id| Flat { tail: self.own(id), head: self.call(id), step: FREE, guards: 0 }));
        for (step, edge) in (0_u32..).zip(edges) {
            for flow in flows(spec, edge, plane).filter(|flow| !avoided.has_flow(edge, flow)) {
                let (tail, head) = (self.door(spec, flow.from), self.door(spec, flow.to));
                arcs.push(Flat { tail, head, step, guards: flow.guards });
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

    /// All nodes, in the order of the spec.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeId> + use<> {
        (0..self.own.len()).map(NodeId::new)
    }

    /// Whether what a node takes in goes on into what it sends.
    #[must_use]
    pub fn relays(&self, node: NodeId) -> bool {
        self.has(node, RELAYS)
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

    /// Whether a node is a credential.
    #[must_use]
    pub fn is_credential(&self, node: NodeId) -> bool {
        self.has(node, CREDENTIAL)
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

/// Where a free step leads from a flow node with these traits, if there is one: the two sides of a node are numbered one after
/// the other.
pub(super) fn free_step(traits: u64, node: FlowNode, direction: Direction) -> Option<FlowNode> {
    let has = |what: u8| traits & u64::from(what) != 0;
    match direction {
        Direction::Forward => has(STEPS_ON).then(|| FlowNode::new(node.index() + 1)),
        Direction::Reverse => has(STEPPED_TO).then(|| FlowNode::new(node.index() - 1)),
    }
}
