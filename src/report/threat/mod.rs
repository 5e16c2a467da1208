//! A judged topology → what people and machines read of it.

mod model;
pub(in crate::report) mod paragraphs;
pub(in crate::report) mod words;

pub use model::{Answer, threat_model_markdown};
