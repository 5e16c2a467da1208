//! Best costs from some flow nodes to all others: guards, then sessions, then hops.
//!
//! Dijkstra's algorithm where the queue is replaced by what the costs are: every flow is one hop and few of them cross a
//! guard or leave a persistent store. So the search is breadth first inside a *layer* of equal (guards, sessions), and flows
//! into a later layer wait in a bucket of it. Time O(flow nodes + arcs) plus the sorting of what waits; exact, uncapped.
//!
//! A worked example (a test below): `s` writes to `a`, and to `b` behind a guard; `a` writes to `b`, and to `c` behind a guard; `b`
//! writes to `d`, and `c` to `e`.
//!
//! ```text
//! layer (guards, sessions)    hops 0    1    2    3      waits for layer (1, 0)
//! (0, 0)                           s    a    b    d      b at 1 hop, c at 2
//! (1, 0)                           b was reached for no guard: it is dropped. c enters at 2 hops, e follows at 3
//! ```
//!
//! So `b` costs no guard and two hops, though one guard and one hop is shorter: guards count first.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Cost;
use super::doors::{STEPPED_OVER_TO, STEPPED_TO, STEPS_ON, STEPS_OVER};
use super::flow_graph::{FlowGraph, PERSISTS, free_steps};
use super::rows::{Direction, FlowNode, Rows};
use super::zeroed::Zeroed;
use crate::model::Plane;

/// From here on a flow node was not reached: what is above are its traits, so that one look tells both.
const UNREACHED: u64 = u64::MAX - u8::MAX as u64;

/// By direction: the traits of a flow node from which a free step leads.
const STEPS: [u64; 2] = [(STEPS_ON | STEPS_OVER) as u64, (STEPPED_TO | STEPPED_OVER_TO) as u64];

/// From how many flow nodes of a wave on what they lead to is looked at together, so that one look need not wait for another.
const TOGETHER: usize = 64;

/// A reusable search: the buffers are as long as the graph has flow nodes and are cleaned by what was reached alone.
#[derive(Debug)]
pub struct Search {
    /// By flow node: its layer's number in the upper half, its hops in the lower; eight bytes, so that a walk over millions of
    /// flow nodes stays in cache for as long as it can.
    best: Zeroed<u64>,
    /// Guards and sessions, by layer number.
    layers: Vec<(u32, u32)>,
    /// Flow nodes in the order in which they were settled, so with rising cost.
    reached: Vec<FlowNode>,
    waiting: BTreeMap<(u32, u32), Bucket>,
    /// Buckets to use again, a few: each has grown, and there is one more for every layer of every search.
    spare: Vec<Bucket>,
    /// What a few flow nodes of a wave lead to.
    offered: Vec<FlowNode>,
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
        let mut best = Zeroed::new(graph.len());
        unreach_all(best.as_mut_slice(), graph);
        Self {
            best,
            layers: Vec::new(),
            reached: Vec::new(),
            waiting: BTreeMap::new(),
            spare: Vec::new(),
            offered: Vec::new(),
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
        self.clear(graph);
        let way = Way { graph, rows: graph.rows(plane, direction), direction };
        for (node, cost) in starts {
            self.waiting.entry((cost.guards, cost.sessions)).or_default().push((cost.hops, node));
        }
        while let Some((layer, mut bucket)) = self.waiting.pop_first() {
            bucket.retain(|(_, node)| !self.has_reached(*node));
            if !bucket.is_empty() {
                // What waits came from few layers, each with rising hops: this sort merges such runs.
                bucket.sort_by_key(|(hops, _)| *hops);
                self.layer(way, layer, &bucket);
            }
            keep(&mut self.spare, bucket);
        }
    }

    /// The best cost of a flow node, from any of the starts.
    #[must_use]
    pub fn cost(&self, node: FlowNode) -> Option<Cost> {
        let best = self.best.as_slice()[node.index()];
        (best < UNREACHED).then(|| {
            let (guards, sessions) = self.layers[(best >> 32) as usize];
            Cost { guards, sessions, hops: low(best) }
        })
    }

    /// Whether a flow node was reached.
    #[must_use]
    pub fn has_reached(&self, node: FlowNode) -> bool {
        self.best.as_slice()[node.index()] < UNREACHED
    }

    /// What was reached, with rising cost.
    #[must_use]
    pub fn reached(&self) -> &[FlowNode] {
        &self.reached
    }

    fn clear(&mut self, graph: &FlowGraph) {
        let best = self.best.as_mut_slice();
        if self.reached.len() > best.len() / 4 {
            unreach_all(best, graph);
        } else {
            for node in &self.reached {
                best[node.index()] = UNREACHED + u64::from(graph.traits(*node));
            }
        }
        self.reached.clear();
        self.layers.clear();
    }

    /// Breadth first through one layer. `entering` is sorted by hops and joins the wave when that has as many.
    fn layer(&mut self, way: Way<'_>, (guards, sessions): (u32, u32), entering: &[(u32, FlowNode)]) {
        let number = (self.layers.len() as u64) << 32;
        self.layers.push((guards, sessions));
        let mut front = Front {
            best: self.best.as_mut_slice(),
            reached: &mut self.reached,
            later: Later::new(&mut self.spare),
            way,
        };
        let mut entering = entering.iter().copied().peekable();
        // The wave is the part of `reached` from here on: settled, what lies behind it not offered yet.
        let mut wave = front.reached.len();
        let mut hops = 0;
        loop {
            if wave == front.reached.len() {
                let Some((next, _)) = entering.peek() else { break };
                hops = *next;
            }
            while let Some((_, node)) = entering.next_if(|(next, _)| *next == hops) {
                front.settle(node, number | u64::from(hops));
            }
            let end = front.reached.len();
            let next_hops = hops.saturating_add(1);
            for from in (wave..end).step_by(TOGETHER) {
                front.offer(from..end.min(from + TOGETHER), &mut self.offered, number | u64::from(next_hops));
            }
            wave = end;
            hops = next_hops;
        }
        front.later.file(&mut self.waiting, &mut self.spare, (guards, sessions));
    }
}

/// Every flow node as it is before a search.
fn unreach_all(best: &mut [u64], graph: &FlowGraph) {
    for (best, traits) in best.iter_mut().zip(graph.all_traits()) {
        *best = UNREACHED + u64::from(*traits);
    }
}

/// Where a search stands inside a layer.
struct Front<'s> {
    best: &'s mut [u64],
    reached: &'s mut Vec<FlowNode>,
    later: Later,
    way: Way<'s>,
}

impl Front<'_> {
    /// Offers what lies behind a part of the wave. `mark` is what is settled now is marked with.
    fn offer(&mut self, part: std::ops::Range<usize>, offered: &mut Vec<FlowNode>, mark: u64) {
        let forward = self.way.direction == Direction::Forward;
        let hops = low(mark);
        let mut count = 0;
        for at in part {
            let node = self.reached[at];
            let heads = self.way.rows.open_heads(node);
            if forward && self.way.graph.persists(node) {
                for other in heads.iter().filter(|other| self.best[other.index()] >= UNREACHED) {
                    self.later.push(0, 1, hops, *other);
                }
            } else {
                if offered.len() < count + heads.len() {
                    offered.resize(2 * (count + heads.len()), node);
                }
                // Whether a head was reached is as good as random, so that a branch on it would often be taken in vain.
                for &other in heads {
                    offered[count] = other;
                    count += usize::from(self.best[other.index()] >= UNREACHED);
                }
            }
            for (other, guards) in self.way.rows.guarded(node) {
                if self.best[other.index()] >= UNREACHED {
                    self.later.push(guards, self.way.sessions(node, other), hops, other);
                }
            }
        }
        for &other in &offered[..count] {
            let best = self.best[other.index()];
            if !forward && best >= UNREACHED && leaves_session(best) {
                self.later.push(0, 1, hops, other);
            } else {
                self.settle(other, mark);
            }
        }
    }

    /// Gives a flow node its final cost, and so, where free steps lead on from it, those behind.
    ///
    /// A free step costs nothing, so what it leads to cannot wait for the next wave. No more than three ever follow one another.
    fn settle(&mut self, node: FlowNode, mark: u64) {
        let Some(traits) = self.best[node.index()].checked_sub(UNREACHED) else { return };
        self.best[node.index()] = mark;
        self.reached.push(node);
        if traits & STEPS[self.way.direction as usize] != 0 {
            for free in free_steps(traits, node, self.way.direction) {
                self.settle(free, mark);
            }
        }
    }
}

/// Whether what leaves a flow node that was not reached crosses a session.
fn leaves_session(best: u64) -> bool {
    (best - UNREACHED) & u64::from(PERSISTS) != 0
}

/// The lower half.
fn low(best: u64) -> u32 {
    u32::try_from(best & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// What waits for a layer: (hops, flow node).
type Bucket = Vec<(u32, FlowNode)>;

/// How many empty buckets are kept for the next layer: what one layer fills at once, and the one that is worked on.
const SPARE: usize = 9;

/// What one layer leaves for later ones. Nearly all of it crosses no more than a few guards, so a few lists serve without a
/// look into the map of all layers.
struct Later {
    /// By guards (0 to 3) and sessions crossed.
    near: [Bucket; 8],
    /// Everything else: (guards, sessions, hops, flow node).
    far: Vec<(u32, u32, u32, FlowNode)>,
}

impl Later {
    pub(super) fn new(spare: &mut Vec<Bucket>) -> Self {
        Self { near: std::array::from_fn(|_| spare.pop().unwrap_or_default()), far: Vec::new() }
    }

    pub(super) fn push(&mut self, guards: u32, sessions: u32, hops: u32, node: FlowNode) {
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
                match waiting.entry(layer) {
                    Entry::Vacant(free) => {
                        free.insert(std::mem::take(&mut bucket));
                    }
                    Entry::Occupied(mut waits) => waits.get_mut().append(&mut bucket),
                }
            }
            keep(spare, bucket);
        }
        for (more_guards, more_sessions, hops, node) in self.far {
            let layer = (guards.saturating_add(more_guards), sessions.saturating_add(more_sessions));
            waiting.entry(layer).or_default().push((hops, node));
        }
    }
}

/// Keeps a bucket to use again, unless it never grew or there are enough of them.
pub(super) fn keep(spare: &mut Vec<Bucket>, mut bucket: Bucket) {
    if bucket.capacity() > 0 && spare.len() < SPARE {
        bucket.clear();
        spare.push(bucket);
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{SPARE, Search};

    use crate::graph::{CapabilityGraph, Cost, Direction};
    use crate::model::{NodeId, Plane, Spec};

    /// Agents in a ring with chords, a third of the edges guarded, every other one through a store that persists: many layers.
    fn layered(agents: usize) -> CapabilityGraph {
        let mut text = String::from("version: 1\nagents:\n");
        for agent in 0..agents {
            let (next, far) = ((agent + 1) % agents, (agent * 7 + 3) % agents);
            let guard = if agent % 3 == 0 { ", guards: [human-approval]" } else { "" };
            writeln!(text, "  a{agent}: {{write: [{{target: a{next}{guard}}}, s{far}], read: [s{agent}]}}")
                .expect("memory");
        }
        text += "stores:\n";
        (0..agents).for_each(|store| writeln!(text, "  s{store}: {{}}").expect("memory"));
        CapabilityGraph::build(Spec::from_text("layers.yaml", &text).expect("a valid spec"))
    }

    #[test]
    fn a_layer_is_done_before_the_next_and_what_it_reached_is_dropped_there() {
        let text = "
version: 1
agents:
  s: {write: [a, {target: b, guards: [human-approval]}]}
  a: {write: [b, {target: c, guards: [human-approval]}]}
  b: {write: [d]}
  c: {write: [e]}
  d: {}
  e: {}
";
        let graph = CapabilityGraph::build(Spec::from_text("layers.yaml", text).expect("a valid spec"));
        let (spec, flows) = (graph.spec(), graph.flows());
        let door = |name| flows.own(spec.node_id(name).expect("a node"));
        let mut search = Search::new(flows);
        search.run(flows, Plane::Influence, Direction::Forward, [(door("s"), Cost::ZERO)]);
        let order: Vec<&str> =
            search.reached().iter().map(|door| spec.node_name(flows.node(*door))).collect();
        assert_eq!(order, ["s", "a", "b", "d", "c", "e"], "with rising cost");
        let cost = |guards, hops| Some(Cost { guards, sessions: 0, hops });
        let costs = ["b", "d", "c", "e"].map(|name| search.cost(door(name)));
        assert_eq!(costs, [cost(0, 2), cost(0, 3), cost(1, 2), cost(1, 3)]);
        assert_eq!(search.layers, [(0, 0), (1, 0)]);
    }

    #[test]
    fn what_is_kept_between_searches_does_not_grow_with_rows_and_layers() {
        const AGENTS: usize = 120;
        let graph = layered(AGENTS);
        let flows = graph.flows();
        let mut search = Search::new(flows);
        let mut layers = 0;
        for row in (0..AGENTS).map(NodeId::new) {
            search.run(flows, Plane::Influence, Direction::Forward, [(flows.own(row), Cost::default())]);
            layers += search.layers.len();
            assert!(search.spare.len() <= SPARE && search.waiting.is_empty());
        }
        assert!(layers > 4 * AGENTS, "a few layers a row: {layers}");
        let kept: usize = search.spare.iter().map(Vec::capacity).sum();
        assert!(kept <= SPARE * flows.len(), "{kept} places for {} flow nodes", flows.len());
    }
}
