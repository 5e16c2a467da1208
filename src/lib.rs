//! crabwalk: how far an injection travels through a declared topology of agents.
//!
//! A spec says which agents, tools, stores, sources and people there are and what each may do to which. From it comes a graph, and every
//! answer is a question to the graph: [`load`] → [`CapabilityGraph`] → [`Matrix`], [`BlastRadius`], [`PathAnswer`], [`Assessment`],
//! [`Hardening`], [`Response`].
//!
//! ```
//! use crabwalk::{Assessment, CapabilityGraph, Date, Matrix, Spec, Verb, Way};
//!
//! // `crabwalk::load` reads files and directories; a text will do.
//! let spec = Spec::from_text(
//!     "desk.yaml",
//!     "version: 1
//! sources: {inbox: {kind: email}}
//! agents:
//!   triage: {read: [inbox], invoke: [{target: refund, guards: [human-approval]}]}
//! tools: {refund: {critical: true}}
//! ",
//! )?;
//! let graph = CapabilityGraph::of(spec)?;
//!
//! // A row of the matrix: what an attacker who writes to the inbox gets of everybody else.
//! let (inbox, refund) = (graph.node("inbox")?, graph.node("refund")?);
//! let row = inbox.matrix_row();
//! let cell = row.cell(refund.id()).expect("it is reached");
//! assert_eq!(cell.guards_of(Way::Influence), Some(1), "the approval has to fail");
//! assert_eq!(cell.guards_on(Verb::Invoke), Some(1), "by triage, which is steered");
//!
//! // All rows, computed when they are asked for: a large matrix is never held.
//! assert_eq!(Matrix::new(&graph).rows().count(), 3);
//!
//! // The blast radius, with the path to each node in it; and a path between two nodes.
//! let blast = inbox.blast_radius(0);
//! let steered: Vec<&str> = blast.reached().map(|found| found.node().name()).collect();
//! assert_eq!(steered, ["triage"], "as long as no guard fails");
//! let path = inbox.path_to(refund).expect("there is one");
//! let hops: Vec<String> = path.hops().filter_map(|hop| hop.edge().location()).collect();
//! assert_eq!(hops, ["desk.yaml:4", "desk.yaml:4"], "each hop knows where it is declared");
//!
//! // What `crabwalk check` finds.
//! let assessment = Assessment::of(&graph, Date::constant(2027, 1, 1));
//! for finding in assessment.open() {
//!     println!("{}: {}", finding.id(), finding.rule.name());
//! }
//! # Ok::<(), crabwalk::Error>(())
//! ```
//!
//! A change is a comparison of two specs, judged by a policy. [`sides`] reads both of them as `crabwalk diff` does: from files, saved
//! matrices, or revisions of git.
//!
//! ```
//! use crabwalk::{AcceptFrom, Comparison, Date, Level, Policy, Review, Spec};
//!
//! let base = Spec::from_text("desk.yaml", "version: 1\nsources: {inbox: {}}\nagents: {triage: {read: [inbox]}}\n")?;
//! let head = Spec::from_text(
//!     "desk.yaml",
//!     "version: 1
//! sources: {inbox: {}}
//! agents: {triage: {read: [inbox], invoke: [refund]}}
//! tools: {refund: {critical: true}}
//! ",
//! )?;
//! let policy = Policy { accept_from: AcceptFrom::Base, today: Date::constant(2027, 1, 1) };
//! let review = Review::of(Comparison::of(&base, &head)?, policy);
//! assert!(review.fails(Level::Error), "strangers can have refunds made now");
//! # Ok::<(), crabwalk::Error>(())
//! ```
//!
//! Whatever fails says why in an error of its own, and all of them become an [`Error`]. Answers hold ids; a [`NodeRef`] or an [`EdgeRef`]
//! is an id that knows its name, its place and its edges.
//!
//! # Modules
//!
//! Data flows one way: `SourceFile → Spec → CapabilityGraph → facts → Report → bytes`. Each arrow is a module that never names a later
//! one.
//!
//! - [`model`] is what is declared, [`language`] reads it from text, [`input`] finds the text: on the disk, in a pipe, in a saved matrix,
//!   at a revision of git.
//! - [`graph`] is who may do what to whom and the flows that this makes; [`analysis`] asks it; [`compare`] asks two.
//! - [`findings`] judges: a topology as it stands, or a change. [`hardening`] says what to change first, [`response`] what to do on the
//!   day it happens.
//! - [`report`] writes all of these: as text, Markdown, HTML, JSON, pictures, and what code hosts read.
//!
//! What benches and the self-check run on, and you need not: [`fleet`] makes specs up, of any size; [`reference`](mod@reference) reads a
//! spec a second time, naively, and [`verification`] compares the two.
//!
//! # Features
//!
//! `cli` (on by default) is the program. Without it (`default-features = false`) the library brings nothing of a terminal: no parser of
//! arguments, progress bars, signals or temporary files.

pub mod analysis;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod compare;
mod error;
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

pub use analysis::{BlastRadius, Matrix, MatrixRow, Path, PathAnswer, PathRef};
pub use compare::Comparison;
pub use error::Error;
pub use findings::{AcceptFrom, Assessment, Finding, Policy, Review};
pub use graph::{CapabilityGraph, Cost, EdgeRef, NodeRef};
pub use hardening::Hardening;
pub use input::{Topology, load, sides};
/// A day, by which acceptances expire.
pub use jiff::civil::Date;
pub use language::Diagnostics;
pub use model::{Level, NodeId, NodeKind, Plane, Rule, Selection, Spec, Verb, Way, WhatIf};
pub use response::Response;
