//! A fleet that is too large for a matrix, in a page: how much of it is connected, and where to look first.

use super::cost::CostRow;
use super::loops::loops;
use super::matrix::Matrix;
use crate::graph::CapabilityGraph;
use crate::model::{NodeId, Spec, ZoneId};

/// The summary. Influence only, and only over paths on which no guard has to fail unless it says otherwise.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FleetSummary {
    /// Nodes that were asked about: rows and columns.
    pub nodes: Vec<NodeId>,
    /// Ordered pairs that were asked about.
    pub pairs: usize,
    /// Pairs with an open path.
    pub open: usize,
    /// Pairs with a path at all.
    pub any: usize,
    /// Open pairs into a more trusted zone.
    pub escalations: usize,
    /// By zone (the last group: nodes without one): who is in it, and what it reaches.
    pub zones: Vec<(Option<ZoneId>, usize, Vec<ZonePair>)>,
    /// The widest blast radii, widest first.
    pub widest: Vec<Widest>,
    /// The most exposed nodes of the most trusted zone (of all nodes where there are no zones).
    pub exposed: Vec<Exposed>,
    /// Loops, the largest first.
    pub loops: Vec<Vec<NodeId>>,
}

/// How much of one zone reaches another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ZonePair {
    /// Ordered pairs between them.
    pub pairs: usize,
    /// Of these, with an open path.
    pub open: usize,
    /// Hops of the shortest of these paths; 0 where there is none.
    pub fewest_hops: u32,
}

/// One wide blast radius.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Widest {
    /// The node.
    pub node: NodeId,
    /// How many nodes it influences with no guard failing.
    pub reaches: usize,
    /// Of these, in a more trusted zone.
    pub escalations: usize,
    /// How many at 1, 2, 3, 4, and 5 or more hops.
    pub by_hop: [usize; 5],
}

/// One exposed node.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exposed {
    /// The node.
    pub node: NodeId,
    /// How many nodes influence it with no guard failing.
    pub reached_by: usize,
    /// The nearest of them in a less trusted zone, with its hops.
    pub nearest: Option<(NodeId, u32)>,
}

/// How many entries a ranking has.
const TOP: usize = 5;

impl FleetSummary {
    /// Reads all rows of a matrix once; none of them is kept.
    #[must_use]
    pub fn of(matrix: &Matrix<'_>) -> Self {
        let mut count = Counter::new(matrix);
        for (from, influence) in matrix.influence() {
            count.row(from, &influence);
        }
        count.finish()
    }
}

/// The running figures.
struct Counter<'m> {
    graph: &'m CapabilityGraph,
    columns: Vec<NodeId>,
    /// By node: whether it is one of the columns.
    wanted: Vec<bool>,
    /// By zone group: how many of the columns are in it.
    sizes: Vec<usize>,
    summary: FleetSummary,
    exposed: Vec<Exposed>,
}

impl<'m> Counter<'m> {
    fn new(matrix: &Matrix<'m>) -> Self {
        let graph = matrix.graph();
        let columns = matrix.column_nodes();
        let groups = graph.spec().zones.len() + 1;
        let zone = |group| (group + 1 < groups).then(|| ZoneId::new(group));
        let zones = (0..groups).map(|group| (zone(group), 0, vec![ZonePair::default(); groups])).collect();
        let exposed = graph.spec().node_ids().map(|node| Exposed { node, reached_by: 0, nearest: None });
        let summary = FleetSummary {
            nodes: matrix.row_nodes().to_vec(),
            pairs: 0,
            open: 0,
            any: 0,
            escalations: 0,
            zones,
            widest: Vec::new(),
            exposed: Vec::new(),
            loops: Vec::new(),
        };
        let mut sizes = vec![0; groups];
        let mut wanted = vec![false; graph.spec().nodes.len()];
        for column in &columns {
            sizes[group(graph.spec(), *column)] += 1;
            wanted[column.index()] = true;
        }
        Self { graph, columns, wanted, sizes, summary, exposed: exposed.collect() }
    }

    fn group(&self, node: NodeId) -> usize {
        group(self.graph.spec(), node)
    }

    fn row(&mut self, from: NodeId, influence: &CostRow) {
        let group = self.group(from);
        self.summary.zones[group].1 += 1;
        let own = self.wanted[from.index()];
        for (other, count) in self.sizes.iter().enumerate() {
            let pairs = count - usize::from(own && other == group);
            self.summary.zones[group].2[other].pairs += pairs;
            self.summary.pairs += pairs;
        }
        let mut widest = Widest { node: from, reaches: 0, escalations: 0, by_hop: [0; 5] };
        for (to, cost) in influence.iter() {
            if !self.wanted[to.index()] {
                continue;
            }
            self.summary.any += 1;
            if cost.is_open() {
                self.open_pair(&mut widest, to, cost.hops);
            }
        }
        self.rank(widest);
    }

    fn open_pair(&mut self, widest: &mut Widest, to: NodeId, hops: u32) {
        let escalation = self.graph.spec().is_escalation(widest.node, to);
        self.summary.open += 1;
        self.summary.escalations += usize::from(escalation);
        widest.reaches += 1;
        widest.escalations += usize::from(escalation);
        widest.by_hop[(hops as usize).clamp(1, 5) - 1] += 1;
        let (from, group) = (self.group(widest.node), self.group(to));
        let pair = &mut self.summary.zones[from].2[group];
        pair.open += 1;
        pair.fewest_hops = if pair.open == 1 { hops } else { pair.fewest_hops.min(hops) };
        let exposed = &mut self.exposed[to.index()];
        exposed.reached_by += 1;
        if escalation && exposed.nearest.is_none_or(|(node, least)| (hops, widest.node) < (least, node)) {
            exposed.nearest = Some((widest.node, hops));
        }
    }

    fn rank(&mut self, widest: Widest) {
        if widest.reaches == 0 {
            return;
        }
        let ranking = &mut self.summary.widest;
        ranking.push(widest);
        ranking.sort_by_key(|entry| (std::cmp::Reverse(entry.reaches), entry.node));
        ranking.truncate(TOP);
    }

    fn finish(mut self) -> FleetSummary {
        let top = self.columns.iter().filter_map(|node| self.graph.spec().trust(*node)).max();
        let graph = self.graph;
        let trusted = |entry: &Exposed| graph.spec().trust(entry.node) == top && entry.reached_by > 0;
        let mut exposed: Vec<Exposed> = self.exposed.drain(..).filter(trusted).collect();
        exposed.sort_by_key(|entry| (std::cmp::Reverse(entry.reached_by), entry.node));
        exposed.truncate(TOP);
        self.summary.exposed = exposed;
        let mut loops = loops(self.graph);
        // The sort is stable: equally large ones stay in the order of their first members.
        loops.sort_by_key(|nodes| std::cmp::Reverse(nodes.len()));
        self.summary.loops = loops;
        let occupied =
            |(zone, count, _): &(Option<ZoneId>, usize, Vec<ZonePair>)| zone.is_some() || *count > 0;
        self.summary.zones.retain(occupied);
        self.summary
    }
}

/// The place of a node's zone among the groups; nodes without one are the last group.
fn group(spec: &Spec, node: NodeId) -> usize {
    spec.node(node).zone.map_or(spec.zones.len(), ZoneId::index)
}
