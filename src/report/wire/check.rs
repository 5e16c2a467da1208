//! `check -f json`: what a right spec holds, and what is wrong with the topology.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::parts::what_if;
use super::threat;
use super::threat::{ThreatJson, Totals};
use crate::findings::Assessment;
use crate::report::counts::Counts;

/// The counts of a spec that is right, and its findings. A spec with mistakes gives `crabwalk/diagnostics/1` instead.
#[derive(Serialize, JsonSchema)]
pub(super) struct CheckJson<'a> {
    /// `crabwalk/check/1`.
    schema: &'static str,
    name: &'a str,
    /// The changes that were made to try them, in words; left out for the spec as it stands.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'a [String],
    files: Vec<&'a str>,
    /// Nodes by kind.
    nodes: IndexMap<&'static str, usize>,
    /// Declared edges by verb.
    edges: IndexMap<&'static str, usize>,
    /// Edges that authority derives.
    derived: usize,
    /// From least to most trusted, each with its number of nodes.
    zones: IndexMap<&'a str, usize>,
    /// Nodes without a zone.
    unranked: usize,
    /// How many findings count.
    totals: Totals,
    /// How many findings are left out because of the guards that stand before them.
    unlisted: usize,
    /// What is wrong, gravest first. Those that are accepted are among them.
    findings: Vec<ThreatJson<'a>>,
}

/// The counts and findings as JSON.
#[must_use]
pub fn check_json(assessment: &Assessment<'_>) -> Value {
    let graph = assessment.graph;
    let spec = graph.spec();
    let counts = Counts::of(graph);
    let check = CheckJson {
        schema: "crabwalk/check/1",
        name: &spec.name,
        what_if: what_if(spec),
        files: spec.files.iter().map(crate::model::SourceFile::name).collect(),
        nodes: counts.nodes.iter().map(|(kind, count)| (kind.as_str(), *count)).collect(),
        edges: counts.edges.iter().map(|(verb, count)| (verb.as_str(), *count)).collect(),
        derived: counts.derived,
        zones: counts.zones.iter().map(|(zone, count)| (spec.zone_name(*zone), *count)).collect(),
        unranked: counts.unranked,
        totals: threat::totals(assessment),
        unlisted: assessment.unlisted.map_or(0, |more| more.count),
        findings: threat::findings(assessment),
    };
    serde_json::to_value(check).unwrap_or_default()
}
