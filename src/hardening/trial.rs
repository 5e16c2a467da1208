//! Changes → what is left of the question when they are made: always the whole spec, closed and counted anew.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::pairs::connected;
use super::question::Question;
use super::recount::Recount;
use crate::analysis::{Path, Witness};
use crate::graph::{CapabilityGraph, Edge, most_derived};
use crate::model::{Declared, DeclaredValue, EdgeKey, Node, NodeId, NodeKind, Spec, Verb, WhatIf};

/// What one has to know to try changes.
pub(super) struct Trial<'g> {
    pub(super) graph: &'g CapabilityGraph,
    pub(super) question: &'g Question,
    /// The spec without what is only said in words, to be changed again and again.
    bare: Spec,
    /// Who can do what to whom, declared or derived, sorted; once it is asked for.
    capabilities: OnceLock<Vec<EdgeKey>>,
    /// Counts pairs without an edge, where nothing is derived; once it is asked to.
    recount: OnceLock<Option<Recount<'g>>>,
}

/// What is left when a change is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measure {
    /// Pairs that are still connected.
    pub(super) left: usize,
    /// Capabilities that are gone and that the change does not name.
    pub(super) lost: usize,
}

impl<'g> Trial<'g> {
    pub(super) fn new(graph: &'g CapabilityGraph, question: &'g Question) -> Self {
        let bare = bare(graph.spec());
        Self { graph, question, bare, capabilities: OnceLock::new(), recount: OnceLock::new() }
    }

    /// The graph of the spec with some changes made.
    pub(super) fn changed(&self, changes: &[WhatIf]) -> CapabilityGraph {
        built(self.graph, self.bare.clone().what_if(changes))
    }

    /// What one change leaves.
    pub(super) fn measure(&self, change: WhatIf) -> Measure {
        let recount = self.recount.get_or_init(|| Recount::new(self.graph, self.question));
        if let Some(left) = recount.as_ref().and_then(|recount| recount.left(change)) {
            return Measure { left, lost: 0 };
        }
        let graph = self.changed(&[change]);
        Measure { left: self.pairs(&graph), lost: self.lost(&graph, &[change]) }
    }

    /// Pairs that are left when some changes are made.
    pub(super) fn left(&self, changes: &[WhatIf]) -> usize {
        self.pairs(&self.changed(changes))
    }

    fn pairs(&self, graph: &CapabilityGraph) -> usize {
        connected(graph, &self.question.between(graph.flows()))
    }

    /// Capabilities that are not in a graph any more, but for those that the changes name.
    pub(super) fn lost(&self, graph: &CapabilityGraph, changes: &[WhatIf]) -> usize {
        let still = capabilities(graph);
        let before = self.capabilities.get_or_init(|| capabilities(self.graph));
        let gone = before.iter().filter(|one| still.binary_search(one).is_err());
        let named: BTreeSet<EdgeKey> = changes.iter().filter_map(|change| taken(*change)).collect();
        gone.filter(|one| !named.contains(one)).count()
    }
}

/// The graph of a spec with some changes made, once: nothing is kept for another try.
pub(super) fn changed(graph: &CapabilityGraph, changes: &[WhatIf]) -> CapabilityGraph {
    built(graph, bare(graph.spec()).what_if(changes))
}

/// The graph of a changed spec. Where a guard makes authority derive more ways than may be (what it stands on made all others
/// superfluous), it is the graph as it was: a change of which nothing is known has changed nothing.
fn built(graph: &CapabilityGraph, changed: Spec) -> CapabilityGraph {
    let most = most_derived(&changed);
    CapabilityGraph::within(changed, most).unwrap_or_else(|_| graph.clone())
}

/// The best path that counts, of all pairs.
pub(super) fn best_path(graph: &CapabilityGraph, question: &Question) -> Option<Path> {
    let (starts, ends) = question.ends();
    let witness = Witness::from_starts(graph, question.plane, starts);
    let cost = |end: &NodeId| witness.cost_to(*end).filter(|cost| question.strength().counts(*cost));
    let nearest = ends.iter().filter_map(|end| Some((cost(end)?, *end))).min()?;
    witness.path_to(nearest.1)
}

/// The graph has no use for what was declared in words, and a copy of it costs as much as all the rest.
fn bare(spec: &Spec) -> Spec {
    let mut bare = Spec { accept: Vec::new(), ..spec.clone() };
    // Of a tool that says it relays that is still asked when it is to start afresh for each caller.
    let relays = |node: &Node| {
        let said = node.declared.flag("relays").filter(|_| node.kind == NodeKind::Tool);
        Declared::from_iter(said.map(|flag| ("relays", DeclaredValue::Boolean(flag))))
    };
    bare.nodes.values_mut().for_each(|node| node.declared = relays(node));
    bare.edges.iter_mut().for_each(|edge| edge.more = None);
    bare
}

/// The capability that a change takes away by its name.
pub(super) fn taken(change: WhatIf) -> Option<EdgeKey> {
    match change {
        WhatIf::Without(edge) => Some(edge),
        WhatIf::Broker { holder, credential } => {
            Some(EdgeKey { from: holder, verb: Verb::Read, to: credential })
        }
        WhatIf::WithGuard(..)
        | WhatIf::Fail(_)
        | WhatIf::Isolate(_)
        | WhatIf::PerCall(_)
        | WhatIf::Revoke(_) => None,
    }
}

/// Who can do what to whom, sorted, each once.
fn capabilities(graph: &CapabilityGraph) -> Vec<EdgeKey> {
    let mut all: Vec<EdgeKey> = graph.edges().iter().map(Edge::key).collect();
    all.sort_unstable();
    all.dedup();
    all
}
