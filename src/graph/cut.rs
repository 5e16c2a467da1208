//! The fewest edges that part some flow nodes from others: minimum cuts by petgraph's maximum flow (Dinitz).
//!
//! Arcs have a price, free steps have none and so are never cut. What is paid for is a *unit*: an edge, or a leg of one. Most units have
//! one arc, or two that no finite cut crosses both: if the result own(B) → into(A) of a call crosses it, own(B) is on the side of the
//! sources, and so is call(B) by the free step, so that the request ends on its own side.
//!
//! Some have arcs that can be cut together: a tool that only answers has no such step, and what is kept apart by caller goes by two
//! flows. Fewest arcs are not fewest units there. So each such unit is either cut or kept, by branch and bound: as long as it is not
//! decided its arcs cost their share of the price each, and the cut that is found bounds all that can come of it from below.

use std::collections::BTreeMap;

use petgraph::algo::dinics;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

use super::between::{Between, Corridor};
use super::edge::EdgeId;
use super::flow_graph::FlowGraph;
use super::rows::{Arc, FlowNode, Step};

/// An arc that a cut takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct CutArc {
    /// The edge that makes it.
    pub edge: EdgeId,
    /// Its tail.
    pub from: FlowNode,
    /// Its head.
    pub to: FlowNode,
}

/// The cheapest cuts that lie nearest to either end, each by edge. They are the same where there is only one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MinimumCuts {
    /// What it costs: the sum of the prices, the least there is.
    pub price: u64,
    /// The one with the fewest flow nodes on the side of the sources.
    pub near_sources: Vec<CutArc>,
    /// The one with the fewest flow nodes on the side of the targets.
    pub near_targets: Vec<CutArc>,
}

/// No cut has a price: these arcs, from a source to a target, each with its tail, have none themselves.
pub type Uncuttable = Vec<(FlowNode, Arc)>;

/// What is paid for once, however many arcs it has: by an arc's edge and its tail.
pub type Unit = (EdgeId, bool);

/// So many networks are solved at most where units with several arcs have to be decided. What is found by then is a cut, and nearly
/// always a smallest one.
const MOST_SOLVED: usize = 200;

/// What becomes of the units that are decided: whether they are cut.
type Decided = BTreeMap<Unit, bool>;

/// Cuts all paths at the least price. `price` is what a unit costs, at least 1; `None` for one that cannot be cut.
///
/// # Errors
/// A path that nothing on it can cut.
pub fn minimum_cuts(
    flows: &FlowGraph,
    between: &Between,
    unit: &dyn Fn(EdgeId, FlowNode) -> Unit,
    price: &dyn Fn(EdgeId) -> Option<u64>,
) -> Result<MinimumCuts, Uncuttable> {
    let corridor = between.corridor(flows);
    if let Some(path) = uncuttable(flows, between, &corridor, price) {
        return Err(path);
    }
    let problem = Problem::new(flows, between, &corridor, unit, price);
    let mut best: Option<MinimumCuts> = None;
    let mut open: Vec<Decided> = vec![Decided::new()];
    let mut solved = 0;
    while let Some(decided) = open.pop() {
        let bound = best.as_ref().map_or(u64::MAX, |cuts| cuts.price);
        let Some(Relaxed { least, cuts, undecided }) = problem.solve(&decided, bound) else { continue };
        solved += 1;
        if least < bound && cuts.price < bound {
            best = Some(cuts);
        }
        let Some(unit) = undecided.filter(|_| least < bound) else { continue };
        if solved < MOST_SOLVED {
            for is_cut in [false, true] {
                let mut next = decided.clone();
                next.insert(unit, is_cut);
                open.push(next);
            }
        }
    }
    // With nothing decided there is always a cut.
    Ok(best.unwrap_or_else(|| MinimumCuts { price: 0, near_sources: Vec::new(), near_targets: Vec::new() }))
}

/// A cut in which units that are not decided pay a share of their price for each arc.
struct Relaxed {
    /// What any cut costs at least that decides the others in some way.
    least: u64,
    /// The cuts that were found, at what they really cost.
    cuts: MinimumCuts,
    /// A unit of which some arcs are cut and others not.
    undecided: Option<Unit>,
}

struct Problem<'p, 'g> {
    flows: &'p FlowGraph,
    between: &'p Between,
    corridor: &'p Corridor<'g>,
    unit: &'p dyn Fn(EdgeId, FlowNode) -> Unit,
    price: &'p dyn Fn(EdgeId) -> Option<u64>,
    /// How many arcs that can be cut together each unit has, of those that have several.
    arcs: BTreeMap<Unit, u64>,
    /// What prices are multiplied by, so that shares are whole numbers.
    scale: u64,
}

impl<'p, 'g> Problem<'p, 'g> {
    fn new(
        flows: &'p FlowGraph,
        between: &'p Between,
        corridor: &'p Corridor<'g>,
        unit: &'p dyn Fn(EdgeId, FlowNode) -> Unit,
        price: &'p dyn Fn(EdgeId) -> Option<u64>,
    ) -> Self {
        let mut by_unit: BTreeMap<Unit, Vec<(FlowNode, FlowNode)>> = BTreeMap::new();
        for (tail, arc) in corridor.arcs() {
            if let Step::Edge(edge) = arc.step {
                by_unit.entry(unit(edge, tail)).or_default().push((tail, arc.other));
            }
        }
        // A result and a request that goes on where the result came from are never cut both.
        let apart = |one: &(FlowNode, FlowNode), other: &(FlowNode, FlowNode)| {
            flows.leads_freely(one.0, other.1) || flows.leads_freely(other.0, one.1)
        };
        by_unit.retain(|_, arcs| arcs.len() > 1 && !(arcs.len() == 2 && apart(&arcs[0], &arcs[1])));
        let arcs: BTreeMap<Unit, u64> =
            by_unit.into_iter().map(|(unit, arcs)| (unit, arcs.len() as u64)).collect();
        let scale = if arcs.is_empty() { 1 } else { 6 };
        Self { flows, between, corridor, unit, price, arcs, scale }
    }

    /// What an arc costs as far as units are decided: nothing for one that is cut already, and no price for one that is kept.
    fn arc_price(&self, decided: &Decided, edge: EdgeId, tail: FlowNode) -> Option<u64> {
        let unit = (self.unit)(edge, tail);
        match decided.get(&unit) {
            Some(true) => Some(0),
            Some(false) => None,
            None => {
                let share = self.arcs.get(&unit).copied().unwrap_or(1);
                (self.price)(edge).map(|price| price.saturating_mul(self.scale) / share.min(self.scale))
            }
        }
    }

    /// The cheapest cuts as far as units are decided; `None` where what is kept leaves a path, or where nothing cheaper can come of it.
    fn solve(&self, decided: &Decided, bound: u64) -> Option<Relaxed> {
        let network = Network::build(self.flows, self.corridor, self.between, &|edge, tail| {
            self.arc_price(decided, edge, tail)
        });
        let (flow, by_edge) = dinics(&network.graph, source(), target());
        let paid = decided.iter().filter(|(_, is_cut)| **is_cut);
        let paid: u64 = paid.filter_map(|(unit, _)| (self.price)(unit.0)).sum();
        let least = paid.saturating_add(flow.div_ceil(self.scale));
        if flow >= network.all || least >= bound {
            return None;
        }
        let near_sources = network.side(&by_edge, source());
        let near_targets = network.side(&by_edge, target());
        let near_sources =
            self.crossing(&network, decided, &|tail, head| near_sources[tail] && !near_sources[head]);
        let near_targets =
            self.crossing(&network, decided, &|tail, head| !near_targets[tail] && near_targets[head]);
        let undecided = self.undecided(&near_targets, decided);
        let whole = |cut: &[CutArc]| {
            let mut units: Vec<Unit> = cut.iter().map(|arc| (self.unit)(arc.edge, arc.from)).collect();
            units.sort_unstable();
            units.dedup();
            units.iter().filter_map(|unit| (self.price)(unit.0)).sum::<u64>()
        };
        let (price, of_sources) = (whole(&near_targets), whole(&near_sources));
        let near_sources = if of_sources > price { near_targets.clone() } else { near_sources };
        let once = |cut: Vec<CutArc>| self.once(cut);
        let cuts = MinimumCuts { price, near_sources: once(near_sources), near_targets: once(near_targets) };
        Some(Relaxed { least, cuts, undecided })
    }

    /// The arcs that cross from one side to the other, in their order.
    fn crossing(
        &self,
        network: &Network,
        decided: &Decided,
        crosses: &dyn Fn(usize, usize) -> bool,
    ) -> Vec<CutArc> {
        let ends = |node: FlowNode| network.number[node.index()].index();
        let is_cut = |edge: EdgeId, tail: FlowNode| decided.get(&(self.unit)(edge, tail)) == Some(&true);
        let arcs = self.corridor.arcs().filter_map(|(tail, arc)| match arc.step {
            Step::Edge(edge) if is_cut(edge, tail) || crosses(ends(tail), ends(arc.other)) => {
                Some(CutArc { edge, from: tail, to: arc.other })
            }
            Step::Edge(_) | Step::Free => None,
        });
        let mut cut: Vec<CutArc> = arcs.collect();
        cut.sort_unstable();
        cut
    }

    /// The first unit of which some arcs are cut and others are not, so that it paid less than its price.
    fn undecided(&self, cut: &[CutArc], decided: &Decided) -> Option<Unit> {
        let mut crossed: BTreeMap<Unit, u64> = BTreeMap::new();
        for arc in cut {
            *crossed.entry((self.unit)(arc.edge, arc.from)).or_default() += 1;
        }
        let is_part = |(unit, crossed): &(Unit, u64)| {
            !decided.contains_key(unit) && self.arcs.get(unit).is_some_and(|all| crossed < all)
        };
        crossed.into_iter().find(is_part).map(|(unit, _)| unit)
    }

    /// Each unit once, by its first arc.
    fn once(&self, cut: Vec<CutArc>) -> Vec<CutArc> {
        let mut seen: Vec<Unit> = Vec::new();
        let is_new = |arc: &CutArc| {
            let unit = (self.unit)(arc.edge, arc.from);
            let is_new = !seen.contains(&unit);
            seen.push(unit);
            is_new
        };
        cut.into_iter().filter(is_new).collect()
    }
}

/// A path over arcs without a price.
fn uncuttable(
    flows: &FlowGraph,
    between: &Between,
    corridor: &Corridor<'_>,
    price: &dyn Fn(EdgeId) -> Option<u64>,
) -> Option<Uncuttable> {
    let mut before: Vec<Option<(FlowNode, Arc)>> = vec![None; flows.len()];
    let mut reached = vec![false; flows.len()];
    let mut queue: std::collections::VecDeque<FlowNode> = between.sources.iter().copied().collect();
    between.sources.iter().for_each(|source| reached[source.index()] = true);
    let mut is_target = vec![false; flows.len()];
    between.targets.iter().for_each(|target| is_target[target.index()] = true);
    while let Some(tail) = queue.pop_front() {
        if is_target[tail.index()] {
            let back = std::iter::successors(before[tail.index()], |(tail, _)| before[tail.index()]);
            let mut path: Uncuttable = back.collect();
            path.reverse();
            return Some(path);
        }
        for arc in corridor.arcs_of(tail) {
            let free = match arc.step {
                Step::Free => true,
                Step::Edge(edge) => price(edge).is_none(),
            };
            if free && !reached[arc.other.index()] {
                reached[arc.other.index()] = true;
                before[arc.other.index()] = Some((tail, arc));
                queue.push_back(arc.other);
            }
        }
    }
    None
}

/// All sources and all targets are one vertex each.
fn source() -> NodeIndex {
    NodeIndex::new(0)
}
fn target() -> NodeIndex {
    NodeIndex::new(1)
}

/// A corridor as petgraph's flow wants it: parallel arcs are one with the sum of their prices.
struct Network {
    graph: DiGraph<(), u64>,
    /// More than everything that can be cut together: who pays this has cut what has no price.
    all: u64,
    /// By flow node: its vertex.
    number: Vec<NodeIndex>,
}

impl Network {
    fn build(
        flows: &FlowGraph,
        corridor: &Corridor<'_>,
        between: &Between,
        price: &dyn Fn(EdgeId, FlowNode) -> Option<u64>,
    ) -> Self {
        let mut graph = DiGraph::new();
        let (source, target) = (graph.add_node(()), graph.add_node(()));
        let mut number = vec![source; flows.len()];
        corridor.nodes().for_each(|node| number[node.index()] = NodeIndex::end());
        between.sources.iter().for_each(|node| number[node.index()] = source);
        between.targets.iter().for_each(|node| number[node.index()] = target);
        for node in corridor.nodes() {
            if number[node.index()] == NodeIndex::end() {
                number[node.index()] = graph.add_node(());
            }
        }
        let mut arcs: Vec<(NodeIndex, NodeIndex, Option<u64>)> = corridor
            .arcs()
            .map(|(tail, arc)| {
                let price = match arc.step {
                    Step::Free => None,
                    Step::Edge(edge) => price(edge, tail),
                };
                (number[tail.index()], number[arc.other.index()], price)
            })
            .filter(|(tail, head, _)| tail != head && *head != source && *tail != target)
            .collect();
        arcs.sort_unstable();
        let all: u64 = arcs.iter().filter_map(|(.., price)| *price).sum::<u64>().saturating_add(1);
        for same in arcs.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let together = same.iter().map(|(.., price)| price.unwrap_or(all));
            graph.add_edge(same[0].0, same[0].1, together.sum::<u64>().min(all));
        }
        Self { graph, all, number }
    }

    /// By vertex: whether it is on the side of `end` in the cut that lies nearest to it, which is what the residual network
    /// reaches from a source, or from where it reaches a target.
    fn side(&self, flow: &[u64], end: NodeIndex) -> Vec<bool> {
        let forward = end == source();
        let mut inside = vec![false; self.graph.node_count()];
        let mut left = vec![end];
        inside[end.index()] = true;
        while let Some(vertex) = left.pop() {
            let outgoing = self.graph.edges(vertex).map(|edge| (edge, edge.target(), forward));
            let incoming = self.graph.edges_directed(vertex, petgraph::Direction::Incoming);
            let incoming = incoming.map(|edge| (edge, edge.source(), !forward));
            for (edge, other, along) in outgoing.chain(incoming) {
                // Along the arc what is left of it counts, against it what flows and could flow back.
                let used = flow[edge.id().index()];
                let residual = if along { edge.weight() - used } else { used };
                if residual > 0 && !inside[other.index()] {
                    inside[other.index()] = true;
                    left.push(other);
                }
            }
        }
        inside
    }
}
