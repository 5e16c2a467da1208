//! Declared edges → all edges: roles, credentials and whoever learns them, closed to the least fixpoint of the five rules.

mod close;
mod condense;
mod derived;
mod exposure;
mod grants;
mod guard_sets;
mod key_set;
mod keys;
mod premises;
mod routes;
mod spread;

pub(super) use close::close;
