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
mod style;

pub use blast_markdown::blast_markdown;
pub use blast_text::blast_text;
pub use check_text::check_text;
pub use path_text::path_text;

/// The line that every report ends with.
pub const DISCLAIMER: &str = "declared edges only, not checked against a deployment";
