//! A kind, a verb, a reason → a node, an edge, an acceptance as a text would give it that says nothing more about it: for a spec that is
//! built in memory. What more there is to say is set on its fields.

use crate::model::{Acceptance, Accepted, Declared, Edge, Guard, Node, NodeId, NodeKind, Place, Verb, Zone};

/// What stands in no text is said to begin its first file.
const NOWHERE: Place = Place { file: 0, start: 0, len: 0 };

impl Node {
    /// A node of a kind with the defaults of the spec language, without a zone.
    ///
    /// ```
    /// use crabwalk::model::{Edge, Node, SourceFile};
    /// use crabwalk::{CapabilityGraph, NodeKind, Spec, Verb};
    ///
    /// let mut spec = Spec::default();
    /// spec.files = vec![SourceFile::new("made-up.yaml", String::new())];
    /// spec.nodes.insert("inbox".to_owned(), Node::new(NodeKind::Source));
    /// spec.nodes.insert("triage".to_owned(), Node::new(NodeKind::Agent));
    /// let (inbox, triage) = (spec.node_id("inbox").unwrap(), spec.node_id("triage").unwrap());
    /// spec.edges.push(Edge::new(triage, Verb::Read, inbox));
    /// let graph = CapabilityGraph::of(spec)?;
    /// assert!(graph.node("inbox")?.is_untrusted(), "as every source that does not say otherwise");
    /// assert_eq!(graph.node("inbox")?.blast_radius(0).influenced.len(), 1);
    /// # Ok::<(), crabwalk::Error>(())
    /// ```
    #[must_use]
    pub fn new(kind: NodeKind) -> Self {
        Self::declaring(kind, None, Declared::default(), NOWHERE)
    }
}

impl Edge {
    /// An edge without guards. An invoke brings an answer back: set `result` to `None` where its target has none to give.
    #[must_use]
    pub fn new(from: NodeId, verb: Verb, to: NodeId) -> Self {
        Self {
            from,
            verb,
            to,
            guards: Box::default(),
            result: (verb == Verb::Invoke).then(Box::default),
            role: None,
            logged: true,
            uncuttable: false,
            more: None,
            place: NOWHERE,
        }
    }
}

impl Guard {
    /// A guard, by what it stops.
    #[must_use]
    pub fn new(stops_influence: bool, stops_exposure: bool) -> Self {
        Self {
            stops_influence,
            stops_exposure,
            enforced: true,
            by: None,
            kept_in: None,
            description: None,
            place: None,
        }
    }
}

impl Zone {
    /// A zone. Zones stand in a spec from the least to the most trusted one.
    #[must_use]
    pub fn new(trust: i64) -> Self {
        Self { trust, description: None, place: NOWHERE }
    }
}

impl Acceptance {
    /// An acceptance that nobody answers for by name, and that does not expire.
    #[must_use]
    pub fn new(what: Accepted, reason: &str, place: Place) -> Self {
        Self { what, reason: reason.to_owned(), owner: None, ticket: None, expires: None, place }
    }
}
