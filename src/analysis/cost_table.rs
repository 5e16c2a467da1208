//! Full costs of all pairs in one plane, kept.
//!
//! Targets are taken in blocks. In a block every flow node has a row of packed costs, one lane a target, and is computed from
//! the rows that its arcs lead to: components in the order in which they were emitted, so that what lies behind one is final;
//! inside a loop whatever fell is offered to those before it until nothing falls (Bellman's equations in Gauss and Seidel's
//! order). Blocks are independent and run in parallel.

use rayon::prelude::*;

use super::cost_block::{Block, Costs, Seen};
use super::cost_flow::Flow;
use super::packed_costs::{Fields, LANES, Packed};
use crate::graph::Zeroed;
use crate::graph::{CapabilityGraph, Cost};
use crate::model::{NodeId, Plane};

/// Best costs own(A) → call(B) of all pairs, in the narrowest number that holds every one of them.
#[derive(Debug)]
pub struct CostTable {
    nodes: usize,
    fields: Fields,
    cells: Cells,
}

/// By block of targets, then by node, then by lane: a packed cost; 0 where there is no path.
#[derive(Debug)]
enum Cells {
    One(Zeroed<u8>),
    Two(Zeroed<i16>),
    Four(Zeroed<i32>),
    Eight(Zeroed<i64>),
    Sixteen(Zeroed<i128>),
}

impl CostTable {
    /// Computes all costs of a plane. Takes one to sixteen bytes a pair, the fewest that its costs need.
    #[must_use]
    pub fn compute(graph: &CapabilityGraph, plane: Plane) -> Self {
        let flow = Flow::new(graph, plane);
        let mut most = flow.guess(graph, plane);
        loop {
            let fields = Fields::holding(most);
            // Where a guess was too low this says what was seen, and no cell of it is kept.
            match fill(&flow, fields) {
                Ok(cells) => return Self { nodes: flow.targets.len(), fields, cells },
                Err(narrow) => most = std::array::from_fn(|part| most[part].max(2 * narrow[part])),
            }
        }
    }

    /// The cost of a pair: nothing where there is no path, and of a node to itself.
    #[must_use]
    pub fn cost(&self, from: NodeId, to: NodeId) -> Option<Cost> {
        let (block, lane) = (to.index() / LANES, to.index() % LANES);
        let at = (block * self.nodes + from.index()) * LANES + lane;
        match &self.cells {
            Cells::One(cells) => self.unpack(cells.as_slice()[at]),
            Cells::Two(cells) => self.unpack(cells.as_slice()[at]),
            Cells::Four(cells) => self.unpack(cells.as_slice()[at]),
            Cells::Eight(cells) => self.unpack(cells.as_slice()[at]),
            Cells::Sixteen(cells) => self.unpack(cells.as_slice()[at]),
        }
    }

    /// Bytes that the cells take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let cells = self.nodes.div_ceil(LANES) * LANES * self.nodes;
        cells * self.bytes_a_cell()
    }

    /// Bytes that one pair takes.
    #[must_use]
    pub fn bytes_a_cell(&self) -> usize {
        match &self.cells {
            Cells::One(_) => 1,
            Cells::Two(_) => 2,
            Cells::Four(_) => 4,
            Cells::Eight(_) => 8,
            Cells::Sixteen(_) => 16,
        }
    }

    fn unpack<T: Packed>(&self, packed: T) -> Option<Cost> {
        (packed != T::zeroed()).then(|| self.fields.unpack(packed))
    }
}

/// The table in the narrowest type that the fields fit in; or, of the parts that turn out to be too narrow, what they should
/// hold at least.
fn fill(flow: &Flow, fields: Fields) -> Result<Cells, [u64; 3]> {
    Ok(match fields.all {
        0..=8 => Cells::One(table(flow, fields)?),
        9..=15 => Cells::Two(table(flow, fields)?),
        16..=30 => Cells::Four(table(flow, fields)?),
        31..=62 => Cells::Eight(table(flow, fields)?),
        _ => Cells::Sixteen(table(flow, fields)?),
    })
}

/// All cells as packed numbers of one type, unless a part may have run over; see [`fill`].
fn table<T: Packed>(flow: &Flow, fields: Fields) -> Result<Zeroed<T>, [u64; 3]> {
    let nodes = flow.targets.len();
    let blocks = nodes.div_ceil(LANES);
    let mut cells: Zeroed<T> = Zeroed::new(blocks * LANES * nodes);
    let costs = Costs::pack(flow, fields);
    let chunks = cells.as_mut_slice().par_chunks_mut((LANES * nodes).max(1)).enumerate();
    let seen = chunks
        .map_init(
            || Block::new(flow, fields),
            |work, (block, cells)| {
                work.close(flow, &costs, block * LANES);
                work.write(flow, block * LANES, cells);
                work.seen
            },
        )
        .reduce(Seen::nothing, Seen::and);
    let narrow = too_narrow::<T>(fields, flow.steepest, seen);
    if narrow == [0; 3] { Ok(cells) } else { Err(narrow) }
}

/// The parts that may have run over, each with what it should hold at least; nought for those that hold.
///
/// An arc adds one hop, at most one session, and some guards. So as long as no part of any row is filled to the brim and no sum
/// comes near "no path", no addition ever ran from one part into the next: the rows solve Bellman's equations part by part, and
/// there is one solution.
fn too_narrow<T: Packed>(fields: Fields, steepest: Cost, seen: Seen<T>) -> [u64; 3] {
    let largest = seen.cost.unpack() + fields.pack::<T>(steepest).unpack();
    let over = largest >= T::NONE.unpack();
    let most = seen.parts(fields);
    let brim = |bits: u32, most: u64| most + 1 >= 1_u64.checked_shl(bits).unwrap_or(u64::MAX);
    let has = [steepest.guards > 0, steepest.sessions > 0, steepest.hops > 0];
    let narrow = [
        has[0] && over,
        has[1] && (brim(fields.sessions, most[1]) || over && !has[0]),
        has[2] && (brim(fields.hops, most[2]) || over && !has[0] && !has[1]),
    ];
    std::array::from_fn(|part| if narrow[part] { most[part] + 1 } else { 0 })
}
