//! Where things stand in files, as formats for machines want it.

use crate::graph::{CapabilityGraph, Edge, Origin};
use crate::model::{NodeId, Place, SourceFile, Spec};

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Spot<'c> {
    /// The file, from the root of its repository.
    pub(in crate::report) file: &'c str,
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

/// What a place marks in the files of a spec.
pub(in crate::report) fn spot_in(spec: &Spec, place: Place) -> Spot<'_> {
    spot_of(&spec.files[place.file as usize], place)
}

/// What a place marks in its file.
pub(in crate::report) fn spot_of(file: &SourceFile, place: Place) -> Spot<'_> {
    let start = place.start as usize;
    let (line, column) = file.line_column(start);
    let (end_line, end_column) = file.line_column(start + place.len as usize);
    let mark = Mark { column, end_line, end_column };
    Spot {
        file: file.path(),
        line,
        mark: (file.has_text() && place.len > 0).then_some(mark),
        name: file.name(),
    }
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
