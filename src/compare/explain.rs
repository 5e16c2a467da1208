//! What gained → why, by counterfactual: which changes it would take back to lose it again.
//!
//! A gain holds in a topology between base and head if there is a way where the base has none; of a way that got better, if the
//! first part of its cost that fell (guards, then sessions, then hops) is below the base's there too, or a part before it. A
//! change is *necessary* if the gain does not hold in the head without it, and *sufficient* if it holds in the base with it alone.
//! Where no change is necessary, changes are taken back in declared order as long as the gain still holds; those that only close
//! are taken back first, since no gain can need them. What is left is irreducible.

use super::cause::{Cause, CauseId, ChangeSets, Explained};
use super::change::{Change, ChangeId, ChangeIndex};
use super::delta::Delta;
use super::incremental;
use super::incremental::Authority;
use super::joint::Joint;
use super::partial::Partials;
use super::rebuild::{Gain, Rebuilds};
use crate::model::NodeId;

/// Explains each answer that is better than before, in order, and then each new loop.
pub(super) fn explain(
    joint: &Joint,
    changes: &[Change],
    index: &ChangeIndex,
    deltas: &[Delta],
    loops: &[Vec<NodeId>],
) -> (Vec<Cause>, Vec<CauseId>) {
    let partials = Partials::new(joint, changes, index);
    let (mut sets, mut explained) = of_pairs(&partials, changes, deltas);
    let gains: Vec<Gain<'_>> = loops.iter().map(|nodes| Gain::Loop(nodes)).collect();
    explained.extend(Rebuilds::new(&partials, changes, &gains).explain(&mut sets));
    number(sets.list, &explained)
}

/// How many guards authority may cost on top of its least: few are enough but for long ways, and every one is an arc more.
const AUTHORITY_COSTS: [u32; 2] = [6, 50];

fn of_pairs(partials: &Partials<'_>, changes: &[Change], deltas: &[Delta]) -> (ChangeSets, Vec<Explained>) {
    for most in AUTHORITY_COSTS {
        let Some(authority) = Authority::between(partials, changes, most) else { continue };
        if let Some(found) = incremental::explain(partials, changes, &authority, deltas) {
            return found;
        }
        // Dearer authority would be asked for as many closures again.
        if authority.has_run_out() {
            break;
        }
    }
    let gains: Vec<Gain<'_>> = deltas.iter().filter(|delta| delta.is_gain()).map(Gain::Pair).collect();
    let mut sets = ChangeSets::default();
    let explained = Rebuilds::new(partials, changes, &gains).explain(&mut sets);
    (sets, explained)
}

/// Each distinct cause once: by its changes, those where they are not all necessary first, and of two that are alike the one that
/// is enough.
fn number(sets: Vec<Vec<ChangeId>>, explained: &[Explained]) -> (Vec<Cause>, Vec<CauseId>) {
    let key = |one: &Explained| {
        4 * one.set as usize + 2 * usize::from(one.is_necessary) + usize::from(!one.is_sufficient)
    };
    let mut is_met = vec![false; 4 * sets.len()];
    explained.iter().for_each(|one| is_met[key(one)] = true);
    let mut met: Vec<usize> = (0..is_met.len()).filter(|key| is_met[*key]).collect();
    met.sort_unstable_by(|one, other| (&sets[one / 4], one % 4).cmp(&(&sets[other / 4], other % 4)));
    let mut ids = vec![CauseId::new(0); is_met.len()];
    let cause = |(position, key): (usize, usize)| {
        ids[key] = CauseId::new(position);
        Cause { changes: sets[key / 4].clone(), is_necessary: key % 4 >= 2, is_sufficient: key % 2 == 0 }
    };
    let causes = met.into_iter().enumerate().map(cause).collect();
    (causes, explained.iter().map(|one| ids[key(one)]).collect())
}
