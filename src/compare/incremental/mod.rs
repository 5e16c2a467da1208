//! Pairs that gain → which changes each gain comes from, without building the topologies between base and head.
//!
//! All of them are parts of one graph whose arcs have conditions, and a gain is one number of one row of it. Attackers are taken one
//! by one, in parallel; a row follows the changes that are taken back for it, and each of them costs what it moves. Edges that some
//! topologies derive and others do not hang on switches, which follow the changes.

mod attacker;
mod authority;
mod condition;
mod conditional_arcs;
mod costs;
mod draft;
mod edge_tracker;
mod irreducible;
mod queue;

use rayon::prelude::*;

use super::cause_sets::{Sets, Verdict};
use super::change::{Change, ChangeId, Effect};
use super::delta::Delta;
use super::partial::Partials;
use crate::model::Plane;
use crate::model::Way;
use attacker::{Asked, Attacker, UNBOUNDED};
pub(crate) use authority::Authority;
use costs::IncrementalCosts;
use draft::{Ground, act, call, own};

/// All that the rows have in common.
struct Plan<'a> {
    authority: &'a Authority<'a>,
    ground: Ground,
    nodes: usize,
    effects: Vec<Effect>,
    /// Changes that can open something, in declared order.
    opening: Vec<ChangeId>,
    /// Changes that only close.
    closing: Vec<ChangeId>,
    /// Both.
    moving: Vec<ChangeId>,
    /// Whether a change may open and close.
    is_mixed: bool,
}

impl<'a> Plan<'a> {
    fn new(authority: &'a Authority<'a>, ground: Ground, nodes: usize, changes: &[Change]) -> Self {
        let effects: Vec<Effect> = changes.iter().map(|change| change.effect).collect();
        let those = |is_one: fn(Effect) -> bool| {
            let some = effects.iter().enumerate().filter(|(_, effect)| is_one(**effect));
            some.map(|(position, _)| ChangeId::new(position)).collect()
        };
        Self {
            authority,
            ground,
            nodes,
            opening: those(Effect::opens),
            closing: those(|effect| effect == Effect::Closes),
            moving: those(|effect| effect != Effect::None),
            is_mixed: effects.contains(&Effect::Both),
            effects,
        }
    }

    fn effect(&self, change: ChangeId) -> Effect {
        self.effects[change.index()]
    }
}

/// Explains what pairs gain, in their order. Nothing where costs do not fit, or where what is derived goes beyond what can be followed.
pub(crate) fn explain(
    partials: &Partials<'_>,
    changes: &[Change],
    authority: &Authority<'_>,
    deltas: &[Delta],
) -> Option<(Sets, Vec<Verdict>)> {
    let ground = Ground::of(partials, authority)?;
    let plan = Plan::new(authority, ground, partials.nodes(), changes);
    let rows: Vec<&[Delta]> = deltas.chunk_by(|one, other| one.from == other.from).collect();
    let explained: Vec<(Sets, Vec<Verdict>)> = rows
        .par_iter()
        .map_init(
            || [Plane::Influence, Plane::Exposure].map(|plane| plan.attacker(plane)),
            |attackers, deltas| plan.row(attackers, deltas),
        )
        .collect();
    if authority.is_beyond() {
        return None;
    }
    let mut sets = Sets::default();
    let mut verdicts = Vec::with_capacity(explained.iter().map(|(_, verdicts)| verdicts.len()).sum());
    for (own, some) in explained {
        let numbers: Vec<u32> = own.list.into_iter().map(|set| sets.number(set)).collect();
        let renumbered =
            some.into_iter().map(|verdict| Verdict { set: numbers[verdict.set as usize], ..verdict });
        verdicts.extend(renumbered);
    }
    Some((sets, verdicts))
}

impl Plan<'_> {
    fn attacker(&self, plane: Plane) -> Attacker<'_, '_> {
        let arcs = match plane {
            Plane::Influence => &self.ground.influence,
            Plane::Exposure => &self.ground.exposure,
        };
        let row = IncrementalCosts::new(arcs, &self.ground.conditions, self.authority);
        Attacker::new(self, arcs, row)
    }

    /// What one attacker gains.
    fn row(&self, attackers: &mut [Attacker<'_, '_>; 2], deltas: &[Delta]) -> (Sets, Vec<Verdict>) {
        let gains: Vec<&Delta> = deltas.iter().filter(|delta| delta.is_gain()).collect();
        let mut asked: [Vec<Asked>; 2] = Default::default();
        for (gain, delta) in (0_u32..).zip(&gains) {
            let plane = usize::from(delta.question == Way::Exposure);
            asked[plane].push(self.asked(gain, delta));
        }
        let mut sets = Sets::default();
        let mut verdicts = vec![Verdict::NONE; gains.len()];
        if let Some(from) = gains.first().map(|delta| delta.from).filter(|_| !self.authority.is_beyond()) {
            let starts = [own(from), call(from)];
            for ((attacker, asked), start) in attackers.iter_mut().zip(asked).zip(starts) {
                attacker.explain(start, asked, &mut sets, &mut verdicts);
            }
        }
        (sets, verdicts)
    }

    fn asked(&self, gain: u32, delta: &Delta) -> Asked {
        let Ground { influence, exposure, .. } = &self.ground;
        let (arcs, vertex) = match (delta.question, delta.question.verb()) {
            (_, Some(verb)) => (influence, act(self.nodes, delta.to, verb)),
            (Way::Exposure, None) => (exposure, own(delta.to)),
            (_, None) => (influence, call(delta.to)),
        };
        // What is had done costs guards alone, and there a bar is one of guards alone.
        Asked { vertex, bound: delta.bar().map_or(UNBOUNDED, |bar| arcs.pack(bar)), gain }
    }
}
