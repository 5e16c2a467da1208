//! What every path from some flow nodes to others passes, by petgraph's dominators over a graph in which arcs are vertices too.

use petgraph::algo::dominators::{Dominators as Tree, simple_fast};
use petgraph::graph::{DiGraph, NodeIndex};

use super::between::Between;
use super::cut::CutArc;
use super::flow_graph::FlowGraph;
use super::rows::{FlowNode, Step};

/// What paths pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passage {
    /// A flow node.
    Node(FlowNode),
    /// An arc of an edge, the only one between its ends.
    Arc(CutArc),
}

/// Dominators of the targets of some paths.
#[derive(Debug)]
pub struct Dominators {
    tree: Tree<NodeIndex>,
    /// By vertex; `None` for those that stand for no single thing.
    passages: Vec<Option<Passage>>,
    /// By flow node: its vertex, where it lies on a path.
    number: Vec<NodeIndex>,
}

/// Where all paths start, and where all end.
fn start() -> NodeIndex {
    NodeIndex::new(0)
}
fn end() -> NodeIndex {
    NodeIndex::new(1)
}

impl Dominators {
    /// Finds the dominators.
    #[must_use]
    pub fn find(flows: &FlowGraph, between: &Between) -> Self {
        let corridor = between.corridor(flows);
        let mut graph: DiGraph<(), ()> = DiGraph::new();
        let mut passages: Vec<Option<Passage>> = vec![None, None];
        graph.add_node(());
        graph.add_node(());
        let mut number = vec![NodeIndex::end(); flows.len()];
        for node in corridor.nodes() {
            number[node.index()] = graph.add_node(());
            passages.push(Some(Passage::Node(node)));
        }
        for tail in corridor.nodes() {
            let mut arcs: Vec<_> = corridor.arcs_of(tail).collect();
            arcs.sort_unstable_by_key(|arc| (arc.other, arc.step));
            for same in arcs.chunk_by(|one, other| one.other == other.other) {
                let (from, to) = (number[tail.index()], number[same[0].other.index()]);
                match same {
                    [arc] if arc.step != Step::Free => {
                        let Step::Edge(edge) = arc.step else { continue };
                        let middle = graph.add_node(());
                        passages.push(Some(Passage::Arc(CutArc { edge, from: tail, to: arc.other })));
                        graph.add_edge(from, middle, ());
                        graph.add_edge(middle, to, ());
                    }
                    _ => {
                        graph.add_edge(from, to, ());
                    }
                }
            }
        }
        let inside = |node: &&FlowNode| corridor.contains(**node);
        for source in between.sources.iter().filter(inside) {
            graph.add_edge(start(), number[source.index()], ());
        }
        for target in between.targets.iter().filter(inside) {
            graph.add_edge(number[target.index()], end(), ());
        }
        Self { tree: simple_fast(&graph, start()), passages, number }
    }

    /// What every path to every target passes, in the order in which it is passed; empty where there is no path.
    #[must_use]
    pub fn common(&self) -> Vec<Passage> {
        self.before(end())
    }

    /// What every path to one target passes, the target last; empty where there is no path.
    #[must_use]
    pub fn of(&self, target: FlowNode) -> Vec<Passage> {
        match self.number[target.index()] {
            vertex if vertex == NodeIndex::end() => Vec::new(),
            vertex => self.before(vertex),
        }
    }

    fn before(&self, vertex: NodeIndex) -> Vec<Passage> {
        let dominating = self.tree.dominators(vertex).into_iter().flatten();
        let mut passages: Vec<Passage> =
            dominating.filter_map(|vertex| self.passages[vertex.index()]).collect();
        passages.reverse();
        passages
    }
}
