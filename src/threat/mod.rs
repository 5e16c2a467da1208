//! A capability graph → what is wrong with it: findings, each by one rule, with the path that proves it and the smallest fix.

mod acceptance;
mod adopted;
mod assessment;
mod contracts;
mod finding;
mod ground;
mod model;
mod paragraphs;
mod phrase;
mod recall;
mod rules;
mod surface;
mod taxonomy;

pub use adopted::{Adopted, surfaces};
pub use assessment::Assessment;
pub use contracts::{AcceptedPair, Breach, breach, breach_but};
pub use finding::{Evidence, Finding};
pub use model::ThreatModel;
pub use paragraphs::Paragraph;
pub use phrase::{Phrase, Piece};
pub use recall::{Passage, Recall};
pub use surface::Surface;
pub use taxonomy::{Reference, Taxonomy, references};
