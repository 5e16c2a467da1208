//! How many pairs of two groups of nodes are connected: 64 sources at once, a bit each, in one sweep over the components.

use crate::graph::{Between, CapabilityGraph, Components, Direction, FlowNode};

/// How many of the sources reach how many of the targets: connected pairs. Time O(flow nodes + arcs) for 64 sources, of those that they
/// reach.
pub(crate) fn connected(graph: &CapabilityGraph, between: &Between) -> usize {
    let flows = graph.flows();
    let components = Components::find(flows, between.plane, between.strength);
    let adjacency = flows.adjacency(between.plane, Direction::Forward, between.strength);
    let targets = targets(&components, between);
    let mut sweep = Sweep::new(components.len());
    let mut pairs = 0;
    for sources in side_by_side(&components, between).chunks(64) {
        for (lane, source) in sources.iter().enumerate() {
            sweep.add(components.of(*source), 1 << lane);
        }
        while let Some((component, lanes)) = sweep.next() {
            let heads = |node: &FlowNode| adjacency.heads(*node);
            for head in components.members(component).iter().flat_map(heads) {
                // What stays inside has been carried on with it.
                let other = components.of(*head);
                if other != component {
                    sweep.add(other, lanes);
                }
            }
        }
        let of = |(component, lanes): (usize, u64)| lanes.count_ones() as usize * targets[component];
        pairs += sweep.finish().map(of).sum::<usize>();
    }
    pairs
}

/// By component: how many targets are in it.
pub(super) fn targets(components: &Components, between: &Between) -> Vec<usize> {
    let mut targets = vec![0; components.len()];
    between.targets.iter().for_each(|target| targets[components.of(*target)] += 1);
    targets
}

/// The sources, those next to one another that are likely to reach the same.
pub(super) fn side_by_side(components: &Components, between: &Between) -> Vec<FlowNode> {
    let mut sources = between.sources.clone();
    sources.sort_by_key(|source| components.of(*source));
    sources
}

/// The sources that come to each component. Components are numbered sinks first: whatever leads to one has a larger number.
pub(super) struct Sweep {
    lanes: Vec<u64>,
    /// The components that any of them have come to.
    touched: Vec<usize>,
    /// How many of these have not been carried on yet, and below which number they lie.
    waiting: usize,
    below: usize,
}

impl Sweep {
    pub(super) fn new(components: usize) -> Self {
        Self { lanes: vec![0; components], touched: Vec::new(), waiting: 0, below: 0 }
    }

    /// Brings lanes to a component that has not been carried on yet.
    pub(super) fn add(&mut self, component: usize, more: u64) {
        let there = &mut self.lanes[component];
        if *there == 0 && more != 0 {
            self.touched.push(component);
            self.waiting += 1;
            self.below = self.below.max(component + 1);
        }
        *there |= more;
    }

    /// The next component to carry on, with all the lanes that ever come to it.
    pub(super) fn next(&mut self) -> Option<(usize, u64)> {
        if self.waiting == 0 {
            return None;
        }
        loop {
            self.below -= 1;
            if self.lanes[self.below] != 0 {
                self.waiting -= 1;
                return Some((self.below, self.lanes[self.below]));
            }
        }
    }

    /// What was reached, with the lanes; and everything is clean again.
    pub(super) fn finish(&mut self) -> impl Iterator<Item = (usize, u64)> + '_ {
        self.below = 0;
        let lanes = &mut self.lanes;
        self.touched.drain(..).map(|component| (component, std::mem::take(&mut lanes[component])))
    }
}
