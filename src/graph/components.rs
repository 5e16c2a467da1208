//! Strongly connected components of the flow graph, without recursion: a chain of a million agents is only a long one.
//!
//! Tarjan, "Depth-first search and linear graph algorithms" (1972), as Pearce keeps it in one number a flow node ("A
//! space-efficient algorithm for finding strongly connected components", 2016), with an explicit stack. Components are
//! numbered as they are emitted, sinks first: every arc leads to a component with the same or a smaller number.

use super::flow_graph::FlowGraph;
use super::rows::{Adjacency, Direction, FlowNode, Strength};
use crate::model::Plane;

/// Components of one plane.
#[derive(Debug, Clone)]
pub struct Components {
    /// Component, by flow node.
    component: Vec<u32>,
    /// Flow nodes grouped by component, in component order.
    members: Vec<FlowNode>,
    /// Where each component's members start; length: components + 1.
    starts: Vec<u32>,
}

impl Components {
    /// Finds the components over the arcs that `strength` counts.
    #[must_use]
    pub fn find(flows: &FlowGraph, plane: Plane, strength: Strength) -> Self {
        Self::of_adjacency(flows.adjacency(plane, Direction::Forward, strength))
    }

    /// Finds the components of one adjacency.
    pub(super) fn of_adjacency(adjacency: Adjacency<'_>) -> Self {
        walk::<false>(adjacency).0
    }

    /// As [`Self::of_adjacency`], with the distinct successors of each component, the largest number first, in compressed rows.
    pub(crate) fn with_successors(adjacency: Adjacency<'_>) -> (Self, Successors) {
        walk::<true>(adjacency)
    }

    /// How many components there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no component at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The component of a flow node.
    #[must_use]
    pub fn of(&self, node: FlowNode) -> usize {
        self.component[node.index()] as usize
    }

    /// The component of each flow node, and how many components there are.
    pub(super) fn into_numbers(self) -> (Vec<u32>, u32) {
        let count = u32::try_from(self.len()).unwrap_or(u32::MAX);
        (self.component, count)
    }

    /// The same components under other numbers: `numbers` by old number, `order` the old ones in their new order.
    pub(crate) fn renumbered(self, numbers: &[u32], order: &[u32]) -> Self {
        let mut members = Vec::with_capacity(self.members.len());
        let mut starts = Vec::with_capacity(self.starts.len());
        starts.push(0);
        for old in order {
            members.extend_from_slice(self.members(*old as usize));
            starts.push(u32::try_from(members.len()).unwrap_or(u32::MAX));
        }
        let component = self.component.iter().map(|old| numbers[*old as usize]).collect();
        Self { component, members, starts }
    }

    /// The flow nodes of a component.
    #[must_use]
    pub fn members(&self, component: usize) -> &[FlowNode] {
        &self.members[self.starts[component] as usize..self.starts[component + 1] as usize]
    }
}

const UNSEEN: u32 = 0;

/// A flow node on the way down: where in its row the walk stands.
#[derive(Clone, Copy)]
struct Frame {
    node: FlowNode,
    next: u32,
    /// Whether nothing was found so far that leads above the node.
    is_root: bool,
    /// How much was noted before the node was seen.
    noted: u32,
}

/// Where each component's successors start (one more entry than there are components), and the successors.
type Successors = (Vec<u32>, Vec<u32>);

/// Walks an adjacency; with or without noting what leads from one component to another.
fn walk<const NOTE: bool>(adjacency: Adjacency<'_>) -> (Components, Successors) {
    let mut walk = Walk::<NOTE>::new(adjacency);
    for root in (0..adjacency.len()).map(FlowNode::new) {
        if walk.number[root.index()] == UNSEEN {
            walk.visit(root);
        }
    }
    walk.finish()
}

/// The state of the walk.
///
/// `number` is 0 for what was not seen, then the order of discovery or, once something earlier is found to be reached, that
/// one's; and for what belongs to a component `u32::MAX` less the component's number. So one look at one number answers all
/// that an arc asks: what is in a component already is never smaller than what is still open.
///
/// With `NOTE`, arcs into components are noted as they are met: when a component is emitted, what was noted since its first
/// member was seen is what leads out of it. So the condensation needs no second look at the arcs.
struct Walk<'g, const NOTE: bool> {
    adjacency: Adjacency<'g>,
    number: Vec<u32>,
    stack: Vec<Frame>,
    open: Vec<FlowNode>,
    members: Vec<FlowNode>,
    starts: Vec<u32>,
    counter: u32,
    noted: Vec<u32>,
    successors: Successors,
}

impl<'g, const NOTE: bool> Walk<'g, NOTE> {
    fn new(adjacency: Adjacency<'g>) -> Self {
        Self {
            adjacency,
            number: vec![UNSEEN; adjacency.len()],
            stack: Vec::new(),
            open: Vec::new(),
            members: Vec::with_capacity(adjacency.len()),
            starts: vec![0],
            counter: 0,
            noted: Vec::new(),
            successors: (vec![0], Vec::new()),
        }
    }

    /// Depth first from a root.
    fn visit(&mut self, root: FlowNode) {
        let mut frame = self.discover(root);
        loop {
            let heads = self.adjacency.heads(frame.node);
            let mut down = None;
            while let Some(&head) = heads.get(frame.next as usize) {
                let seen = self.number[head.index()];
                if seen == UNSEEN {
                    down = Some(head);
                    break;
                }
                frame.next += 1;
                if NOTE && seen > self.counter {
                    self.noted.push(u32::MAX - seen);
                } else if seen < self.number[frame.node.index()] {
                    self.number[frame.node.index()] = seen;
                    frame.is_root = false;
                }
            }
            if let Some(head) = down {
                // The arc is looked at once more on the way up, when its head has its final number.
                self.stack.push(frame);
                frame = self.discover(head);
                continue;
            }
            self.leave(frame);
            match self.stack.pop() {
                Some(parent) => frame = parent,
                None => return,
            }
        }
    }

    fn discover(&mut self, node: FlowNode) -> Frame {
        self.counter += 1;
        self.number[node.index()] = self.counter;
        Frame { node, next: 0, is_root: true, noted: u32::try_from(self.noted.len()).unwrap_or(u32::MAX) }
    }

    /// Emits the component of a node that is the first of it; keeps any other open.
    fn leave(&mut self, frame: Frame) {
        if !frame.is_root {
            self.open.push(frame.node);
            return;
        }
        let first = self.number[frame.node.index()];
        let mark = u32::MAX - self.emitted();
        self.number[frame.node.index()] = mark;
        self.members.push(frame.node);
        while let Some(node) = self.open.pop_if(|node| self.number[node.index()] >= first) {
            self.number[node.index()] = mark;
            self.members.push(node);
        }
        self.starts.push(u32::try_from(self.members.len()).unwrap_or(u32::MAX));
        if NOTE {
            self.emit_successors(frame.noted as usize);
        }
    }

    /// Takes what was noted since then as the successors of the component that was emitted just now.
    fn emit_successors(&mut self, since: usize) {
        let (starts, successors) = &mut self.successors;
        let noted = &mut self.noted[since..];
        sort_falling(noted);
        let first = successors.len();
        for other in noted {
            if successors.len() == first || successors.last() != Some(other) {
                successors.push(*other);
            }
        }
        starts.push(u32::try_from(successors.len()).unwrap_or(u32::MAX));
        self.noted.truncate(since);
    }

    fn emitted(&self) -> u32 {
        u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX)
    }

    fn finish(self) -> (Components, Successors) {
        let mut component = self.number;
        for number in &mut component {
            *number = u32::MAX - *number;
        }
        (Components { component, members: self.members, starts: self.starts }, self.successors)
    }
}

/// Sorts numbers, the largest first. Most lists have two or three of them, and there are as many lists as components.
pub(crate) fn sort_falling(numbers: &mut [u32]) {
    const SHORT: usize = 8;
    if numbers.len() > SHORT {
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        return;
    }
    for end in 1..numbers.len() {
        let mut at = end;
        while at > 0 && numbers[at - 1] < numbers[at] {
            numbers.swap(at - 1, at);
            at -= 1;
        }
    }
}
