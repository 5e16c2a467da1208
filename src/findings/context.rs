//! What several rules ask of a graph, found once: who is untrusted, what is private, the ways out, and what comes where.

use std::sync::OnceLock;

use crate::analysis::{CostSearch, Leaks, Reachability, Strength, Witness, ways_out};
use crate::graph::{CapabilityGraph, EdgeId};
use crate::model::{Edge, Node, NodeId, NodeKind, Plane, Spec, Verb};

/// A graph with what rules share. Searches are made when the first rule asks for them.
pub(super) struct RuleContext<'g> {
    pub(super) graph: &'g CapabilityGraph,
    pub(super) spec: &'g Spec,
    /// What strangers control, in node order: what says so, and webhooks that anybody can post to.
    pub(super) untrusted: Vec<NodeId>,
    /// What holds private content, in node order.
    pub(super) private: Vec<NodeId>,
    /// Where content can leave, in node order: sinks, tools that let out what they are given, and whatever strangers control.
    pub(super) exits: Vec<NodeId>,
    from_untrusted: OnceLock<Witness<'g>>,
    from_private: OnceLock<Witness<'g>>,
    leaks: OnceLock<Leaks<'g>>,
    open: [OnceLock<Reachability<'g>>; 2],
}

impl<'g> RuleContext<'g> {
    pub(super) fn of(graph: &'g CapabilityGraph) -> Self {
        let spec = graph.spec();
        let those = |is_it: &dyn Fn(&Node) -> bool| -> Vec<NodeId> {
            spec.node_ids().filter(|id| is_it(spec.node(*id))).collect()
        };
        Self {
            graph,
            spec,
            untrusted: graph.spec().strangers(),
            private: those(&Node::is_private),
            exits: ways_out(spec),
            from_untrusted: OnceLock::new(),
            from_private: OnceLock::new(),
            leaks: OnceLock::new(),
            open: [OnceLock::new(), OnceLock::new()],
        }
    }

    /// What untrusted content comes to, in the influence plane.
    pub(super) fn untrusted_reach(&self) -> &Witness<'g> {
        let search = || Witness::from_starts(self.graph, Plane::Influence, &self.untrusted);
        self.from_untrusted.get_or_init(search)
    }

    /// What private content comes to, in the exposure plane.
    pub(super) fn private_reach(&self) -> &Witness<'g> {
        let search = || Witness::from_starts(self.graph, Plane::Exposure, &self.private);
        self.from_private.get_or_init(search)
    }

    /// What leaves because strangers steer who sees it.
    pub(super) fn leaks(&self) -> &Leaks<'g> {
        self.leaks.get_or_init(|| Leaks::by_attackers(self.graph, &self.untrusted))
    }

    /// The closure of a plane over the flows on which nothing has to fail.
    pub(super) fn open(&self, plane: Plane) -> &Reachability<'g> {
        let slot = &self.open[usize::from(plane == Plane::Exposure)];
        slot.get_or_init(|| Reachability::close(self.graph, plane, Strength::Open))
    }

    /// The declared edges with this verb.
    pub(super) fn edges(&self, verb: Verb) -> impl Iterator<Item = &'g Edge> {
        self.spec.edges.iter().filter(move |edge| edge.verb == verb)
    }

    /// The declared edges on a node, in the order of the spec.
    pub(super) fn declared_on(&self, node: NodeId) -> Vec<&'g Edge> {
        self.declared(self.graph.edges_on(node).collect())
    }

    /// The declared edges of a node, in the order of the spec.
    pub(super) fn declared_of(&self, node: NodeId) -> Vec<&'g Edge> {
        self.declared(self.graph.edges_of(node).collect())
    }

    fn declared(&self, mut edges: Vec<EdgeId>) -> Vec<&'g Edge> {
        edges.sort_unstable();
        let declared = edges.into_iter().filter_map(|id| self.graph.declaration(self.graph.edge(id)));
        declared.collect()
    }

    /// The nodes of a kind.
    pub(super) fn nodes(&self, kind: NodeKind) -> impl Iterator<Item = NodeId> + '_ {
        self.spec.node_ids().filter(move |id| self.spec.node(*id).kind == kind)
    }

    /// Whether there is any way between two nodes, in either plane or by a verb.
    pub(super) fn is_connected(&self, from: NodeId, to: NodeId) -> bool {
        let mut search = CostSearch::new(self.graph);
        let witness = Witness::from_starts(self.graph, Plane::Influence, &[from]);
        search.influenced_by(from).get(to).is_some()
            || search.exposed_to(from).get(to).is_some()
            || Verb::ALL.iter().any(|verb| witness.best_act(from, *verb, to).is_some())
    }
}
