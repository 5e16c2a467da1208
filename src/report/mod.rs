//! Facts → text. One format a file; no analysis here.

mod dot;
mod dot_edge;
mod dot_node;
mod dot_topology;
mod drawing;
mod escape;
mod links;
mod palette;
mod style;

pub use dot_topology::dot_topology;
pub use drawing::{DrawError, DrawOptions, MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES, MAX_NODES};
pub use palette::Theme;

/// The line that every report ends with.
pub const DISCLAIMER: &str = "declared edges only, not checked against a deployment";
