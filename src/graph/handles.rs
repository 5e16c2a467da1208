//! An id of a graph → a handle on what it names: a node that can tell its name, its place and its edges; an edge that can tell its ends,
//! its guards and why it is there.
//!
//! Ids are small and are what answers hold. A handle is an id with the graph that it belongs to: two words, copied at will. What can be
//! asked of a node beyond the graph, such as its blast radius, is added to the handle by [`analysis`](crate::analysis).

use std::fmt;

use super::capability_graph::CapabilityGraph;
use super::edge::{Edge, EdgeId, Origin};
use crate::model;
use crate::model::{
    EdgeKey, GuardId, Node, NodeId, NodeKind, Place, Returns, Selection, SelectionError, Sensitivity, Verb,
};

impl CapabilityGraph {
    /// The node with this name.
    ///
    /// # Errors
    /// If there is none, with the name that was probably meant.
    ///
    /// ```
    /// # let spec = crabwalk::Spec::from_text("a.yaml", "version: 1\nagents: {triage: {}}\n")?;
    /// let graph = crabwalk::CapabilityGraph::of(spec)?;
    /// assert_eq!(graph.node("triage")?.name(), "triage");
    /// assert_eq!(graph.node("triaga").unwrap_err().help, "did you mean `triage`?");
    /// # Ok::<(), crabwalk::Error>(())
    /// ```
    pub fn node(&self, name: &str) -> Result<NodeRef<'_>, SelectionError> {
        let found = self.spec().node_id(name);
        found.map(|id| self.node_ref(id)).ok_or_else(|| Selection::Name(name.to_owned()).nothing(self.spec()))
    }

    /// The nodes that a word takes: a name, or a selector such as `zone:inner` or `untrusted`, in the order of the spec.
    ///
    /// # Errors
    /// If it takes none.
    ///
    /// ```
    /// # let text = "version: 1\nsources: {inbox: {}, feed: {}}\nagents: {triage: {}}\n";
    /// # let graph = crabwalk::CapabilityGraph::of(crabwalk::Spec::from_text("a.yaml", text)?)?;
    /// let names: Vec<&str> = graph.select("untrusted")?.iter().map(|node| node.name()).collect();
    /// assert_eq!(names, ["inbox", "feed"]);
    /// # Ok::<(), crabwalk::Error>(())
    /// ```
    pub fn select(&self, word: &str) -> Result<Vec<NodeRef<'_>>, SelectionError> {
        let ids = Selection::parse(self.spec(), word).nodes(self.spec())?;
        Ok(ids.into_iter().map(|id| self.node_ref(id)).collect())
    }

    /// All nodes, in the order of the spec.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeRef<'_>> {
        self.spec().node_ids().map(|id| self.node_ref(id))
    }

    /// The node behind an id that an answer about this graph holds.
    #[must_use]
    pub fn node_ref(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef { graph: self, id }
    }

    /// The edge behind an id that an answer about this graph holds.
    #[must_use]
    pub fn edge_ref(&self, id: EdgeId) -> EdgeRef<'_> {
        EdgeRef { graph: self, id }
    }
}

/// A node of a graph.
///
/// ```
/// let spec = crabwalk::Spec::from_text(
///     "desk.yaml",
///     "version: 1
/// sources: {inbox: {kind: email}}
/// agents:
///   triage: {read: [inbox], invoke: [{target: refund, guards: [human-approval]}]}
/// tools: {refund: {critical: true}}
/// ",
/// )?;
/// let graph = crabwalk::CapabilityGraph::of(spec)?;
/// let triage = graph.node("triage")?;
/// assert_eq!((triage.kind().as_str(), triage.location().as_str()), ("agent", "desk.yaml:4"));
/// for edge in triage.edges_out() {
///     println!("{} {} {}", edge.from().name(), edge.verb(), edge.to().name());
/// }
/// assert!(graph.node("refund")?.is_critical());
/// # Ok::<(), crabwalk::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct NodeRef<'g> {
    graph: &'g CapabilityGraph,
    id: NodeId,
}

impl<'g> NodeRef<'g> {
    /// The graph that it is a node of.
    #[must_use]
    pub fn graph(self) -> &'g CapabilityGraph {
        self.graph
    }

    /// Its id: what answers hold, and what other questions take.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// Its name, as the spec has it. It is somebody else's text: see [`report`](crate::report) before you print it as Markdown or HTML.
    #[must_use]
    pub fn name(self) -> &'g str {
        self.graph.spec().node_name(self.id)
    }

    /// What was declared of it.
    #[must_use]
    pub fn declaration(self) -> &'g Node {
        self.graph.spec().node(self.id)
    }

    /// The section of the spec that it stands in.
    #[must_use]
    pub fn kind(self) -> NodeKind {
        self.declaration().kind
    }

    /// The name of its zone; `None` for a node that has none.
    #[must_use]
    pub fn zone(self) -> Option<&'g str> {
        self.declaration().zone.map(|zone| self.graph.spec().zone_name(zone))
    }

    /// How trusted its zone is; `None` for a node that has none.
    #[must_use]
    pub fn trust(self) -> Option<i64> {
        self.graph.spec().trust(self.id)
    }

    /// Where its name stands.
    #[must_use]
    pub fn place(self) -> Place {
        self.declaration().place
    }

    /// Where its name stands, as `file:line`.
    #[must_use]
    pub fn location(self) -> String {
        self.graph.spec().location(self.place())
    }

    /// Whether the spec calls it critical.
    #[must_use]
    pub fn is_critical(self) -> bool {
        self.declaration().critical
    }

    /// How sensitive its content is.
    #[must_use]
    pub fn sensitivity(self) -> Sensitivity {
        self.declaration().sensitivity
    }

    /// Whether its content is private: confidential, secret, or a credential.
    #[must_use]
    pub fn is_private(self) -> bool {
        self.declaration().is_private()
    }

    /// Whether strangers control what it says: it is untrusted, or a webhook that anybody can post to.
    #[must_use]
    pub fn is_untrusted(self) -> bool {
        self.declaration().is_stranger()
    }

    /// Whether it keeps content after the session that wrote it.
    #[must_use]
    pub fn persists(self) -> bool {
        self.graph.flows().is_persistent(self.id)
    }

    /// Whether content that comes to it is outside.
    #[must_use]
    pub fn is_sink(self) -> bool {
        self.graph.flows().is_sink(self.id)
    }

    /// What it may do: declared edges in the order of the spec, then derived ones.
    pub fn edges_out(self) -> impl ExactSizeIterator<Item = EdgeRef<'g>> {
        self.handles(self.graph.edges_of(self.id).collect())
    }

    /// Who may do something to it: declared edges in the order of the spec, then derived ones.
    pub fn edges_in(self) -> impl ExactSizeIterator<Item = EdgeRef<'g>> {
        self.handles(self.graph.edges_on(self.id).collect())
    }

    fn handles(self, mut edges: Vec<EdgeId>) -> impl ExactSizeIterator<Item = EdgeRef<'g>> {
        edges.sort_unstable();
        edges.into_iter().map(move |id| self.graph.edge_ref(id))
    }
}

/// The same node of the same graph.
impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.graph, other.graph)
    }
}

impl Eq for NodeRef<'_> {}

impl fmt::Debug for NodeRef<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("NodeRef").field(&self.name()).finish()
    }
}

/// An edge of a graph: declared, or derived by authority.
///
/// ```
/// let spec = crabwalk::Spec::from_text(
///     "keys.yaml",
///     "version: 1
/// agents:
///   deploy: {read: [token]}
/// credentials: {token: {opens: [cloud]}}
/// tools: {cloud: {}}
/// ",
/// )?;
/// let graph = crabwalk::CapabilityGraph::of(spec)?;
/// let edges: Vec<_> = graph.node("deploy")?.edges_out().collect();
/// assert_eq!(edges[0].location().as_deref(), Some("keys.yaml:3"), "it reads the token, as declared here");
/// assert!(!edges[1].is_declared(), "so that it can invoke the cloud, which nobody declared");
/// assert_eq!(edges[1].because(), Some(graph.node("token")?));
/// # Ok::<(), crabwalk::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct EdgeRef<'g> {
    graph: &'g CapabilityGraph,
    id: EdgeId,
}

impl<'g> EdgeRef<'g> {
    /// Its id.
    #[must_use]
    pub fn id(self) -> EdgeId {
        self.id
    }

    /// The edge as the graph holds it.
    #[must_use]
    pub fn edge(self) -> &'g Edge {
        self.graph.edge(self.id)
    }

    /// Who acts.
    #[must_use]
    pub fn from(self) -> NodeRef<'g> {
        self.graph.node_ref(self.edge().from)
    }

    /// What the actor may do.
    #[must_use]
    pub fn verb(self) -> Verb {
        self.edge().verb
    }

    /// To whom.
    #[must_use]
    pub fn to(self) -> NodeRef<'g> {
        self.graph.node_ref(self.edge().to)
    }

    /// Actor, verb and target: what a [`WhatIf`](crate::model::WhatIf) names an edge by.
    #[must_use]
    pub fn key(self) -> EdgeKey {
        self.edge().key()
    }

    /// The names of the guards on the request; for a read or an observe, of those on the hand-over.
    pub fn guards(self) -> impl ExactSizeIterator<Item = &'g str> {
        self.names(&self.edge().guards)
    }

    /// The names of the guards on what comes back; `None` where nothing does.
    #[must_use]
    pub fn result_guards(self) -> Option<impl ExactSizeIterator<Item = &'g str>> {
        match &self.edge().returns {
            Returns::Content(guards) => Some(self.names(guards)),
            Returns::Nothing => None,
        }
    }

    fn names(self, guards: &'g [GuardId]) -> impl ExactSizeIterator<Item = &'g str> {
        guards.iter().map(move |guard| self.graph.spec().guard_name(*guard))
    }

    /// Whether the spec declares it; otherwise authority derives it.
    #[must_use]
    pub fn is_declared(self) -> bool {
        self.edge().is_declared()
    }

    /// What was declared; `None` for a derived edge.
    #[must_use]
    pub fn declaration(self) -> Option<&'g model::Edge> {
        self.graph.declaration(self.edge())
    }

    /// Where it is declared, as `file:line`; `None` for a derived edge.
    #[must_use]
    pub fn location(self) -> Option<String> {
        self.declaration().map(|edge| self.graph.spec().location(edge.place))
    }

    /// Why it is there: declared, or by which rule it is derived.
    #[must_use]
    pub fn origin(self) -> Origin {
        self.edge().origin
    }

    /// The role, key or credential that a derived edge exists for; `None` for a declared one.
    #[must_use]
    pub fn because(self) -> Option<NodeRef<'g>> {
        self.edge().because().map(|node| self.graph.node_ref(node))
    }
}

/// The same edge of the same graph.
impl PartialEq for EdgeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.graph, other.graph)
    }
}

impl Eq for EdgeRef<'_> {}

impl fmt::Debug for EdgeRef<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, verb, to) = (self.from().name(), self.verb(), self.to().name());
        out.debug_tuple("EdgeRef").field(&from).field(&verb.as_str()).field(&to).finish()
    }
}
