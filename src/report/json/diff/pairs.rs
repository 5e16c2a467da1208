//! Ordered pairs with anything different, each answer with its best path before and after.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::parts::{self, At, CostJson};
use crate::report::machine::place::place_of_edge;
use crate::review::{Comparison, Delta, Presence, Route, RouteHop, Routes, Side};
use crate::spec::NodeId;

/// An ordered pair with another answer to at least one question.
#[derive(Serialize, JsonSchema)]
pub(super) struct PairJson<'a> {
    /// What is compromised.
    from: &'a str,
    /// What it reaches.
    to: &'a str,
    /// `new` or `gone` where one of the two nodes is in the head alone or in the base alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_node: Option<&'static str>,
    /// In the order of the questions: influence, exposure, then what can be had done: write, read, invoke, observe.
    changes: Vec<DeltaJson<'a>>,
}

/// An answer that is another.
#[derive(Serialize, JsonSchema)]
struct DeltaJson<'a> {
    /// `influence`: can the first node steer the second? `exposure`: does content of the second come to the first? A verb: can
    /// the first have it done to the second?
    question: &'static str,
    /// `new`, `nearer`, `farther` or `closed`.
    kind: &'static str,
    /// The least cost in the base; absent where there was no way. What can be had done costs guards alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<CostJson>,
    /// The least cost in the head; absent where there is no way.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<CostJson>,
    /// Position among `causes`, of what is new or nearer.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<usize>,
    /// The best path in the base, in the direction in which content flows: to `from` for exposure, else from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    before_path: Option<Vec<StepJson<'a>>>,
    /// The best path in the head.
    #[serde(skip_serializing_if = "Option::is_none")]
    after_path: Option<Vec<StepJson<'a>>>,
}

/// One hop of a path.
#[derive(Serialize, JsonSchema)]
struct StepJson<'a> {
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
    /// The declaration of the edge, or of what a derived edge exists for, on the side of the path.
    #[serde(flatten)]
    at: At<'a>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// The pairs of one attacker, in node order. `deltas` are those of the attacker.
pub(super) fn row<'a>(comparison: &'a Comparison, deltas: &'a [Delta]) -> impl Iterator<Item = PairJson<'a>> {
    let mut before = Routes::new(comparison, Side::Base);
    let mut after = Routes::new(comparison, Side::Head);
    let joint = comparison.joint();
    deltas.chunk_by(|one, other| one.to == other.to).filter_map(move |deltas| {
        let Delta { from, to, .. } = *deltas.first()?;
        let changes = deltas.iter().map(|delta| DeltaJson {
            question: delta.question.as_str(),
            kind: delta.kind().as_str(),
            before: delta.before.map(parts::cost),
            after: delta.after.map(parts::cost),
            cause: delta.cause.map(|cause| cause.index()),
            before_path: steps(comparison, Side::Base, before.find(from, delta.question, to)),
            after_path: steps(comparison, Side::Head, after.find(from, delta.question, to)),
        });
        let changes = changes.collect();
        let other_node = other_node(comparison, from, to);
        Some(PairJson { from: joint.name(from), to: joint.name(to), other_node, changes })
    })
}

fn other_node(comparison: &Comparison, from: NodeId, to: NodeId) -> Option<&'static str> {
    let is = |presence| [from, to].iter().any(|node| comparison.joint().presence(*node) == presence);
    if is(Presence::New) {
        Some("new")
    } else if is(Presence::Gone) {
        Some("gone")
    } else {
        None
    }
}

fn steps(comparison: &Comparison, side: Side, route: Option<Route>) -> Option<Vec<StepJson<'_>>> {
    let Route { hops, act, .. } = route?;
    let hops = hops.iter().map(|hop| step(comparison, side, hop, None));
    Some(hops.chain(act.iter().map(|hop| step(comparison, side, hop, Some("act")))).collect())
}

fn step<'a>(
    comparison: &'a Comparison,
    side: Side,
    hop: &RouteHop,
    leg: Option<&'static str>,
) -> StepJson<'a> {
    let graph = comparison.graph(side);
    let edge = graph.edge(hop.hop.edge);
    StepJson {
        from: comparison.joint().name(hop.hop.from),
        to: comparison.joint().name(hop.hop.to),
        verb: edge.verb.as_str(),
        leg: leg.unwrap_or_else(|| parts::leg(hop.hop.leg)),
        origin: edge.origin.as_str(),
        because: edge.because().map(|node| comparison.joint().name(node)),
        changed: hop.is_changed,
        change: hop.change.map(|change| change.index()),
        at: parts::at(graph.spec(), place_of_edge(graph, edge)),
    }
}
