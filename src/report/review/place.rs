//! Where things stand in files, as formats for machines want it.

use crate::graph::{CapabilityGraph, Edge, Origin};
use crate::review::{Comparison, Finding, Side};
use crate::spec::{Level, NodeId, Place, Rule};

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Spot<'c> {
    /// The side whose file it is.
    pub(in crate::report) side: Side,
    /// The file, with slashes, and without a `./` before it.
    pub(in crate::report) file: String,
    /// From 1.
    pub(in crate::report) line: usize,
    /// What is marked; nothing where the line alone is known.
    pub(in crate::report) mark: Option<Mark>,
    /// The name as the file was found.
    pub(in crate::report) name: &'c str,
}

/// What is marked from a line on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) struct Mark {
    /// From 1, in characters.
    pub(in crate::report) column: usize,
    /// The line that it ends in.
    pub(in crate::report) end_line: usize,
    /// The column behind its last character.
    pub(in crate::report) end_column: usize,
}

impl Spot<'_> {
    /// `file:line`.
    pub(in crate::report) fn location(&self) -> String {
        format!("{}:{}", self.name, self.line)
    }
}

/// What a place marks, in the files of both sides together.
pub(in crate::report) fn spot(comparison: &Comparison, place: Place) -> Spot<'_> {
    let joint = comparison.joint();
    let file = &joint.spec(Side::Head).files[place.file as usize];
    let start = place.start as usize;
    let (line, column) = file.line_column(start);
    let (end_line, end_column) = file.line_column(start + place.len as usize);
    let mark = Mark { column, end_line, end_column };
    Spot {
        side: joint.side_of(place),
        file: path(file.name()),
        line,
        mark: (file.has_text() && place.len > 0).then_some(mark),
        name: file.name(),
    }
}

/// Where platforms are to show a finding, which takes a line of the head: its place; for what is gone with the base, the first
/// line of the head's first file. Without a file in the head, the place in the base.
pub(in crate::report) fn shown<'c>(comparison: &'c Comparison, finding: &Finding) -> Option<Spot<'c>> {
    let own = finding.place.map(|place| spot(comparison, place));
    own.clone().filter(|spot| spot.side == Side::Head).or_else(|| first_line(comparison)).or(own)
}

/// Whether a finding is to be shown where only what got worse is: paths that are closed are, where a spec makes more of them than a
/// note.
pub(in crate::report) fn worsens(finding: &Finding) -> bool {
    finding.rule != Rule::ClosedPath || finding.level > Level::Note
}

/// The first line of the head's first file.
fn first_line(comparison: &Comparison) -> Option<Spot<'_>> {
    let files = u32::try_from(comparison.joint().spec(Side::Head).files.len()).unwrap_or(u32::MAX);
    let places = (0..files).map(|file| Place { file, start: 0, len: 0 });
    let first = places.filter(|place| comparison.joint().side_of(*place) == Side::Head).min()?;
    Some(Spot { line: 1, ..spot(comparison, first) })
}

/// A file's name as a path below the directory that the program ran in.
fn path(name: &str) -> String {
    let slashes = name.replace(std::path::MAIN_SEPARATOR, "/");
    slashes.strip_prefix("./").map_or_else(|| slashes.clone(), str::to_owned)
}

/// Where an edge is declared. One that authority derives has no line of its own: it stands where the role, key or credential
/// does that it exists for.
pub(in crate::report) fn place_of_edge(graph: &CapabilityGraph, edge: &Edge) -> Place {
    let declared = |node: NodeId| graph.spec().node(node).place;
    match edge.origin {
        Origin::Declared(_) => {
            graph.declaration(edge).map_or_else(|| declared(edge.from), |declared| declared.place)
        }
        _ => declared(edge.because().unwrap_or(edge.from)),
    }
}
