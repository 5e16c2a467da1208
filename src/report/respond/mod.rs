//! What to do now: terminal and Markdown.

mod markdown;
mod recovery;
mod steps;
mod verify;

pub use markdown::respond_markdown;
pub use steps::respond_text;
