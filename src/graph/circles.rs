//! Small directed graphs → their circles. For what is asked of a few nodes many times over; whole fleets go by `components.rs`.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

/// How many things that count the fullest strongly connected component has: at most 1 where none of them are on a circle. `counts` says
/// by vertex what stands there; several may be of one thing.
pub(crate) fn fullest_circle(counts: &[Option<usize>], arcs: impl Iterator<Item = (usize, usize)>) -> usize {
    let number = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
    let graph = DiGraph::<(), (), u32>::from_edges(arcs.map(|(tail, head)| (number(tail), number(head))));
    let circles = kosaraju_scc(&graph);
    let full = circles.iter().map(|circle| {
        let counted = circle.iter().filter_map(|node| counts.get(node.index()).copied().flatten());
        counted.collect::<BTreeSet<usize>>().len()
    });
    full.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_circle_is_found_by_what_counts() {
        let fullest = |counts: &[bool], arcs: &[(usize, usize)]| {
            let counts: Vec<Option<usize>> =
                counts.iter().enumerate().map(|(at, counts)| counts.then_some(at)).collect();
            fullest_circle(&counts, arcs.iter().copied())
        };
        let arcs = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 3), (2, 3)];
        assert_eq!(fullest(&[true; 5], &arcs), 3);
        assert_eq!(fullest(&[true, false, false, true, true], &arcs), 2);
        assert_eq!(fullest(&[true; 3], &[(0, 1), (1, 2)]), 1);
        assert_eq!(fullest(&[], &[]), 0);
        let one_twice = [Some(0), Some(0), Some(1)];
        assert_eq!(fullest_circle(&one_twice, arcs.into_iter()), 2);
    }
}
