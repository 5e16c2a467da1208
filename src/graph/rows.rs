//! Arcs of one plane in one direction, in compressed rows: by flow node, its arcs without a guard first, then the others.
//!
//! The open arcs of a row are a prefix of it, so that "open" and "any" are two ends of the same row and no walk has to look at
//! guards to tell them apart. What an arc costs and which edge it stands for lie apart from where it leads: a closure never
//! touches them.

use super::edge::EdgeId;
use super::flow_graph::{Arc, FlowNode, Step};

/// A flow as the rows are built from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flat {
    pub(super) tail: FlowNode,
    pub(super) head: FlowNode,
    /// The edge's number, or [`FREE`].
    pub(super) step: u32,
    pub(super) guards: u32,
}

/// The step of a free arc.
pub(super) const FREE: u32 = u32::MAX;

/// Which paths count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Paths on which no declared guard has to fail.
    Open,
    /// All paths.
    Any,
}

impl Strength {
    /// Both, the stricter first.
    pub const ALL: [Self; 2] = [Self::Open, Self::Any];
}

/// Compressed rows. Shapes: `starts` has one entry more than there are flow nodes, the arrays of arcs are as long as there are
/// arcs.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    starts: Vec<u32>,
    /// By flow node: where its open arcs end.
    open_ends: Vec<u32>,
    heads: Vec<FlowNode>,
    steps: Vec<u32>,
    /// By arc; empty where no arc has a guard.
    guards: Vec<u32>,
}

impl Rows {
    /// Groups arcs by the end that `near` gives; within the open and the guarded ones of a row the given order is kept.
    pub(super) fn build(
        flow_nodes: usize,
        arcs: &[Flat],
        near: impl Fn(&Flat) -> (FlowNode, FlowNode),
    ) -> Self {
        let mut starts = vec![0_u32; flow_nodes + 1];
        let mut open_ends = vec![0_u32; flow_nodes];
        for arc in arcs {
            let row = near(arc).0.index();
            starts[row + 1] += 1;
            open_ends[row] += u32::from(arc.guards == 0);
        }
        for row in 0..flow_nodes {
            open_ends[row] += starts[row];
            starts[row + 1] += starts[row];
        }
        let (mut next_open, mut next_guarded) = (starts.clone(), open_ends.clone());
        let guarded = arcs.iter().any(|arc| arc.guards > 0);
        let mut rows = Self {
            starts,
            open_ends,
            heads: vec![FlowNode::new(0); arcs.len()],
            steps: vec![FREE; arcs.len()],
            guards: vec![0; if guarded { arcs.len() } else { 0 }],
        };
        for arc in arcs {
            let (row, head) = near(arc);
            let next = if arc.guards == 0 { &mut next_open } else { &mut next_guarded };
            let slot = next[row.index()] as usize;
            next[row.index()] += 1;
            rows.heads[slot] = head;
            rows.steps[slot] = arc.step;
            if guarded {
                rows.guards[slot] = arc.guards;
            }
        }
        rows
    }

    /// The arcs of a row, open ones first.
    pub(super) fn arcs(&self, row: FlowNode) -> impl Iterator<Item = Arc> + '_ {
        let (from, to) = (self.starts[row.index()] as usize, self.starts[row.index() + 1] as usize);
        (from..to).map(|at| Arc {
            other: self.heads[at],
            step: if self.steps[at] == FREE {
                Step::Free
            } else {
                Step::Edge(EdgeId::new(self.steps[at] as usize))
            },
            guards: self.guards.get(at).copied().unwrap_or(0),
            leaves_persistent: false,
        })
    }

    /// Where the open arcs of a row lead, a free one first.
    pub(super) fn open_heads(&self, row: FlowNode) -> &[FlowNode] {
        &self.heads[self.starts[row.index()] as usize..self.open_ends[row.index()] as usize]
    }

    /// Where the guarded arcs of a row lead, each with its guards.
    pub(super) fn guarded(&self, row: FlowNode) -> impl Iterator<Item = (FlowNode, u32)> + '_ {
        let guarded = self.open_ends[row.index()] as usize..self.starts[row.index() + 1] as usize;
        // Where nothing is guarded there are no guards to look at, and the range is empty.
        guarded.map(|at| (self.heads[at], self.guards[at]))
    }

    /// The rows without costs.
    pub(super) fn adjacency(&self, strength: Strength) -> Adjacency<'_> {
        let flow_nodes = self.open_ends.len();
        let ends = match strength {
            Strength::Open => &self.open_ends[..],
            Strength::Any => &self.starts[1..],
        };
        Adjacency { starts: &self.starts[..flow_nodes], ends, heads: &self.heads }
    }
}

/// Who is next to whom, in one plane and direction and over the arcs of one strength: what a boolean closure needs.
#[derive(Debug, Clone, Copy)]
pub struct Adjacency<'g> {
    starts: &'g [u32],
    ends: &'g [u32],
    heads: &'g [FlowNode],
}

impl<'g> Adjacency<'g> {
    /// How many flow nodes there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.starts.len()
    }

    /// Whether there is no flow node at all.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.starts.is_empty()
    }

    /// Where the arcs of a flow node lead; free ones are among them.
    #[must_use]
    pub fn heads(self, row: FlowNode) -> &'g [FlowNode] {
        &self.heads[self.starts[row.index()] as usize..self.ends[row.index()] as usize]
    }

    /// How many arcs there are.
    #[must_use]
    pub fn arc_count(self) -> usize {
        self.starts.iter().zip(self.ends).map(|(start, end)| (end - start) as usize).sum()
    }
}
