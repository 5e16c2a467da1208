//! A spec → the capability graph, immutable and shared by every question.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use petgraph::Direction as Side;
use petgraph::graph::{DiGraph, NodeIndex};

use super::authority;
use super::authority::{Exceeded, TooMuchAuthority, most_derived};
use super::avoided::Avoided;
use super::edge::{Edge, EdgeId, Origin};
use super::flow_graph::FlowGraph;
use crate::model;
use crate::model::{EdgeKey, GuardId, Leg, NodeId, Spec, Verb};

/// Nodes, the edges between them (declared, then derived), and the flows that those make.
#[derive(Debug, Clone)]
pub struct CapabilityGraph {
    spec: Arc<Spec>,
    edges: Arc<[Edge]>,
    /// Edge ids between nodes, in edge order: the index behind "who acts on whom".
    topology: DiGraph<(), EdgeId, u32>,
    flows: FlowGraph,
    /// Declared edges by what makes them one; once it is asked for.
    declared: OnceLock<HashMap<EdgeKey, EdgeId>>,
}

impl CapabilityGraph {
    /// The graph of a spec, as long as authority derives no more edges than [a spec may](super::most_derived).
    ///
    /// # Errors
    /// If it derives more, or takes too long to say so.
    pub fn of(spec: Spec) -> Result<Self, TooMuchAuthority> {
        let most = most_derived(&spec);
        Self::within(spec, most)
    }

    /// Closes authority over the declared edges and builds the flows, however many edges authority derives: for a spec that is known to
    /// derive few. For others there is [`Self::of`].
    #[must_use]
    pub fn build(spec: Spec) -> Self {
        let edges = close_authority(&spec);
        Self::of_edges(spec, edges)
    }

    /// As [`Self::build`], where authority derives no more than so many edges.
    ///
    /// # Errors
    /// If it derives more, or takes too long to say so. It is given up as soon as that is known.
    pub fn within(spec: Spec, most: usize) -> Result<Self, TooMuchAuthority> {
        match close_authority_within(&spec, most) {
            Ok(edges) => Ok(Self::of_edges(spec, edges)),
            Err(exceeded) => Err(exceeded.of(&spec)),
        }
    }

    fn of_edges(spec: Spec, edges: Vec<Edge>) -> Self {
        let flows = FlowGraph::build(&spec, &edges, &Avoided::default());
        let topology = index(&spec, &edges, &Avoided::default());
        Self { spec: Arc::new(spec), edges: edges.into(), topology, flows, declared: OnceLock::new() }
    }

    /// The same graph without what passes certain nodes or guards: no flow comes to the nodes or leaves them, none passes the
    /// guards, and nothing is done by the nodes or past the guards. Edges keep their ids.
    #[must_use]
    pub fn avoiding(&self, nodes: &[NodeId], guards: &[GuardId]) -> Self {
        let avoided = Avoided::new(&self.spec, nodes, guards);
        let flows = FlowGraph::build(&self.spec, &self.edges, &avoided);
        let topology = index(&self.spec, &self.edges, &avoided);
        let (spec, edges) = (Arc::clone(&self.spec), Arc::clone(&self.edges));
        Self { spec, edges, topology, flows, declared: OnceLock::new() }
    }

    /// The same graph where one leg of an edge moves nothing. Edges keep their ids.
    #[must_use]
    pub fn without_leg(&self, edge: EdgeId, leg: Leg) -> Self {
        self.with_flows_but(&Avoided::leg(edge, leg))
    }

    /// The same graph where calls of some tools carry nothing to them, as secrets go that the tools are opened by. Edges keep their ids.
    #[must_use]
    pub fn without_requests(&self, tools: &[NodeId]) -> Self {
        self.with_flows_but(&Avoided::requests(&self.spec, tools))
    }

    fn with_flows_but(&self, avoided: &Avoided) -> Self {
        let flows = FlowGraph::build(&self.spec, &self.edges, avoided);
        let (spec, edges) = (Arc::clone(&self.spec), Arc::clone(&self.edges));
        Self { spec, edges, topology: self.topology.clone(), flows, declared: OnceLock::new() }
    }

    /// The spec that the graph was built from.
    #[must_use]
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The flows that the edges make.
    #[must_use]
    pub fn flows(&self) -> &FlowGraph {
        &self.flows
    }

    /// All edges, declared ones in document order, then derived ones. An edge's position is its id.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// How many of the edges authority derives.
    #[must_use]
    pub fn derived_count(&self) -> usize {
        self.edges.len() - self.spec.edges.len()
    }

    /// The edge with this id.
    #[must_use]
    pub fn edge(&self, id: EdgeId) -> &Edge {
        &self.edges[id.index()]
    }

    /// The declared edge behind an edge, if it is declared.
    #[must_use]
    pub fn declaration(&self, edge: &Edge) -> Option<&model::Edge> {
        let Origin::Declared(position) = edge.origin else { return None };
        self.spec.edges.get(position)
    }

    /// The declared edge that an actor, a verb and a target name.
    #[must_use]
    pub fn declared(&self, key: EdgeKey) -> Option<EdgeId> {
        let index = || {
            let keys = self.spec.edges.iter().map(EdgeKey::of).enumerate();
            keys.map(|(position, key)| (key, EdgeId::new(position))).collect()
        };
        self.declared.get_or_init(index).get(&key).copied()
    }

    /// Which of its flows an edge makes from a node: one end of it acts, and what an invoke brings back starts at the other.
    #[must_use]
    pub fn leg(&self, id: EdgeId, tail: NodeId) -> Leg {
        let edge = self.edge(id);
        if edge.verb == Verb::Invoke && edge.from != tail { Leg::Result } else { Leg::Request }
    }

    /// The edges of an actor, in no order that means anything.
    pub fn edges_of(&self, actor: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
        self.topology.edges_directed(place(actor), Side::Outgoing).map(|edge| *edge.weight())
    }

    /// The edges on a target, in no order that means anything.
    pub fn edges_on(&self, target: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
        self.topology.edges_directed(place(target), Side::Incoming).map(|edge| *edge.weight())
    }
}

/// All edges of a spec without their flows: declared ones in document order, then those that authority derives, however many.
#[must_use]
pub fn close_authority(spec: &Spec) -> Vec<Edge> {
    close_authority_within(spec, usize::MAX).unwrap_or_default()
}

/// As [`close_authority`], where no more than so many edges are derived.
///
/// # Errors
/// If more are derived.
pub fn close_authority_within(spec: &Spec, most: usize) -> Result<Vec<Edge>, Exceeded> {
    let declared =
        spec.edges.iter().enumerate().map(|(index, edge)| Edge::from_declared(index, edge)).collect();
    authority::close(spec, declared, most)
}

fn index(spec: &Spec, edges: &[Edge], avoided: &Avoided) -> DiGraph<(), EdgeId, u32> {
    let mut topology = DiGraph::with_capacity(spec.nodes.len(), edges.len());
    for _ in spec.node_ids() {
        topology.add_node(());
    }
    for (position, edge) in edges.iter().enumerate().filter(|(_, edge)| !avoided.has_act(edge)) {
        topology.add_edge(place(edge.from), place(edge.to), EdgeId::new(position));
    }
    topology
}

fn place(node: NodeId) -> NodeIndex<u32> {
    NodeIndex::new(node.index())
}
