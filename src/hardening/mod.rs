//! A capability graph → what to change first: smallest cuts, choke points, and what each single change would do.

mod candidates;
mod chokes;
mod cut;
mod declared_paths;
mod effects;
mod pairs;
mod question;
mod recount;
mod report;
mod trial;
mod ways;

pub use chokes::{ChokePoint, Chokes, EndChokes};
pub use cut::{Cut, CutAnswer, CutEdge, smallest_cut};
pub use effects::{Effect, Effects};
pub use question::{By, Question, stopping};
pub use report::Hardening;
pub(crate) use ways::Flow;
