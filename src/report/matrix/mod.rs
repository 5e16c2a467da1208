//! The lateral-movement matrix: terminal, Markdown, CSV, HTML, and the page of figures for fleets that are too large for it.

mod cells;
mod csv;
mod grid;
mod html;
mod layout;
mod legend;
mod markdown;
mod summary;
mod table;
mod text;

pub(super) use csv::{csv_row_bytes, field};
pub use csv::{matrix_csv, matrix_csv_shard};
pub use html::matrix_html;
pub(in crate::report) use markdown::blocks as matrix_blocks;
pub use markdown::{fits_markdown, matrix_markdown};
pub use summary::fleet_summary;
pub use text::{MatrixOptions, View, matrix_text};
