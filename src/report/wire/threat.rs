//! What is wrong with a topology, as it stands in JSON: nothing is left out.

use schemars::JsonSchema;
use serde::Serialize;

use super::accepted::AcceptedJson;
use super::parts;
use super::parts::PathJson;
use crate::findings::{About, Assessment, Evidence, Finding, references};
use crate::model::{Spec, Text};
use crate::report::write::{self, Bare};

/// One finding: a rule, a cause, the paths that prove it, and the smallest fix.
#[derive(Serialize, JsonSchema)]
pub(super) struct ThreatJson<'a> {
    /// `CW101:HASH`, as acceptances name it. The hash depends on what the finding is about, and not on where it stands.
    id: String,
    /// The id of the rule.
    rule: &'static str,
    /// The name of the rule.
    name: &'static str,
    /// `note`, `warning` or `error`.
    level: &'static str,
    /// How many guards have to fail for it; each makes it a step milder.
    guards: u32,
    /// What is wrong, in a line.
    title: String,
    /// What else there is to know, a sentence each.
    details: Vec<String>,
    /// The smallest fix, for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    fix: String,
    /// The nodes it is about, the chief one first.
    nodes: Vec<&'a str>,
    /// The edge it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    edge: Option<EdgeNames<'a>>,
    /// Ordered pairs it concerns, `[from, to]` each: what is compromised, and what it reaches.
    pairs: Vec<[&'a str; 2]>,
    /// What proves it.
    evidence: Vec<EvidenceJson<'a>>,
    /// The entries of public taxonomies that its rule falls under.
    references: Vec<ReferenceJson>,
    #[serde(flatten)]
    at: Option<SpotJson<'a>>,
    /// The acceptance that silences it; absent where it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<AcceptedJson<'a, parts::At<'a>>>,
}

/// An edge by its names.
#[derive(Serialize, JsonSchema)]
struct EdgeNames<'a> {
    from: &'a str,
    verb: &'static str,
    to: &'a str,
}

/// A path with what it shows.
#[derive(Serialize, JsonSchema)]
struct EvidenceJson<'a> {
    label: String,
    path: PathJson<'a>,
    /// The edge by which the last node of the path acts then.
    #[serde(skip_serializing_if = "Option::is_none")]
    then: Option<EdgeNames<'a>>,
}

/// An entry of a taxonomy.
#[derive(Serialize, JsonSchema)]
struct ReferenceJson {
    /// With its version: `MITRE ATLAS 5.6.0`.
    taxonomy: &'static str,
    id: &'static str,
    name: &'static str,
}

/// Where to look.
#[derive(Serialize, JsonSchema)]
struct SpotJson<'a> {
    file: &'a str,
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
}

/// How many findings count, by level, and how many are accepted.
#[derive(Serialize, JsonSchema)]
pub(super) struct Totals {
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
}

pub(super) fn totals(assessment: &Assessment<'_>) -> Totals {
    use crate::model::Level;
    Totals {
        errors: assessment.count(Level::Error),
        warnings: assessment.count(Level::Warning),
        notes: assessment.count(Level::Note),
        accepted: assessment.accepted().count(),
    }
}

pub(super) fn findings<'a>(assessment: &'a Assessment<'a>) -> Vec<ThreatJson<'a>> {
    assessment.findings.iter().map(|finding| self::finding(assessment, finding)).collect()
}

fn finding<'a>(assessment: &'a Assessment<'a>, finding: &'a Finding) -> ThreatJson<'a> {
    let spec = assessment.graph.spec();
    let text = |words: &Text| write::text(&Bare, spec, words);
    let said = finding.said();
    let references = references(finding.rule).iter().map(|entry| ReferenceJson {
        taxonomy: entry.taxonomy.name(),
        id: entry.id,
        name: entry.name,
    });
    let fact = match &finding.about {
        About::Fact(fact) => Some(fact),
        _ => None,
    };
    let accepted = finding.accepted.and_then(|entry| spec.accept.get(entry.position));
    ThreatJson {
        id: finding.id(),
        rule: finding.rule.id(),
        name: finding.rule.name(),
        level: finding.level.as_str(),
        guards: fact.map_or(0, |fact| fact.guards),
        title: said.map(|said| text(&said.title)).unwrap_or_default(),
        details: finding.details().iter().map(text).collect(),
        fix: said.map(|said| text(&said.fix)).unwrap_or_default(),
        nodes: finding.nodes().iter().map(|node| spec.node_name(*node)).collect(),
        edge: fact.and_then(|fact| fact.edge).map(|(from, verb, to)| EdgeNames {
            from: spec.node_name(from),
            verb: verb.as_str(),
            to: spec.node_name(to),
        }),
        pairs: finding
            .pairs
            .iter()
            .map(|pair| [pair.from, pair.to].map(|node| spec.node_name(node)))
            .collect(),
        evidence: finding.evidence().iter().map(|one| evidence(assessment, one)).collect(),
        references: references.collect(),
        at: finding.place.map(|place| spot(spec, place)),
        accepted: accepted.map(|entry| AcceptedJson::of(entry, parts::at(spec, entry.place))),
    }
}

fn evidence<'a>(assessment: &Assessment<'a>, one: &Evidence) -> EvidenceJson<'a> {
    let graph = assessment.graph;
    EvidenceJson {
        label: write::text(&Bare, graph.spec(), &one.label),
        path: parts::path(graph, &one.path),
        then: one.act.map(|id| graph.edge(id)).map(|edge| EdgeNames {
            from: graph.spec().node_name(edge.from),
            verb: edge.verb.as_str(),
            to: graph.spec().node_name(edge.to),
        }),
    }
}

fn spot(spec: &Spec, place: crate::model::Place) -> SpotJson<'_> {
    let file = &spec.files[place.file as usize];
    let (line, column) = file.line_column(place.start as usize);
    SpotJson { file: file.path(), line, column }
}
