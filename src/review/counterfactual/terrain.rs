//! Arcs with conditions → rows for a search, one plane of all topologies between base and head together.

use super::condition::ConditionId;
use crate::graph::Cost;

/// A place that something comes to: a side of a node, something that can be had done to it, or a guard that is passed.
pub(super) type Vertex = u32;

/// No arc.
pub(super) const NO_ARC: u32 = u32::MAX;

/// An arc before rows are made of all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft {
    pub(super) tail: Vertex,
    pub(super) head: Vertex,
    pub(super) cost: Cost,
    pub(super) condition: ConditionId,
}

/// An arc; its position is its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub(super) tail: Vertex,
    pub(super) head: Vertex,
    pub(super) condition: ConditionId,
    /// What it costs, packed.
    pub(super) price: u64,
}

/// One plane: arcs by their tails, with an index by heads and one by conditions.
#[derive(Debug)]
pub(super) struct Terrain {
    pub(super) arcs: Vec<Arc>,
    /// Where each vertex's arcs start; length: vertices + 1.
    starts: Vec<u32>,
    into: Index,
    by_condition: Index,
    prices: Prices,
}

impl Terrain {
    /// Rows over so many vertices; nothing where a path's cost may not fit into 64 bits.
    pub(super) fn new(mut drafts: Vec<Draft>, vertices: usize, conditions: usize) -> Option<Self> {
        let prices = Prices::holding(&drafts, vertices)?;
        drafts.sort_by_key(|draft| draft.tail);
        let arc = |draft: &Draft| Arc {
            tail: draft.tail,
            head: draft.head,
            condition: draft.condition,
            price: prices.pack(draft.cost),
        };
        let arcs: Vec<Arc> = drafts.iter().map(arc).collect();
        let starts = Index::of(vertices, &arcs, |arc| arc.tail).starts;
        let into = Index::of(vertices, &arcs, |arc| arc.head);
        let by_condition = Index::of(conditions, &arcs, |arc| arc.condition);
        Some(Self { arcs, starts, into, by_condition, prices })
    }

    pub(super) fn vertices(&self) -> usize {
        self.starts.len() - 1
    }

    /// The arcs from a vertex.
    pub(super) fn from(&self, vertex: Vertex) -> std::ops::Range<u32> {
        self.starts[vertex as usize]..self.starts[vertex as usize + 1]
    }

    /// The arcs to a vertex.
    pub(super) fn into(&self, vertex: Vertex) -> &[u32] {
        self.into.of_key(vertex)
    }

    /// The arcs that are there if a condition holds.
    pub(super) fn under(&self, condition: ConditionId) -> &[u32] {
        self.by_condition.of_key(condition)
    }

    /// A cost as the rows have it.
    pub(super) fn pack(&self, cost: Cost) -> u64 {
        self.prices.pack(cost)
    }
}

/// Positions of arcs by some key.
#[derive(Debug)]
struct Index {
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl Index {
    fn of(keys: usize, arcs: &[Arc], key: impl Fn(&Arc) -> u32) -> Self {
        let mut starts = vec![0_u32; keys + 1];
        for arc in arcs {
            starts[key(arc) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut list = vec![0; arcs.len()];
        for (position, arc) in (0_u32..).zip(arcs) {
            let slot = &mut next[key(arc) as usize];
            list[*slot as usize] = position;
            *slot += 1;
        }
        Self { starts, list }
    }

    fn of_key(&self, key: u32) -> &[u32] {
        &self.list[self.starts[key as usize] as usize..self.starts[key as usize + 1] as usize]
    }
}

/// How costs are packed into one number so that the order of numbers is theirs: guards, sessions and hops side by side, each in
/// as many bits as any best path can need.
#[derive(Debug, Clone, Copy)]
struct Prices {
    sessions: u32,
    hops: u32,
}

impl Prices {
    fn holding(drafts: &[Draft], vertices: usize) -> Option<Self> {
        // A best path comes to no vertex twice, and one arc more is looked at from its end.
        let arcs = vertices as u64 + 1;
        let most = |part: fn(&Cost) -> u32| {
            let steepest = drafts.iter().map(|draft| part(&draft.cost)).max().unwrap_or(0);
            arcs.checked_mul(u64::from(steepest)).map(|most| u64::BITS - most.leading_zeros())
        };
        let guards = most(|cost| cost.guards)?;
        let (sessions, hops) = (most(|cost| cost.sessions)?, most(|cost| cost.hops)?);
        (guards + sessions + hops < u64::BITS).then_some(Self { sessions, hops })
    }

    fn pack(self, cost: Cost) -> u64 {
        let guards = u64::from(cost.guards) << (self.sessions + self.hops);
        guards | u64::from(cost.sessions) << self.hops | u64::from(cost.hops)
    }
}
