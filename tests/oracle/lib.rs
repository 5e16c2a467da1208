//! The independent oracle: a second, naive reading of `docs/semantics.md`, and random specs to compare it
//! with the engine on.
//!
//! Not a line of it is shared with the engine, and none of it is fast. Where the two disagree, one of them
//! has a bug.

pub mod authority;
pub mod blast;
mod declared;
mod draft;
pub mod flows;
pub mod generate;
pub mod guards;
pub mod loops;
pub mod naive;
mod render;
pub mod strangers;
pub mod topology;
