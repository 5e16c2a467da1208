//! Facts → text. One format a file; no analysis here.

mod blast_picture;
mod dot;
mod dot_blast;
mod dot_edge;
mod dot_node;
mod dot_path;
mod dot_topology;
mod drawing;
mod escape;
mod links;
mod mermaid;
mod palette;
mod style;
mod svg;

pub use dot_blast::dot_blast;
pub use dot_path::dot_path;
pub use dot_topology::dot_topology;
pub use drawing::{DrawError, DrawOptions, MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES, MAX_NODES};
pub use mermaid::{mermaid_blast, mermaid_topology};
pub use palette::Theme;
pub use svg::{SvgError, svg};

/// The line that every report ends with.
pub const DISCLAIMER: &str = "declared edges only, not checked against a deployment";
