//! Small directed graphs → their circles. For what is asked of a few nodes many times over; whole fleets go by `components.rs`.

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

/// How many nodes the largest strongly connected component has: 1 where there is no circle, 0 where there is no arc.
pub(crate) fn largest_circle(count: usize, arcs: impl Iterator<Item = (usize, usize)>) -> usize {
    let number = |node: usize| u32::try_from(node.min(count)).unwrap_or(u32::MAX);
    let graph = DiGraph::<(), (), u32>::from_edges(arcs.map(|(tail, head)| (number(tail), number(head))));
    tarjan_scc(&graph).iter().map(Vec::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_circle_is_counted() {
        let largest = |arcs: &[(usize, usize)]| largest_circle(6, arcs.iter().copied());
        assert_eq!(largest(&[(0, 1), (1, 2), (2, 0), (3, 4), (4, 3), (2, 3)]), 3);
        assert_eq!(largest(&[(0, 1), (1, 2)]), 1);
        assert_eq!(largest(&[]), 0);
    }
}
