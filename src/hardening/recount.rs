//! Pairs that are left without an edge, or a leg of it, where nothing is derived: counted on the flows as they stand, so that
//! neither the spec nor the graph is made anew.
//!
//! Lanes of 64 sources are carried down the components of the whole graph, as for all pairs. What leads on from a component leads on
//! from all of it, unless a flow that is gone lies inside: there lanes are carried from flow node to flow node until none is new.

use super::pairs::{Sweep, side_by_side, targets};
use super::question::Question;
use crate::graph::{Arc, Between, CapabilityGraph, Components, Direction, EdgeId, FlowNode, Step, Strength};
use crate::model::{Leg, WhatIf};

/// A graph in which pairs are counted again and again.
pub(super) struct Recount<'g> {
    graph: &'g CapabilityGraph,
    between: Between,
    components: Components,
    sources: Vec<FlowNode>,
    /// By component: how many targets are in it.
    targets: Vec<usize>,
    /// By flow node.
    is_target: Vec<bool>,
}

/// What does not count: an edge, or one leg of it.
#[derive(Debug, Clone, Copy)]
struct Gone {
    edge: EdgeId,
    leg: Option<Leg>,
}

/// The sources that come to each place, a bit each.
struct Lanes {
    /// By component.
    whole: Sweep,
    /// The components that a flow which is gone lies inside of, and by flow node what comes to each of theirs.
    broken: Vec<usize>,
    single: Vec<u64>,
}

impl<'g> Recount<'g> {
    /// `None` where authority derives edges: they may go with others.
    pub(super) fn new(graph: &'g CapabilityGraph, question: &Question) -> Option<Self> {
        if graph.derived_count() > 0 {
            return None;
        }
        let between = question.between(graph.flows());
        let components = Components::find(graph.flows(), between.plane, between.strength);
        let (sources, targets) = (side_by_side(&components, &between), targets(&components, &between));
        let mut is_target = vec![false; graph.flows().len()];
        between.targets.iter().for_each(|target| is_target[target.index()] = true);
        Some(Self { graph, between, components, sources, targets, is_target })
    }

    /// Pairs that are left when a change is made; `None` for a change that does more than take flows away. To take edges away, or to
    /// guard them, derives nothing where nothing was derived.
    pub(super) fn left(&self, change: WhatIf) -> Option<usize> {
        let gone = match change {
            WhatIf::Without(key) => Gone { edge: self.graph.declared(key)?, leg: None },
            // What is guarded now is not open any more; all paths together stay what they are.
            WhatIf::WithGuard(key, leg, guard) => {
                let stops = self.graph.spec().guard(guard).stops(self.between.plane);
                if self.between.strength == Strength::Any || !stops {
                    return None;
                }
                Gone { edge: self.graph.declared(key)?, leg: Some(leg) }
            }
            WhatIf::Fail(_)
            | WhatIf::Isolate(_)
            | WhatIf::PerCall(_)
            | WhatIf::Revoke(_)
            | WhatIf::Broker { .. } => {
                return None;
            }
        };
        Some(self.pairs(gone))
    }

    fn pairs(&self, gone: Gone) -> usize {
        let edge = self.graph.edge(gone.edge);
        let flows = self.graph.flows();
        let doors = [edge.from, edge.to].map(|node| flows.doors(node).collect::<Vec<_>>()).concat();
        let broken = self.broken(gone, &doors);
        let single = vec![0; if broken.is_empty() { 0 } else { flows.len() }];
        let mut lanes = Lanes { whole: Sweep::new(self.components.len()), broken, single };
        let mut pairs = 0;
        for sources in self.sources.chunks(64) {
            for (lane, source) in sources.iter().enumerate() {
                self.add(&mut lanes, *source, 1 << lane);
            }
            while let Some((component, here)) = lanes.whole.next() {
                if lanes.broken.contains(&component) {
                    self.carry_singly(&mut lanes, component, gone);
                } else {
                    self.carry(&mut lanes, component, here, gone, &doors);
                }
            }
            pairs += self.ends(&mut lanes);
        }
        pairs
    }

    /// How many pairs the lanes have made, which are clean then.
    fn ends(&self, lanes: &mut Lanes) -> usize {
        let (broken, single) = (&lanes.broken, &mut lanes.single);
        let of = |(component, here): (usize, u64)| {
            if !broken.contains(&component) {
                return here.count_ones() as usize * self.targets[component];
            }
            let members = self.components.members(component).iter();
            let of = |node: &FlowNode| {
                let here = std::mem::take(&mut single[node.index()]);
                if self.is_target[node.index()] { here.count_ones() as usize } else { 0 }
            };
            members.map(of).sum()
        };
        lanes.whole.finish().map(of).sum()
    }

    /// The components that a flow which is gone lies inside of.
    fn broken(&self, gone: Gone, doors: &[FlowNode]) -> Vec<usize> {
        let mut broken = Vec::new();
        for tail in doors {
            let component = self.components.of(*tail);
            let inside =
                |arc: Arc| self.is_gone(gone, *tail, &arc) && self.components.of(arc.other) == component;
            if !broken.contains(&component) && self.arcs(*tail).any(inside) {
                broken.push(component);
            }
        }
        broken
    }

    /// The arcs that count at a flow node.
    fn arcs(&self, tail: FlowNode) -> impl Iterator<Item = Arc> + '_ {
        self.between.arcs_at(self.graph.flows(), Direction::Forward, tail)
    }

    fn is_gone(&self, gone: Gone, tail: FlowNode, arc: &Arc) -> bool {
        let of_leg = |leg| self.graph.leg(gone.edge, self.graph.flows().node(tail)) == leg;
        arc.step == Step::Edge(gone.edge) && gone.leg.is_none_or(of_leg)
    }

    /// Whether any of some lanes is new where they come to.
    fn add(&self, lanes: &mut Lanes, node: FlowNode, more: u64) -> bool {
        let component = self.components.of(node);
        lanes.whole.add(component, more);
        if !lanes.broken.contains(&component) {
            return false;
        }
        let there = &mut lanes.single[node.index()];
        let is_new = more & !*there != 0;
        *there |= more;
        is_new
    }

    /// Carries what has come to a component on to where it leads. The arcs of an edge start at one of its `doors`.
    fn carry(&self, lanes: &mut Lanes, component: usize, here: u64, gone: Gone, doors: &[FlowNode]) {
        let flows = self.graph.flows();
        let adjacency = flows.adjacency(self.between.plane, Direction::Forward, self.between.strength);
        // What stays inside has been carried on with it.
        let leads_on = |head: &FlowNode| self.components.of(*head) != component;
        for tail in self.components.members(component) {
            if doors.contains(tail) {
                let heads =
                    self.arcs(*tail).filter(|arc| !self.is_gone(gone, *tail, arc)).map(|arc| arc.other);
                for head in heads.filter(leads_on) {
                    self.add(lanes, head, here);
                }
            } else {
                for head in adjacency.heads(*tail).iter().copied().filter(leads_on) {
                    self.add(lanes, head, here);
                }
            }
        }
    }

    /// The same for a component that may have come apart.
    fn carry_singly(&self, lanes: &mut Lanes, component: usize, gone: Gone) {
        let members = self.components.members(component);
        let mut waiting: Vec<FlowNode> =
            members.iter().copied().filter(|node| lanes.single[node.index()] != 0).collect();
        while let Some(tail) = waiting.pop() {
            let here = lanes.single[tail.index()];
            for arc in self.arcs(tail).filter(|arc| !self.is_gone(gone, tail, arc)) {
                if self.components.of(arc.other) != component {
                    self.add(lanes, arc.other, here);
                } else if self.add(lanes, arc.other, here) {
                    waiting.push(arc.other);
                }
            }
        }
    }
}
