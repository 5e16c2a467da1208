//! Facts → text. One format a file; no analysis here.

mod blast_markdown;
mod blast_sections;
mod blast_text;
mod check_text;
mod counts;
pub mod diagnostics;
mod escape;
pub mod json;
mod name;
mod path_text;
mod sentence;
mod fleet_summary;
mod matrix_cells;
mod matrix_csv;
mod matrix_grid;
mod matrix_html;
mod matrix_layout;
mod matrix_legend;
mod matrix_markdown;
mod matrix_table;
mod matrix_text;
mod style;
mod text_columns;

pub use fleet_summary::fleet_summary;
pub use matrix_csv::matrix_csv;
pub use matrix_html::matrix_html;
pub use matrix_markdown::matrix_markdown;
pub use matrix_text::{MatrixOptions, View, matrix_text};

pub use blast_markdown::blast_markdown;
pub use blast_text::blast_text;
pub use check_text::check_text;
pub use path_text::path_text;

/// The line that every report ends with.
pub const DISCLAIMER: &str = "declared edges only, not checked against a deployment";
