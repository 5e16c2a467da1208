//! crabwalk: how far an injection travels through a declared topology of agents.
//!
//! Data flows one way: `SourceFile → Spec → CapabilityGraph → facts → Report → bytes`. Each arrow is a module that never names
//! a later one: [`language`] reads what [`model`] is, [`graph`], [`analysis`], [`report`]; the program's command line stands on top of them. Beside them,
//! [`reference`](mod@reference) reads the same spec a second time, naively, and [`verification`] compares the two.
//! [`hardening`] says what to change first, [`response`] what to do on the day it happens.
//! [`input`] finds the two sides of a comparison: on the disk, in a pipe, in a saved matrix, at a revision of git.
//! [`fleet`] makes specs up, of any size, for benches and trials.
//!
//! ```
//! use crabwalk::analysis::BlastRadius;
//! use crabwalk::graph::CapabilityGraph;
//! use crabwalk::report::blast_text;
//! use crabwalk::model::Spec;
//!
//! let spec = Spec::from_text(
//!     "desk.yaml",
//!     "version: 1
//! sources: {inbox: {kind: email}}
//! agents:
//!   triage: {read: [inbox], invoke: [{target: refund, guards: [human-approval]}]}
//! tools: {refund: {critical: true}}
//! ",
//! )?;
//! let graph = CapabilityGraph::build(spec);
//! let inbox = graph.spec().node_id("inbox").expect("declared above");
//! let blast = BlastRadius::compute(&graph, &[inbox], 0);
//! assert_eq!(blast.influenced.len(), 1, "triage is steered");
//! assert_eq!(blast.influenced_guarded[0].cost.guards, 1, "the approval has to fail for the refund");
//! println!("{}", blast_text(&blast));
//! # Ok::<(), crabwalk::language::Diagnostics>(())
//! ```

pub mod analysis;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod compare;
pub mod findings;
pub mod fleet;
pub mod graph;
pub mod hardening;
pub mod input;
pub mod language;
pub mod model;
pub mod reference;
pub mod report;
pub mod response;
pub mod verification;
