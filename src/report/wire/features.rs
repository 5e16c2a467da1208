//! `features -f json`: the surfaces that a topology uses.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::parts::what_if;
use crate::findings::{Adopted, Assessment, Surface};
use crate::model::Text;
use crate::report::write::{self, Bare};

/// The surfaces of a topology.
#[derive(Serialize, JsonSchema)]
pub(super) struct FeaturesJson<'a> {
    /// `crabwalk/features/1`.
    schema: &'static str,
    name: &'a str,
    /// Changes that were made to the spec for this answer, in words.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    what_if: &'a [String],
    /// All surfaces, those that are not used too.
    surfaces: Vec<SurfaceJson<'a>>,
}

/// A surface.
#[derive(Serialize, JsonSchema)]
pub(super) struct SurfaceJson<'a> {
    /// `memory`, `sessions`, `advisor`, `grader`, `webhooks`, `credentials` or `principals`.
    surface: &'static str,
    title: &'static str,
    /// Whether the topology uses it.
    used: bool,
    /// Where it is used, with what a threat model says of each place.
    places: Vec<PlaceJson<'a>>,
    /// Ids of the findings against it, those that are accepted too.
    findings: Vec<String>,
}

/// A place of a surface.
#[derive(Serialize, JsonSchema)]
struct PlaceJson<'a> {
    node: &'a str,
    /// What flows in, who can read it back, what persists, what revokes it.
    paragraph: String,
}

/// The surfaces as JSON: `adopted` are those that [`surfaces`](crate::findings::surfaces) finds.
#[must_use]
pub fn features_json(assessment: &Assessment<'_>, adopted: &[Adopted]) -> Value {
    let spec = assessment.graph.spec();
    let features = FeaturesJson {
        schema: "crabwalk/features/1",
        name: &spec.name,
        what_if: what_if(spec),
        surfaces: all(assessment, adopted),
    };
    serde_json::to_value(features).unwrap_or_default()
}

pub(super) fn all<'a>(assessment: &'a Assessment<'_>, adopted: &[Adopted]) -> Vec<SurfaceJson<'a>> {
    let surfaces = Surface::ALL.iter().map(|surface| {
        let found = adopted.iter().find(|one| one.surface == *surface);
        SurfaceJson {
            surface: surface.as_str(),
            title: surface.title(),
            used: found.is_some(),
            places: found.map(|one| places(assessment, one)).unwrap_or_default(),
            findings: found
                .map(|one| one.findings.iter().map(|at| assessment.findings[*at].id()).collect())
                .unwrap_or_default(),
        }
    });
    surfaces.collect()
}

fn places<'a>(assessment: &'a Assessment<'_>, adopted: &Adopted) -> Vec<PlaceJson<'a>> {
    let spec = assessment.graph.spec();
    let places = adopted.places.iter().map(|place| PlaceJson {
        node: spec.node_name(place.node),
        paragraph: write::text(&Bare, spec, &Text::sentences(place.sentences.iter().cloned())),
    });
    places.collect()
}
