//! Which columns each row gets at, for some hundreds of columns at once: one bit a column, carried against the arrows through
//! the condensed graph, once for each number of guards.

use std::collections::VecDeque;

use super::ends::{WayEnd, direction};
use crate::graph::{CapabilityGraph, Components, Direction, FlowNode, Strength};
use crate::model::{Way, Within};

/// Columns that are carried at once.
pub(super) const BLOCK: usize = 512;

/// One bit a column of a block.
pub(super) type Bits = [u64; BLOCK / 64];

const NONE: Bits = [0; BLOCK / 64];

/// The graph that ways of one direction go over, condensed.
pub(super) struct Condensed {
    components: Components,
    /// By component, in the order in which bits are carried: where its arcs start in `arcs`. Length: components + 1.
    starts: Vec<u32>,
    /// To which component, past how many guards.
    arcs: Vec<(u32, u32)>,
    /// Components from those that nothing leads on from.
    order: Vec<u32>,
    /// The most guards on an arc.
    steepest: u32,
    within: Within,
}

impl Condensed {
    /// Condenses the plane that a way goes over. Without a limit on guards all arcs are alike.
    pub(super) fn of(graph: &CapabilityGraph, way: Way, within: Within) -> Self {
        let flows = graph.flows();
        let strength = if within == Within::Any { Strength::Any } else { Strength::Open };
        let components = Components::find(flows, way.plane(), strength);
        let count = u32::try_from(components.len()).unwrap_or(u32::MAX);
        // Components are numbered sinks first.
        let order: Vec<u32> = match direction(way) {
            Direction::Forward => (0..count).collect(),
            Direction::Reverse => (0..count).rev().collect(),
        };
        let (mut starts, mut arcs) = (vec![0], Vec::new());
        let mut of_one = Vec::new();
        for component in 0..count {
            for member in components.members(component as usize) {
                let found = flows.arcs_at(way.plane(), direction(way), *member);
                of_one.extend(found.map(|arc| {
                    let guards = if within == Within::Any { 0 } else { arc.cost().guards };
                    (u32::try_from(components.of(arc.other)).unwrap_or(u32::MAX), guards)
                }));
            }
            of_one.retain(|(other, _)| *other != component);
            of_one.sort_unstable();
            // Of several arcs to one component the least guarded counts.
            of_one.dedup_by_key(|(other, _)| *other);
            of_one.retain(|(_, guards)| *guards <= within.most());
            arcs.append(&mut of_one);
            starts.push(u32::try_from(arcs.len()).unwrap_or(u32::MAX));
        }
        let steepest = arcs.iter().map(|(_, guards)| *guards).max().unwrap_or(0);
        Self { components, starts, arcs, order, steepest, within }
    }

    fn arcs_of(&self, component: u32) -> &[(u32, u32)] {
        &self.arcs[self.starts[component as usize] as usize..self.starts[component as usize + 1] as usize]
    }

    /// By component: the columns of a block that are got at from it. `ends` are those of the block, each with its bit.
    pub(super) fn carry(&self, ends: &[(WayEnd, usize)]) -> Carried<'_> {
        let guards = |end: &WayEnd| if self.within == Within::Any { 0 } else { end.guards };
        let steepest = ends.iter().map(|(end, _)| guards(end)).max().unwrap_or(0).max(self.steepest);
        // One for each number of guards, the newest at the end: as many as one step can look back over.
        let mut levels: VecDeque<Vec<Bits>> = VecDeque::new();
        let mut unchanged = 0;
        for level in 0..=self.within.most() {
            let mut bits = vec![NONE; self.components.len()];
            for (end, column) in ends.iter().filter(|(end, _)| guards(end) <= level) {
                bits[self.components.of(end.door)][column / 64] |= 1 << (column % 64);
            }
            for component in &self.order {
                let mut own = bits[*component as usize];
                for (other, guards) in self.arcs_of(*component) {
                    match guards {
                        0 => join(&mut own, &bits[*other as usize]),
                        some if *some <= level => {
                            let before = levels.len() - *some as usize;
                            join(&mut own, &levels[before][*other as usize]);
                        }
                        _ => {}
                    }
                }
                bits[*component as usize] = own;
            }
            unchanged = if levels.back() == Some(&bits) { unchanged + 1 } else { 0 };
            levels.push_back(bits);
            if levels.len() > steepest.max(1) as usize {
                levels.pop_front();
            }
            // Once nothing has come in for as many guards as one step can take, nothing more comes.
            if self.within == Within::Any || (level >= steepest && unchanged >= steepest) {
                break;
            }
        }
        Carried { graph: self, bits: levels.pop_back().unwrap_or_default() }
    }
}

fn join(one: &mut Bits, other: &Bits) {
    for (word, more) in one.iter_mut().zip(other) {
        *word |= more;
    }
}

/// What was carried to each component.
pub(super) struct Carried<'c> {
    graph: &'c Condensed,
    bits: Vec<Bits>,
}

impl Carried<'_> {
    /// The columns that are got at from a flow node.
    pub(super) fn at(&self, node: FlowNode) -> &Bits {
        &self.bits[self.graph.components.of(node)]
    }
}
