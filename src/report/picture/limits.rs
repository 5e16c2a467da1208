//! How large a picture may be: what is left out of one, and when one is refused because nobody could read it.

use thiserror::Error;

use super::model::Picture;
use crate::analysis::{ReachSizes, Strength};
use crate::graph::{CapabilityGraph, Direction};
use crate::model::{Plane, Spec, ZoneId};
use crate::report::command_line::CommandLine;

/// How many nodes a picture may have.
pub const MAX_NODES: usize = 150;
/// How many edges Mermaid draws before it gives up.
pub const MAX_MERMAID_EDGES: usize = 500;
/// How many characters Mermaid reads before it gives up.
pub const MAX_MERMAID_CHARACTERS: usize = 50_000;

/// How much is drawn of a change or of what is to be cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    /// Lines of the paths that it is about.
    pub(super) lines: usize,
    /// What changed and is on no such path: lines and nodes.
    pub(super) changes: usize,
}

/// In DOT: what could still be read if no two lines met.
pub(super) const MOST_IN_DOT: Most = Most { lines: 50, changes: 25 };
/// Of a change in Mermaid, to begin with.
pub(super) const MOST_OF_CHANGE: Most = Most { lines: MAX_MERMAID_EDGES - 40, changes: 40 };
/// Of what is to be cut in Mermaid, to begin with.
pub(super) const MOST_OF_CUT: Most = Most { lines: MAX_MERMAID_EDGES / 4, changes: 0 };
/// Pairs of nodes whose paths are looked for in a change.
pub(super) const MAX_PAIRS: usize = 1_000;
/// Flows beside the best paths of a blast radius.
pub(super) const MAX_OTHER_FLOWS: usize = 14;
/// Above this many lines the zones of a topology stand where their lines are shortest instead of on top of one another, and lines
/// have letters only where style and arrowheads do not say the same.
pub(super) const DENSE: usize = 36;
/// Hops of a path that fit from left to right; longer ones run from top to bottom.
pub(super) const ACROSS: usize = 4;

/// Why a picture was refused: it would be too large to read, and the text names a slice that is not; or it would be empty.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DrawError {
    /// Too many nodes.
    #[error("{nodes} nodes are too many for a picture (at most {limit}): {slice}")]
    TooLarge {
        /// How many there would be.
        nodes: usize,
        /// How many there may be.
        limit: usize,
        /// What to draw instead.
        slice: String,
    },
    /// Nothing leads from the one group of nodes to the other.
    #[error(
        "nothing that counts lies between the two groups, so that there is nothing to draw: -f text says why"
    )]
    NothingBetween,
    /// More edges than Mermaid draws.
    #[error("{edges} edges are more than Mermaid draws (at most {limit}): {slice}")]
    TooManyEdges {
        /// How many there would be.
        edges: usize,
        /// How many there may be.
        limit: usize,
        /// What to draw instead.
        slice: String,
    },
    /// More text than Mermaid reads.
    #[error("{characters} characters are more than Mermaid reads (at most {limit}): {slice}")]
    TooLong {
        /// How many there would be.
        characters: usize,
        /// How many there may be.
        limit: usize,
        /// What to draw instead.
        slice: String,
    },
}

/// Refuses a picture of too many nodes.
pub(super) fn check_size(graph: &CapabilityGraph, nodes: usize) -> Result<(), DrawError> {
    if nodes <= MAX_NODES {
        return Ok(());
    }
    Err(DrawError::TooLarge { nodes, limit: MAX_NODES, slice: slice(graph, nodes) })
}

/// Refuses what Mermaid would not draw.
pub(super) fn check_mermaid(graph: &CapabilityGraph, picture: &Picture, text: &str) -> Result<(), DrawError> {
    let (edges, characters) = (picture.lines.len(), text.chars().count());
    let slice = || slice(graph, picture.nodes().count());
    if edges > MAX_MERMAID_EDGES {
        return Err(DrawError::TooManyEdges { edges, limit: MAX_MERMAID_EDGES, slice: slice() });
    }
    if characters > MAX_MERMAID_CHARACTERS {
        return Err(DrawError::TooLong { characters, limit: MAX_MERMAID_CHARACTERS, slice: slice() });
    }
    Ok(())
}

/// Draws with ever less, half as much each time, until Mermaid reads it or hardly anything is left.
pub(super) fn fit<E>(
    mut most: Most,
    least_lines: usize,
    draw: impl Fn(Most) -> Result<String, E>,
) -> Result<String, E> {
    loop {
        let text = draw(most)?;
        if most.lines <= least_lines || text.chars().count() <= MAX_MERMAID_CHARACTERS {
            return Ok(text);
        }
        most = Most { lines: most.lines / 2, changes: most.changes / 2 };
    }
}

/// Words for what would fit: the largest zone that is smaller than what was asked for, and the widest blast radius.
fn slice(graph: &CapabilityGraph, than: usize) -> String {
    let spec = graph.spec();
    let zone = largest_zone(spec, than)
        .map(|(name, count)| (CommandLine::new("graph").option("--zone", &[name.to_owned()]), count))
        .map(|(command, count)| format!("{} draws {count} of them", command.quoted()));
    let blast = widest_blast(graph, than)
        .map(|(name, count)| (CommandLine::new("blast").names(&[name.to_owned()]).flag("-f dot"), count))
        .map(|(command, count)| format!("{} draws {count}", command.quoted()));
    let fitting: Vec<String> = [zone, blast].into_iter().flatten().collect();
    match fitting.as_slice() {
        [] => "`crabwalk path FROM TO -f dot` draws the nodes of one path".to_owned(),
        fitting => fitting.join(", "),
    }
}

fn largest_zone(spec: &Spec, than: usize) -> Option<(&str, usize)> {
    let count = |zone: ZoneId| spec.nodes.values().filter(|node| node.zone == Some(zone)).count();
    (0..spec.zones.len())
        .map(ZoneId::new)
        .map(|zone| (spec.zone_name(zone), count(zone)))
        .filter(|(_, count)| (1..=MAX_NODES).contains(count) && *count < than)
        .rev()
        .max_by_key(|(_, count)| *count)
}

fn widest_blast(graph: &CapabilityGraph, than: usize) -> Option<(&str, usize)> {
    let reach = ReachSizes::count(graph, Plane::Influence, Strength::Any, Direction::Forward);
    let drawn = graph.spec().node_ids().map(|node| (node, reach.of(node) + 1));
    let fits = drawn.filter(|(_, count)| (2..=MAX_NODES).contains(count) && *count < than);
    let widest = fits.max_by_key(|(node, count)| (*count, std::cmp::Reverse(*node)));
    widest.map(|(node, count)| (graph.spec().node_name(node), count))
}
