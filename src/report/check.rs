//! A right spec in three lines.

use super::counts::{Counts, counted};
use super::name::visible;
use super::style::{DIM, STRONG, paint};
use super::what_if::closing_text;
use crate::graph::CapabilityGraph;

/// The counts as text.
#[must_use]
pub fn check_text(graph: &CapabilityGraph) -> String {
    let spec = graph.spec();
    let counts = Counts::of(graph);
    let nodes = counts.nodes.iter().filter(|(_, count)| *count > 0);
    let nodes: Vec<String> = nodes.map(|(kind, count)| counted(*count, kind.as_str())).collect();
    let edges = counts.edges.iter().filter(|(_, count)| *count > 0);
    let edges: Vec<String> = edges.map(|(verb, count)| format!("{count} {verb}")).collect();
    let zones =
        counts.zones.iter().map(|(zone, count)| format!("{} {count}", visible(spec.zone_name(*zone))));
    let mut zones: Vec<String> = zones.collect();
    if counts.unranked > 0 && !zones.is_empty() {
        zones.push(format!("without a zone {}", counts.unranked));
    }
    let files = counted(spec.files.len(), "file");
    let mut text = format!("{}: the spec is right ({files})\n", paint(STRONG, &visible(&spec.name)));
    text += &line(spec.nodes.len(), "node", &nodes);
    text += &line(spec.edges.len(), "edge", &edges);
    if counts.derived > 0 {
        text += &format!("  and {} that authority derives\n", counted(counts.derived, "edge"));
    }
    text += &line(spec.zones.len(), "zone", &zones);
    text + &format!("{}\n", paint(DIM, &closing_text(spec)))
}

fn line(count: usize, noun: &str, parts: &[String]) -> String {
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("  {}{parts}\n", counted(count, noun))
}
