//! `diff`: a judged change as a page for the terminal and as the comment on a pull request, and the words that all formats share.

mod comment;
mod context;
mod summary;
mod terminal;
pub(in crate::report) mod words;

pub use comment::markdown;
pub use context::Context;
pub use terminal::{text, text_within};
