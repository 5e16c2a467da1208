//! An adjacency → its condensation: components, and which distinct components each leads to directly.
//!
//! Components are numbered sinks first, so successors have smaller numbers, and what a component reaches is known by the time
//! that it is asked for.

use crate::graph::{Adjacency, Components, sort_falling};

/// The acyclic graph of components.
#[derive(Debug, Clone)]
pub(super) struct Condensation {
    pub(super) components: Components,
    /// Where each component's successors start; length: components + 1.
    starts: Vec<u32>,
    /// Distinct successors of each component, the largest number first.
    successors: Vec<u32>,
}

impl Condensation {
    /// Finds the components of an adjacency and what they lead to.
    pub(super) fn of(adjacency: Adjacency<'_>) -> Self {
        let (components, (starts, successors)) = Components::with_successors(adjacency);
        Self { components, starts, successors }
    }

    /// How many components there are.
    pub(super) fn len(&self) -> usize {
        self.components.len()
    }

    /// The distinct components that a component leads to directly, the largest number first.
    pub(super) fn successors(&self, component: usize) -> &[u32] {
        &self.successors[self.starts[component] as usize..self.starts[component + 1] as usize]
    }

    /// The same with components numbered by level: first those that lead nowhere, then those that lead to them alone, and so on.
    /// Successors still have smaller numbers, and mostly lie close together, which rows that are read one after the other need.
    pub(super) fn by_level(self) -> Self {
        let count = self.len();
        let mut levels = vec![0_u32; count];
        for component in 0..count {
            let below = self.successors(component).iter().map(|other| levels[*other as usize] + 1);
            levels[component] = below.max().unwrap_or(0);
        }
        let order = counted_order(&levels);
        let mut numbers = vec![0_u32; count];
        for (number, component) in (0_u32..).zip(&order) {
            numbers[*component as usize] = number;
        }
        let mut starts = Vec::with_capacity(count + 1);
        let mut successors: Vec<u32> = Vec::with_capacity(self.successors.len());
        starts.push(0);
        for component in &order {
            let first = successors.len();
            successors
                .extend(self.successors(*component as usize).iter().map(|other| numbers[*other as usize]));
            sort_falling(&mut successors[first..]);
            starts.push(u32::try_from(successors.len()).unwrap_or(u32::MAX));
        }
        Self { components: self.components.renumbered(&numbers, &order), starts, successors }
    }
}

/// Positions by rising key, equal ones in their order.
fn counted_order(keys: &[u32]) -> Vec<u32> {
    let most = keys.iter().max().map_or(0, |most| *most as usize);
    let mut next = vec![0_u32; most + 2];
    for key in keys {
        next[*key as usize + 1] += 1;
    }
    for key in 1..next.len() {
        next[key] += next[key - 1];
    }
    let mut order = vec![0_u32; keys.len()];
    for (position, key) in (0_u32..).zip(keys) {
        let slot = &mut next[*key as usize];
        order[*slot as usize] = position;
        *slot += 1;
    }
    order
}
