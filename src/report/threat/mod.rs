//! A judged topology → what people and machines read of it.

mod recall;
mod surfaces;
mod text;
pub(in crate::report) mod words;

pub use recall::recall_page;
pub use surfaces::surfaces_page;
pub use text::assessment_text;
