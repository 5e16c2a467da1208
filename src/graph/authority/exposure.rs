//! Edges → where secrets go: groups of doors that learn the same, and the guarded or one-way arcs between them.

use crate::graph::components::Components;
use crate::graph::edge::Edge;
use crate::graph::flows::{Door, Side, flows, is_split, side};
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
    /// By node: the group of its own door.
    own: Vec<u32>,
    /// By node: the group of its call door.
    call: Vec<u32>,
    groups: u32,
    /// By group, in compressed rows. An arc without guards leads to a smaller number.
    starts: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Exposure {
    pub(super) fn new(spec: &Spec, declared: &[Edge], derived: impl Iterator<Item = Edge>) -> Self {
        let (own, call, doors) = doors(spec);
        let mut exposure = Self { own, call, groups: 0, starts: Vec::new(), arcs: Vec::new() };
        let free = exposure.own.iter().zip(&exposure.call).filter(|(own, call)| own != call);
        let mut arcs: Vec<(u32, Arc)> =
            free.map(|(own, call)| (*own, Arc { head: *call, guards: 0 })).collect();
        let place = |edge: &Edge, arcs: &mut Vec<(u32, Arc)>| {
            for flow in flows(spec, edge, Plane::Exposure) {
                let head = exposure.place(spec, flow.to);
                arcs.push((exposure.place(spec, flow.from), Arc { head, guards: flow.guards }));
            }
        };
        declared.iter().for_each(|edge| place(edge, &mut arcs));
        derived.for_each(|edge| place(&edge, &mut arcs));
        let costless = arcs.iter().filter(|(_, arc)| arc.guards == 0);
        let (group, groups) = condense(doors, costless.map(|(tail, arc)| (*tail, arc.head)));
        exposure.regroup(&group, groups, &arcs);
        exposure
    }

    /// From doors to groups of doors.
    fn regroup(&mut self, group: &[u32], groups: u32, arcs: &[(u32, Arc)]) {
        self.groups = groups;
        for door in self.own.iter_mut().chain(&mut self.call) {
            *door = group[*door as usize];
        }
        let between = arcs.iter().filter_map(|(tail, arc)| {
            let (tail, head) = (group[*tail as usize], group[arc.head as usize]);
            (tail != head).then_some((tail, Arc { head, ..*arc }))
        });
        (self.starts, self.arcs) = rows(groups as usize, between, |arc| arc);
    }

    pub(super) fn groups(&self) -> u32 {
        self.groups
    }

    /// Where a node's results come from.
    pub(super) fn own(&self, node: NodeId) -> u32 {
        self.own[node.index()]
    }

    /// Where "is it reached?" is asked.
    pub(super) fn call(&self, node: NodeId) -> u32 {
        self.call[node.index()]
    }

    /// Where a door is.
    pub(super) fn place(&self, spec: &Spec, (node, door): (NodeId, Door)) -> u32 {
        match side(spec.node(node), door) {
            Side::Own => self.own(node),
            Side::Call => self.call(node),
        }
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

/// The doors of all nodes, one or two a node: by node the own door, the call door, and how many there are.
fn doors(spec: &Spec) -> (Vec<u32>, Vec<u32>, usize) {
    let (mut own, mut call) = (Vec::with_capacity(spec.nodes.len()), Vec::with_capacity(spec.nodes.len()));
    let mut count = 0;
    for node in spec.nodes.values() {
        own.push(count);
        count += u32::from(is_split(node));
        call.push(count);
        count += 1;
    }
    (own, call, count as usize)
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
