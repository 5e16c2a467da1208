//! Facts → text. One format a file; no analysis here.

mod blast;
mod check;
mod columns;
mod counts;
pub mod diagnostics;
mod blast_picture;
mod dot;
mod dot_blast;
mod dot_edge;
mod dot_node;
mod dot_path;
mod dot_topology;
mod drawing;
mod escape;
pub mod json;
mod links;
mod matrix;
mod mermaid;
mod name;
mod palette;
mod path;
mod sentence;
mod style;
mod svg;

pub use blast::{blast_markdown, blast_text};
pub use check::check_text;
pub use dot_blast::dot_blast;
pub use dot_path::dot_path;
pub use dot_topology::dot_topology;
pub use drawing::{DrawError, DrawOptions, MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES, MAX_NODES};
pub use matrix::{MatrixOptions, View, fleet_summary, matrix_csv, matrix_html, matrix_markdown, matrix_text};
pub use mermaid::{mermaid_blast, mermaid_topology};
pub use palette::Theme;
pub use path::path_text;
pub use svg::{SvgError, svg};

/// The line that every report ends with.
pub const DISCLAIMER: &str = "declared edges only, not checked against a deployment";
