//! A handle on a node → what can be asked of it: its blast radius, the best path to another node; answers as handles.

use super::blast_radius::{BlastRadius, Reached};
use super::matrix::Matrix;
use super::path::PathAnswer;
use super::row::MatrixRow;
use super::witness::{Hop, Path};
use crate::graph::{CapabilityGraph, Cost, EdgeRef, NodeRef};
use crate::model::{Leg, NodeId, Plane};

impl<'g> NodeRef<'g> {
    /// What an attacker gets who holds this node, where no more guards fail than that.
    ///
    /// ```
    /// # let text = "version: 1\nsources: {inbox: {}}\nagents: {triage: {read: [inbox], write: [notes]}}\nstores: {notes: {}}\n";
    /// # let graph = crabwalk::CapabilityGraph::of(crabwalk::Spec::from_text("a.yaml", text)?)?;
    /// let blast = graph.node("inbox")?.blast_radius(0);
    /// let steered: Vec<&str> = blast.reached().map(|found| found.node().name()).collect();
    /// assert_eq!(steered, ["triage", "notes"]);
    /// # Ok::<(), crabwalk::Error>(())
    /// ```
    #[must_use]
    pub fn blast_radius(self, max_guards: u32) -> BlastRadius<'g> {
        BlastRadius::compute(self.graph(), &[self.id()], max_guards)
    }

    /// Its row of the matrix: what an attacker who holds it gets of each other node.
    ///
    /// ```
    /// # let text = "version: 1\nsources: {inbox: {}}\nagents: {triage: {read: [inbox], write: [notes]}}\nstores: {notes: {}}\n";
    /// # let graph = crabwalk::CapabilityGraph::of(crabwalk::Spec::from_text("a.yaml", text)?)?;
    /// let row = graph.node("inbox")?.matrix_row();
    /// let cell = row.cell(graph.node("notes")?.id()).expect("it is steered");
    /// assert_eq!(cell.influence.map(|cost| cost.hops), Some(2));
    /// # Ok::<(), crabwalk::Error>(())
    /// ```
    #[must_use]
    pub fn matrix_row(self) -> MatrixRow {
        let columns: Vec<NodeId> = self.graph().spec().node_ids().collect();
        let row = Matrix::restricted(self.graph(), vec![self.id()], &columns).rows().next();
        row.unwrap_or_else(|| MatrixRow { from: self.id(), cells: Vec::new() })
    }

    /// The best path on which its content steers another node; `None` where there is none, or if the other is of another graph.
    ///
    /// ```
    /// # let text = "version: 1\nsources: {inbox: {}}\nagents: {triage: {read: [inbox], write: [notes]}}\nstores: {notes: {}}\n";
    /// # let graph = crabwalk::CapabilityGraph::of(crabwalk::Spec::from_text("a.yaml", text)?)?;
    /// let path = graph.node("inbox")?.path_to(graph.node("notes")?).expect("by way of triage");
    /// assert_eq!(path.nodes().map(|node| node.name()).collect::<Vec<_>>(), ["inbox", "triage", "notes"]);
    /// assert!(path.cost().is_open(), "no guard stands on it");
    /// # Ok::<(), crabwalk::Error>(())
    /// ```
    #[must_use]
    pub fn path_to(self, other: NodeRef<'_>) -> Option<PathRef<'g>> {
        self.path(Plane::Influence, other)
    }

    /// The best path on which another node's content comes to it; `None` where there is none, or if the other is of another graph.
    #[must_use]
    pub fn path_from(self, other: NodeRef<'_>) -> Option<PathRef<'g>> {
        self.path(Plane::Exposure, other)
    }

    fn path(self, plane: Plane, other: NodeRef<'_>) -> Option<PathRef<'g>> {
        let graph = self.graph();
        if !std::ptr::eq(graph, other.graph()) {
            return None;
        }
        PathRef::of(graph, PathAnswer::find(graph, plane, self.id(), other.id()).path?)
    }
}

impl<'g> BlastRadius<'g> {
    /// What is influenced, as [`Self::influenced`] has it, each with its node and its path.
    pub fn reached(&self) -> impl ExactSizeIterator<Item = ReachedRef<'_, 'g>> {
        self.handles(&self.influenced)
    }

    /// What is influenced only if more guards fail, as [`Self::influenced_guarded`] has it.
    pub fn reached_guarded(&self) -> impl ExactSizeIterator<Item = ReachedRef<'_, 'g>> {
        self.handles(&self.influenced_guarded)
    }

    fn handles<'b>(&'b self, found: &'b [Reached]) -> impl ExactSizeIterator<Item = ReachedRef<'b, 'g>> {
        found.iter().map(|found| ReachedRef { blast: self, found: *found })
    }
}

/// A node in a blast radius.
#[derive(Debug, Clone, Copy)]
pub struct ReachedRef<'b, 'g> {
    blast: &'b BlastRadius<'g>,
    found: Reached,
}

impl<'g> ReachedRef<'_, 'g> {
    /// The node.
    #[must_use]
    pub fn node(self) -> NodeRef<'g> {
        self.blast.graph.node_ref(self.found.node)
    }

    /// What its best path costs.
    #[must_use]
    pub fn cost(self) -> Cost {
        self.found.cost
    }

    /// Whether it stands in a more trusted zone than one of the compromised nodes.
    #[must_use]
    pub fn is_escalation(self) -> bool {
        self.blast.is_escalation(self.found.node)
    }

    /// The best path to it, found when it is asked for.
    #[must_use]
    pub fn path(self) -> Option<PathRef<'g>> {
        PathRef::of(self.blast.graph, self.blast.influence_path(self.found.node)?)
    }
}

/// A path, with the graph that it runs in.
#[derive(Debug, Clone)]
pub struct PathRef<'g> {
    graph: &'g CapabilityGraph,
    path: Path,
}

impl<'g> PathRef<'g> {
    /// A path of this graph as a handle; `None` if it can be none, because it names what the graph does not have.
    #[must_use]
    pub fn of(graph: &'g CapabilityGraph, path: Path) -> Option<Self> {
        let is_node = |id: NodeId| id.index() < graph.spec().nodes.len();
        let is_hop =
            |hop: &Hop| is_node(hop.from) && is_node(hop.to) && hop.edge.index() < graph.edges().len();
        let fits = is_node(path.from) && is_node(path.to) && path.hops.iter().all(is_hop);
        fits.then_some(Self { graph, path })
    }

    /// The path as answers hold it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the content starts.
    #[must_use]
    pub fn from(&self) -> NodeRef<'g> {
        self.graph.node_ref(self.path.from)
    }

    /// Where it arrives.
    #[must_use]
    pub fn to(&self) -> NodeRef<'g> {
        self.graph.node_ref(self.path.to)
    }

    /// What the whole path costs.
    #[must_use]
    pub fn cost(&self) -> Cost {
        self.path.cost
    }

    /// All nodes on it, both ends among them.
    pub fn nodes(&self) -> impl Iterator<Item = NodeRef<'g>> {
        std::iter::once(self.from()).chain(self.hops().map(|hop| hop.to()))
    }

    /// The hops, in the direction of the content.
    pub fn hops(&self) -> impl ExactSizeIterator<Item = HopRef<'g>> {
        self.path.hops.iter().map(|hop| HopRef { graph: self.graph, hop: *hop })
    }
}

/// One hop of a path.
#[derive(Debug, Clone, Copy)]
pub struct HopRef<'g> {
    graph: &'g CapabilityGraph,
    hop: Hop,
}

impl<'g> HopRef<'g> {
    /// Where the content comes from. That is not always who acts: what is read comes from the target of the edge.
    #[must_use]
    pub fn from(self) -> NodeRef<'g> {
        self.graph.node_ref(self.hop.from)
    }

    /// Where it goes.
    #[must_use]
    pub fn to(self) -> NodeRef<'g> {
        self.graph.node_ref(self.hop.to)
    }

    /// The edge that makes the flow.
    #[must_use]
    pub fn edge(self) -> EdgeRef<'g> {
        self.graph.edge_ref(self.hop.edge)
    }

    /// Which of the edge's flows it is: the request, or what comes back.
    #[must_use]
    pub fn leg(self) -> Leg {
        self.hop.leg
    }

    /// What the hop costs.
    #[must_use]
    pub fn cost(self) -> Cost {
        self.hop.cost
    }
}
