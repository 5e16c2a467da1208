//! `path -f json`: the best path of a pair, or what keeps them apart.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::parts;
use super::parts::PathJson;
use crate::analysis::{Gap, PathAnswer};
use crate::graph::CapabilityGraph;
use crate::model::Plane;

/// The best path from one node to another.
#[derive(Serialize, JsonSchema)]
pub(super) struct PathAnswerJson<'a> {
    /// `crabwalk/path/1`.
    schema: &'static str,
    name: &'a str,
    /// The changes that were made to try them, in words; left out for the spec as it stands.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'a [String],
    /// `influence`: an attacker who holds `from` steers `to`. `exposure`: it learns what `to` holds.
    plane: &'static str,
    /// What the attacker holds.
    from: &'a str,
    to: &'a str,
    /// The best path in the direction in which content flows; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<PathJson<'a>>,
    /// What keeps them apart, where there is no path.
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<GapJson<'a>>,
}

/// Why there is no path.
#[derive(Serialize, JsonSchema)]
struct GapJson<'a> {
    /// The node at which what comes nearest ends: it does not relay, or starts afresh for each caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<&'a str>,
    /// The nodes that the content which should arrive comes to.
    reached: Vec<&'a str>,
    /// The nodes whose content comes to where it should arrive.
    reaching: Vec<&'a str>,
}

/// The answer as JSON.
#[must_use]
pub fn path_json(graph: &CapabilityGraph, answer: &PathAnswer) -> Value {
    let spec = graph.spec();
    let names = |nodes: &[crate::model::NodeId]| nodes.iter().map(|id| spec.node_name(*id)).collect();
    let gap = |gap: &Gap| GapJson {
        ends_at: gap.ends_at.as_ref().map(|end| spec.node_name(end.node)),
        reached: names(&gap.reached),
        reaching: names(&gap.reaching),
    };
    let value = PathAnswerJson {
        schema: "crabwalk/path/1",
        name: &spec.name,
        what_if: parts::what_if(spec),
        plane: Plane::as_str(answer.plane),
        from: spec.node_name(answer.from),
        to: spec.node_name(answer.to),
        path: answer.path.as_ref().map(|path| parts::path(graph, path)),
        gap: answer.gap.as_ref().map(gap),
    };
    serde_json::to_value(value).unwrap_or_default()
}
