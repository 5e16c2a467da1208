//! What the rows of all attackers have in common: the arcs with their conditions, the derived edges, and which changes can do what.

use super::authority::Authority;
use super::conditional_graph::ConditionalGraph;
use crate::compare::change::{Change, ChangeId};
use crate::compare::effect::Effect;

/// All that the rows have in common.
pub(super) struct Plan<'a> {
    pub(super) authority: &'a Authority<'a>,
    pub(super) graph: ConditionalGraph,
    pub(super) nodes: usize,
    pub(super) effects: Vec<Effect>,
    /// Changes that can open something, in declared order.
    pub(super) opening: Vec<ChangeId>,
    /// Changes that only close.
    pub(super) closing: Vec<ChangeId>,
    /// Both.
    pub(super) moving: Vec<ChangeId>,
    /// Whether a change may open and close.
    pub(super) is_mixed: bool,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        authority: &'a Authority<'a>,
        graph: ConditionalGraph,
        nodes: usize,
        changes: &[Change],
    ) -> Self {
        let effects: Vec<Effect> = changes.iter().map(|change| change.effect).collect();
        let those = |is_one: fn(Effect) -> bool| {
            let some = effects.iter().enumerate().filter(|(_, effect)| is_one(**effect));
            some.map(|(position, _)| ChangeId::new(position)).collect()
        };
        Self {
            authority,
            graph,
            nodes,
            opening: those(Effect::opens),
            closing: those(|effect| effect == Effect::Closes),
            moving: those(|effect| effect != Effect::None),
            is_mixed: effects.contains(&Effect::Both),
            effects,
        }
    }

    pub(super) fn effect(&self, change: ChangeId) -> Effect {
        self.effects[change.index()]
    }
}
