//! Findings, of a change or of a topology → what other programs read of them: SARIF, annotations of GitHub Actions, GitLab's code
//! quality, JUnit. What a finding is has been told before: these files know formats and nothing else.

mod github;
mod gitlab;
mod item;
mod junit;
mod mistakes;
pub(super) mod place;
mod repeats;
mod sarif;

pub(super) use github::github;
pub(super) use gitlab::gitlab;
pub(super) use item::{Attest, Flow, FlowStep, Item, Related, Sheet, Topic};
pub(super) use junit::junit;
pub use mistakes::Failure;
pub(super) use sarif::sarif;
