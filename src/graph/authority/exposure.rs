//! Edges → where secrets go: groups of doors that learn the same, and the guarded or one-way arcs between them.

use crate::graph::components::Components;
use crate::graph::doors::{Door, Layout, Side, side};
use crate::graph::edge::Edge;
use crate::graph::flows::flows;
use crate::graph::rows::{Adjacency, FlowNode};
use crate::model::{NodeId, Plane, Spec};

/// Content goes on to this group when so many guards fail.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Arc {
    pub(super) head: u32,
    pub(super) guards: u32,
}

/// The exposure plane without sessions and hops, which do not count for who learns what.
#[derive(Debug)]
pub(super) struct Exposure {
    layout: Layout,
    /// By flow node: its group.
    group: Vec<u32>,
    groups: u32,
    /// By group, in compressed rows. An arc without guards leads to a smaller number.
    starts: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Exposure {
    pub(super) fn new(spec: &Spec, declared: &[Edge], derived: &[Edge]) -> Self {
        let edges = || declared.iter().chain(derived);
        // More edges come while secrets spread.
        let layout = Layout::for_any_edges(spec, edges());
        let place =
            |(node, door): (NodeId, Door)| layout.flow_node(node, side(spec.node(node), door)).index();
        let free = spec.node_ids().flat_map(|node| layout.free_steps(node));
        let mut arcs: Vec<(u32, Arc)> =
            free.map(|(tail, head)| (number(tail.index()), arc(head.index(), 0))).collect();
        for edge in edges() {
            for flow in flows(spec, edge, Plane::Exposure) {
                arcs.push((number(place(flow.from)), arc(place(flow.to), flow.guards)));
            }
        }
        let costless = arcs.iter().filter(|(_, arc)| arc.guards == 0);
        let (group, groups) = condense(layout.len(), costless.map(|(tail, arc)| (*tail, arc.head)));
        let between = arcs.iter().filter_map(|(tail, arc)| {
            let (tail, head) = (group[*tail as usize], group[arc.head as usize]);
            (tail != head).then_some((tail, Arc { head, ..*arc }))
        });
        let (starts, arcs) = rows(groups as usize, between, |arc| arc);
        Self { layout, group, groups, starts, arcs }
    }

    pub(super) fn groups(&self) -> u32 {
        self.groups
    }

    /// The group of a side of a node.
    pub(super) fn side(&self, node: NodeId, side: Side) -> u32 {
        self.group[self.layout.flow_node(node, side).index()]
    }

    /// Where a door is.
    pub(super) fn place(&self, spec: &Spec, (node, door): (NodeId, Door)) -> u32 {
        self.side(node, side(spec.node(node), door))
    }

    /// The arcs of a group; none for a place that is no group.
    pub(super) fn arcs_of(&self, place: u32) -> &[Arc] {
        if place >= self.groups {
            return &[];
        }
        let (from, to) = (self.starts[place as usize], self.starts[place as usize + 1]);
        &self.arcs[from as usize..to as usize]
    }
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn arc(head: usize, guards: u32) -> Arc {
    Arc { head: number(head), guards }
}

/// The group of each door, and how many groups there are. `arcs` are (tail, head).
fn condense(doors: usize, arcs: impl Iterator<Item = (u32, u32)> + Clone) -> (Vec<u32>, u32) {
    let (starts, heads) = rows(doors, arcs, |head| head);
    let bounds: Vec<[u32; 2]> = (0..=doors).map(|door| [starts[door], starts[doors.min(door + 1)]]).collect();
    let heads: Vec<FlowNode> = heads.into_iter().map(|head| FlowNode::new(head as usize)).collect();
    Components::of_adjacency(Adjacency::of_rows(&bounds, &heads)).into_numbers()
}

/// Arcs grouped by their tails, in compressed rows: starts (one more than there are tails), then what is kept of each arc.
fn rows<H: Copy, T: Copy + Default>(
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
