//! crabwalk: how far an injection travels through a declared topology of agents.
//!
//! Data flows one way: `SourceFile → Spec → CapabilityGraph → facts → Report → bytes`. Each arrow is a module that never names
//! a later one: [`spec`], [`graph`], [`analysis`], [`report`], [`cli`].

pub mod analysis;
pub mod cli;
pub mod graph;
pub mod report;
pub mod spec;
