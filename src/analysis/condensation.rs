//! An adjacency → its condensation: components, and which distinct components each leads to directly.
//!
//! Components are numbered sinks first, so successors have smaller numbers, and what a component reaches is known by the time
//! that it is asked for.

use super::components::Components;
use crate::graph::Adjacency;

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
        let components = Components::of_adjacency(adjacency);
        let count = components.len();
        let mut starts = Vec::with_capacity(count + 1);
        let mut successors: Vec<u32> = Vec::with_capacity(count);
        // By component: the last one that was seen to lead to it.
        let mut seen_by = vec![u32::MAX; count];
        starts.push(0);
        for component in 0..count {
            let number = components.number_of(components.members(component)[0]);
            let first = successors.len();
            for member in components.members(component) {
                for head in adjacency.heads(*member) {
                    let other = components.number_of(*head);
                    if other != number && seen_by[other as usize] != number {
                        seen_by[other as usize] = number;
                        successors.push(other);
                    }
                }
            }
            successors[first..].sort_unstable_by(|one, other| other.cmp(one));
            starts.push(u32::try_from(successors.len()).unwrap_or(u32::MAX));
        }
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
}
