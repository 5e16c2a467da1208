//! The engine against what is independent of it (the oracle, the naive reference, brute force), and its bounds on graphs of a million
//! nodes.

#[path = "../support"]
mod support {
    pub(crate) mod bounded;
    pub(crate) mod fleets;
    pub(crate) mod inert_markdown;
}

mod authority;
mod budget;
mod constructs;
mod cost_table;
mod definitions;
mod fleet;
mod harden;
mod leaks;
mod limits;
mod load_peer;
mod reasons;
mod reference;
mod respond;
mod scale;
mod semantics;
mod what_if;
