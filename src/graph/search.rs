//! Best costs from some flow nodes to all others: guards, then sessions, then hops.
//!
//! Dijkstra's algorithm where the queue is replaced by what the costs are: every flow is one hop and few of them cross a
//! guard or leave a persistent store. So the search is breadth first inside a layer of equal (guards, sessions), and flows
//! into a later layer wait in a bucket of it. Time O(flow nodes + arcs) plus the sorting of what waits; exact, uncapped.

use std::collections::{BTreeMap, VecDeque};

use super::Cost;
use super::flow_graph::{Direction, FlowGraph, FlowNode, Step};
use crate::spec::Plane;

/// What waits for a layer: (hops, flow node).
type Bucket = Vec<(u32, FlowNode)>;

/// A reusable search: the buffers are as long as the graph has flow nodes and are cleaned by what was reached alone.
#[derive(Debug, Clone)]
pub struct Search {
    /// Best cost by flow node; `None` where not reached.
    best: Vec<Option<Cost>>,
    /// Flow nodes in the order in which they were settled, so with rising cost.
    reached: Vec<FlowNode>,
    queue: VecDeque<(u32, FlowNode)>,
    waiting: BTreeMap<(u32, u32), Bucket>,
}

impl Search {
    /// A search over graphs with this many flow nodes.
    #[must_use]
    pub fn new(graph: &FlowGraph) -> Self {
        Self {
            best: vec![None; graph.len()],
            reached: Vec::new(),
            queue: VecDeque::new(),
            waiting: BTreeMap::new(),
        }
    }

    /// Searches from `starts`, each with what it costs to stand there.
    pub fn run(
        &mut self,
        graph: &FlowGraph,
        plane: Plane,
        direction: Direction,
        starts: impl IntoIterator<Item = (FlowNode, Cost)>,
    ) {
        self.clear();
        for (node, cost) in starts {
            self.waiting.entry((cost.guards, cost.sessions)).or_default().push((cost.hops, node));
        }
        while let Some(((guards, sessions), mut bucket)) = self.waiting.pop_first() {
            bucket.sort_unstable();
            self.layer(graph, plane, direction, Cost { guards, sessions, hops: 0 }, &bucket);
        }
    }

    /// The best cost of a flow node, from any of the starts.
    #[must_use]
    pub fn cost(&self, node: FlowNode) -> Option<Cost> {
        self.best[node.index()]
    }

    /// What was reached, with rising cost.
    #[must_use]
    pub fn reached(&self) -> &[FlowNode] {
        &self.reached
    }

    fn clear(&mut self) {
        for node in self.reached.drain(..) {
            self.best[node.index()] = None;
        }
    }

    /// Breadth first through one layer; `entering` is sorted by hops and merged with the queue, whose hops never fall.
    fn layer(
        &mut self,
        graph: &FlowGraph,
        plane: Plane,
        direction: Direction,
        layer: Cost,
        entering: &[(u32, FlowNode)],
    ) {
        let mut entering = entering.iter().copied().peekable();
        loop {
            let from_queue = match (self.queue.front(), entering.peek()) {
                (Some(queued), Some(new)) => queued.0 <= new.0,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => return,
            };
            let next = if from_queue { self.queue.pop_front() } else { entering.next() };
            let Some((hops, node)) = next else { return };
            self.settle(graph, plane, direction, node, Cost { hops, ..layer });
        }
    }

    /// Gives a flow node its final cost and offers what lies behind it.
    fn settle(&mut self, graph: &FlowGraph, plane: Plane, direction: Direction, node: FlowNode, cost: Cost) {
        if self.best[node.index()].is_some() {
            return;
        }
        self.best[node.index()] = Some(cost);
        self.reached.push(node);
        for arc in graph.arcs_at(plane, direction, node) {
            if self.best[arc.other.index()].is_some() {
                continue;
            }
            let next = cost + arc.cost();
            if arc.step == Step::Free {
                // Costs nothing, so it cannot wait behind what costs a hop. Two free steps never follow one another.
                self.settle(graph, plane, direction, arc.other, next);
            } else if (next.guards, next.sessions) == (cost.guards, cost.sessions) {
                self.queue.push_back((next.hops, arc.other));
            } else {
                self.waiting.entry((next.guards, next.sessions)).or_default().push((next.hops, arc.other));
            }
        }
    }
}
