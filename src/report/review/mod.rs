//! A judged change → what reviewers and machines read of it.

pub(super) mod changed;
mod context;
mod facts;
mod github;
mod gitlab;
mod junit;
mod markdown;
pub(super) mod place;
mod repeats;
mod sarif;
pub(super) mod text;
pub(super) mod words;

pub use context::Context;
pub use github::github;
pub use gitlab::gitlab;
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;
pub use text::{text, text_within};

pub use super::drawing::{dot_review as dot, mermaid_review as mermaid};
