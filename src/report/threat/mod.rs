//! A judged topology → what people and machines read of it.

mod text;
mod words;

pub use text::assessment_text;
