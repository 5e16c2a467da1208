//! A judged change → what reviewers and machines read of it, whichever folder makes that.

use super::pages::diff::words::plain;
use super::what_if::what_if_sides;
use crate::findings::Review;

pub use super::findings::{github, gitlab, junit, sarif};
pub use super::pages::diff::{Context, markdown, text, text_within};
pub use super::picture::{dot_diff as dot, mermaid_diff as mermaid};

/// That a side of a review is not as it stands, and which changes were made to it, a line each.
#[must_use]
pub fn what_if(review: &Review) -> Vec<String> {
    let lines = what_if_sides(review.comparison.joint());
    lines.map(|line| plain(&review.comparison, &line)).collect()
}
