//! The hops of all paths, each once: paths are lists of positions among them.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Hop, Leg};
use crate::compare::{BareRoute, Comparison, Delta, Routes, Side};
use crate::graph::{Cost, Edge, EdgeId};
use crate::model::{NodeId, Verb};
use crate::report::findings::place::place_of_edge;
use crate::report::wire::parts;
use crate::report::wire::parts::At;

/// One hop of a path.
#[derive(Serialize, JsonSchema)]
pub(super) struct StepJson<'a> {
    /// The side whose paths take it, and whose files `file` and `line` speak of: `base` or `head`.
    side: &'static str,
    /// Where content comes from; of an act, who does it.
    from: &'a str,
    /// Where it goes; of an act, to whom it is done.
    to: &'a str,
    verb: &'static str,
    /// `request`, `result` for what an invoke brings back, or `act` for the edge that ends what can be had done. The actor is
    /// `to` in the request of a read or observe and in a result, else `from`.
    leg: &'static str,
    /// `declared`, or the rule that derives the edge.
    origin: &'static str,
    /// The role, key or credential that a derived edge exists for.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
    /// Whether the other side has no such edge, or has it otherwise.
    #[serde(skip_serializing_if = "is_false")]
    changed: bool,
    /// Position among `changes` of the change that the edge goes with.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<usize>,
    /// The declaration of the edge, or of what a derived edge exists for.
    #[serde(flatten)]
    at: At<'a>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// What an edge does on a path: one of its flows, or the act at the end.
const LEGS: [Option<Leg>; 3] = [Some(Leg::Request), Some(Leg::Result), None];

/// The steps that some path takes.
pub(super) struct Steps<'a> {
    comparison: &'a Comparison,
    /// By side, then by edge and leg: the position in the list.
    positions: [Vec<u32>; 2],
    /// Those that are taken: side, then edge, then leg.
    list: Vec<(Side, EdgeId, Option<Leg>)>,
}

impl<'a> Steps<'a> {
    /// Walks all paths once, so that each step is known before the first path is written.
    pub(super) fn of(comparison: &'a Comparison) -> Self {
        let taken = Side::BOTH.map(|side| {
            let slots = comparison.graph(side).edges().len() * LEGS.len();
            (0..slots).map(|_| AtomicBool::new(false)).collect::<Vec<_>>()
        });
        let rows: Vec<&[Delta]> = comparison.deltas().chunk_by(|one, other| one.from == other.from).collect();
        rows.par_iter().for_each(|deltas| {
            for (side, taken) in Side::BOTH.into_iter().zip(&taken) {
                let mut routes = Routes::new(comparison, side);
                for Delta { from, question, to, .. } in *deltas {
                    let route = routes.find_bare(*from, *question, *to);
                    slots_of(route.as_ref()).for_each(|slot| taken[slot].store(true, Ordering::Relaxed));
                }
            }
        });
        Self::numbered(comparison, &taken)
    }

    fn numbered(comparison: &'a Comparison, taken: &[Vec<AtomicBool>; 2]) -> Self {
        let mut list = Vec::new();
        let mut positions: [Vec<u32>; 2] = Default::default();
        for ((side, taken), positions) in Side::BOTH.into_iter().zip(taken).zip(&mut positions) {
            for (slot, is_taken) in taken.iter().enumerate() {
                positions.push(u32::try_from(list.len()).unwrap_or(u32::MAX));
                if is_taken.load(Ordering::Relaxed) {
                    list.push((side, EdgeId::new(slot / LEGS.len()), LEGS[slot % LEGS.len()]));
                }
            }
        }
        Self { comparison, positions, list }
    }

    /// The positions of a route's steps, in its order.
    pub(super) fn path(&self, side: Side, route: &BareRoute) -> Vec<u32> {
        let positions = &self.positions[side as usize];
        slots_of(Some(route)).map(|slot| positions[slot]).collect()
    }

    /// All of them, in order.
    pub(super) fn list(&self) -> impl Iterator<Item = StepJson<'a>> + '_ {
        self.list.iter().map(|(side, edge, leg)| step(self.comparison, *side, *edge, *leg))
    }
}

/// Where the steps of a route are noted.
fn slots_of(route: Option<&BareRoute>) -> impl Iterator<Item = usize> + '_ {
    let hops = route.into_iter().flat_map(|route| &route.hops);
    let flows = hops.map(|hop| hop.edge.index() * LEGS.len() + usize::from(hop.leg == Leg::Result));
    let act = route.and_then(|route| route.act).map(|hop| hop.edge.index() * LEGS.len() + 2);
    flows.chain(act)
}

fn step(comparison: &Comparison, side: Side, id: EdgeId, leg: Option<Leg>) -> StepJson<'_> {
    let graph = comparison.graph(side);
    let edge = graph.edge(id);
    let (from, to) = ends(edge, leg);
    let hop = Hop { edge: id, leg: leg.unwrap_or(Leg::Request), from, to, cost: Cost::ZERO };
    let marked = comparison.marked(side, hop);
    StepJson {
        side: side.as_str(),
        from: comparison.joint().name(from),
        to: comparison.joint().name(to),
        verb: edge.verb.as_str(),
        leg: leg.map_or("act", parts::leg),
        origin: edge.origin.as_str(),
        because: edge.because().map(|node| comparison.joint().name(node)),
        changed: marked.is_changed,
        change: marked.change.map(|change| change.index()),
        at: parts::at(graph.spec(), place_of_edge(graph, edge)),
    }
}

/// From where to where a step leads.
fn ends(edge: &Edge, leg: Option<Leg>) -> (NodeId, NodeId) {
    let pulls = matches!(edge.verb, Verb::Read | Verb::Observe);
    match leg {
        Some(Leg::Result) => (edge.to, edge.from),
        Some(Leg::Request) if pulls => (edge.to, edge.from),
        Some(Leg::Request) | None => (edge.from, edge.to),
    }
}
