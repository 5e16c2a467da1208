//! Two graphs → which nodes are the same in both, and which arcs only one of them has.

use std::collections::BTreeSet;

use crate::graph::{Adjacency, CapabilityGraph, Direction, FlowGraph, FlowNode, Strength};
use crate::model::{NodeId, Plane};

/// A node of the two graphs together: present in one or in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Aligned {
    pub(super) base: Option<NodeId>,
    pub(super) head: Option<NodeId>,
}

/// A door of an aligned node: twice the node's place, and one more for the call side where that differs from the own side.
type Door = usize;

/// What a graph looks like in terms of aligned nodes.
pub(super) struct Side<'g> {
    pub(super) flows: &'g FlowGraph,
    pub(super) forward: Adjacency<'g>,
    reverse: Adjacency<'g>,
    /// By node of this graph: its place among the aligned ones.
    places: Vec<usize>,
}

impl<'g> Side<'g> {
    fn new(graph: &'g CapabilityGraph, plane: Plane, strength: Strength, places: Vec<usize>) -> Self {
        let flows = graph.flows();
        let adjacency = |direction| flows.adjacency(plane, direction, strength);
        let (forward, reverse) = (adjacency(Direction::Forward), adjacency(Direction::Reverse));
        Self { flows, forward, reverse, places }
    }

    fn door(&self, node: FlowNode) -> Door {
        let of = self.flows.node(node);
        2 * self.places[of.index()] + usize::from(self.flows.own(of) != node)
    }

    /// Where the arcs of a flow node lead, sorted.
    fn heads(&self, node: FlowNode) -> Vec<Door> {
        let mut doors: Vec<Door> = self.forward.heads(node).iter().map(|head| self.door(*head)).collect();
        doors.sort_unstable();
        doors.dedup();
        doors
    }

    /// By aligned node: whether one of its doors on `end` is reached from some doors, forwards or backwards.
    fn reach(&self, from: &BTreeSet<Door>, direction: Direction, doors: &DoorIndex) -> Vec<bool> {
        let adjacency = if direction == Direction::Forward { self.forward } else { self.reverse };
        let mut seen = vec![false; self.flows.len()];
        let mut left: Vec<FlowNode> = from.iter().filter_map(|door| doors.get(*door)).collect();
        while let Some(node) = left.pop() {
            if !std::mem::replace(&mut seen[node.index()], true) {
                left.extend(adjacency.heads(node).iter().filter(|head| !seen[head.index()]));
            }
        }
        seen
    }

    fn door_index(&self, aligned: usize) -> DoorIndex {
        let mut index = vec![None; 2 * aligned];
        for node in self.flows.flow_nodes() {
            index[self.door(node)] = Some(node);
        }
        DoorIndex(index)
    }
}

/// By door: its flow node in one of the graphs. The call side of a node that is not split is its own side.
struct DoorIndex(Vec<Option<FlowNode>>);

impl DoorIndex {
    fn get(&self, door: Door) -> Option<FlowNode> {
        self.0[door].or_else(|| self.0[door & !1])
    }
}

/// Two graphs side by side.
pub(super) struct Alignment<'g> {
    pub(super) nodes: Vec<Aligned>,
    pub(super) base: Side<'g>,
    pub(super) head: Side<'g>,
    /// Places of nodes from which an arc that changed can be come to over arcs that did not: only their rows can differ.
    pub(super) rows: Vec<usize>,
    /// Places of nodes that can be come to behind an arc that changed: only their columns can differ.
    pub(super) columns: Vec<usize>,
}

impl<'g> Alignment<'g> {
    /// Aligns nodes by name and finds what can differ in a plane.
    pub(super) fn of(
        base: &'g CapabilityGraph,
        head: &'g CapabilityGraph,
        plane: Plane,
        strength: Strength,
    ) -> Self {
        let (nodes, places) = align(base, head);
        let base_places = (0..base.spec().nodes.len()).collect();
        let base = Side::new(base, plane, strength, base_places);
        let head = Side::new(head, plane, strength, places);
        let mut aligned = Self { nodes, base, head, rows: Vec::new(), columns: Vec::new() };
        let (tails, heads) = aligned.changed();
        if !tails.is_empty() {
            let of = |direction, doors| aligned.within(direction, doors);
            let (rows, columns) = (of(Direction::Reverse, &tails), of(Direction::Forward, &heads));
            (aligned.rows, aligned.columns) = (rows, columns);
        }
        aligned
    }

    /// Tails and heads of the arcs that one graph has and the other has not.
    fn changed(&self) -> (BTreeSet<Door>, BTreeSet<Door>) {
        let (mut tails, mut heads) = (BTreeSet::new(), BTreeSet::new());
        let mut note = |tail: Door, head: Door| {
            tails.insert(tail);
            heads.insert(head);
        };
        let same_numbers = self.same_numbers();
        for (place, node) in self.nodes.iter().enumerate() {
            let of = |side: &Side<'g>, id: Option<NodeId>| {
                id.map_or([None; 2], |id| {
                    let (own, call) = (side.flows.own(id), side.flows.call(id));
                    [Some(own), Some(call).filter(|call| *call != own)]
                })
            };
            let (before, after) = (of(&self.base, node.base), of(&self.head, node.head));
            for (which, (one, other)) in before.into_iter().zip(after).enumerate() {
                let tail = 2 * place + which;
                if let (true, Some(one), Some(other)) = (same_numbers, one, other)
                    && self.base.forward.heads(one) == self.head.forward.heads(other)
                {
                    continue;
                }
                let heads_of = |side: &Side<'g>, node: Option<FlowNode>| {
                    node.map_or_else(Vec::new, |node| side.heads(node))
                };
                let (one, other) = (heads_of(&self.base, one), heads_of(&self.head, other));
                let gone = one.iter().filter(|head| other.binary_search(head).is_err());
                let new = other.iter().filter(|head| one.binary_search(head).is_err());
                gone.chain(new).for_each(|head| note(tail, *head));
            }
            // A node that is there in one graph alone, or split in one alone, changes with both of its doors.
            if before.map(|door| door.is_some()) != after.map(|door| door.is_some()) {
                note(2 * place, 2 * place);
                note(2 * place + 1, 2 * place + 1);
            }
        }
        (tails, heads)
    }

    /// Whether flow nodes have the same numbers in both graphs, so that rows can be compared as they are.
    fn same_numbers(&self) -> bool {
        let (base, head) = (self.base.flows, self.head.flows);
        self.base.places == self.head.places
            && base.len() == head.len()
            && base.nodes().all(|node| base.own(node) == head.own(node) && base.call(node) == head.call(node))
    }

    /// Places of the nodes that are reached in both graphs, and of the doors themselves: behind the last arc that changed (and
    /// before the first one) a path runs over arcs that both graphs have.
    fn within(&self, direction: Direction, from: &BTreeSet<Door>) -> Vec<usize> {
        let reached = |side: &Side<'g>| side.reach(from, direction, &side.door_index(self.nodes.len()));
        let (base, head) = (reached(&self.base), reached(&self.head));
        let has = |seen: &[bool], side: &Side<'g>, node: Option<NodeId>| {
            node.is_some_and(|node| match direction {
                Direction::Forward => seen[side.flows.call(node).index()],
                Direction::Reverse => seen[side.flows.own(node).index()],
            })
        };
        let places = self.nodes.iter().enumerate().filter(|(place, node)| {
            has(&base, &self.base, node.base) && has(&head, &self.head, node.head)
                || [2 * place, 2 * place + 1].iter().any(|door| from.contains(door))
        });
        places.map(|(place, _)| place).collect()
    }
}

/// The nodes of both graphs, those of the base first, and by node of the head its place among them.
fn align(base: &CapabilityGraph, head: &CapabilityGraph) -> (Vec<Aligned>, Vec<usize>) {
    let (base, head) = (base.spec(), head.spec());
    let mut nodes: Vec<Aligned> =
        base.node_ids().map(|node| Aligned { base: Some(node), head: None }).collect();
    let mut places = Vec::with_capacity(head.nodes.len());
    for node in head.node_ids() {
        let name = head.node_name(node);
        // Mostly the two are nearly the same text, and a node has the place that it had.
        let same = (node.index() < base.nodes.len() && base.node_name(node) == name).then_some(node);
        let place = match same.or_else(|| base.node_id(name)) {
            Some(before) => before.index(),
            None => {
                nodes.push(Aligned { base: None, head: None });
                nodes.len() - 1
            }
        };
        nodes[place].head = Some(node);
        places.push(place);
    }
    (nodes, places)
}
