//! What would a guard be worth? Builds a topology twice, as it is and with an approval before the deployer, and compares the blast radius
//! of the inbox.
//!
//! `cargo run --example what_if`

#![expect(clippy::print_stdout, reason = "an example prints")]

use crabwalk::{CapabilityGraph, Error, Spec, WhatIf};

const TOPOLOGY: &str = "version: 1
name: what-if
sources: {inbox: {kind: email}}
agents:
  planner: {read: [inbox], invoke: [deployer]}
  deployer: {invoke: [production]}
tools: {production: {critical: true}}
";

fn main() -> Result<(), Error> {
    let spec = Spec::from_text("what-if.yaml", TOPOLOGY)?;
    let approval = WhatIf::with_guard(&spec, "planner:invoke:deployer=human-approval")?;
    let guarded = spec.clone().what_if(&[approval]);
    for (what, spec) in [("as it is", spec), ("with an approval", guarded)] {
        let graph = CapabilityGraph::of(spec)?;
        let blast = graph.node("inbox")?.blast_radius(0);
        let names: Vec<&str> = blast.reached().map(|found| found.node().name()).collect();
        println!("{what}: {} influenced ({})", names.len(), names.join(", "));
        for held in blast.reached_guarded() {
            println!("  held back by {} guard: {}", held.cost().guards, held.node().name());
        }
    }
    Ok(())
}
