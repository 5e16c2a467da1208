//! Changes → which of them paths over declared edges alone hang on: those are needed, whatever is derived.
//!
//! What is reached, and what reaches an end, is found once with all changes made. An arc that comes back joins the two or it does not.

use std::collections::HashMap;

use super::trial::{Trial, taken};
use crate::graph::{Direction, FlowNode, Step};
use crate::model::{EdgeKey, Leg, WhatIf};

/// The declared part of a question with some changes made, which part the two groups.
pub(super) struct DeclaredPaths {
    /// By flow node: whether it is reached, and whether it reaches an end.
    reached: Vec<bool>,
    reaching: Vec<bool>,
    /// Whether the two groups are connected all the same.
    is_connected: bool,
    /// The arcs that one change alone takes away.
    arcs: HashMap<(EdgeKey, Leg), Vec<(FlowNode, FlowNode)>>,
}

impl DeclaredPaths {
    pub(super) fn without(trial: &Trial<'_>, changes: &[WhatIf]) -> Self {
        let (graph, question) = (trial.graph, trial.question);
        let flows = graph.flows();
        let between = question.between(flows);
        let gone = Gone::of(changes);
        let reach = |direction| {
            between.reached_over(flows, direction, |tail, id| {
                graph.edge(id).is_declared()
                    && gone.times(graph.edge(id).key(), graph.leg(id, flows.node(tail))) == 0
            })
        };
        let (reached, reaching) = (reach(Direction::Forward), reach(Direction::Reverse));
        let is_connected = between.targets.iter().any(|target| reached[target.index()]);
        let mut arcs: HashMap<_, Vec<_>> = HashMap::new();
        for tail in flows.flow_nodes() {
            for arc in between.arcs_at(flows, Direction::Forward, tail) {
                let Step::Edge(id) = arc.step else { continue };
                let of = (graph.edge(id).key(), graph.leg(id, flows.node(tail)));
                if graph.edge(id).is_declared() && gone.times(of.0, of.1) == 1 {
                    arcs.entry(of).or_default().push((tail, arc.other));
                }
            }
        }
        Self { reached, reaching, is_connected, arcs }
    }

    /// Whether a path is there again when one of the changes is not made, by one of its arcs alone. An edge has two at most, and a path
    /// that took both would be found by what is recomputed then.
    pub(super) fn come_back(&self, change: WhatIf) -> bool {
        let legs: &[(EdgeKey, Leg)] = &match change {
            WhatIf::WithGuard(key, leg, _) => [(key, leg); 2],
            _ => match taken(change) {
                Some(key) => [(key, Leg::Request), (key, Leg::Result)],
                None => return self.is_connected,
            },
        };
        let joins =
            |(tail, head): &(FlowNode, FlowNode)| self.reached[tail.index()] && self.reaching[head.index()];
        self.is_connected || legs.iter().filter_map(|leg| self.arcs.get(leg)).flatten().any(joins)
    }
}

/// What changes take away of declared edges, and how many of them do.
#[derive(Default)]
struct Gone {
    edges: HashMap<EdgeKey, usize>,
    legs: HashMap<(EdgeKey, Leg), usize>,
}

impl Gone {
    fn of(changes: &[WhatIf]) -> Self {
        let mut gone = Self::default();
        for change in changes {
            if let WhatIf::WithGuard(key, leg, _) = change {
                *gone.legs.entry((*key, *leg)).or_default() += 1;
            }
            if let Some(key) = taken(*change) {
                *gone.edges.entry(key).or_default() += 1;
            }
        }
        gone
    }

    /// How many changes take a leg away.
    fn times(&self, key: EdgeKey, leg: Leg) -> usize {
        let count = |times: Option<&usize>| times.copied().unwrap_or(0);
        count(self.edges.get(&key)) + count(self.legs.get(&(key, leg)))
    }
}
