//! The fewest edges that part some flow nodes from others: minimum cuts by petgraph's maximum flow (Dinitz).
//!
//! Arcs of edges have a price, free steps have none and so are never cut. An edge makes two arcs at most, its request
//! act(A) → call(B) and its result own(B) → into(A), and no finite cut holds both: if the result crosses it, own(B) is on the side
//! of the sources, and so is call(B) by the free step, so that the request ends on its own side. Fewest arcs are fewest edges.

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

/// Cuts all paths at the least price. `price` is what an edge costs, at least 1; `None` for one that cannot be cut.
///
/// # Errors
/// A path that nothing on it can cut.
pub fn minimum_cuts(
    flows: &FlowGraph,
    between: &Between,
    price: &dyn Fn(EdgeId) -> Option<u64>,
) -> Result<MinimumCuts, Uncuttable> {
    let corridor = between.corridor(flows);
    if let Some(path) = uncuttable(flows, between, &corridor, price) {
        return Err(path);
    }
    let network = Network::build(flows, between, &corridor, price);
    let (flow, by_edge) = dinics(&network.graph, source(), target());
    let near_sources = network.side(&by_edge, source());
    let near_targets = network.side(&by_edge, target());
    let cut = |crosses: &dyn Fn(usize, usize) -> bool| {
        let ends = |node: FlowNode| network.number[node.index()].index();
        let crossing = corridor.arcs().filter(|(tail, arc)| crosses(ends(*tail), ends(arc.other)));
        let mut cut: Vec<CutArc> = crossing
            .filter_map(|(tail, arc)| match arc.step {
                Step::Edge(edge) => Some(CutArc { edge, from: tail, to: arc.other }),
                Step::Free => None,
            })
            .collect();
        cut.sort_unstable();
        cut
    };
    Ok(MinimumCuts {
        price: flow,
        near_sources: cut(&|tail, head| near_sources[tail] && !near_sources[head]),
        near_targets: cut(&|tail, head| !near_targets[tail] && near_targets[head]),
    })
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
    /// By flow node: its vertex.
    number: Vec<NodeIndex>,
}

impl Network {
    fn build(
        flows: &FlowGraph,
        between: &Between,
        corridor: &Corridor<'_>,
        price: &dyn Fn(EdgeId) -> Option<u64>,
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
                    Step::Edge(edge) => price(edge),
                };
                (number[tail.index()], number[arc.other.index()], price)
            })
            .filter(|(tail, head, _)| tail != head && *head != source && *tail != target)
            .collect();
        arcs.sort_unstable();
        // More than everything that can be cut together: who pays this has not cut at the least price.
        let all: u64 = arcs.iter().filter_map(|(.., price)| *price).sum::<u64>().saturating_add(1);
        for same in arcs.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let together = same.iter().map(|(.., price)| price.unwrap_or(all));
            graph.add_edge(same[0].0, same[0].1, together.sum::<u64>().min(all));
        }
        Self { graph, number }
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
