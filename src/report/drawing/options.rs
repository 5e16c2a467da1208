//! What every picture has in common: what can be asked for, and when a picture is refused because nobody could read it.

use thiserror::Error;

use super::palette::Theme;
use crate::analysis::{ReachSizes, Strength};
use crate::graph::{CapabilityGraph, Direction};
use crate::model::{NodeId, Plane, Spec, ZoneId};
use crate::report::command_line::CommandLine;

/// How many nodes a picture may have.
pub const MAX_NODES: usize = 150;
/// How many edges Mermaid draws before it gives up.
pub const MAX_MERMAID_EDGES: usize = 500;
/// How many characters Mermaid reads before it gives up.
pub const MAX_MERMAID_CHARACTERS: usize = 50_000;

/// What to draw of a topology, and how.
#[derive(Debug, Clone, Default)]
pub struct DrawOptions {
    /// Light or dark.
    pub theme: Theme,
    /// The nodes to draw, with the edges among them. All of them where nothing is given.
    pub nodes: Option<Vec<NodeId>>,
    /// Whether derived edges are drawn as well, where no declared one connects the pair. What a credential opens is always
    /// drawn: it is declared, as an attribute.
    pub derived: bool,
}

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

impl DrawOptions {
    /// The nodes to draw, in node order, each once.
    pub(super) fn drawn(&self, spec: &Spec) -> Vec<NodeId> {
        let mut nodes = self.nodes.clone().unwrap_or_else(|| spec.node_ids().collect());
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }
}

/// Refuses a picture of too many nodes.
pub(super) fn check_size(graph: &CapabilityGraph, nodes: usize) -> Result<(), DrawError> {
    if nodes <= MAX_NODES {
        return Ok(());
    }
    Err(DrawError::TooLarge { nodes, limit: MAX_NODES, slice: slice(graph, nodes) })
}

/// Words for what would fit: the largest zone that is smaller than what was asked for, and the widest blast radius.
pub(super) fn slice(graph: &CapabilityGraph, than: usize) -> String {
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
