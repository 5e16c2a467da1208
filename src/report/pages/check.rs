//! `check`: what is wrong with a spec, what is accepted of it, what it holds, and how many findings there are.

use std::collections::BTreeSet;

use super::finding::{found, verdict};
use crate::findings::{Assessment, Finding, Gate, Unlisted};
use crate::graph::CapabilityGraph;
use crate::model::text::{count, name, phrase, quoted};
use crate::model::{Level, Piece, Text, Tone};
use crate::report::counts::Counts;
use crate::report::document::{Block, Document, Lines, Small};
use crate::report::sentence::arrows;
use crate::report::what_if::closing;
use crate::report::write::terminal_within;

/// What a spec holds, and what is wrong with it: a block for each finding, a line for each accepted one, and how many there are.
/// `fail_on` is the mildest level at which the check fails.
#[must_use]
pub fn assessment_text(assessment: &Assessment<'_>, fail_on: Option<Level>) -> String {
    assessment_text_within(assessment, fail_on, None)
}

/// As [`assessment_text`], for a terminal of so many columns: what is wider is broken between words.
#[must_use]
pub fn assessment_text_within(
    assessment: &Assessment<'_>,
    fail_on: Option<Level>,
    width: Option<usize>,
) -> String {
    terminal_within(&page(assessment, fail_on), width)
}

/// Findings come first: a spec that is right is told last, where the eye is.
fn page<'g>(assessment: &Assessment<'g>, fail_on: Option<Level>) -> Document<'g> {
    let spec = assessment.graph.spec();
    let mut page = Document::new(spec, 1, Text::default());
    let blocks = &mut page.blocks;
    let mut shown = BTreeSet::new();
    blocks.extend(assessment.open().map(|finding| {
        let is_first = finding.place.is_none_or(|place| shown.insert(place));
        Block::Found(found(assessment, finding, is_first))
    }));
    let accepted: Vec<Text> = assessment.accepted().map(|finding| accepted(assessment, finding)).collect();
    if !accepted.is_empty() {
        blocks.push(Block::Lines(Lines { texts: accepted, is_close: false }));
    }
    blocks.extend(holds(assessment.graph));
    let has_paths = assessment.open().any(|finding| !finding.evidence().is_empty());
    let close = |lines: Vec<Text>| Block::Small(Small { is_close: true, ..Small::of(lines) });
    blocks.extend(has_paths.then(|| close(arrows().collect())));
    blocks.extend(
        assessment.unlisted.map(|more| Block::Lines(Lines { texts: vec![unlisted(more)], is_close: false })),
    );
    blocks.push(close(closing(spec).collect()));
    blocks.push(Block::Lines(Lines { texts: vec![outcome(assessment, fail_on)], is_close: true }));
    page
}

/// That there is more behind guards, and how to see it.
fn unlisted(more: Unlisted) -> Text {
    let are = if more.count == 1 { " is not listed" } else { " are not listed" };
    let flag = Piece::Code("--max-guards".to_owned());
    phrase![
        count(more.count, "flow"),
        " behind ",
        Piece::Number(more.guards as usize),
        " or more guards",
        are,
        ": ",
        flag
    ]
}

/// A finding that somebody has accepted, on one line.
fn accepted(assessment: &Assessment<'_>, finding: &Finding) -> Text {
    let written = finding.accepted.and_then(|entry| assessment.graph.spec().accept.get(entry.position));
    phrase![
        phrase!["accepted[", finding.rule.id(), "]"].toned(Tone::Dim),
        ": ",
        finding.said().map(|said| said.title.clone()).unwrap_or_default(),
        ": ",
        written.map(|written| phrase![quoted(written.reason.as_str())]).unwrap_or_default()
    ]
}

/// What a right spec holds.
fn holds(graph: &CapabilityGraph) -> [Block; 2] {
    let spec = graph.spec();
    let counts = Counts::of(graph);
    let nodes = counts.nodes.iter().filter(|(_, count)| *count > 0);
    let nodes = nodes.map(|(kind, nodes)| phrase![count(*nodes, kind.as_str())]).collect();
    let edges = counts.edges.iter().filter(|(_, count)| *count > 0);
    let edges = edges.map(|(verb, count)| phrase![digits(*count), " ", verb.as_str()]).collect();
    let zones = counts.zones.iter().map(|(zone, count)| phrase![*zone, " ", digits(*count)]);
    let mut zones: Vec<Text> = zones.collect();
    if counts.unranked > 0 && !zones.is_empty() {
        zones.push(phrase!["without a zone ", digits(counts.unranked)]);
    }
    let right = phrase![
        phrase![name(spec.name.as_str())].toned(Tone::Strong),
        ": the spec is valid (",
        count(spec.files.len(), "file"),
        ")"
    ];
    let mut lines = vec![line(spec.nodes.len(), "node", nodes), line(spec.edges.len(), "edge", edges)];
    if counts.derived > 0 {
        lines.push(phrase!["and ", count(counts.derived, "edge"), " that authority derives"]);
    }
    lines.push(line(spec.zones.len(), "zone", zones));
    [Block::Lines(Lines { texts: vec![right], is_close: false }), Block::list(lines)]
}

/// So many of something, and what there is among them.
fn line(number: usize, noun: &'static str, parts: Vec<Text>) -> Text {
    let line = phrase![count(number, noun)];
    if parts.is_empty() { line } else { line.and(": ").and(Text::joined(parts, ", ")) }
}

/// A number beside what it counts.
fn digits(number: usize) -> Piece {
    Piece::Ordinal(number as u64)
}

/// How many findings there are, and what that means for the exit code.
fn outcome(assessment: &Assessment<'_>, fail_on: Option<Level>) -> Text {
    let verdict = verdict(assessment);
    match fail_on {
        Some(level) if Gate(fail_on).fails(&assessment.findings) => {
            phrase![verdict, ": fails on ", level.as_str()].toned(Tone::Grave(level))
        }
        _ => verdict.toned(Tone::Strong),
    }
}
