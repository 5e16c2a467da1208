//! Rules about contracts: CW201 to CW206, one for each kind. A contract of a spec, asked of a graph → whether it is broken, by what,
//! and what would satisfy it.

mod asked;
mod breach;
mod deny;
mod expect;
mod independent;
mod layers;
mod limit;
mod only_through;

pub(in crate::findings) use breach::broken;
pub use breach::{breach, breach_but};
