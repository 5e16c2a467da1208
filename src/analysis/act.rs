//! The best way to have one thing done: who does it, and how it is steered.

use super::witness::{Path, Witness};
use crate::graph::{Cost, EdgeId};
use crate::model::{NodeId, Verb};

/// A way to have something done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Act {
    /// Who does it.
    pub actor: NodeId,
    /// How it is steered; nothing where the attacker does it itself.
    pub path: Option<Path>,
    /// Its edge.
    pub edge: EdgeId,
    /// The guards that have to fail, on the path and on the edge.
    pub guards: u32,
}

impl Witness<'_> {
    /// The best way for the holder of a start to have a verb done to a node. Of equally guarded ones the nearest, then the one
    /// whose edge comes first. The search must have started from this node alone, in the influence plane.
    #[must_use]
    pub fn best_act(&self, start: NodeId, verb: Verb, to: NodeId) -> Option<Act> {
        let starts = [start];
        let steered = self.steered(&starts);
        let graph = steered.graph;
        let on_it = graph.edges_on(to).filter(|id| graph.edge(*id).verb == verb);
        let ways = on_it.filter_map(|id| {
            let edge = graph.edge(id);
            let cost = steered.cost(edge.from)?;
            Some((cost + Cost { guards: edge.guards_to_act(graph.spec()), ..Cost::ZERO }, id))
        });
        let (cost, edge) = ways.min()?;
        let actor = graph.edge(edge).from;
        let path = if actor == start { None } else { self.path_to(actor) };
        Some(Act { actor, path, edge, guards: cost.guards })
    }
}
