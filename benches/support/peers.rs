//! The peers: what a user would take instead, used as well as it can be. They get graphs that are built already, as we do.

use std::collections::VecDeque;
use std::ops::Add;

use crabwalk::graph::{Arc, Between, CapabilityGraph, Cost, Direction, FlowNode, Step};
use crabwalk::model::Plane;
use graph_builder::prelude::{CsrLayout, DirectedCsrGraph, DirectedNeighbors as _, Graph as _, GraphBuilder};
use petgraph::Directed;
use petgraph::adj::UnweightedList;
use petgraph::algo::tred::{dag_to_toposorted_adjacency_list, dag_transitive_reduction_closure};
use petgraph::algo::{condensation, dijkstra, dinics, toposort};
use petgraph::csr::Csr;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Bfs, IntoNeighbors as _, VisitMap as _, Visitable};
use rayon::prelude::*;

use super::flat::{Flat, number, priced};

/// petgraph's compressed rows of one plane: its quickest graph for searches.
pub(crate) type Plain = Csr<(), (), Directed, u32>;

/// What petgraph marks visited flow nodes in.
pub(crate) type Visited = <Plain as Visitable>::Map;

pub(crate) fn petgraph(flat: &Flat) -> Plain {
    let mut graph = Csr::from_sorted_edges(&flat.arcs).expect("arcs are sorted");
    // The rows end with the last flow node that has an arc.
    while graph.node_count() < flat.len {
        graph.add_node(());
    }
    graph
}

/// One `Bfs` a source over rayon; each keeps what it visited.
pub(crate) fn bfs_closure(flat: &Flat, graph: &Plain) -> Vec<Visited> {
    let sources = flat.own.par_iter();
    sources
        .map(|source| {
            let mut bfs = Bfs::new(graph, *source);
            while bfs.next(graph).is_some() {}
            bfs.discovered
        })
        .collect()
}

/// How many ordered pairs are connected.
pub(crate) fn bfs_pairs(flat: &Flat, closure: &[Visited]) -> u64 {
    let calls: Vec<usize> = (0..flat.len).filter(|door| flat.is_call[*door]).collect();
    let reached =
        |row: &Visited| calls.iter().filter(|door| row.is_visited(&number(**door))).count() as u64 - 1;
    closure.par_iter().map(reached).sum()
}

/// One `Bfs` a source over rayon, each thread reusing its visit map and queue; sizes alone are kept.
pub(crate) fn bfs_sizes(flat: &Flat, graph: &Plain) -> Vec<u32> {
    let fresh = || (Bfs { stack: VecDeque::new(), discovered: graph.visit_map() }, Vec::new());
    let sources = flat.own.par_iter();
    sources.map_init(fresh, |(bfs, visited), source| bfs_size(flat, graph, bfs, visited, *source)).collect()
}

fn bfs_size(
    flat: &Flat,
    graph: &Plain,
    bfs: &mut Bfs<u32, Visited>,
    visited: &mut Vec<u32>,
    source: u32,
) -> u32 {
    bfs.discovered.visit(source);
    bfs.stack.push_back(source);
    while let Some(node) = bfs.next(graph) {
        visited.push(node);
    }
    let size = visited.iter().filter(|node| flat.is_call[**node as usize]).count();
    // Whatever is quicker: to unmark what was visited, or to clean the whole map.
    if visited.len() * 64 < flat.len {
        for node in &*visited {
            bfs.discovered.unvisit(*node);
        }
    } else {
        graph.reset_map(&mut bfs.discovered);
    }
    visited.clear();
    number(size) - 1
}

/// One breadth-first search from one source: how many others it reaches.
pub(crate) fn one_bfs(flat: &Flat, graph: &Plain, source: u32) -> u64 {
    let mut bfs = Bfs::new(graph, source);
    let mut reached = 0;
    while let Some(node) = bfs.next(graph) {
        reached += u64::from(flat.is_call[node as usize]);
    }
    reached - 1
}

/// petgraph's graph of one plane for flows: an edge can be cut for one, a free step for no price; then where all flow starts, and where
/// it ends.
pub(crate) type FlowNetwork = DiGraph<(), u64, u32>;

/// The whole plane, and what of it lies between the two groups.
pub(crate) fn flow_networks(graph: &CapabilityGraph, between: &Between) -> [FlowNetwork; 2] {
    let flows = graph.flows();
    let of_tail = |tail| flows.arcs_at(between.plane, Direction::Forward, tail).map(move |arc| (tail, arc));
    let corridor = between.corridor(flows);
    [
        flow_network(graph, between, flows.flow_nodes().flat_map(of_tail)),
        flow_network(graph, between, corridor.arcs()),
    ]
}

fn flow_network(
    graph: &CapabilityGraph,
    between: &Between,
    arcs: impl Iterator<Item = (FlowNode, Arc)>,
) -> FlowNetwork {
    let count = graph.flows().len() + 2;
    let mut network = DiGraph::with_capacity(count, graph.edges().len());
    for _ in 0..count {
        network.add_node(());
    }
    let free = graph.edges().len() as u64 + 1;
    let place = |node: FlowNode| NodeIndex::from(number(node.index()));
    for (tail, arc) in arcs {
        let price = if arc.step == Step::Free { free } else { 1 };
        network.add_edge(place(tail), place(arc.other), price);
    }
    let [source, target] = ends(&network);
    for node in &between.sources {
        network.add_edge(source, place(*node), free);
    }
    for node in &between.targets {
        network.add_edge(place(*node), target, free);
    }
    network
}

fn ends(network: &FlowNetwork) -> [NodeIndex; 2] {
    [2, 1].map(|back| NodeIndex::new(network.node_count() - back))
}

/// `dinics`: how much flows.
pub(crate) fn maximum_flow(network: &FlowNetwork) -> u64 {
    let [source, target] = ends(network);
    dinics(network, source, target).0
}

/// What petgraph's reduction gives: the members of each component in topological order, and what each reaches.
pub(crate) struct Reduced {
    members: Vec<Vec<u32>>,
    closure: UnweightedList<u32>,
}

/// The graph with its own numbers as weights, which the condensation takes along; made before the clock starts.
pub(crate) fn for_reduction(flat: &Flat) -> DiGraph<u32, (), u32> {
    let mut graph = DiGraph::with_capacity(flat.len, flat.arcs.len());
    for node in 0..flat.len {
        graph.add_node(number(node));
    }
    for (tail, head) in &flat.arcs {
        graph.add_edge(NodeIndex::from(*tail), NodeIndex::from(*head), ());
    }
    graph
}

/// `condensation` and `dag_transitive_reduction_closure`.
pub(crate) fn tred_closure(graph: DiGraph<u32, (), u32>) -> Reduced {
    let mut condensed = condensation(graph, true);
    let order = toposort(&condensed, None).expect("a condensation has no loop");
    let (adjacency, _) = dag_to_toposorted_adjacency_list::<_, u32>(&condensed, &order);
    let (_, closure) = dag_transitive_reduction_closure(&adjacency);
    let members = order.iter().map(|component| std::mem::take(&mut condensed[*component])).collect();
    Reduced { members, closure }
}

/// How many ordered pairs are connected.
pub(crate) fn tred_pairs(flat: &Flat, reduced: &Reduced) -> u64 {
    let mut is_own = vec![false; flat.len];
    flat.own.iter().for_each(|door| is_own[*door as usize] = true);
    let count = |marks: &[bool], component: usize| {
        reduced.members[component].iter().filter(|door| marks[**door as usize]).count() as u64
    };
    let calls: Vec<u64> =
        (0..reduced.members.len()).map(|component| count(&flat.is_call, component)).collect();
    let pairs = |component: usize| {
        let sources = count(&is_own, component);
        let others = (&reduced.closure).neighbors(number(component)).map(|other| calls[other as usize]);
        // A source reaches itself, which does not count.
        let reached = calls[component] + others.sum::<u64>();
        if sources == 0 { 0 } else { sources * (reached - 1) }
    };
    (0..reduced.members.len()).map(pairs).sum()
}

/// The compressed rows of `graph_builder`.
pub(crate) fn csr(flat: &Flat) -> DirectedCsrGraph<u32> {
    GraphBuilder::new().csr_layout(CsrLayout::Deduplicated).edges(flat.arcs.iter().copied()).build()
}

/// A breadth-first search over `graph_builder`'s rows, one a source over rayon, buffers reused; sizes alone are kept.
pub(crate) fn csr_sizes(flat: &Flat, graph: &DirectedCsrGraph<u32>) -> Vec<u32> {
    let fresh = || (vec![0_u64; flat.len.div_ceil(64)], Vec::new());
    flat.own
        .par_iter()
        .map_init(fresh, |(marks, queue), source| csr_size(flat, graph, marks, queue, *source))
        .collect()
}

fn csr_size(
    flat: &Flat,
    graph: &DirectedCsrGraph<u32>,
    marks: &mut [u64],
    queue: &mut Vec<u32>,
    source: u32,
) -> u32 {
    queue.push(source);
    marks[source as usize / 64] |= 1 << (source % 64);
    let mut next = 0;
    while let Some(node) = queue.get(next).copied() {
        next += 1;
        // The builder knows flow nodes up to the last one that has an arc.
        if node >= graph.node_count() {
            continue;
        }
        for other in graph.out_neighbors(node) {
            let (word, bit) = (*other as usize / 64, 1 << (other % 64));
            if marks[word] & bit == 0 {
                marks[word] |= bit;
                queue.push(*other);
            }
        }
    }
    let size = queue.iter().filter(|node| flat.is_call[**node as usize]).count();
    if queue.len() * 64 < flat.len {
        queue.iter().for_each(|node| marks[*node as usize / 64] = 0);
    } else {
        marks.fill(0);
    }
    queue.clear();
    number(size) - 1
}

/// A cost as petgraph wants one: added part by part, compared from the first part on.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub(crate) struct Lexicographic(u32, u32, u32);

impl Add for Lexicographic {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0, self.1 + other.1, self.2 + other.2)
    }
}

/// petgraph's graph of one plane with costs.
pub(crate) type Priced = DiGraph<(), Lexicographic, u32>;

pub(crate) fn petgraph_with_costs(graph: &CapabilityGraph, plane: Plane) -> Priced {
    let mut priced_graph = DiGraph::with_capacity(graph.flows().len(), 0);
    for _ in 0..graph.flows().len() {
        priced_graph.add_node(());
    }
    for (tail, head, Cost { guards, sessions, hops }) in priced(graph, plane) {
        let cost = Lexicographic(guards, sessions, hops);
        priced_graph.add_edge(NodeIndex::from(tail), NodeIndex::from(head), cost);
    }
    priced_graph
}

/// `dijkstra` for each source over rayon. What is kept has four bytes a pair, like the smallest of our tables.
pub(crate) fn dijkstra_costs(flat: &Flat, graph: &Priced) -> Vec<Vec<u32>> {
    let row = |source: &u32| {
        let found = dijkstra(graph, NodeIndex::from(*source), None, |arc| *arc.weight());
        let mut row = vec![u32::MAX; flat.len];
        // Each cell is written once, in whatever order the map has them.
        for (node, Lexicographic(guards, sessions, hops)) in found {
            row[node.index()] = packed(guards, sessions, hops);
        }
        row
    };
    flat.own.par_iter().map(row).collect()
}

/// A cost in four bytes: enough for the workloads of the benches.
pub(crate) fn packed(guards: u32, sessions: u32, hops: u32) -> u32 {
    assert!(guards < 1 << 8 && sessions < 1 << 8 && hops < 1 << 16, "a cost of a bench fits four bytes");
    guards << 24 | sessions << 16 | hops
}
