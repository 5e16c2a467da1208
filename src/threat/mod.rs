//! A capability graph → what is wrong with it: findings, each by one rule, with the path that proves it and the smallest fix.

mod acceptance;
mod assessment;
mod contracts;
mod finding;
mod ground;
mod phrase;
mod rules;
mod taxonomy;

pub use assessment::Assessment;
pub use contracts::{Breach, breach};
pub use finding::{Evidence, Finding};
pub use phrase::{Phrase, Piece};
pub use taxonomy::{Reference, Taxonomy, references};
