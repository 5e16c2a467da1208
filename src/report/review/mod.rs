//! A judged change → what reviewers and machines read of it.

mod context;
mod excerpt;
mod facts;
mod text;
mod words;

pub use context::Context;
pub use text::text;
