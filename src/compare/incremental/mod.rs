//! Pairs that gain → which changes each gain comes from, without building the topologies between base and head.
//!
//! All of them are parts of one graph whose arcs have conditions, and a gain is one number of one row of it. Attackers are taken one
//! by one, in parallel; a row follows the changes that are taken back for it, and each of them costs what it moves. Edges that some
//! topologies derive and others do not hang on switches, which follow the changes.
//!
//! A worked example (the test below). The base has three agents without an edge, and the head three new edges, in this order:
//!
//! ```text
//! e1: a writes b   e2: a writes c   e3: b writes c         one graph:   a → b if e1   a → c if e2   b → c if e3
//! the row of a in the head        b at 1 hop by e1, c at 1 hop by e2
//! without e1                      b is lost, and c stays: e1 is necessary for (a, b)
//! without e2, e1 made again       c is found again at 2 hops, by e3: nothing is lost
//! without e3, e2 made again       nothing moves; no best path uses e3, so that it is not even tried
//! so nothing is necessary for (a, c): changes are taken back one after the other as long as c is reached
//!   e1 back: c stays, by e2       e2 back as well: c is lost, so that e2 is made again       e3 back: c stays, by e2
//! what is left, {e2}, is the cause of (a, c)
//! on the base, the row of a with e1 alone: b is there, so that e1 is sufficient for (a, b)
//! ```

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
use crate::model::{Plane, Way};
use attacker::{Asked, Attacker, UNBOUNDED};
pub(super) use authority::Authority;
use conditional_graph::{ConditionalGraph, act, reached, start};
use costs::IncrementalCosts;
use plan::Plan;

/// Explains what pairs gain, in their order. `None` where costs do not fit, or where more is derived than is followed.
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
            let starts = [start(from), reached(from)];
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
            (Way::Exposure, None) => (exposure, start(delta.to)),
            (_, None) => (influence, reached(delta.to)),
        };
        // What is had done costs guards alone, and there a bar is one of guards alone.
        Asked { vertex, bound: delta.bar().map_or(UNBOUNDED, |bar| arcs.pack(bar)), gain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::change::{ChangeIndex, changes};
    use crate::compare::closure::Closure;
    use crate::compare::delta::deltas;
    use crate::compare::joint::{Joint, Side};
    use crate::graph::CapabilityGraph;
    use crate::model::Spec;

    #[test]
    fn what_is_not_necessary_is_taken_back_in_declared_order() {
        let spec = |text| Spec::from_text("three.yaml", text).expect("a valid spec");
        let base = spec("version: 1\nagents: {a: {}, b: {}, c: {}}\n");
        let head = spec("version: 1\nagents:\n  a: {write: [b, c]}\n  b: {write: [c]}\n  c: {}\n");
        let joint = Joint::of(&base, &head).expect("no renames");
        let changes = changes(&joint);
        let index = ChangeIndex::of(&joint, &changes);
        let graph = |side| CapabilityGraph::build(joint.spec(side).clone());
        let closures = Side::BOTH.map(|side| Closure::of(&graph(side)));
        let found = deltas(&joint, &closures[0], &closures[1], usize::MAX).expect("few").all;
        let partials = Partials::new(&joint, &changes, &index);
        let authority = Authority::between(&partials, &changes, 6).expect("nothing is derived");
        let (sets, explained) = explain(&partials, &changes, &authority, &found).expect("costs fit");
        let gains = found.iter().filter(|delta| delta.is_gain()).zip(&explained);
        let influence = gains.filter(|(delta, _)| delta.question == Way::Influence);
        let causes: Vec<_> = influence
            .map(|(delta, one)| {
                let set: Vec<usize> =
                    sets.list[one.set as usize].iter().map(|change| change.index()).collect();
                ((delta.from.index(), delta.to.index()), set, one.is_necessary, one.is_sufficient)
            })
            .collect();
        let wanted =
            [((0, 1), vec![0], true, true), ((0, 2), vec![1], false, true), ((1, 2), vec![2], true, true)];
        assert_eq!(causes, wanted);
    }
}
