//! Arcs that cost nothing → groups of doors that learn the same: whatever comes to one comes to all, at the same price.
//!
//! The groups are the components of those arcs, numbered as they are emitted: an arc leads to the same or a smaller number.

use crate::graph::components::Components;
use crate::graph::rows::Adjacency;
use crate::graph::rows::FlowNode;

/// The group of each door, and how many groups there are. `arcs` are (tail, head).
pub(super) fn condense(doors: usize, arcs: impl Iterator<Item = (u32, u32)> + Clone) -> (Vec<u32>, u32) {
    let (starts, heads) = rows(doors, arcs, |head| head);
    let bounds: Vec<[u32; 2]> = (0..=doors).map(|door| [starts[door], starts[doors.min(door + 1)]]).collect();
    let heads: Vec<FlowNode> = heads.into_iter().map(|head| FlowNode::new(head as usize)).collect();
    Components::of_adjacency(Adjacency::of_rows(&bounds, &heads)).into_numbers()
}

/// Arcs grouped by their tails, in compressed rows: starts (one more than there are tails), then what is kept of each arc.
pub(super) fn rows<H: Copy, T: Copy + Default>(
    tails: usize,
    arcs: impl Iterator<Item = (u32, H)> + Clone,
    keep: impl Fn(H) -> T,
) -> (Vec<u32>, Vec<T>) {
    let mut starts = vec![0_u32; tails + 1];
    for (tail, _) in arcs.clone() {
        starts[tail as usize + 1] += 1;
    }
    for index in 0..tails {
        starts[index + 1] += starts[index];
    }
    let mut next = starts.clone();
    let mut kept = vec![T::default(); starts[tails] as usize];
    for (tail, head) in arcs {
        let slot = &mut next[tail as usize];
        kept[*slot as usize] = keep(head);
        *slot += 1;
    }
    (starts, kept)
}

#[cfg(test)]
mod tests {
    use super::condense;

    #[test]
    fn a_loop_is_one_group_and_arcs_lead_to_smaller_numbers() {
        let arcs = [(0, 1), (1, 2), (2, 0), (2, 3), (4, 0)];
        let (group, groups) = condense(5, arcs.into_iter());
        assert_eq!(groups, 3);
        assert!(group[0] == group[1] && group[1] == group[2]);
        assert!(arcs.iter().all(|(tail, head)| group[*tail as usize] >= group[*head as usize]));
    }
}
