//! A judged topology → what people and machines read of it.

mod items;
mod model;
mod paragraphs;
mod text;
pub(in crate::report) mod words;

pub use items::{
    AssessmentContext, assessment_github, assessment_gitlab, assessment_junit, assessment_sarif,
};
pub use model::{Answer, threat_model_markdown};
pub use text::{assessment_text, assessment_text_within};
