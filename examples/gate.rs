//! A gate for a build: which critical nodes can strangers steer without a single guard failing?
//!
//! `cargo run --example gate -- specs/support-desk.yaml` prints them with their paths. Exit code 1 if there are any.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::path::PathBuf;
use std::process::ExitCode;

use crabwalk::analysis::{Path, Witness};
use crabwalk::graph::CapabilityGraph;
use crabwalk::input::load;
use crabwalk::model::{NodeId, Plane};
use crabwalk::report::diagnostics;

fn main() -> ExitCode {
    let inputs: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let inputs = if inputs.is_empty() { vec![PathBuf::from("specs/confused-deputy.yaml")] } else { inputs };
    let spec = match load(&inputs) {
        Ok(spec) => spec,
        Err(mistakes) => {
            eprint!("{}", diagnostics::render(&mistakes, false));
            return ExitCode::from(2);
        }
    };
    let graph = CapabilityGraph::build(spec);
    let open = open_ways_to_critical_nodes(&graph);
    for path in &open {
        println!("{}", in_names(&graph, path));
    }
    println!("{} open ways from strangers to critical nodes", open.len());
    ExitCode::from(u8::from(!open.is_empty()))
}

/// The best path from anything untrusted to each critical node, where it is open.
fn open_ways_to_critical_nodes(graph: &CapabilityGraph) -> Vec<Path> {
    let spec = graph.spec();
    let strangers: Vec<NodeId> = spec.node_ids().filter(|id| spec.node(*id).untrusted).collect();
    let witness = Witness::from_starts(graph, Plane::Influence, &strangers);
    let critical = spec.node_ids().filter(|id| spec.node(*id).critical);
    critical.filter_map(|id| witness.path_to(id)).filter(|path| path.cost.is_open()).collect()
}

fn in_names(graph: &CapabilityGraph, path: &Path) -> String {
    let spec = graph.spec();
    let passed = std::iter::once(path.from).chain(path.hops.iter().map(|hop| hop.to));
    passed.map(|id| spec.node_name(id)).collect::<Vec<_>>().join(" > ")
}
