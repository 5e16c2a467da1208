//! Who is reached from a node, what it costs, and by which path: each hop with the edge that makes it and the line that declares it.
//!
//! `cargo run --example blast -- specs/support-desk.yaml` begins with everything that strangers control.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::path::PathBuf;
use std::process::ExitCode;

use crabwalk::{CapabilityGraph, EdgeRef, Error, NodeRef, PathRef};

fn main() -> ExitCode {
    let inputs: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let inputs = if inputs.is_empty() { vec![PathBuf::from("specs/confused-deputy.yaml")] } else { inputs };
    match blasts(&inputs) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprint!("{}", problem.render(false));
            ExitCode::from(2)
        }
    }
}

fn blasts(inputs: &[PathBuf]) -> Result<(), Error> {
    let graph = CapabilityGraph::of(crabwalk::load(inputs)?)?;
    for start in graph.select("untrusted")? {
        blast(start);
    }
    Ok(())
}

fn blast(start: NodeRef<'_>) {
    let blast = start.blast_radius(0);
    println!("{} ({}, {}) reaches {}:", start.name(), start.kind(), start.location(), blast.reached().len());
    for found in blast.reached() {
        let node = found.node();
        let critical = if node.is_critical() { ", critical" } else { "" };
        println!("  {} ({}{critical}) in {} hops", node.name(), node.kind(), found.cost().hops);
        for line in found.path().iter().flat_map(hops) {
            println!("    {line}");
        }
    }
    for held in blast.reached_guarded() {
        println!("  {} only if {} guards fail", held.node().name(), held.cost().guards);
    }
}

/// A line for each hop: who hands content to whom, and why.
fn hops(path: &PathRef<'_>) -> Vec<String> {
    path.hops()
        .map(|hop| format!("{} > {}: {}", hop.from().name(), hop.to().name(), why(hop.edge())))
        .collect()
}

/// What the actor does, and where that is declared or what it is derived from.
fn why(edge: EdgeRef<'_>) -> String {
    let act = format!("{} {}s {}", edge.from().name(), edge.verb(), edge.to().name());
    match (edge.location(), edge.because()) {
        (Some(location), _) => format!("{act} ({location})"),
        (None, Some(cause)) => format!("{act} (derived from {})", cause.name()),
        (None, None) => act,
    }
}
