//! Arcs with conditions → rows for a search, one plane of all topologies between base and head together.

use super::condition::{ALWAYS, ConditionId};
use crate::graph::Cost;

/// A place that something comes to: a side of a node, something that can be had done to it, or a guard that is passed.
pub(crate) type Vertex = u32;

/// No arc.
pub(crate) const NO_ARC: u32 = u32::MAX;

/// An arc before rows are made of all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft {
    pub(crate) tail: Vertex,
    pub(crate) head: Vertex,
    pub(crate) cost: Cost,
    pub(crate) condition: ConditionId,
}

/// An arc, seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arc {
    /// What it costs, packed.
    pub(crate) price: u64,
    /// The vertex at its other end.
    pub(crate) other: Vertex,
    pub(crate) condition: ConditionId,
}

/// One plane: arcs by their tails, where their positions are their numbers, again by their heads, and by their conditions.
#[derive(Debug)]
pub(crate) struct ConditionalArcs {
    from: Vec<Arc>,
    /// By arc: where it comes from.
    tails: Vec<Vertex>,
    /// Where each vertex's arcs start; length: vertices + 1.
    from_starts: Vec<u32>,
    into: Vec<(u32, Arc)>,
    into_starts: Vec<u32>,
    /// Number, tail and head of arcs with a condition, by that.
    under: Vec<(u32, Vertex, Vertex)>,
    under_starts: Vec<u32>,
    prices: Prices,
}

impl ConditionalArcs {
    /// Rows over so many vertices; nothing where a path's cost may not fit into 64 bits.
    pub(crate) fn new(mut drafts: Vec<Draft>, vertices: usize, conditions: usize) -> Option<Self> {
        let prices = Prices::holding(&drafts, vertices)?;
        drafts.sort_by_key(|draft| draft.tail);
        let seen = |draft: &Draft, other: Vertex| Arc {
            price: prices.pack(draft.cost),
            other,
            condition: draft.condition,
        };
        let from = drafts.iter().map(|draft| seen(draft, draft.head)).collect();
        let from_starts = starts(vertices, drafts.iter().map(|draft| draft.tail));
        let tails = drafts.iter().map(|draft| draft.tail).collect();
        let mut numbered: Vec<(u32, &Draft)> = (0..).zip(&drafts).collect();
        numbered.sort_by_key(|(_, draft)| draft.head);
        let into = numbered.iter().map(|(number, draft)| (*number, seen(draft, draft.tail))).collect();
        let into_starts = starts(vertices, drafts.iter().map(|draft| draft.head));
        numbered.retain(|(_, draft)| draft.condition != ALWAYS);
        numbered.sort_by_key(|(number, draft)| (draft.condition, *number));
        let under_starts = starts(conditions, numbered.iter().map(|(_, draft)| draft.condition));
        let under = numbered.iter().map(|(number, draft)| (*number, draft.tail, draft.head)).collect();
        Some(Self { from, tails, from_starts, into, into_starts, under, under_starts, prices })
    }

    pub(crate) fn vertices(&self) -> usize {
        self.from_starts.len() - 1
    }

    /// The arcs from a vertex with their numbers.
    pub(crate) fn from(&self, vertex: Vertex) -> impl Iterator<Item = (u32, &Arc)> {
        let (start, end) = (self.from_starts[vertex as usize], self.from_starts[vertex as usize + 1]);
        (start..).zip(&self.from[start as usize..end as usize])
    }

    /// The arcs to a vertex with their numbers.
    pub(crate) fn into(&self, vertex: Vertex) -> &[(u32, Arc)] {
        &self.into[self.into_starts[vertex as usize] as usize..self.into_starts[vertex as usize + 1] as usize]
    }

    /// The arcs that are there if a condition holds: number, tail, head.
    pub(crate) fn under(&self, condition: ConditionId) -> &[(u32, Vertex, Vertex)] {
        let at = condition as usize;
        &self.under[self.under_starts[at] as usize..self.under_starts[at + 1] as usize]
    }

    /// One arc.
    pub(crate) fn arc(&self, number: u32) -> &Arc {
        &self.from[number as usize]
    }

    /// Where an arc comes from.
    pub(crate) fn tail(&self, number: u32) -> Vertex {
        self.tails[number as usize]
    }

    /// A cost as the rows have it.
    pub(crate) fn pack(&self, cost: Cost) -> u64 {
        self.prices.pack(cost)
    }
}

/// Where each key's items start, where they stand in the order of keys.
fn starts(keys: usize, items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0_u32; keys + 1];
    for key in items {
        starts[key as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
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
