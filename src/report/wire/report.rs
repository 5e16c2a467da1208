//! `report -f json`: the threat model of a topology.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::features;
use super::features::SurfaceJson;
use super::parts::what_if;
use super::review::{AcceptanceJson, acceptances};
use super::threat;
use super::threat::{ThreatJson, Totals};
use crate::findings::ThreatModel;
use crate::hardening::Hardening;
use crate::model::SourceFile;
use crate::report::HardeningAnswer;

/// The threat model of a topology. The matrix has an output of its own: `matrix -f json`.
#[derive(Serialize, JsonSchema)]
pub(super) struct ReportJson<'a> {
    /// `crabwalk/report/1`.
    schema: &'static str,
    name: &'a str,
    /// Changes that were made to the spec for this answer, in words.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    what_if: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    files: Vec<&'a str>,
    nodes: usize,
    /// Declared edges.
    edges: usize,
    /// Edges that authority derives.
    derived: usize,
    /// How many findings count.
    totals: Totals,
    /// What is wrong, gravest first. Those that are accepted are among them.
    findings: Vec<ThreatJson<'a>>,
    /// All surfaces, those that are not used too.
    surfaces: Vec<SurfaceJson<'a>>,
    /// The nodes with the widest blast radii, the widest first.
    worst: Vec<WorstJson<'a>>,
    /// What to change first: answers as `harden -f json` gives them (`crabwalk/harden/1`).
    /// Left out for large fleets.
    #[serde(skip_serializing_if = "Option::is_none")]
    hardening: Option<Vec<Value>>,
    /// All acceptances of the spec.
    accept: Vec<AcceptanceJson<'a>>,
}

/// A node and how far its compromise goes, in other nodes.
#[derive(Serialize, JsonSchema)]
struct WorstJson<'a> {
    node: &'a str,
    /// It influences, with no declared guard failing.
    influences: usize,
    /// It influences, whatever guards fail.
    influences_any: usize,
    /// Their content comes to it, with no declared guard failing.
    learns_from: usize,
    /// Their content comes to it, whatever guards fail.
    learns_from_any: usize,
}

/// An answer of `harden` as a value.
fn harden_value(answer: &Hardening<'_>) -> Value {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = super::harden::write_harden_json(answer, &mut bytes);
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// The threat model as JSON. `hardening` has answers of `harden`; nothing where that was left out.
#[must_use]
pub fn report_json(model: &ThreatModel<'_, '_>, hardening: Option<&[HardeningAnswer<'_>]>) -> Value {
    let assessment = model.assessment;
    let spec = assessment.graph.spec();
    let worst = model.worst.iter().map(|worst| WorstJson {
        node: spec.node_name(worst.node),
        influences: worst.sizes.influences,
        influences_any: worst.sizes.influences_any,
        learns_from: worst.sizes.learns_from,
        learns_from_any: worst.sizes.learns_from_any,
    });
    let report = ReportJson {
        schema: "crabwalk/report/1",
        name: &spec.name,
        what_if: what_if(spec),
        description: spec.description.as_deref(),
        files: spec.files.iter().map(SourceFile::name).collect(),
        nodes: spec.nodes.len(),
        edges: spec.edges.len(),
        derived: assessment.graph.derived_count(),
        totals: threat::totals(assessment),
        findings: threat::findings(assessment),
        surfaces: features::all(assessment, &model.surfaces),
        worst: worst.collect(),
        hardening: hardening.map(|all| all.iter().map(|(answer, _)| harden_value(answer)).collect()),
        accept: acceptances(spec).collect(),
    };
    serde_json::to_value(report).unwrap_or_default()
}
