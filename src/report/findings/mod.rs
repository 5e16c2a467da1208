//! Findings, of a change or of a topology → what other programs read of them: SARIF, annotations of GitHub Actions, GitLab's code
//! quality, JUnit.
//!
//! A judged topology and a judged change say what they alone know of a finding (`Judged`), a sheet takes one finding after the other
//! from there, and each format writes the sheet. Mistakes that keep a command from running are told as findings are.

mod change;
mod github;
mod gitlab;
mod junit;
mod mistakes;
pub(super) mod place;
mod sarif;
mod sheet;
mod topology;

pub use change::{github, gitlab, junit, sarif};
pub use mistakes::Failure;
pub use topology::{
    AssessmentContext, assessment_github, assessment_gitlab, assessment_junit, assessment_sarif,
};
