//! What to change first: terminal and Markdown.

mod cuts;
mod markdown;
mod page;
mod singles;
mod text;

pub use markdown::harden_markdown;
pub(in crate::report) use page::{Page, Row, Section};
pub use text::harden_text;
pub(in crate::report) use text::page_text;
