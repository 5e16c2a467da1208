//! A judged topology → what people and machines read of it.

mod text;
pub(in crate::report) mod words;

pub use text::assessment_text;
