//! Facts → text. One format a file; no analysis here.

mod change;
mod columns;
mod command_line;
mod counts;
pub mod diagnostics;
mod document;
mod excerpt;
mod findings;
mod log;
mod matrix;
pub mod memory_bounds;
mod name;
mod pages;
mod picture;
pub mod review;
mod row_writer;
mod sentence;
mod sizes;
mod style;
mod what_if;
pub mod wire;
mod write;

pub use command_line::CommandLine;
pub use findings::{
    AssessmentContext, Failure, assessment_github, assessment_gitlab, assessment_junit, assessment_sarif,
};
#[cfg(feature = "cli")]
pub(crate) use log::{said, without_commands};
pub use matrix::{
    MatrixOptions, View, fits_markdown, fleet_summary, matrix_csv, matrix_csv_shard, matrix_html,
    matrix_markdown, matrix_text,
};
#[cfg(feature = "cli")]
pub(crate) use name::visible;
pub use pages::PageStyle;
pub use pages::blast::{blast_markdown, blast_text};
pub use pages::check::{assessment_text, assessment_text_within};
pub use pages::explain::rule_page;
pub use pages::features::features_page;
pub use pages::harden::{harden_markdown, harden_text};
pub use pages::memory::memory_page;
pub use pages::path::path_text;
pub use pages::report::{Answer as HardeningAnswer, threat_model_markdown};
pub use pages::respond::{respond_markdown, respond_text};
pub use pages::self_check::self_check_text;
pub use picture::{
    DrawError, DrawOptions, MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES, MAX_NODES, SvgError, Theme, dot_blast,
    dot_harden, dot_path, dot_topology, mermaid_blast, mermaid_harden, mermaid_topology, svg,
};
pub use sizes::{sizes_csv, sizes_text};
pub use what_if::what_if_line;

/// The line that every report ends with.
pub const DISCLAIMER: &str = "declared edges only, not checked against a deployment";
