//! A judged change → what reviewers and machines read of it.

mod context;
mod excerpt;
pub(super) mod facts;
mod markdown;
pub(super) mod place;
pub(super) mod text;
pub(super) mod words;

pub use context::Context;
pub use markdown::markdown;
pub use text::text;

pub use super::drawing::{dot_review as dot, mermaid_review as mermaid};
