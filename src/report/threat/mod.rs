//! A judged topology → what people and machines read of it.

mod model;
pub(in crate::report) mod paragraphs;
mod recall;
mod surfaces;
mod text;
pub(in crate::report) mod words;

pub use model::{Answer, threat_model_markdown};
pub use recall::recall_page;
pub use surfaces::surfaces_page;
pub use text::{assessment_text, assessment_text_within};
