//! Some pairs → the best paths of each after the change, in their order.

use super::links::ends;
use crate::analysis::Hop;
use crate::compare::{Comparison, RouteHop, Routes, Side};
use crate::findings::Pair;
use crate::report::review::words::lead;

/// The paths of some pairs, in their order. Those of one attacker are looked for together, since they share a search.
pub(super) fn routes<'p>(comparison: &Comparison, pairs: &[&'p Pair]) -> Vec<(&'p Pair, Vec<RouteHop>)> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|at| (pairs[*at].from, *at));
    let mut finder = Routes::new(comparison, Side::Head);
    let mut found: Vec<(usize, Vec<RouteHop>)> = Vec::with_capacity(pairs.len());
    for at in order {
        let delta = lead(pairs[at]);
        let Some(route) = finder.find(delta.from, delta.question, delta.to) else { continue };
        let act = route.act.map(|act| {
            let verb = comparison.graph(Side::Head).edge(act.hop.edge).verb;
            let (from, to) = ends(verb, act.hop.from, act.hop.to);
            RouteHop { hop: Hop { from, to, ..act.hop }, ..act }
        });
        found.push((at, route.hops.into_iter().chain(act).collect()));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(at, hops)| (pairs[at], hops)).collect()
}
