//! Pairs that gain → which changes each gain comes from, without building the topologies between base and head.
//!
//! All of them are parts of one graph whose arcs have conditions, and a gain is one number of one row of it. Attackers are taken one
//! by one, in parallel; a row follows the changes that are taken back for it, and each of them costs what it moves. Edges that some
//! topologies derive and others do not hang on switches, which follow the changes.

mod attacker;
mod authority;
mod conditional_graph;
mod conditions;
mod costs;
mod plan;
mod queue;

use rayon::prelude::*;

use super::cause::{ChangeSets, Explained};
use super::change::Change;
use super::delta::Delta;
use super::partial::Partials;
use crate::model::Plane;
use crate::model::Way;
use attacker::{Asked, Attacker, UNBOUNDED};
pub(super) use authority::Authority;
use conditional_graph::{ConditionalGraph, act, call, own};
use costs::IncrementalCosts;
use plan::Plan;

/// Explains what pairs gain, in their order. Nothing where costs do not fit, or where what is derived goes beyond what can be followed.
pub(super) fn explain(
    partials: &Partials<'_>,
    changes: &[Change],
    authority: &Authority<'_>,
    deltas: &[Delta],
) -> Option<(ChangeSets, Vec<Explained>)> {
    let graph = ConditionalGraph::of(partials, authority)?;
    let plan = Plan::new(authority, graph, partials.nodes(), changes);
    let rows: Vec<&[Delta]> = deltas.chunk_by(|one, other| one.from == other.from).collect();
    let by_row: Vec<(ChangeSets, Vec<Explained>)> = rows
        .par_iter()
        .map_init(
            || [Plane::Influence, Plane::Exposure].map(|plane| plan.attacker(plane)),
            |attackers, deltas| plan.row(attackers, deltas),
        )
        .collect();
    if authority.is_beyond() {
        return None;
    }
    let mut sets = ChangeSets::default();
    let mut explained = Vec::with_capacity(by_row.iter().map(|(_, explained)| explained.len()).sum());
    for (own, some) in by_row {
        let numbers: Vec<u32> = own.list.into_iter().map(|set| sets.number(set)).collect();
        let renumbered = some.into_iter().map(|one| Explained { set: numbers[one.set as usize], ..one });
        explained.extend(renumbered);
    }
    Some((sets, explained))
}

impl Plan<'_> {
    fn attacker(&self, plane: Plane) -> Attacker<'_, '_> {
        let arcs = match plane {
            Plane::Influence => &self.graph.influence,
            Plane::Exposure => &self.graph.exposure,
        };
        let row = IncrementalCosts::new(arcs, &self.graph.conditions, self.authority);
        Attacker::new(self, arcs, row)
    }

    /// What one attacker gains.
    fn row(&self, attackers: &mut [Attacker<'_, '_>; 2], deltas: &[Delta]) -> (ChangeSets, Vec<Explained>) {
        let gains: Vec<&Delta> = deltas.iter().filter(|delta| delta.is_gain()).collect();
        let mut asked: [Vec<Asked>; 2] = Default::default();
        for (gain, delta) in (0_u32..).zip(&gains) {
            let plane = usize::from(delta.question == Way::Exposure);
            asked[plane].push(self.asked(gain, delta));
        }
        let mut sets = ChangeSets::default();
        let mut explained = vec![Explained::NONE; gains.len()];
        if let Some(from) = gains.first().map(|delta| delta.from).filter(|_| !self.authority.is_beyond()) {
            let starts = [own(from), call(from)];
            for ((attacker, asked), start) in attackers.iter_mut().zip(asked).zip(starts) {
                attacker.explain(start, asked, &mut sets, &mut explained);
            }
        }
        (sets, explained)
    }

    fn asked(&self, gain: u32, delta: &Delta) -> Asked {
        let ConditionalGraph { influence, exposure, .. } = &self.graph;
        let (arcs, vertex) = match (delta.question, delta.question.verb()) {
            (_, Some(verb)) => (influence, act(self.nodes, delta.to, verb)),
            (Way::Exposure, None) => (exposure, own(delta.to)),
            (_, None) => (influence, call(delta.to)),
        };
        // What is had done costs guards alone, and there a bar is one of guards alone.
        Asked { vertex, bound: delta.bar().map_or(UNBOUNDED, |bar| arcs.pack(bar)), gain }
    }
}
