//! A blast radius: terminal and Markdown.

mod markdown;
mod sections;

pub(super) use sections::figures;
mod text;

pub use markdown::blast_markdown;
pub use text::blast_text;
