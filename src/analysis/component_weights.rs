//! How many nodes a set of components stands for, for sets given as runs of numbers or as rows of bits.

use super::bits::WORD;
use super::intervals::Run;
use crate::graph::{Components, FlowNode};

/// Columns for which one note says whether a plane has anything: the widest block.
const CHUNK: usize = 64 * WORD;

/// Weights of components, ready to be summed over runs and rows.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Weight of all components before each; length: components + 1.
    before: Vec<u64>,
    /// The weights bit by bit: plane k holds the bit k of every component's weight. So the weight of a row is a few counts of
    /// ones, most planes being empty nearly everywhere.
    planes: Vec<BitPlane>,
}

#[derive(Debug, Clone)]
struct BitPlane {
    /// By component, padded to whole chunks.
    bits: Vec<u64>,
    /// By chunk: whether any bit is set in it.
    occupied: Vec<bool>,
}

impl Weights {
    /// Counts the doors that lie in each component.
    pub(super) fn of(components: &Components, doors: impl Iterator<Item = FlowNode>) -> Self {
        let mut weights = vec![0_u64; components.len()];
        for door in doors {
            weights[components.of(door)] += 1;
        }
        let mut before = Vec::with_capacity(weights.len() + 1);
        before.push(0);
        let mut sum = 0;
        for weight in &weights {
            sum += weight;
            before.push(sum);
        }
        Self { before, planes: planes(&weights) }
    }

    /// The weight of some runs.
    pub(super) fn of_runs(&self, runs: &[Run]) -> u64 {
        runs.iter().map(|run| self.before[run.high as usize + 1] - self.before[run.low as usize]).sum()
    }

    /// The weight of a row of bits whose first column is `first`.
    pub(super) fn of_row(&self, first: usize, row: &[u64]) -> u64 {
        let mut sum = 0;
        for (power, plane) in self.planes.iter().enumerate() {
            if plane.occupied[first / CHUNK] {
                let mask = &plane.bits[first / WORD..first / WORD + row.len()];
                let ones: u64 =
                    row.iter().zip(mask).map(|(bits, mask)| u64::from((bits & mask).count_ones())).sum();
                sum += ones << power;
            }
        }
        sum
    }
}

fn planes(weights: &[u64]) -> Vec<BitPlane> {
    let chunks = weights.len().div_ceil(CHUNK);
    let heaviest = weights.iter().max().copied().unwrap_or(0);
    let plane = |power: u32| {
        let mut plane = BitPlane { bits: vec![0; chunks * CHUNK / WORD], occupied: vec![false; chunks] };
        for (component, weight) in weights.iter().enumerate() {
            if weight >> power & 1 == 1 {
                plane.bits[component / WORD] |= 1 << (component % WORD);
                plane.occupied[component / CHUNK] = true;
            }
        }
        plane
    };
    (0..u64::BITS - heaviest.leading_zeros()).map(plane).collect()
}
