//! A capability graph, or a comparison of two → what is wrong: findings, each by one rule, with the path that proves it and the smallest fix.

mod acceptance;
mod adopted;
mod assessment;
mod context;
mod finding;
mod fingerprint;
mod gate;
mod judged;
mod paragraphs;
mod recall;
mod review;
mod rules;
mod strictest;
mod surface;
mod taxonomy;
mod threat_model;

pub use crate::model::{Piece, Text};
pub use acceptance::{AcceptFrom, AcceptedPair, Policy, accepted_deletion};
pub use adopted::{Adopted, surfaces};
pub use assessment::Assessment;
pub use finding::{About, Breach, Evidence, Fact, Finding, GoneNode, GoneSpec, Pair, Statement};
pub use fingerprint::edge_fingerprint;
pub use gate::{Gate, Unlisted};
pub use paragraphs::Paragraph;
pub use recall::{Passage, Recall};
pub use review::Review;
pub use rules::change::HeadGone;
pub use rules::contract::{breach, breach_but};
pub use rules::{Example, NearMiss, Prose, RulePage, references};
pub use strictest::Strictest;
pub use surface::Surface;
pub use taxonomy::{Reference, Taxonomy};
pub use threat_model::{ThreatModel, WorstNode};
