//! Ordered pairs with anything different, each answer with its best path before and after.

use schemars::JsonSchema;
use serde::Serialize;

use super::steps::Steps;
use crate::compare::{Comparison, Delta, Presence, Routes, Side};
use crate::model::NodeId;
use crate::report::wire::parts;
use crate::report::wire::parts::CostJson;

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
    changes: Vec<DeltaJson>,
}

/// An answer that is another.
#[derive(Serialize, JsonSchema)]
struct DeltaJson {
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
    /// The best path in the base, as positions among `steps`, in the direction in which content flows: to `from` for exposure,
    /// else from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    before_path: Option<Vec<u32>>,
    /// The best path in the head.
    #[serde(skip_serializing_if = "Option::is_none")]
    after_path: Option<Vec<u32>>,
}

/// The pairs of one attacker, in node order. `deltas` are those of the attacker.
pub(super) fn row<'a>(
    comparison: &'a Comparison,
    steps: &'a Steps<'a>,
    deltas: &'a [Delta],
) -> impl Iterator<Item = PairJson<'a>> {
    let mut before = Routes::new(comparison, Side::Base);
    let mut after = Routes::new(comparison, Side::Head);
    let joint = comparison.joint();
    deltas.chunk_by(|one, other| one.to == other.to).filter_map(move |deltas| {
        let Delta { from, to, .. } = *deltas.first()?;
        let path = |side, routes: &mut Routes<'_>, question| {
            routes.find_bare(from, question, to).map(|route| steps.path(side, &route))
        };
        let changes = deltas.iter().map(|delta| DeltaJson {
            question: delta.question.as_str(),
            kind: delta.kind().as_str(),
            before: delta.before.map(parts::cost),
            after: delta.after.map(parts::cost),
            cause: delta.cause.map(|cause| cause.index()),
            before_path: path(Side::Base, &mut before, delta.question),
            after_path: path(Side::Head, &mut after, delta.question),
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
