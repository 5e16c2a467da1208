//! The engine's answers and the reference's → where they differ. The only place that knows both.

mod compare;
mod difference;
mod engine;
mod reach;
mod sample;
mod self_check;

pub use difference::{Answer, Counted, Derived, Difference, Differences, Subject};
pub use sample::{DEFAULT_ROWS, Sample};
pub use self_check::SelfCheck;
