//! What to change first: terminal and Markdown.

mod cuts;
mod markdown;
mod page;
mod singles;
mod text;

pub(in crate::report) use cuts::{at, cut_rows, cut_titles, derived};
pub use markdown::harden_markdown;
pub(in crate::report) use page::{Page, Row, Section, figures, group, title};
pub use text::harden_text;
pub(in crate::report) use text::page_text;
