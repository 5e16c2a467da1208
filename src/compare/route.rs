//! Best paths before and after, with what changed on them marked.

use super::change::ChangeId;
use super::comparison::Comparison;
use super::joint::Side;
use crate::analysis::{Act, Hop, Leg, Path, Witness, WitnessInto};
use crate::graph::{Cost, Edge};
use crate::model::{NodeId, Plane, Way};

/// How something comes about: the hops of content, and then, where it is about what can be had done, the edge that does it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct RouteHop {
    /// The hop.
    pub hop: Hop,
    /// The change that its edge goes with.
    pub change: Option<ChangeId>,
    /// Whether the other side has no such edge, or has it otherwise.
    pub is_changed: bool,
}

/// A route without a look at what changed on it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BareRoute {
    /// What it costs.
    pub cost: Cost,
    /// The hops.
    pub hops: Vec<Hop>,
    /// The last edge of an act.
    pub act: Option<Hop>,
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

    /// The best route behind an answer; `None` where the answer is no.
    pub fn find(&mut self, from: NodeId, question: Way, to: NodeId) -> Option<Route> {
        let BareRoute { cost, hops, act } = self.find_bare(from, question, to)?;
        let mark = |hop: Hop| self.comparison.marked(self.side, hop);
        Some(Route { cost, hops: hops.into_iter().map(mark).collect(), act: act.map(mark) })
    }

    /// The same with its hops as they are.
    pub fn find_bare(&mut self, from: NodeId, question: Way, to: NodeId) -> Option<BareRoute> {
        let graph = self.comparison.graph(self.side);
        let along = |path: Path| BareRoute { cost: path.cost, hops: path.hops, act: None };
        match (question, question.verb()) {
            (Way::Exposure, _) => {
                if self.backward.as_ref().is_none_or(|(node, _)| *node != from) {
                    self.backward = Some((from, WitnessInto::into_targets(graph, Plane::Exposure, &[from])));
                }
                self.backward.as_ref()?.1.path_from(to).map(along)
            }
            (_, Some(verb)) => {
                let Act { actor, path, edge, guards } = self.forward(from).best_act(from, verb, to)?;
                let hops = path.map(|path| path.hops).unwrap_or_default();
                let act = Some(Hop { edge, leg: Leg::Request, from: actor, to, cost: Cost::ZERO });
                Some(BareRoute { cost: Cost { guards, ..Cost::ZERO }, hops, act })
            }
            (_, None) => self.forward(from).path_to(to).map(along),
        }
    }

    fn forward(&mut self, from: NodeId) -> &Witness<'c> {
        let graph = self.comparison.graph(self.side);
        let found = self.forward.take().filter(|(node, _)| *node == from);
        let search = || (from, Witness::from_starts(graph, Plane::Influence, &[from]));
        &self.forward.insert(found.unwrap_or_else(search)).1
    }
}

impl Comparison {
    /// A hop of a side with what changed on it.
    #[must_use]
    pub fn marked(&self, side: Side, hop: Hop) -> RouteHop {
        let edge = self.graph(side).edge(hop.edge);
        let change = edge.is_declared().then(|| self.change_of_edge(edge.from, edge.verb, edge.to)).flatten();
        RouteHop { hop, change, is_changed: change.is_some() || !self.has_same(side.other(), edge) }
    }

    /// Whether a side has an edge that says the same.
    fn has_same(&self, side: Side, edge: &Edge) -> bool {
        let graph = self.graph(side);
        let same = |one: &Edge| {
            (one.verb, one.to, &one.guards, &one.returns, one.extra)
                == (edge.verb, edge.to, &edge.guards, &edge.returns, edge.extra)
                && one.is_declared() == edge.is_declared()
        };
        graph.edges_of(edge.from).any(|id| same(graph.edge(id)))
    }
}
