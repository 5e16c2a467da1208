//! A judged change → what reviewers and machines read of it.

pub(super) mod changed;
mod context;
mod facts;
mod flows;
mod items;
mod markdown;
mod spots;
pub(super) mod text;
pub(super) mod words;

pub use context::Context;
pub use items::{github, gitlab, junit, sarif};
pub use markdown::markdown;
pub use text::{text, text_within};

pub use super::drawing::{dot_review as dot, mermaid_review as mermaid};
