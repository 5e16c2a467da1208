//! A comparison → whether the change may land: findings, each by one rule and with one cause.

mod acceptance;
mod contracts;
mod finding;
mod fingerprint;
mod gate;
mod gone;
mod head_fingerprints;
mod labels;
mod lowered;
mod place;
mod successor;

pub use acceptance::{AcceptFrom, Standing};
pub use finding::{About, Finding, Pair};
pub use fingerprint::edge_fingerprint;
pub use gate::{Policy, Review};
pub use gone::{HeadGone, Lost, accepted_deletion};
pub use labels::Labels;
pub use successor::TakeOver;
