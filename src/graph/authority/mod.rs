//! Declared edges → all edges: roles, credentials and whoever learns them, closed to the least fixpoint of the five rules.
//!
//! A worked example (the test in `close.rs`). `key` opens `db`; `keeper` reads `key` and writes to `wiki`; `helper` reads `wiki` behind
//! `redact`, which stops exposure, and invokes `sql`, a general tool.
//!
//! ```text
//! before secrets spread   rule 2   key      invokes db            its own row: whoever has the key can use it
//!   (premises.rs)         rule 3   keeper   invokes db            it reads the key
//! level 0, no guard       key is learned by keeper, and is in wiki, where keeper wrote it
//! level 1, redact fails   key is learned by helper, and by sql, which helper invokes
//!   (grants.rs)           rule 5   helper   invokes db  extra 1   it learns the key and has sql present it
//!                         rule 5   sql      invokes db  extra 1   it learns the key and is general itself
//! ```
//!
//! What rule 5 made are edges too: were `db` a store of secrets, these would spread on by way of them. So flows and rules are closed
//! together, and a fact that is found at a level has no cheaper way: all cheaper ones were found on the levels before.

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
