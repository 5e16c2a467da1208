//! A judged change → what reviewers and machines read of it.

mod context;
pub(in crate::report) mod place;
pub(in crate::report) mod words;

pub use context::Context;
