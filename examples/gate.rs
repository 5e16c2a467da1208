//! A gate for a build: which critical nodes can strangers steer without a single guard failing?
//!
//! `cargo run --example gate -- specs/support-desk.yaml` prints them with their paths. Exit code 1 if there are any.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::path::PathBuf;
use std::process::ExitCode;

use crabwalk::analysis::Witness;
use crabwalk::{CapabilityGraph, Error, NodeId, PathRef, Plane};

fn main() -> ExitCode {
    let inputs: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let inputs = if inputs.is_empty() { vec![PathBuf::from("specs/confused-deputy.yaml")] } else { inputs };
    match gate(&inputs) {
        Ok(open) => ExitCode::from(u8::from(open > 0)),
        Err(problem) => {
            eprint!("{}", problem.render(false));
            ExitCode::from(2)
        }
    }
}

/// Prints the open ways, and gives their number.
fn gate(inputs: &[PathBuf]) -> Result<usize, Error> {
    let graph = CapabilityGraph::of(crabwalk::load(inputs)?)?;
    let open = open_ways_to_critical_nodes(&graph);
    for path in &open {
        println!("{}", path.nodes().map(|node| node.name()).collect::<Vec<_>>().join(" > "));
    }
    println!("{} open ways from strangers to critical nodes", open.len());
    Ok(open.len())
}

/// The best path from anything untrusted to each critical node, where it is open.
fn open_ways_to_critical_nodes(graph: &CapabilityGraph) -> Vec<PathRef<'_>> {
    let strangers: Vec<NodeId> =
        graph.nodes().filter(|node| node.is_untrusted()).map(|node| node.id()).collect();
    // One search from all of them together.
    let witness = Witness::from_starts(graph, Plane::Influence, &strangers);
    let critical = graph.nodes().filter(|node| node.is_critical());
    let best = critical.filter_map(|node| PathRef::of(graph, witness.path_to(node.id())?));
    best.filter(|path| path.cost().is_open()).collect()
}
