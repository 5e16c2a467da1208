//! Best paths before and after, with what changed on them marked.

use super::change::ChangeId;
use super::closure::Question;
use super::comparison::Comparison;
use super::joint::Side;
use crate::analysis::{Act, Hop, Leg, Witness, WitnessInto};
use crate::graph::{Cost, Edge};
use crate::spec::{NodeId, Plane};

/// How something comes about: the hops of content, and then, where it is about what can be had done, the edge that does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// What it costs.
    pub cost: Cost,
    /// The hops. Content flows from the attacker for influence and acts, and to it for exposure.
    pub hops: Vec<RouteHop>,
    /// The last edge of an act: its actor does it, and no content need flow.
    pub act: Option<RouteHop>,
}

/// One hop of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteHop {
    /// The hop.
    pub hop: Hop,
    /// The change that its edge goes with.
    pub change: Option<ChangeId>,
    /// Whether the other side has no such edge, or has it otherwise.
    pub is_changed: bool,
}

/// Finds routes. Those of one attacker after the other take one search for each plane.
#[derive(Debug)]
pub struct Routes<'c> {
    comparison: &'c Comparison,
    side: Side,
    forward: Option<(NodeId, Witness<'c>)>,
    backward: Option<(NodeId, WitnessInto<'c>)>,
}

impl<'c> Routes<'c> {
    /// On one side of a comparison.
    #[must_use]
    pub fn new(comparison: &'c Comparison, side: Side) -> Self {
        Self { comparison, side, forward: None, backward: None }
    }

    /// The best route behind an answer; nothing where the answer is no.
    pub fn find(&mut self, from: NodeId, question: Question, to: NodeId) -> Option<Route> {
        let graph = self.comparison.graph(self.side);
        match question {
            Question::Influence => {
                let path = self.forward(from).path_to(to)?;
                Some(self.route(path.cost, path.hops, None))
            }
            Question::Exposure => {
                if self.backward.as_ref().is_none_or(|(node, _)| *node != from) {
                    self.backward = Some((from, WitnessInto::into_targets(graph, Plane::Exposure, &[from])));
                }
                let path = self.backward.as_ref()?.1.path_from(to)?;
                Some(self.route(path.cost, path.hops, None))
            }
            Question::Act(verb) => {
                let Act { actor, path, edge, guards } = self.forward(from).best_act(from, verb, to)?;
                let hops = path.map(|path| path.hops).unwrap_or_default();
                let hop = Hop { edge, leg: Leg::Request, from: actor, to, cost: Cost::ZERO };
                Some(self.route(Cost { guards, ..Cost::ZERO }, hops, Some(hop)))
            }
        }
    }

    fn forward(&mut self, from: NodeId) -> &Witness<'c> {
        let graph = self.comparison.graph(self.side);
        let found = self.forward.take().filter(|(node, _)| *node == from);
        let search = || (from, Witness::from_starts(graph, Plane::Influence, &[from]));
        &self.forward.insert(found.unwrap_or_else(search)).1
    }

    fn route(&self, cost: Cost, hops: Vec<Hop>, act: Option<Hop>) -> Route {
        let mark = |hop: Hop| {
            let edge = self.comparison.graph(self.side).edge(hop.edge);
            let change =
                edge.is_declared().then(|| self.comparison.change_of_edge(edge.from, edge.verb, edge.to));
            let change = change.flatten();
            RouteHop { hop, change, is_changed: change.is_some() || !self.other_side_has(edge) }
        };
        Route { cost, hops: hops.into_iter().map(mark).collect(), act: act.map(mark) }
    }

    /// Whether the other side has an edge that says the same.
    fn other_side_has(&self, edge: &Edge) -> bool {
        let other = if self.side == Side::Base { Side::Head } else { Side::Base };
        let graph = self.comparison.graph(other);
        let same = |one: &Edge| {
            (one.verb, one.to, &one.guards, &one.returns, one.extra)
                == (edge.verb, edge.to, &edge.guards, &edge.returns, edge.extra)
                && one.is_declared() == edge.is_declared()
        };
        graph.edges_of(edge.from).any(|id| same(graph.edge(id)))
    }
}
