//! Changes that can be tried, as they stand in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{At, at};
use crate::graph::{CapabilityGraph, EdgeId};
use crate::model::{EdgeKey, Leg, WhatIf};
use crate::report::change::change as in_words;
use crate::report::write::{self, Plain};

/// A change of the spec.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ChangeJson<'a> {
    /// `without`, `with-guard`, `isolate`, `per-call`, `revoke` or `broker`.
    change: &'static str,
    /// In words.
    words: String,
    /// The actor of the edge that changes; for `broker`, who reads the credential.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    /// Its verb.
    #[serde(skip_serializing_if = "Option::is_none")]
    verb: Option<&'static str>,
    /// Its target; for `broker`, the credential.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    /// The node that changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<&'a str>,
    /// The flow of the edge on which the guard stands: `request` or `result`.
    #[serde(skip_serializing_if = "Option::is_none")]
    leg: Option<&'static str>,
    /// The guard it was tried with; any other that stops the plane does the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    guard: Option<&'a str>,
    #[serde(flatten)]
    at: Option<At<'a>>,
}

pub(super) fn changes<'a>(graph: &'a CapabilityGraph, changes: &[WhatIf]) -> Vec<ChangeJson<'a>> {
    changes.iter().map(|one| change(graph, *one)).collect()
}

pub(super) fn change(graph: &CapabilityGraph, change: WhatIf) -> ChangeJson<'_> {
    let spec = graph.spec();
    let words = in_words(graph, change);
    let place = words.place;
    let blank = ChangeJson {
        change: "",
        words: write::text(&Plain, spec, &words.line()),
        from: None,
        verb: None,
        to: None,
        node: None,
        leg: None,
        guard: None,
        at: place.map(|place| at(spec, place)),
    };
    let of_edge = |change, key: EdgeKey, rest| ChangeJson {
        change,
        from: Some(spec.node_name(key.from)),
        verb: Some(key.verb.as_str()),
        to: Some(spec.node_name(key.to)),
        ..rest
    };
    let of_node = |change, node, rest| ChangeJson { change, node: Some(spec.node_name(node)), ..rest };
    match change {
        WhatIf::Without(key) => of_edge("without", key, blank),
        WhatIf::WithGuard(key, leg, guard) => {
            let leg = Some(super::parts::leg(leg));
            let rest = ChangeJson { leg, guard: Some(spec.guard_name(guard)), ..blank };
            of_edge("with-guard", key, rest)
        }
        WhatIf::Fail(guard) => ChangeJson { change: "fail", guard: Some(spec.guard_name(guard)), ..blank },
        WhatIf::Isolate(node) => of_node("isolate", node, blank),
        WhatIf::PerCall(node) => of_node("per-call", node, blank),
        WhatIf::Revoke(node) => of_node("revoke", node, blank),
        WhatIf::Broker { holder, credential } => ChangeJson {
            change: "broker",
            from: Some(spec.node_name(holder)),
            to: Some(spec.node_name(credential)),
            ..blank
        },
    }
}

/// An edge and one of its flows.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LegJson<'a> {
    from: &'a str,
    verb: &'static str,
    to: &'a str,
    /// `request` or `result`.
    leg: &'static str,
    /// `declared`, or the rule that derives the edge.
    origin: &'static str,
    /// The role, key or credential that a derived edge exists for.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
    #[serde(flatten)]
    at: Option<At<'a>>,
}

pub(super) fn leg<'a>(graph: &'a CapabilityGraph, id: EdgeId, leg: Leg) -> LegJson<'a> {
    let spec = graph.spec();
    let edge = graph.edge(id);
    LegJson {
        from: spec.node_name(edge.from),
        verb: edge.verb.as_str(),
        to: spec.node_name(edge.to),
        leg: super::parts::leg(leg),
        origin: edge.origin.as_str(),
        because: edge.because().map(|id| spec.node_name(id)),
        at: graph.declaration(edge).map(|declared| at(spec, declared.place)),
    }
}
