//! A judged change → what reviewers and machines read of it.

mod context;

pub use context::Context;
