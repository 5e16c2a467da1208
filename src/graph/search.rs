//! Best costs from some flow nodes to all others: guards, then sessions, then hops.
//!
//! Dijkstra's algorithm where the queue is replaced by what the costs are: every flow is one hop and few of them cross a
//! guard or leave a persistent store. So the search is breadth first inside a *layer* of equal (guards, sessions), and flows
//! into a later layer wait in a bucket of it. Time O(flow nodes + arcs) plus the sorting of what waits; exact, uncapped.

use std::collections::BTreeMap;

use super::Cost;
use super::flow_graph::{Direction, FlowGraph, FlowNode};
use super::rows::Rows;
use crate::spec::Plane;

/// What waits for a layer: (hops, flow node).
type Bucket = Vec<(u32, FlowNode)>;

/// A flow node that was not reached.
const UNREACHED: u64 = u64::MAX;

/// A reusable search: the buffers are as long as the graph has flow nodes and are cleaned by what was reached alone.
#[derive(Debug, Clone)]
pub struct Search {
    /// By flow node: its layer's number in the upper half, its hops in the lower; eight bytes, so that a walk over millions of
    /// flow nodes stays in cache for as long as it can.
    best: Vec<u64>,
    /// Guards and sessions, by layer number.
    layers: Vec<(u32, u32)>,
    /// Flow nodes in the order in which they were settled, so with rising cost.
    reached: Vec<FlowNode>,
    waiting: BTreeMap<(u32, u32), Bucket>,
    /// Buckets to use again.
    spare: Vec<Bucket>,
}

/// Where a search walks.
#[derive(Clone, Copy)]
struct Way<'g> {
    graph: &'g FlowGraph,
    rows: &'g Rows,
    direction: Direction,
}

impl Way<'_> {
    /// Sessions that an arc crosses between the flow node that is left and the one it leads to.
    fn sessions(self, from: FlowNode, other: FlowNode) -> u32 {
        let tail = if self.direction == Direction::Forward { from } else { other };
        u32::from(self.graph.persists(tail))
    }
}

impl Search {
    /// A search over graphs with this many flow nodes.
    #[must_use]
    pub fn new(graph: &FlowGraph) -> Self {
        Self {
            best: vec![UNREACHED; graph.len()],
            layers: Vec::new(),
            reached: Vec::new(),
            waiting: BTreeMap::new(),
            spare: Vec::new(),
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
        let way = Way { graph, rows: graph.rows(plane, direction), direction };
        for (node, cost) in starts {
            self.waiting.entry((cost.guards, cost.sessions)).or_default().push((cost.hops, node));
        }
        while let Some((layer, mut bucket)) = self.waiting.pop_first() {
            bucket.retain(|(_, node)| self.best[node.index()] == UNREACHED);
            if !bucket.is_empty() {
                // What waits came from few layers, each with rising hops: this sort merges such runs.
                bucket.sort_by_key(|(hops, _)| *hops);
                self.layer(way, layer, &bucket);
            }
            bucket.clear();
            self.spare.push(bucket);
        }
    }

    /// The best cost of a flow node, from any of the starts.
    #[must_use]
    pub fn cost(&self, node: FlowNode) -> Option<Cost> {
        let best = self.best[node.index()];
        (best != UNREACHED).then(|| {
            let (guards, sessions) = self.layers[(best >> 32) as usize];
            Cost { guards, sessions, hops: low(best) }
        })
    }

    /// Whether a flow node was reached.
    #[must_use]
    pub fn has_reached(&self, node: FlowNode) -> bool {
        self.best[node.index()] != UNREACHED
    }

    /// What was reached, with rising cost.
    #[must_use]
    pub fn reached(&self) -> &[FlowNode] {
        &self.reached
    }

    fn clear(&mut self) {
        if self.reached.len() > self.best.len() / 4 {
            self.best.fill(UNREACHED);
        } else {
            for node in &self.reached {
                self.best[node.index()] = UNREACHED;
            }
        }
        self.reached.clear();
        self.layers.clear();
    }

    /// Breadth first through one layer. `entering` is sorted by hops and joins the wave when it comes to as many.
    fn layer(&mut self, way: Way<'_>, (guards, sessions): (u32, u32), entering: &[(u32, FlowNode)]) {
        let number = self.layers.len() as u64;
        self.layers.push((guards, sessions));
        let mut later = Later::new(&mut self.spare);
        let mut entering = entering.iter().copied().peekable();
        // The wave is the part of `reached` from here on: settled, what lies behind it not offered yet.
        let mut wave = self.reached.len();
        let mut hops = 0;
        loop {
            if wave == self.reached.len() {
                let Some((next, _)) = entering.peek() else { break };
                hops = *next;
            }
            while let Some((_, node)) = entering.next_if(|(next, _)| *next == hops) {
                settle(&mut self.best, &mut self.reached, way, node, number << 32 | u64::from(hops));
            }
            let end = self.reached.len();
            let next_hops = hops.saturating_add(1);
            let mark = number << 32 | u64::from(next_hops);
            for at in wave..end {
                let node = self.reached[at];
                for &other in way.rows.open_heads(node) {
                    if self.best[other.index()] != UNREACHED {
                        continue;
                    }
                    if way.sessions(node, other) == 0 {
                        settle(&mut self.best, &mut self.reached, way, other, mark);
                    } else {
                        later.push(0, 1, next_hops, other);
                    }
                }
                for (other, guards) in way.rows.guarded(node) {
                    if self.best[other.index()] == UNREACHED {
                        later.push(guards, way.sessions(node, other), next_hops, other);
                    }
                }
            }
            wave = end;
            hops = next_hops;
        }
        later.file(&mut self.waiting, &mut self.spare, (guards, sessions));
    }
}

/// Gives a flow node its final cost, and so, where a free step leads on from it, the one behind that.
///
/// A free step costs nothing, so what it leads to cannot wait for the next wave. Two free steps never follow one another.
fn settle(best: &mut [u64], reached: &mut Vec<FlowNode>, way: Way<'_>, node: FlowNode, mark: u64) {
    if best[node.index()] != UNREACHED {
        return;
    }
    best[node.index()] = mark;
    reached.push(node);
    if let Some(free) = way.graph.free_step(node, way.direction)
        && best[free.index()] == UNREACHED
    {
        best[free.index()] = mark;
        reached.push(free);
    }
}

/// What one layer leaves for later ones. Nearly all of it crosses no more than a few guards, so a few lists serve without a
/// look into the map of all layers.
struct Later {
    /// By guards (0 to 3) and sessions crossed.
    near: [Bucket; 8],
    /// Everything else: (guards, sessions, hops, flow node).
    far: Vec<(u32, u32, u32, FlowNode)>,
}

impl Later {
    fn new(spare: &mut Vec<Bucket>) -> Self {
        Self { near: std::array::from_fn(|_| spare.pop().unwrap_or_default()), far: Vec::new() }
    }

    fn push(&mut self, guards: u32, sessions: u32, hops: u32, node: FlowNode) {
        match self.near.get_mut((guards as usize) << 1 | sessions as usize) {
            Some(bucket) => bucket.push((hops, node)),
            None => self.far.push((guards, sessions, hops, node)),
        }
    }

    /// Files everything under the layer that it belongs to, counted from the layer that it leaves.
    fn file(
        self,
        waiting: &mut BTreeMap<(u32, u32), Bucket>,
        spare: &mut Vec<Bucket>,
        (guards, sessions): (u32, u32),
    ) {
        for (kind, mut bucket) in (0_u32..).zip(self.near) {
            if !bucket.is_empty() {
                let layer = (guards.saturating_add(kind >> 1), sessions.saturating_add(kind & 1));
                waiting.entry(layer).or_default().append(&mut bucket);
            }
            spare.push(bucket);
        }
        for (more_guards, more_sessions, hops, node) in self.far {
            let layer = (guards.saturating_add(more_guards), sessions.saturating_add(more_sessions));
            waiting.entry(layer).or_default().push((hops, node));
        }
    }
}

/// The lower half.
fn low(best: u64) -> u32 {
    u32::try_from(best & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}
