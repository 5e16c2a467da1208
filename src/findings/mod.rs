//! A capability graph, or a comparison of two → what is wrong: findings, each by one rule, with the path that proves it and the smallest fix.

mod acceptance;
mod adopted;
mod assessment;
pub mod change;
mod context;
mod contracts;
mod finding;
mod paragraphs;
mod phrase;
mod recall;
mod rules;
mod surface;
mod taxonomy;
mod threat_model;

pub use crate::model::{Piece, Text};
pub use adopted::{Adopted, surfaces};
pub use assessment::Assessment;
pub use contracts::{AcceptedPair, Breach, breach, breach_but};
pub use finding::{Evidence, Finding};
pub use paragraphs::Paragraph;
pub use recall::{Passage, Recall};
pub use rules::{Example, NearMiss, Prose, RulePage, references};
pub use surface::Surface;
pub use taxonomy::{Reference, Taxonomy};
pub use threat_model::ThreatModel;
