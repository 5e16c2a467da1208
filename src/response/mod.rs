//! A capability graph and what is compromised → what to do now, in order: the facts of a response plan.

mod containment;
mod evidence;
mod plan;
mod recovery;

pub use containment::{Containment, Reinfection};
pub use evidence::{Evidence, HandOver};
pub use plan::Response;
pub use recovery::{Quarantine, Revocation};
