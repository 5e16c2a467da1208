//! What an arc is, and the arcs of one plane in one direction in compressed rows: by flow node, its arcs without a guard first, then
//! the others.
//!
//! The open arcs of a row are a prefix of it, so that "open" and "any" are two ends of the same row and no walk has to look at
//! guards to tell them apart. What an arc costs and which edge it stands for lie apart from where it leads: a closure never
//! touches them.

use super::cost::Cost;
use super::edge::EdgeId;
use crate::model::index_type;

index_type! {
    /// A flow node: one side of a node.
    FlowNode
}

/// Along the arrows or against them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From where content starts.
    Forward,
    /// From where content arrives.
    Reverse,
}

/// What an arc stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The free step own → call of a node.
    Free,
    /// A flow of this edge.
    Edge(EdgeId),
}

/// An arc, seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub struct Arc {
    /// The flow node at the other end.
    pub other: FlowNode,
    /// What it stands for.
    pub step: Step,
    pub(super) guards: u32,
    pub(super) leaves_persistent: bool,
}

impl Arc {
    /// What taking the arc costs.
    #[must_use]
    pub fn cost(&self) -> Cost {
        match self.step {
            Step::Free => Cost::ZERO,
            Step::Edge(_) => {
                Cost { guards: self.guards, sessions: u32::from(self.leaves_persistent), hops: 1 }
            }
        }
    }
}

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

    /// Whether something at this cost counts.
    #[must_use]
    pub fn counts(self, cost: Cost) -> bool {
        self == Self::Any || cost.is_open()
    }
}

/// Compressed rows. Shapes: `bounds` has one entry more than there are flow nodes, the arrays of arcs are as long as there are
/// arcs.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// By flow node: where its arcs start, and where those without a guard end. Side by side, as a walk needs both.
    bounds: Vec<[u32; 2]>,
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
        let mut bounds = vec![[0_u32; 2]; flow_nodes + 1];
        for arc in arcs {
            let row = near(arc).0.index();
            bounds[row + 1][0] += 1;
            bounds[row][1] += u32::from(arc.guards == 0);
        }
        for row in 0..flow_nodes {
            bounds[row][1] += bounds[row][0];
            bounds[row + 1][0] += bounds[row][0];
        }
        let mut next = bounds.clone();
        let guarded = arcs.iter().any(|arc| arc.guards > 0);
        let mut rows = Self {
            bounds,
            heads: vec![FlowNode::new(0); arcs.len()],
            steps: vec![FREE; arcs.len()],
            guards: vec![0; if guarded { arcs.len() } else { 0 }],
        };
        for arc in arcs {
            let (row, head) = near(arc);
            let next = &mut next[row.index()][usize::from(arc.guards > 0)];
            let slot = *next as usize;
            *next += 1;
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
        let (from, to) = (self.bounds[row.index()][0], self.bounds[row.index() + 1][0]);
        (from as usize..to as usize).map(|at| Arc {
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
        let [start, open_end] = self.bounds[row.index()];
        &self.heads[start as usize..open_end as usize]
    }

    /// Where the guarded arcs of a row lead, each with its guards.
    pub(super) fn guarded(&self, row: FlowNode) -> impl Iterator<Item = (FlowNode, u32)> + '_ {
        let guarded = self.bounds[row.index()][1] as usize..self.bounds[row.index() + 1][0] as usize;
        // Where nothing is guarded there are no guards to look at, and the range is empty.
        guarded.map(|at| (self.heads[at], self.guards[at]))
    }

    /// The rows without costs.
    pub(super) fn adjacency(&self, strength: Strength) -> Adjacency<'_> {
        Adjacency { bounds: &self.bounds, heads: &self.heads, strength }
    }
}

/// Who is next to whom, in one plane and direction and over the arcs of one strength: what a boolean closure needs.
#[derive(Debug, Clone, Copy)]
pub struct Adjacency<'g> {
    bounds: &'g [[u32; 2]],
    heads: &'g [FlowNode],
    strength: Strength,
}

impl<'g> Adjacency<'g> {
    /// Rows that somebody else has made: by row (and one more) where it starts and ends.
    pub(super) fn of_rows(bounds: &'g [[u32; 2]], heads: &'g [FlowNode]) -> Self {
        Self { bounds, heads, strength: Strength::Open }
    }

    /// How many flow nodes there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// Whether there is no flow node at all.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Where the arcs of a flow node lead; free ones are among them.
    #[must_use]
    pub fn heads(self, row: FlowNode) -> &'g [FlowNode] {
        let [start, open_end] = self.bounds[row.index()];
        let end = match self.strength {
            Strength::Open => open_end,
            Strength::Any => self.bounds[row.index() + 1][0],
        };
        &self.heads[start as usize..end as usize]
    }

    /// How many arcs there are.
    #[must_use]
    pub fn arc_count(self) -> usize {
        (0..self.len()).map(|row| self.heads(FlowNode::new(row)).len()).sum()
    }
}
