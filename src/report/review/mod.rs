//! A judged change → what reviewers and machines read of it.

mod context;
pub(in crate::report) mod place;

pub use context::Context;
