//! Facts → text. One format a file; no analysis here.

mod blast_markdown;
mod blast_sections;
mod blast_text;
mod check_text;
mod counts;
pub mod diagnostics;
mod dot;
mod dot_blast;
mod dot_edge;
mod dot_node;
mod dot_path;
mod dot_topology;
mod drawing;
mod escape;
mod fleet_summary;
pub mod json;
mod links;
mod matrix_cells;
mod matrix_csv;
mod matrix_grid;
mod matrix_html;
mod matrix_layout;
mod matrix_legend;
mod matrix_markdown;
mod matrix_table;
mod matrix_text;
mod mermaid;
mod name;
mod palette;
mod path_text;
mod sentence;
mod style;
mod svg;
mod text_columns;

pub use blast_markdown::blast_markdown;
pub use blast_text::blast_text;
pub use check_text::check_text;
pub use dot_blast::dot_blast;
pub use dot_path::dot_path;
pub use dot_topology::dot_topology;
pub use drawing::{DrawError, DrawOptions, MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES, MAX_NODES};
pub use fleet_summary::fleet_summary;
pub use matrix_csv::matrix_csv;
pub use matrix_html::matrix_html;
pub use matrix_markdown::matrix_markdown;
pub use matrix_text::{MatrixOptions, View, matrix_text};
pub use mermaid::{mermaid_blast, mermaid_topology};
pub use palette::Theme;
pub use path_text::path_text;
pub use svg::{SvgError, svg};

/// The line that every report ends with.
pub const DISCLAIMER: &str = "declared edges only, not checked against a deployment";
