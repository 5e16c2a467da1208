//! Pictures: the topology, a blast radius, a path, a change, a cut, as DOT, as Mermaid, and by Graphviz as SVG.
//!
//! A builder for each (`topology`, `blast`, `path`, `diff`, `cut`) makes a [`Picture`] of facts; `dot` and `mermaid` write it.
//! What can be said of a node in any picture is in `node_words`, of an edge in `elements`, what things look like in `looks`, and what is too much in
//! `limits`.

mod blast;
mod cut;
mod diff;
mod dot;
mod elements;
mod limits;
mod looks;
mod mermaid;
mod model;
mod node_words;
mod path;
mod svg;
mod topology;

pub use limits::{DrawError, MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES, MAX_NODES};
pub use looks::Theme;
pub use svg::{SvgError, svg};
pub use topology::DrawOptions;

use std::convert::Infallible;

use crate::analysis::{BlastRadius, Path, ReachSizes, Strength};
use crate::findings::Review;
use crate::graph::{CapabilityGraph, Direction};
use crate::hardening::Hardening;
use crate::model::{Plane, Text};
use limits::{MOST_IN_DOT, MOST_OF_CHANGE, MOST_OF_CUT, check_mermaid, check_size, fit};
use model::{Format, Picture};
use topology::Connected;

use super::pages::diff::Context;

/// Draws a topology, or a slice of it, in DOT.
///
/// # Errors
/// If there are too many nodes to read.
pub fn dot_topology(graph: &CapabilityGraph, options: &DrawOptions) -> Result<String, DrawError> {
    Ok(dot::write(&topology(graph, options, Format::Dot)?, options.theme))
}

/// Draws a topology, or a slice of it, in Mermaid.
///
/// # Errors
/// If there are too many nodes to read, or more than Mermaid takes.
pub fn mermaid_topology(graph: &CapabilityGraph, options: &DrawOptions) -> Result<String, DrawError> {
    mermaid(graph, &topology(graph, options, Format::Mermaid)?, options.theme)
}

fn topology(graph: &CapabilityGraph, options: &DrawOptions, format: Format) -> Result<Picture, DrawError> {
    let nodes = options.drawn(graph.spec());
    check_size(graph, nodes.len())?;
    let count = |strength| ReachSizes::count(graph, Plane::Influence, strength, Direction::Forward).total();
    let connected = Connected { open: count(Strength::Open), any: count(Strength::Any) };
    Ok(topology::picture(graph, &nodes, options.derived, connected, format))
}

/// Draws a blast radius in DOT.
///
/// # Errors
/// If it has too many nodes to read.
pub fn dot_blast(blast: &BlastRadius<'_>, theme: Theme) -> Result<String, DrawError> {
    Ok(dot::write(&blast::picture(blast, Format::Dot)?, theme))
}

/// Draws a blast radius in Mermaid.
///
/// # Errors
/// If it has too many nodes to read, or more than Mermaid takes.
pub fn mermaid_blast(blast: &BlastRadius<'_>, theme: Theme) -> Result<String, DrawError> {
    mermaid(blast.graph, &blast::picture(blast, Format::Mermaid)?, theme)
}

/// Draws a path in DOT. A node that is passed twice is drawn twice.
///
/// # Errors
/// If it has too many nodes to read.
pub fn dot_path(graph: &CapabilityGraph, path: &Path, theme: Theme) -> Result<String, DrawError> {
    Ok(dot::write(&path::picture(graph, path)?, theme))
}

/// Draws the best of the paths that a change opens and what else it changes, in DOT. What is not drawn is counted.
#[must_use]
pub fn dot_diff(review: &Review, context: &Context, theme: Theme) -> String {
    dot::write(&diff::picture(review, context, MOST_IN_DOT, Format::Dot), theme)
}

/// Draws the best of the paths that a change opens and what else it changes, in Mermaid: always within what Mermaid takes. Of paths
/// that are too many the gravest are kept, and the rest are counted.
#[must_use]
pub fn mermaid_diff(review: &Review, context: &Context) -> String {
    let draw = |most| {
        let picture = diff::picture(review, context, most, Format::Mermaid);
        Ok::<_, Infallible>(mermaid::write(&picture, Theme::Light))
    };
    fit(MOST_OF_CHANGE, 0, draw).unwrap_or_else(|never| match never {})
}

/// Draws what lies between the two groups of a question, and the smallest cuts of it, in DOT. What is not drawn is counted.
///
/// # Errors
/// If nothing lies between them.
pub fn dot_harden(hardening: &Hardening<'_>, theme: Theme) -> Result<String, DrawError> {
    Ok(dot::write(&cut::picture(hardening, MOST_IN_DOT, Format::Dot)?, theme))
}

/// Draws what lies between the two groups of a question, and the smallest cuts of it, in Mermaid. What is not drawn is counted.
///
/// # Errors
/// If nothing lies between them.
pub fn mermaid_harden(hardening: &Hardening<'_>) -> Result<String, DrawError> {
    fit(MOST_OF_CUT, 1, |most| {
        let picture = cut::picture(hardening, most, Format::Mermaid)?;
        Ok(mermaid::write(&picture, Theme::Light))
    })
}

/// The picture of a comment.
#[derive(Debug)]
pub(super) struct CommentPicture {
    /// The chart.
    pub(super) chart: String,
    /// What its signs mean, and what it leaves out; a phrase each.
    pub(super) caption: Vec<Text>,
}

/// The opening paths as the picture of a comment, with so many lines at most; nothing where there is nothing to draw.
pub(super) fn mermaid_comment(review: &Review, lines: usize) -> Option<CommentPicture> {
    let (picture, caption) = diff::comment(review, lines)?;
    Some(CommentPicture { chart: mermaid::write(&picture, Theme::Light), caption })
}

/// A picture in Mermaid, unless Mermaid would not draw it.
fn mermaid(graph: &CapabilityGraph, picture: &Picture, theme: Theme) -> Result<String, DrawError> {
    let text = mermaid::write(picture, theme);
    check_mermaid(graph, picture, &text)?;
    Ok(text)
}
