//! Who can have which verb done to whom: the one place that says so. Matrix, blast radius, paths, pairs and `diff` all ask here.
//!
//! Every edge, declared or derived, is a means to have its verb done to its target. It is used from one door of its actor, the one
//! that the actor acts from: whoever holds the actor stands there, and so does whoever influences an actor that relays. To come
//! there costs what the way costs; to use the edge then costs the guards on it besides ([`Edge::guards_to_act`]).
//!
//! A worked example (the test below):
//!
//! ```text
//! reporter  writes   fixer                      fixer relays, as every agent does
//! fixer     writes   ledger  [human-approval]
//! on-call   writes   ledger                     on-call is a person, who does not relay
//! reporter  writes   on-call
//! ```
//!
//! On `ledger` there are two means to `write`: one of `fixer` behind a guard, used from its call door, and an open one of `on-call`,
//! used from its own door. The holder of `reporter` comes to `fixer` in one hop and has `ledger` written when one guard fails. It
//! comes to `on-call` too, but not to the door that a person acts from: so the open means is for the holder of `on-call` alone.

use super::capability_graph::CapabilityGraph;
use super::cost::Cost;
use super::doors::{Door, Side, is_kept, side};
use super::edge::{Edge, EdgeId};
use super::rows::FlowNode;
use crate::model::{Node, NodeId, Verb};

/// An edge as a means to have its verb done to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Means {
    /// The edge.
    pub edge: EdgeId,
    /// Who uses it.
    pub actor: NodeId,
    /// Where it is used from: whoever comes there has it used.
    pub door: FlowNode,
    /// What is done.
    pub verb: Verb,
    /// The guards that have to fail when the actor uses it.
    pub guards: u32,
}

impl Means {
    /// What it costs to have it used, where it costs this to come to its door.
    #[must_use]
    pub fn used_at(self, door: Cost) -> Cost {
        door + Cost { guards: self.guards, ..Cost::ZERO }
    }
}

impl CapabilityGraph {
    /// An edge as a means.
    #[must_use]
    pub fn means(&self, id: EdgeId) -> Means {
        let edge: &Edge = self.edge(id);
        let (actor, target) = (self.spec().node(edge.from), self.spec().node(edge.to));
        let door = self.flows().side(edge.from, used_from(edge.verb, actor, target));
        Means { edge: id, actor: edge.from, door, verb: edge.verb, guards: edge.guards_to_act(self.spec()) }
    }

    /// All means to have something done to a node, in no order that means anything.
    pub fn means_on(&self, target: NodeId) -> impl Iterator<Item = Means> + '_ {
        self.edges_on(target).map(|id| self.means(id))
    }
}

/// From which side of its actor an edge is used. Who steers a tool has it use the key that it keeps, and does not get the key: that
/// read is for whoever holds the tool alone.
#[must_use]
pub fn used_from(verb: Verb, actor: &Node, target: &Node) -> Side {
    if is_kept(verb, actor, target) { Side::Start } else { side(actor, Door::Act) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Direction, Search};
    use crate::model::{Plane, Spec};

    #[test]
    fn who_relays_is_used_by_whom_it_listens_to_and_a_person_is_not() {
        let text = "
version: 1
agents:
  reporter: {write: [fixer, on-call]}
  fixer: {write: [{target: ledger, guards: [human-approval]}]}
principals:
  on-call: {kind: human, write: [ledger]}
stores:
  ledger: {}
";
        let graph = CapabilityGraph::build(Spec::from_text("acts.yaml", text).expect("a valid spec"));
        let (spec, flows) = (graph.spec(), graph.flows());
        let node = |name: &str| spec.node_id(name).expect("a node");
        let ways = |holder: &str| {
            let mut search = Search::new(flows);
            let start = flows.start(Plane::Influence, node(holder));
            search.run(flows, Plane::Influence, Direction::Forward, [(start, Cost::ZERO)]);
            let mut ways: Vec<(&str, Cost)> = graph
                .means_on(node("ledger"))
                .filter_map(|means| {
                    let door = search.cost(means.door)?;
                    Some((spec.node_name(means.actor), means.used_at(door)))
                })
                .collect();
            ways.sort_unstable();
            ways
        };
        let cost = |guards, hops| Cost { guards, sessions: 0, hops };
        assert_eq!(ways("reporter"), [("fixer", cost(1, 1))]);
        assert_eq!(ways("fixer"), [("fixer", cost(1, 0))]);
        assert_eq!(ways("on-call"), [("on-call", cost(0, 0))]);
    }
}
