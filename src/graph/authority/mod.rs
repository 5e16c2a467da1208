//! Declared edges → all edges: roles, credentials and whoever learns them, closed to the least fixpoint of the five rules.

mod bases;
mod budget;
mod close;
mod derived;
mod exposure;
mod grants;
mod guard_sets;
mod key_set;
mod keys;
mod premise;
mod premises;
mod roles;
mod routes;
mod spread;

pub use budget::{Exceeded, Figure, TooMuchAuthority, most_derived};
pub(super) use close::close;
