//! A matrix that `crabwalk matrix -f json` wrote → the spec that it was made of.
//!
//! The declared part of the contract is all that is needed: derived edges and cells are left out, because they are computed
//! anew.

mod document;
mod edges;
mod names;
mod places;
mod read;
mod restore;
mod sniff;

pub(super) use read::{Saved, spec};
pub(super) use sniff::schema;
