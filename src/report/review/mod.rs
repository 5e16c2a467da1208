//! A judged change → what reviewers and machines read of it.

mod context;
mod words;

pub use context::Context;
