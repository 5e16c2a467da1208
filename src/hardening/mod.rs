//! A capability graph → what to change first: smallest cuts, choke points, and what each single change would do.

mod candidates;
mod chokes;
mod cut;
mod declared_paths;
mod effects;
mod guards;
mod pairs;
mod question;
mod realize;
mod recount;
mod report;
mod sweep;
mod trial;
mod ways;

pub use chokes::{ChokePoint, Chokes, EndChokes};
pub use cut::{Cut, CutAnswer, CutEdge, smallest_cut};
pub use effects::{Effect, Effects};
pub use guards::stopping;
pub use question::{By, Question};
pub use report::Hardening;
pub(crate) use ways::Flow;
