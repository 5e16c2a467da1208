//! Two groups of nodes → the ordered pairs of them that count, and in which ways they have to be connected.

use crate::graph::CapabilityGraph;
use crate::model::{NodeId, Way, Within};

/// A node on one side of the pairs, with the class that says which pairs count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The node.
    pub node: NodeId,
    /// Its class, counted from 0.
    pub class: u32,
}

/// Which classes make a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// Different ones.
    Different,
    /// A row of a smaller class than its column.
    Below,
}

impl Apart {
    fn holds(self, row: u32, column: u32) -> bool {
        match self {
            Self::Different => row != column,
            Self::Below => row < column,
        }
    }
}

/// Ordered pairs of nodes, and when they count as connected.
#[derive(Debug)]
pub struct Pairs<'g> {
    pub(super) graph: &'g CapabilityGraph,
    /// In node order, each node once.
    pub(super) rows: Vec<Member>,
    /// By class, then in node order, each node once.
    pub(super) columns: Vec<Member>,
    pub(super) apart: Apart,
    pub(super) ways: Vec<Way>,
    pub(super) within: Within,
    /// Pairs that do not count, sorted.
    without: Vec<(NodeId, NodeId)>,
}

impl<'g> Pairs<'g> {
    /// All pairs of different nodes between two groups.
    #[must_use]
    pub fn between(graph: &'g CapabilityGraph, rows: &[NodeId], columns: &[NodeId]) -> Self {
        let member =
            |node: &NodeId| Member { node: *node, class: u32::try_from(node.index()).unwrap_or(u32::MAX) };
        let (rows, columns) = (rows.iter().map(member).collect(), columns.iter().map(member).collect());
        Self::of(graph, rows, columns, Apart::Different)
    }

    /// The pairs between members of some classes.
    #[must_use]
    pub fn of(
        graph: &'g CapabilityGraph,
        mut rows: Vec<Member>,
        mut columns: Vec<Member>,
        apart: Apart,
    ) -> Self {
        rows.sort_unstable_by_key(|row| row.node);
        rows.dedup_by_key(|row| row.node);
        columns.sort_unstable_by_key(|column| (column.class, column.node));
        columns.dedup_by_key(|column| column.node);
        let (ways, within) = (vec![Way::Influence], Within::Guards(0));
        Self { graph, rows, columns, apart, ways, within, without: Vec::new() }
    }

    /// The ways that count.
    #[must_use]
    pub fn by(mut self, ways: &[Way], within: Within) -> Self {
        // Those that go over the same arrows one after the other.
        self.ways = ways.to_vec();
        self.ways.sort_unstable_by_key(|way| (*way == Way::Exposure, *way));
        self.ways.dedup();
        self.within = within;
        self
    }

    /// Pairs that do not count.
    #[must_use]
    pub fn without(mut self, mut pairs: Vec<(NodeId, NodeId)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        self.without = pairs;
        self
    }

    /// Whether a pair counts.
    pub(super) fn counts(&self, row: Member, column: Member) -> bool {
        row.node != column.node
            && self.apart.holds(row.class, column.class)
            && self.without.binary_search(&(row.node, column.node)).is_err()
    }

    /// The rows of which some pairs do not count, and the others.
    pub(super) fn by_exception(&self) -> (Vec<Member>, Vec<Member>) {
        let is_one = |row: &Member| {
            let first = self.without.partition_point(|(from, _)| *from < row.node);
            self.without.get(first).is_some_and(|(from, _)| *from == row.node)
        };
        self.rows.iter().partition(|row| is_one(row))
    }
}
