//! What several pages say of a finding: its paths, and the taxonomies that it falls under.

use super::words::Words;
use crate::findings::{Assessment, Evidence, Finding, Taxonomy, references};
use crate::graph::CapabilityGraph;
use crate::model::Rule;
use crate::report::name::visible;
use crate::report::sentence::one_line;

/// A path on one line, and what is had done at its end.
pub(in crate::report) fn path_line(graph: &CapabilityGraph, evidence: &Evidence) -> String {
    let mut line = one_line(graph, &evidence.path);
    if let Some(edge) = evidence.act.map(|id| graph.edge(id)) {
        let derived = if edge.is_declared() { "" } else { "+" };
        let name = visible(graph.spec().node_name(edge.to));
        line += &format!(" -{}{derived}-> {name}", edge.verb.letter());
    }
    line
}

/// A line for each path that proves a finding.
pub(super) fn evidence_lines(
    assessment: &Assessment<'_>,
    words: &Words<'_>,
    finding: &Finding,
) -> Vec<String> {
    let line = |one: &Evidence| {
        let path = (words.code)(&path_line(assessment.graph, one));
        format!("{}: {path}", words.phrase(&one.label))
    };
    finding.evidence().iter().map(line).collect()
}

/// `OWASP Agentic 2026: ASI01, ASI02; CSA MAESTRO v1: L7`; nothing where a rule falls under none.
pub(in crate::report) fn references_line(rule: Rule) -> Option<String> {
    let all = references(rule);
    let parts: Vec<String> = Taxonomy::ALL
        .iter()
        .filter_map(|taxonomy| {
            let ids: Vec<&str> =
                all.iter().filter(|entry| entry.taxonomy == *taxonomy).map(|entry| entry.id).collect();
            (!ids.is_empty()).then(|| format!("{}: {}", taxonomy.name(), ids.join(", ")))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
